"""Fits weights so that the right candidate of each question stands above the rest: a softmax over its candidates. Pure.

A question's candidates lie one after the other in a flat table, so that a set of thousands is fitted in seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

#: Scores are multiplied by this before the softmax, so that weights of about 1 give sharp choices.
SHARPNESS = 20.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Examples:
    """q questions with t candidates in all: `table` (t, F), `gold` (t,), `starts` (q,), `shares` (q,) of the loss."""

    table: Floats
    gold: NDArray[np.bool_]
    starts: NDArray[np.int64]
    shares: Floats

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def counts(self) -> NDArray[np.int64]:
        """(q,) how many candidates each question has."""
        return np.diff(np.append(self.starts, len(self.gold)))

    def part(self, chosen: NDArray[np.bool_]) -> "Examples":
        """The questions that `chosen` (q,) marks; the whole keeps its weight."""
        rows = np.repeat(chosen, self.counts)
        counts = self.counts[chosen]
        starts = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int64)
        shares = self.shares[chosen] * self.shares.sum() / max(self.shares[chosen].sum(), 1e-12)
        return Examples(self.table[rows], self.gold[rows], starts, shares)


def gather(questions: Sequence[tuple[NDArray[np.float32], NDArray[np.bool_]]], weight: float) -> Examples:
    """Questions as (features of the candidates, which are gold) -> examples that weigh `weight` together.

    A question without a gold candidate teaches nothing and is left out. Raises ValueError where none is left.
    """
    kept = [(table, gold) for table, gold in questions if gold.any()]
    if not kept:
        raise ValueError(
            "no question has a gold passage among its candidates: is this the library of the cases?"
        )
    starts = np.cumsum([0, *(len(gold) for _, gold in kept[:-1])])
    return Examples(
        table=np.concatenate([table for table, _ in kept]).astype(np.float64),
        gold=np.concatenate([gold for _, gold in kept]),
        starts=starts.astype(np.int64),
        shares=np.full(len(kept), weight / len(kept)),
    )


def joined(parts: Sequence[Examples]) -> Examples:
    """Several sets as one; each keeps its weight."""
    before = np.cumsum([0, *(len(part.gold) for part in parts[:-1])])
    return Examples(
        table=np.concatenate([part.table for part in parts]),
        gold=np.concatenate([part.gold for part in parts]),
        starts=np.concatenate([part.starts + at for part, at in zip(parts, before, strict=True)]),
        shares=np.concatenate([part.shares for part in parts]),
    )


def loss(weights: Floats, start: Floats, pull: Floats, data: Examples) -> tuple[float, Floats]:
    """Mean negative log probability of a gold candidate and its gradient; `pull` (F,) holds each weight to `start`."""
    logits = SHARPNESS * (data.table @ weights)
    logits -= np.repeat(np.maximum.reduceat(logits, data.starts), data.counts)
    likely = np.exp(logits)
    total = np.add.reduceat(likely, data.starts)
    right = np.maximum(np.add.reduceat(likely * data.gold, data.starts), 1e-12)
    away = weights - start
    value = float(-(data.shares * np.log(right / total)).sum() + pull @ (away * away))
    share = likely / np.repeat(total, data.counts) - likely * data.gold / np.repeat(right, data.counts)
    gradient = SHARPNESS * (data.table.T @ (share * np.repeat(data.shares, data.counts)))
    return value, np.asarray(gradient + 2 * pull * away)


def fit(data: Examples, start: Floats, pull: Floats) -> Floats:
    """The weights that minimise the loss."""
    found = minimize(loss, start, args=(start, pull, data), jac=True, method="L-BFGS-B")
    fitted: Floats = found.x
    return fitted


def ranks(weights: Floats, data: Examples) -> NDArray[np.int64]:
    """(q,) rank, from 1, of each question's best gold candidate; a tie counts against it."""
    scores = data.table @ weights
    best = np.maximum.reduceat(np.where(data.gold, scores, -np.inf), data.starts)
    ahead = (scores >= np.repeat(best, data.counts)) & ~data.gold
    return np.add.reduceat(ahead.astype(np.int64), data.starts) + 1
