"""What evaluators said of replies by hand, and how far the metrics agree with them. JSON Lines beside the runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from pydantic import TypeAdapter, ValidationError

from evals.records import Record
from evals.runs import RunError

Label = Literal["right", "wrong", "unsupported", "should refuse"]
LABELS: tuple[Label, ...] = get_args(Label)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One label; the latest of a person for a case of a run counts."""

    run: str
    case: str
    label: Label
    by: str
    at: str


_LABELLED = TypeAdapter(Labelled)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Share of labels that the metrics agree with, and Cohen's kappa, which is 0 for what chance alone gives."""

    cases: int
    share: float
    kappa: float


class Labels:
    """The labels in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, run: str, case: str, label: Label, by: str) -> None:
        """Keeps a label. Raises RunError for one that is none."""
        if label not in LABELS:
            raise RunError(f"a label is one of {', '.join(LABELS)}")
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with open(self._path, "ab") as handle:
            handle.write(_LABELLED.dump_json(Labelled(run, case, label, by, moment)) + b"\n")

    def of(self, run: str) -> dict[str, Labelled]:
        """Case -> its latest label in a run. A line that was cut off by a crash is passed over."""
        found: dict[str, Labelled] = {}
        for line in self._path.read_bytes().splitlines() if self._path.is_file() else ():
            try:
                one = _LABELLED.validate_json(line)
            except ValidationError:
                continue
            if one.run == run:
                found[one.case] = one
        return found


def by_metrics(record: Record) -> Label:
    """The label that the metrics give a reply."""
    value = record.values.get("bucket", 0.0)
    if not record.reply.answered:
        return "wrong" if record.case.answering else "right"
    if not record.case.answering:
        return "should refuse"
    return "right" if value == 1.0 else "unsupported" if value == -2.0 else "wrong"


def agreement(records: Sequence[Record], labels: dict[str, Labelled]) -> Agreement | None:
    """How far the metrics agree with people; None where nothing was labelled."""
    pairs = [(labels[r.case.id].label, by_metrics(r)) for r in records if r.case.id in labels]
    if not pairs:
        return None
    share = sum(one == other for one, other in pairs) / len(pairs)
    people, metrics = [one for one, _ in pairs], [other for _, other in pairs]
    chance = sum(people.count(label) * metrics.count(label) for label in LABELS) / len(pairs) ** 2
    return Agreement(len(pairs), share, (share - chance) / (1 - chance) if chance < 1 else 1.0)
