"""DOOR: `desk eval check` and `desk eval import`: case files, read strictly, and cases made from other files."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter

from bot.console import BadInput, write_lines
from evals.cases import load_cases
from evals.commands.shared import Files, chosen_cases, plain
from evals.formats.beir import read_beir
from evals.formats.feedback import read_feedback
from evals.formats.squad import read_squad
from evals.types import Case, Split

_CASE = TypeAdapter(Case)


class Format(StrEnum):
    """What `desk eval import` reads."""

    cases = "cases"
    beir = "beir"
    squad = "squad"
    feedback = "feedback"


def check(
    cases: Files = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of a case.")] = False,
) -> None:
    """Validate the case files."""
    with plain():
        if schema:
            typer.echo(json.dumps(_CASE.json_schema(), ensure_ascii=False, indent=1))
        else:
            count = len(chosen_cases(cases, "all"))
            typer.echo("1 case, valid" if count == 1 else f"{count} cases, every one valid")


def _read(path: Path, kind: Format, qrels: Path | None, split: Split) -> tuple[Case, ...]:
    if kind is Format.squad:
        return tuple(read_squad(path, split))
    if kind is Format.beir:
        return tuple(read_beir(path, qrels or path / "qrels" / "test.tsv", split))
    if kind is Format.cases:
        return load_cases((path,))
    found = read_feedback(path, split)
    for name in found.open:
        typer.echo(f"{name}: say what would have been right (`should`, and `quotes` for an answer)", err=True)
    return found.cases


def import_cases(
    path: Annotated[
        Path, typer.Argument(help="A file; for BEIR the folder of corpus.jsonl and queries.jsonl.")
    ],
    out: Annotated[Path, typer.Option(help="The case file to write.")],
    kind: Annotated[Format, typer.Option("--format", help="What the file is.")] = Format.cases,
    qrels: Annotated[Path | None, typer.Option(help="BEIR's qrels; qrels/test.tsv by default.")] = None,
    half: Annotated[str, typer.Option("--split", help="tuning or held-back.")] = "tuning",
) -> None:
    """Make a case file from BEIR, SQuAD, or an export of feedback and tickets."""
    with plain():
        if half not in ("tuning", "held-back"):
            raise BadInput(f"--split is tuning or held-back, not {half!r}")
        try:
            cases = _read(path, kind, qrels, "tuning" if half == "tuning" else "held-back")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"{path} cannot be read: {error}") from None
        if not cases:
            raise BadInput(f"{path} gives no case")
        write_lines(out, (_CASE.dump_python(case, mode="json") for case in cases))
        load_cases((out,))
        typer.echo(f"{len(cases)} cases in {out}")
