"""The figures of a run: every metric over every slice with its interval, and those that only a whole set has. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.metrics.table import METRICS
from evals.records import Record
from evals.slices import sliced
from evals.statistics import SEED, Estimate, estimate

#: Share of the questions that are answered when the risk is looked at.
COVERAGE = 0.8


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric over one slice."""

    metric: str
    slice: str
    estimate: Estimate


def figure(metric: str, name: str, records: Sequence[Record], seed: int = SEED) -> Figure | None:
    """The figure of a metric over a slice; None where it bears on no case of it."""
    kept = [record for record in records if metric in record.values]
    if not kept:
        return None
    values, clusters = [record.values[metric] for record in kept], [record.cluster for record in kept]
    return Figure(metric, name, estimate(values, clusters, seed))


def figures(
    records: Sequence[Record], metrics: Sequence[str] = (), only: Sequence[str] = ()
) -> tuple[Figure, ...]:
    """Every figure that a run has, slice by slice, or those of some metrics and slices only."""
    names = metrics or [metric.name for metric in METRICS]
    parts = [(name, part) for name, part in sliced(records).items() if not only or name in only]
    found = (figure(metric, name, part) for name, part in parts for metric in names)
    return tuple(one for one in found if one)


@dataclass(frozen=True, slots=True)
class Refusing:
    """What the score of certainty is worth, over cases whose answer was tried whether or not it was shown.

    `risk` is the share of wrong answers when the most certain COVERAGE of all questions is answered; `bins` are
    (mean certainty, share right, cases) of tenths of the cases; `shown` is the coverage at which the desk stands.
    """

    risk: float
    shown: float
    bins: tuple[tuple[float, float, int], ...]


def refusing(records: Sequence[Record]) -> Refusing | None:
    """The figures of the refusal score; None where no case tells of it."""
    kept = [record for record in records if record.forced_right is not None]
    if not kept:
        return None
    kept.sort(key=lambda record: -record.reply.confidence)
    right = np.array([bool(record.forced_right) for record in kept], float)
    certain = np.array([record.reply.confidence for record in kept])
    covered = max(round(COVERAGE * len(kept)), 1)
    tenths = np.array_split(np.arange(len(kept)), min(10, len(kept)))
    return Refusing(
        risk=float(1 - right[:covered].mean()),
        shown=sum(record.reply.answered for record in kept) / len(kept),
        bins=tuple((float(certain[one].mean()), float(right[one].mean()), len(one)) for one in tenths),
    )


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds to a whole answer, and what went to a language model over the run."""

    p50: float
    p95: float
    tokens_in: int
    tokens_out: int


def speed(records: Sequence[Record]) -> Speed:
    """The speed of a run. Raises ValueError for none."""
    if not records:
        raise ValueError("a run without a case has no speed")
    p50, p95 = np.quantile([record.reply.seconds for record in records], (0.5, 0.95))
    tokens = [(record.reply.tokens_in, record.reply.tokens_out) for record in records]
    return Speed(float(p50), float(p95), sum(a for a, _ in tokens), sum(b for _, b in tokens))


@dataclass(frozen=True, slots=True)
class Buckets:
    """How many replies fell into each of the four buckets."""

    correct: int
    declined: int
    wrong: int
    unsupported: int


def buckets(records: Sequence[Record]) -> Buckets:
    """The four buckets of a run."""
    values = [record.values["bucket"] for record in records if "bucket" in record.values]
    return Buckets(values.count(1.0), values.count(0.0), values.count(-4.0), values.count(-2.0))


def ranks(records: Sequence[Record]) -> Mapping[str, int]:
    """How often the first gold passage stood at each place; `none` where it was not found."""
    kept = [record for record in records if "mrr_10" in record.values]
    places = [str(record.gold_at[0]) if record.gold_at else "none" for record in kept]
    return {name: places.count(name) for name in (*map(str, range(1, 11)), "none")}
