"""Texts as tables of tokens on the device that trains."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

CHUNK = 50_000  # texts handed to the tokenizer at once: bounds its memory


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """(n, l) tokens of texts, filled up with `filler`, and (n,) how many each has, at least one."""

    tokens: Tensor
    counts: Tensor

    def at(self, places: Tensor) -> tuple[Tensor, Tensor]:
        """The tokens of some texts, no wider than the longest of them, and their counts."""
        counts = self.counts[places]
        return self.tokens[places][:, : int(counts.max())].long(), counts


def tabled(
    tokenizer: Tokenizer,
    texts: Sequence[str],
    longest: int,
    filler: int,
    device: torch.device,
    special: bool = False,
    end: bool = False,
) -> Texts:
    """The first `longest` tokens of each text, or the last where `end` is set; `special` adds those that the tokenizer puts
    around a text.
    """
    part = slice(-longest, None) if end else slice(longest)
    tokens = np.full((len(texts), longest), filler, np.int32)
    counts = np.ones(len(texts), np.int64)
    for start in range(0, len(texts), CHUNK):
        encoded = tokenizer.encode_batch(list(texts[start : start + CHUNK]), add_special_tokens=special)
        for at, encoding in enumerate(encoded, start):
            ids = encoding.ids[part] or [0]
            tokens[at, : len(ids)] = ids
            counts[at] = len(ids)
    return Texts(torch.tensor(tokens, device=device), torch.tensor(counts, device=device))
