"""Vectors by their text, so that systems with one model embed a text once. Never used for speed figures."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.peers.types import Encode

_HASHES, _VECTORS = "minilm.txt", "minilm.npy"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Memory:
    """Vectors of every text that was embedded through it; `encoded` counts the texts that the model saw."""

    def __init__(self) -> None:
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self.encoded = 0

    def wrap(self, encode: Encode) -> Encode:
        """`encode`, asked only for texts that are new."""

        def remembered(texts: Sequence[str]) -> NDArray[np.float32]:
            hashes = [_hash(text) for text in texts]
            new = {key: text for key, text in zip(hashes, texts, strict=True) if key not in self._vectors}
            if new:
                self.encoded += len(new)
                self._vectors.update(zip(new, encode(list(new.values())), strict=True))
            return np.asarray([self._vectors[key] for key in hashes], dtype=np.float32)

        return remembered

    def load(self, folder: Path) -> None:
        """Takes over what `save` left in a folder, if anything."""
        if (folder / _HASHES).is_file() and (folder / _VECTORS).is_file():
            vectors = np.load(folder / _VECTORS, allow_pickle=False)
            self._vectors.update(zip((folder / _HASHES).read_text("ascii").split(), vectors, strict=True))

    def save(self, folder: Path) -> None:
        """Keeps the vectors in a folder for the next run."""
        if self._vectors:
            folder.mkdir(parents=True, exist_ok=True)
            np.save(folder / _VECTORS, np.stack(list(self._vectors.values())))
            (folder / _HASHES).write_text("\n".join(self._vectors), "ascii")
