"""Intervals and differences by the bootstrap, clustered by document. Pure; the same seed gives the same figures.

Questions about one document are not independent (arXiv 2411.00640), so documents are drawn first and then, within
each, its questions; a question about no document is a cluster of its own. Figures of two runs are compared by the
differences of the same questions.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DRAWS = 2_000
#: Draws for a difference, of which only the spread and an interval are needed.
DRAWS_OF_DIFFERENCE = 500
SEED = 20261120
#: Below so many cases, or documents where there are any, an interval says little.
ENOUGH_CASES = 30
#: Random changes of sign by which drops are judged, and how many are done at once.
FLIPS, _AT_ONCE = 10_000, 500


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
    """Second minus first, over the cases that both have."""

    estimate: Estimate
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
        return Difference(Estimate(0.0, 0.0, 0.0, len(deltas)), 0, 0)
    if not deltas:
        raise ValueError("there is nothing to compare")
    means = draws(deltas, clusters, seed, DRAWS_OF_DIFFERENCE)
    return Difference(
        estimate=_estimate(deltas, means),
        better=sum(delta > 0 for delta in deltas),
        worse=sum(delta < 0 for delta in deltas),
    )


def chances(deltas: Floats, seed: int = SEED) -> Floats:
    """(tests,) chance of each drop by chance alone, among all tests at once, for (groups, tests) summed differences.

    If a change has no effect, whatever happened to a question might as well have happened the other way round. So the
    differences of whole groups of questions change their signs at random, in all tests together, and a drop counts
    by how often the deepest drop of any test is as deep: the paired randomisation test (Smucker, Allan and Carterette
    2007) with Westfall and Young's maximum (1993). Tests that say the same thing do not weaken each other, and the
    chance that any of them alarms without a cause is what was asked for. 1 where nothing dropped.
    """
    groups = deltas[np.any(deltas != 0, axis=1)]
    spread = np.sqrt((groups**2).sum(axis=0))
    scaled = np.divide(groups, spread, out=np.zeros_like(groups), where=spread > 0)
    fall = -scaled.sum(axis=0)
    rng, deeper = np.random.default_rng(seed), np.zeros(len(fall))
    for _ in range(FLIPS // _AT_ONCE):
        signs = np.where(rng.random((_AT_ONCE, len(groups))) < 0.5, -1.0, 1.0)
        deepest = (signs @ scaled).max(axis=1, initial=0.0)
        deeper += (deepest[:, None] >= fall - 1e-9).sum(axis=0)
    return np.where(fall > 0, (deeper + 1) / (FLIPS + 1), 1.0)
