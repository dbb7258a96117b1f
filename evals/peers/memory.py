"""Remembers vectors by their text, so that systems with one model embed a text once. Never used for speed figures."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evals.peers.types import Encode


class Memory:
    """Vectors of every text that was embedded through it; `encoded` counts the texts that the model saw."""

    def __init__(self) -> None:
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self.encoded = 0

    def wrap(self, encode: Encode) -> Encode:
        """`encode`, asked only for texts that are new."""

        def remembered(texts: Sequence[str]) -> NDArray[np.float32]:
            new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
            if new:
                self.encoded += len(new)
                self._vectors.update(zip(new, encode(new), strict=True))
            return np.asarray([self._vectors[text] for text in texts], dtype=np.float32)

        return remembered
