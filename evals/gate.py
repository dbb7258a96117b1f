"""Whether a change may ship: no figure dropped beyond chance against the baseline, and no hard rule was broken. Pure.

Every gated metric is compared over every slice, in one test of them all: where a change has no effect, the gate fails
in two runs of a hundred. The question is what a change did to this library, so its documents are not drawn anew here,
as they are for the intervals of figures: a drop that all stands in one document is a drop.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.baseline import Kept
from evals.compare import Change, changes
from evals.metrics.table import METRICS
from evals.recipe import case_digest
from evals.records import Record
from evals.slices import ALL
from evals.statistics import SEED

#: Chance of an alarm without a cause, and the fewest cases of a slice that is tested.
RATE, LEAST = 0.02, 10
#: Metric -> (value that a hard rule demands, what is wrong otherwise).
HARD: Mapping[str, tuple[float, str]] = {
    "forbidden": (0.0, "says what it must not"),
    "foreign": (0.0, "cites what was not found for its question"),
    "spans": (1.0, "a quote is not the text at its place"),
}


@dataclass(frozen=True, slots=True)
class Breach:
    """A hard rule that a case breaks."""

    case: str
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate found. `new` cases are not in the baseline or have changed, `gone` ones are not in the run."""

    drops: tuple[Change, ...]
    breaches: tuple[Breach, ...]
    compared: int
    new: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the change may ship."""
        return not self.drops and not self.breaches


def breaches(records: Sequence[Record]) -> tuple[Breach, ...]:
    """The hard rules that a run breaks."""
    return tuple(
        Breach(record.case.id, rule, words)
        for record in records
        for rule, (demanded, words) in HARD.items()
        if record.values.get(rule, demanded) != demanded
    )


def drops(found: Sequence[Change], rate: float = RATE) -> tuple[Change, ...]:
    """The changes that are drops beyond chance: those over all cases first, then the deepest first."""
    kept = [one for one in found if one.chance <= rate]
    return tuple(sorted(kept, key=lambda one: (one.slice != ALL, one.difference.estimate.mean)))


def gate(baseline: Kept, records: Sequence[Record], seed: int = SEED) -> Verdict:
    """The verdict on a run. A case that was changed since the baseline is not compared, and said to be new."""
    digests = baseline.digests()
    same = [record for record in records if digests.get(record.case.id) == case_digest(record.case)]
    gated = [metric for metric in METRICS if metric.gated]
    found = changes(baseline.values(), same, gated, LEAST, seed, RATE)
    compared = {record.case.id for record in same}
    return Verdict(
        drops=drops(found),
        breaches=breaches(records),
        compared=len(compared),
        new=tuple(record.case.id for record in records if record.case.id not in compared),
        gone=tuple(sorted(set(digests) - {record.case.id for record in records})),
    )
