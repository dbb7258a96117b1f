"""Grows extremely randomised trees with scikit-learn and lays them out as the desk reads them. Pure."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import ExtraTreesClassifier

from bot.forest import LEAF, Forest

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Growth:
    """Trees of a forest, the fewest rows of a leaf, the share of the features that a node looks at, and the seed."""

    trees: int
    fewest: int
    looked: float
    seed: int


def grow(table: Floats32, labels: Floats, growth: Growth) -> Forest:
    """A forest over rows (n, f) of which those with label 1 are true, (n,)."""
    trees = ExtraTreesClassifier(
        growth.trees,
        min_samples_leaf=growth.fewest,
        max_features=growth.looked,
        random_state=growth.seed,
        n_jobs=-1,
    ).fit(table, labels)
    parts = [_nodes(one.tree_) for one in trees.estimators_]
    begins = np.cumsum([0, *(len(part[0]) for part in parts)])
    feature, number = (np.concatenate([part[at] for part in parts]) for at in (0, 1))
    right = np.concatenate([part[2] + begin for part, begin in zip(parts, begins, strict=False)])
    return Forest(feature.astype(np.int16), number, right.astype(np.int32), begins[:-1].astype(np.int32))


def _nodes(tree: Any) -> tuple[NDArray[np.int64], Floats32, NDArray[np.int64]]:
    """Feature, number and right child of a tree's nodes, which scikit-learn keeps in depth-first order, left before right."""
    leaf = tree.children_left < 0
    left = np.flatnonzero(~leaf)
    if not np.array_equal(tree.children_left[left], left + 1):
        raise ValueError("scikit-learn keeps the nodes of a tree in another order now")
    share = tree.value[:, 0, 1] / tree.value[:, 0].sum(axis=1)
    number = np.where(leaf, share, tree.threshold).astype(np.float32)
    return np.where(leaf, LEAF, tree.feature), number, np.where(leaf, 0, tree.children_right)
