"""Two sets of values of the same cases, laid side by side: by metric and slice, and case by case. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.metrics.table import METRICS, Metric
from evals.records import Record
from evals.slices import sliced
from evals.statistics import SEED, Difference, difference

#: Case -> metric -> value.
Values = Mapping[str, Mapping[str, float]]
#: Families whose figures a case does not lose for a good reason: the library has lost what the case is about.
_LASTING = ("retrieval", "answers")


@dataclass(frozen=True, slots=True)
class Change:
    """How a metric moved over a slice; a positive difference is better, whichever way the metric points."""

    metric: Metric
    slice: str
    before: float
    after: float
    difference: Difference


@dataclass(frozen=True, slots=True)
class Moved:
    """A case whose reply got better or worse: metric, before, after."""

    record: Record
    metric: str
    before: float
    after: float


def _pairs(metric: Metric, before: Values, records: Sequence[Record]) -> Iterator[tuple[float, float, str]]:
    for record in records:
        old, new = before.get(record.case.id, {}).get(metric.name), record.values.get(metric.name)
        if old is not None and new is None and metric.family in _LASTING and metric.up:
            new = min(old, 0.0)
        if old is not None and new is not None:
            yield old, new, record.cluster


def changes(
    before: Values,
    records: Sequence[Record],
    metrics: Sequence[Metric] = METRICS,
    least: int = 1,
    seed: int = SEED,
) -> tuple[Change, ...]:
    """How every metric moved over every slice with at least `least` cases that both have."""
    found = []
    for name, part in sliced(records).items():
        for metric in metrics:
            pairs = list(_pairs(metric, before, part))
            if len(pairs) < least:
                continue
            sign = 1.0 if metric.up else -1.0
            old, new = [sign * a for a, _, _ in pairs], [sign * b for _, b, _ in pairs]
            moved = difference(old, new, [cluster for _, _, cluster in pairs], seed)
            count = len(pairs)
            found.append(
                Change(metric, name, sign * sum(old) / count + 0.0, sign * sum(new) / count + 0.0, moved)
            )
    return tuple(found)


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
