"""The baseline: what every case gave when the project was last said to be good, a library each. Figures only, no text.

`desk eval baseline RUN…` writes it, `desk eval gate` compares with it.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evals.metrics.table import METRICS
from evals.recipe import case_digest
from evals.runs import Run, RunError

#: Digits kept of a figure.
_DIGITS = 4
#: Values that a baseline does not keep: they differ from machine to machine.
_PASSING = ("seconds",)
#: The metrics that it keeps.
KEPT = tuple(metric.name for metric in METRICS if metric.name not in _PASSING)


@dataclass(frozen=True, slots=True)
class Kept:
    """One library's figures: metric names once, then a row a case: its digest and a value or None a metric."""

    edition: str
    changes: tuple[str, ...]
    metrics: tuple[str, ...]
    cases: Mapping[str, tuple[str, tuple[float | None, ...]]]

    def values(self) -> dict[str, dict[str, float]]:
        """Case -> metric -> value."""
        return {
            name: {m: value for m, value in zip(self.metrics, row, strict=True) if value is not None}
            for name, (_, row) in self.cases.items()
        }

    def digests(self) -> dict[str, str]:
        """Case -> the digest of what it asked."""
        return {name: digest for name, (digest, _) in self.cases.items()}


@dataclass(frozen=True, slots=True)
class Baseline:
    """Library name -> its figures."""

    libraries: Mapping[str, Kept] = field(default_factory=dict)


_BASELINE: TypeAdapter[Baseline] = TypeAdapter(Baseline)


def bundled_baseline() -> Path:
    """The project's own baseline."""
    return Path(str(files("evals").joinpath("baseline.json")))


def kept(run: Run, metrics: tuple[str, ...] = KEPT) -> Kept:
    """A run's figures as a baseline keeps them."""

    def short(value: float | None) -> float | None:
        return None if value is None else round(value, _DIGITS)

    return Kept(
        edition=run.recipe.edition,
        changes=run.recipe.changes,
        metrics=metrics,
        cases={
            record.case.id: (case_digest(record.case), tuple(short(record.values.get(m)) for m in metrics))
            for record in sorted(run.records, key=lambda record: record.case.id)
        },
    )


def read_baseline(path: Path) -> Baseline:
    """A baseline; an empty one where there is no file. Raises RunError."""
    if not path.is_file():
        return Baseline()
    try:
        return _BASELINE.validate_json(path.read_bytes())
    except ValidationError:
        raise RunError(f"{path} is not a baseline; write one with `desk eval baseline RUN`") from None


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Writes a baseline as a whole, a line a case, so that changes of it can be read."""
    text = _BASELINE.dump_json(baseline).decode()
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text.replace("]],", "]],\n").replace('"cases":{', '"cases":{\n') + "\n", "utf-8")
    os.replace(fresh, path)
