"""Reads and validates the cases: JSON Lines in evals/cases/, one object a line."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evals.types import Case, CaseError

_CASE = TypeAdapter(Case)


def bundled_cases() -> tuple[Path, ...]:
    """The case files of the project."""
    return tuple(sorted(Path(str(files("evals").joinpath("cases"))).glob("*.jsonl")))


def _cases(path: Path) -> Iterator[Case]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            case = _CASE.validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"]))
            raise CaseError(f"{path.name}, line {number}, {field or 'line'}: {first['msg']}") from None
        if bool(case.question) == bool(case.turns):
            raise CaseError(f"{path.name}, line {number}: give either a question or turns")
        yield case


def load_cases(paths: Sequence[Path] = ()) -> tuple[Case, ...]:
    """All cases of `paths`, the project's own by default. Raises CaseError, also for an id that stands twice."""
    seen: dict[str, Path] = {}
    cases: list[Case] = []
    for path in paths or bundled_cases():
        for case in _cases(path):
            if case.id in seen:
                raise CaseError(f"{path.name}: the id {case.id} stands also in {seen[case.id].name}")
            seen[case.id] = path
            cases.append(case)
    return tuple(cases)
