"""Intervals and differences by the bootstrap, clustered by document. Pure; the same seed gives the same figures.

Questions about one document are not independent (arXiv 2411.00640), so documents are drawn first and then, within
each, its questions; a question about no document is a cluster of its own. Figures of two runs are compared by the
differences of the same questions.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, erfc, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DRAWS = 2_000
#: Draws for a difference, of which only the spread and an interval are needed.
DRAWS_OF_DIFFERENCE = 500
SEED = 20261120
#: Below so many cases, or documents where there are any, an interval says little.
ENOUGH_CASES = 30
#: Cases without a difference that every comparison is taken to have besides its own, so that three changed
#: answers of three are not taken for a certainty (as Agresti and Coull add to a share).
DAMPING = 4


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95 % interval."""

    mean: float
    low: float
    high: float
    cases: int

    @property
    def enough(self) -> bool:
        """Whether there are cases enough to build on."""
        return self.cases >= ENOUGH_CASES


@dataclass(frozen=True, slots=True)
class Difference:
    """Second minus first, over the cases that both have. `p_drop` is the chance of so low a mean by chance alone."""

    estimate: Estimate
    p_drop: float
    better: int
    worse: int


def draws(values: Sequence[float], clusters: Sequence[str], seed: int = SEED, count: int = DRAWS) -> Floats:
    """(count,) means of samples drawn with replacement: clusters first, then as many cases within each.

    Equal values of one cluster are drawn together, and so are clusters of one case with equal values, which gives
    the same means far sooner.
    """
    rng = np.random.default_rng(seed)
    groups: dict[str, Counter[float]] = {}
    for value, cluster in zip(values, clusters, strict=True):
        groups.setdefault(cluster, Counter())[value] += 1
    # What a draw of a cluster can give, and how many clusters give it.
    kinds = Counter(tuple(sorted(group.items())) for group in groups.values() if group.total() == 1)
    drawn = [*kinds.items(), *((tuple(sorted(one.items())), 1) for one in groups.values() if one.total() > 1)]
    times = rng.multinomial(len(groups), [many / len(groups) for _, many in drawn], size=count)
    sums, sizes = np.zeros(count), np.zeros(count)
    for taken, (group, _) in zip(times.T, drawn, strict=True):
        size = sum(many for _, many in group)
        shares = [many / size for _, many in group]
        sums += rng.multinomial(taken * size, shares) @ np.array([value for value, _ in group])
        sizes += taken * size
    return sums / sizes


def estimate(values: Sequence[float], clusters: Sequence[str], seed: int = SEED) -> Estimate:
    """The mean of `values` with its interval. Raises ValueError for none."""
    if not values:
        raise ValueError("there is nothing to take a mean of")
    return _estimate(values, draws(values, clusters, seed))


def _estimate(values: Sequence[float], means: Floats) -> Estimate:
    low, high = np.quantile(means, (0.025, 0.975))
    return Estimate(float(np.mean(values)), float(low), float(high), len(values))


def difference(
    first: Sequence[float], second: Sequence[float], clusters: Sequence[str], seed: int = SEED
) -> Difference:
    """What changed from `first` to `second`, case by case. Raises ValueError for none."""
    deltas = [after - before for before, after in zip(first, second, strict=True)]
    if not any(deltas) and deltas:
        return Difference(Estimate(0.0, 0.0, 0.0, len(deltas)), 1.0, 0, 0)
    if not deltas:
        raise ValueError("there is nothing to compare")
    means = draws(deltas, clusters, seed, DRAWS_OF_DIFFERENCE)
    return Difference(
        estimate=_estimate(deltas, means),
        p_drop=_p_drop(deltas, float(np.var(means))),
        better=sum(delta > 0 for delta in deltas),
        worse=sum(delta < 0 for delta in deltas),
    )


def _p_drop(deltas: Sequence[float], variance: float) -> float:
    """One-sided, the worse of two tests: a normal tail with the bootstrap's variance, damped, and the sign test
    over the cases that changed.
    """
    count, mean = len(deltas), float(np.mean(deltas))
    if mean >= 0:
        return 1.0
    damped = mean * count / (count + DAMPING)
    doubt = mean**2 * count * DAMPING / (count + DAMPING) ** 3
    spread = sqrt(variance + doubt)
    worse, better = sum(delta < 0 for delta in deltas), sum(delta > 0 for delta in deltas)
    signs: float = sum(comb(worse + better, k) for k in range(worse, worse + better + 1)) / 2 ** (
        worse + better
    )
    return max(0.5 * erfc(-damped / (spread * sqrt(2))), signs)


def discoveries(chances: Sequence[float], rate: float) -> list[bool]:
    """Which of many tests are significant at a false discovery rate (Benjamini and Hochberg, 1995)."""
    order = np.argsort(chances)
    limits = rate * np.arange(1, len(chances) + 1) / max(len(chances), 1)
    passed = np.flatnonzero(np.array(chances)[order] <= limits)
    last = int(passed[-1]) if len(passed) else -1
    found = [False] * len(chances)
    for place in order[: last + 1]:
        found[int(place)] = True
    return found
