"""Puts pairs whose texts are near each other into one batch, so that a batch's negatives are hard ones.

A tree of random cuts (random projection tree, Dasgupta and Freund 2008): the pairs are halved along the line
between two of them until a group is small. Groups are then shuffled and laid end to end.
"""

import numpy as np
from numpy.typing import NDArray

from vectorstore.training.batches import Ints, Texts

PROJECTED = 48  # dimensions that the cuts look at: enough to tell neighbours, and a tenth of the memory
CHUNK = 50_000  # texts pooled at once: bounds the (tokens, PROJECTED) array
SHORT = 64  # tokens of a text that its place depends on


def places(texts: Texts, numbers: Ints, table: NDArray[np.float32], seed: int) -> NDArray[np.float32]:
    """Unit vectors (n, PROJECTED) of the given texts under the table as it stands, randomly projected."""
    random = np.random.default_rng(seed)
    small = table @ random.normal(size=(table.shape[1], PROJECTED)).astype(np.float32)
    return np.concatenate(
        [_pool(texts, numbers[start : start + CHUNK], small) for start in range(0, len(numbers), CHUNK)]
    )


def _pool(texts: Texts, numbers: Ints, table: NDArray[np.float32]) -> NDArray[np.float32]:
    tokens, offsets = texts.gather(numbers, SHORT)
    sums = np.add.reduceat(table[tokens], offsets, axis=0)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), np.float32)


def neighbour_order(vectors: NDArray[np.float32], group: int, random: np.random.Generator) -> Ints:
    """An order of the n rows of `vectors` in which each run of at most `group` holds near ones."""
    groups = _halve(vectors, np.arange(len(vectors)), group, random)
    return np.concatenate([groups[place] for place in random.permutation(len(groups))])


def _halve(vectors: NDArray[np.float32], rows: Ints, group: int, random: np.random.Generator) -> list[Ints]:
    if len(rows) <= group:
        return [rows]
    one, other = random.choice(rows, 2, replace=False)
    along = vectors[rows] @ (vectors[one] - vectors[other])
    order = np.argpartition(along, len(rows) // 2)
    low, high = rows[order[: len(rows) // 2]], rows[order[len(rows) // 2 :]]
    return _halve(vectors, low, group, random) + _halve(vectors, high, group, random)
