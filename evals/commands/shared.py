"""What the commands of `desk eval` share: options, the folder of runs, and plain errors."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.console import BadInput, plain_errors
from bot.settings import Settings
from bot.wiring import home_of
from evals.cases import load_cases
from evals.changes import ChangeError
from evals.runs import RunError, Runs
from evals.types import Case, CaseError

Files = Annotated[
    list[Path] | None, typer.Option("--cases", help="Case files; the project's own by default.")
]
Half = Annotated[str, typer.Option("--split", help="tuning, held-back or all.")]
Library = Annotated[
    str,
    typer.Option(
        help="A folder of documents, or `bundled` for the digests; the live library by default. A folder is "
        "taken into a home of its own, and the live library stays as it is."
    ),
]
Given = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        help="name=value, as often as needed: keywords=off, glossary=off, checker=off, refusal=off, drop=004, "
        "refusal.threshold=0.4, blend.cosine=1, model=openai:… .",
    ),
]


@contextmanager
def plain() -> Iterator[None]:
    """Errors of the suite and of the desk as one line and an exit code."""
    with plain_errors():
        try:
            yield
        except (RunError, ChangeError, CaseError) as error:
            raise BadInput(str(error)) from None


def runs_of(settings: Settings) -> Runs:
    """The runs of this desk."""
    return Runs(home_of(settings).folder / "evals" / "runs")


def chosen_cases(paths: list[Path] | None, split: str) -> Sequence[Case]:
    """The cases of `paths` in one half, or in both. Raises BadInput."""
    if split not in ("all", "tuning", "held-back"):
        raise BadInput(f"--split is tuning, held-back or all, not {split!r}")
    try:
        cases = load_cases(tuple(paths or ()))
    except OSError as error:
        raise BadInput(str(error)) from None
    if not (chosen := [case for case in cases if split in ("all", case.split)]):
        raise BadInput(f"there is no case of the half {split!r} in these files")
    return chosen
