"""Two sets of values of the same cases, laid side by side: by metric and slice, and case by case. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.metrics.table import METRICS, Metric
from evals.records import Record
from evals.slices import sliced
from evals.statistics import SEED, Difference, Floats, chances, difference

#: Case -> metric -> value.
Values = Mapping[str, Mapping[str, float]]
#: Families whose figures a case does not lose for a good reason: the library has lost what the case is about.
_LASTING = ("retrieval", "answers")


@dataclass(frozen=True, slots=True)
class Change:
    """How a metric moved over a slice; a positive difference is better, whichever way the metric points.

    `chance` is how often so deep a drop, or a deeper one of any other metric and slice, comes by chance alone.
    """

    metric: Metric
    slice: str
    before: float
    after: float
    difference: Difference
    chance: float


@dataclass(frozen=True, slots=True)
class _Pair:
    """A metric's two values of one case; a positive difference is better."""

    before: float
    after: float
    record: Record


@dataclass(frozen=True, slots=True)
class Moved:
    """A case whose reply got better or worse: metric, before, after."""

    record: Record
    metric: str
    before: float
    after: float


def _pairs(metric: Metric, before: Values, records: Sequence[Record]) -> Iterator[_Pair]:
    sign = 1.0 if metric.up else -1.0
    for record in records:
        old, new = before.get(record.case.id, {}).get(metric.name), record.values.get(metric.name)
        if old is not None and new is None and metric.family in _LASTING and metric.up:
            new = min(old, 0.0)
        if old is not None and new is not None:
            yield _Pair(sign * old, sign * new, record)


def _by_group(tests: Sequence[Sequence[_Pair]], records: Sequence[Record]) -> Floats:
    """(groups, tests) differences; cases about one passage move together and are one group."""
    places: dict[str, int] = {}
    row = {record.case.id: places.setdefault(record.passage, len(places)) for record in records}
    summed = np.zeros((len(places), len(tests)))
    for column, pairs in enumerate(tests):
        rows = [row[pair.record.case.id] for pair in pairs]
        np.add.at(summed[:, column], rows, [pair.after - pair.before for pair in pairs])
    return summed


def changes(
    before: Values,
    records: Sequence[Record],
    metrics: Sequence[Metric] = METRICS,
    least: int = 1,
    seed: int = SEED,
    rarest: float = 1.0,
) -> tuple[Change, ...]:
    """How every metric moved over every slice with at least `least` cases that both have.

    Those whose chance is above `rarest` are left out.
    """
    compared = [
        (metric, name, pairs)
        for name, part in sliced(records).items()
        for metric in metrics
        if len(pairs := list(_pairs(metric, before, part))) >= least
    ]
    by_chance = chances(_by_group([pairs for _, _, pairs in compared], records), seed)
    return tuple(
        _change(metric, name, pairs, float(chance), seed)
        for (metric, name, pairs), chance in zip(compared, by_chance, strict=True)
        if chance <= rarest
    )


def _change(metric: Metric, name: str, pairs: Sequence[_Pair], chance: float, seed: int) -> Change:
    old, new = [pair.before for pair in pairs], [pair.after for pair in pairs]
    sign, count = 1.0 if metric.up else -1.0, len(pairs)
    moved = difference(old, new, [pair.record.cluster for pair in pairs], seed)
    return Change(metric, name, sign * sum(old) / count + 0.0, sign * sum(new) / count + 0.0, moved, chance)


def moved(before: Values, records: Sequence[Record], metric: str = "right") -> tuple[Moved, ...]:
    """The cases that a metric says got better or worse, the worse ones first."""
    found = []
    for record in records:
        old, new = before.get(record.case.id, {}).get(metric), record.values.get(metric)
        if old is not None and new is not None and old != new:
            found.append(Moved(record, metric, old, new))
    return tuple(sorted(found, key=lambda one: (one.after - one.before, one.record.case.id)))


def values_of_run(records: Sequence[Record]) -> Values:
    """The values of a run, as `changes` takes them."""
    return {record.case.id: record.values for record in records}
