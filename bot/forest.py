"""Extremely randomised trees (Geurts, Ernst and Wehenkel, 2006), read: grown by `evals.growing`, and no more here than numbers in
arrays. Pure.

A node with a feature sends a value at most as large as its number to the node behind it, and a larger one to `right`; a
node without one is a leaf, whose number is the share of rows that were true and ended there while fitting.
"""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
#: In place of a feature: a leaf.
LEAF = -1


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """The nodes of all trees, each tree's in depth-first order: (n,) arrays, and (t,) where each tree begins."""

    feature: NDArray[np.int16]
    number: Floats
    right: NDArray[np.int32]
    roots: NDArray[np.int32]

    def probability(self, values: Floats) -> float:
        """The mean of the leaves that one row of values (F,) comes to, 0 to 1."""
        at = self.roots
        while (inner := self.feature[at] != LEAF).any():
            after = np.where(values[self.feature[at]] <= self.number[at], at + 1, self.right[at])
            at = np.where(inner, after, at)
        return float(self.number[at].mean())

    def save(self, file: Path) -> None:
        """Writes the arrays."""
        np.savez_compressed(
            file, feature=self.feature, number=self.number, right=self.right, roots=self.roots
        )


def load_forest(file: Path) -> Forest:
    """The forest in a file that `save` wrote. Raises OSError, or ValueError where it holds other arrays."""
    with np.load(file, allow_pickle=False) as arrays:
        names = [field.name for field in fields(Forest)]
        if missing := [name for name in names if name not in arrays]:
            raise ValueError(f"{file.name} holds no {', '.join(missing)}")
        return Forest(*(arrays[name] for name in names))
