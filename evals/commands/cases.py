"""DOOR: `desk eval check` and `desk eval import`: case files, read strictly, and cases made from other files."""

import json
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter

from bot.console import BadInput, write_lines
from bot.desk.file import File
from bot.settings import Settings
from bot.store import tickets
from bot.store.database import Transaction
from bot.store.ratings import ratings
from bot.wiring import data_of
from evals.cases import load_cases
from evals.commands.shared import Files, chosen_cases, plain
from evals.formats.beir import read_beir
from evals.formats.desk import APPROVED, Line, marked_down, replies
from evals.formats.feedback import Feedback, feedback_lines, read_feedback
from evals.formats.squad import read_squad
from evals.types import Case, Split

_CASE = TypeAdapter(Case)


class Format(StrEnum):
    """What `desk eval import` reads."""

    cases = "cases"
    beir = "beir"
    squad = "squad"
    feedback = "feedback"
    desk = "desk"


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


def _file(transaction: Transaction, ticket: tickets.Ticket) -> File:
    return File(ticket, tickets.versions(transaction, ticket.number), (), ())


def _lines_of_desk() -> tuple[Line, ...]:
    """What the desk's own database tells. Raises DatabaseError and its kinds."""
    with closing(data_of(Settings())) as data, data.database.reading() as transaction:
        most = sum(tickets.counts(transaction).values())
        answered = tickets.listed(transaction, APPROVED, most=most)
        files = (_file(transaction, one) for one in reversed(answered))
        return (*replies(files), *marked_down(ratings(transaction)))


def _read(path: Path, kind: Format, qrels: Path | None, split: Split) -> tuple[Case, ...]:
    if kind is Format.squad:
        return tuple(read_squad(path, split))
    if kind is Format.beir:
        return tuple(read_beir(path, qrels or path / "qrels" / "test.tsv", split))
    return load_cases((path,))


def _found(path: Path | None, kind: Format, qrels: Path | None, split: Split) -> Feedback:
    """The cases, and the lines that wait for somebody. Raises BadInput, CaseError, DatabaseError."""
    if kind is Format.desk:
        return read_feedback(_lines_of_desk(), split)
    if path is None:
        raise BadInput(f"say which file to read: desk eval import FILE --format {kind.value} --out CASES")
    try:
        if kind is Format.feedback:
            return read_feedback(feedback_lines(path), split)
        return Feedback(_read(path, kind, qrels, split), ())
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {error}") from None


def import_cases(
    out: Annotated[Path, typer.Option(help="The case file to write.")],
    path: Annotated[
        Path | None,
        typer.Argument(
            help="A file; for BEIR the folder of corpus.jsonl and queries.jsonl; none for `desk`."
        ),
    ] = None,
    kind: Annotated[
        Format, typer.Option("--format", help="What the file is; `desk` reads the desk's own database.")
    ] = Format.cases,
    qrels: Annotated[Path | None, typer.Option(help="BEIR's qrels; qrels/test.tsv by default.")] = None,
    half: Annotated[str, typer.Option("--split", help="tuning or held-back.")] = "tuning",
) -> None:
    """Make a case file from BEIR, SQuAD, a file of feedback, or the desk's own tickets and ratings."""
    with plain():
        if half not in ("tuning", "held-back"):
            raise BadInput(f"--split is tuning or held-back, not {half!r}")
        found = _found(path, kind, qrels, "tuning" if half == "tuning" else "held-back")
        if not found.cases and not found.open:
            raise BadInput(
                "the desk has no approved reply with a quote and no answer that was marked down"
                if path is None
                else f"{path} gives no case"
            )
        if found.cases:
            write_lines(out, (_CASE.dump_python(case, mode="json") for case in found.cases))
            load_cases((out,))
            typer.echo(f"{len(found.cases)} cases in {out}")
        if found.open:
            rest = out.with_suffix(".open.jsonl")
            write_lines(rest, found.open)
            typer.echo(
                f"{len(found.open)} lines in {rest} wait for you: say in `should` whether to answer or refuse, give "
                f"`quotes` for an answer, then: desk eval import {rest} --format feedback --out CASES",
                err=True,
            )
