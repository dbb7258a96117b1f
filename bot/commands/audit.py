"""DOOR: `desk audit`: is the audit log whole, what is its head, and what does it say about one subject."""

import json as jsons
from contextlib import closing
from typing import Annotated

import typer

from bot.console import BadInput, plain_errors
from bot.desk.keeping import trail
from bot.settings import Settings
from bot.store import audit as log
from bot.store.anchor import AnchorError, Head, parse_head
from bot.store.base import written
from bot.wiring import data_of

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Verify the audit log and read it.")


def _known(text: str) -> tuple[Head, ...]:
    try:
        return (parse_head(text),) if text else ()
    except AnchorError as error:
        raise BadInput(str(error)) from None


@app.command()
def verify(
    head: Annotated[str, typer.Option(help="A head noted earlier, as `desk audit head` prints it.")] = "",
) -> None:
    """Find edits, deletions, changes of order, a cut end, and a clock set back; exit code 5 when there are any."""
    with plain_errors(), closing(data_of(Settings())) as data:
        count, found = trail(data, *_known(head))
    for problem in found:
        typer.echo(f"BAD  {problem.kind}: {problem.text}")
    if found:
        raise typer.Exit(5)
    typer.echo(f"ok   {count} records in one chain")


@app.command("head")
def print_head() -> None:
    """Print the log's head, to be noted where nobody who can write to this machine can change it."""
    with plain_errors(), closing(data_of(Settings())) as data, data.database.reading() as transaction:
        typer.echo(str(log.head(transaction) or "empty"))


@app.command()
def show(
    subject: Annotated[str, typer.Argument(help="Such as ticket:12; empty for everything.")] = "",
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Print the records about one subject, or all of them."""
    with plain_errors(), closing(data_of(Settings())) as data, data.database.reading() as transaction:
        for one in log.records(transaction, subject):
            fields = {"number": one.number, "at": written(one.at), "by": one.actor, "action": one.action}
            more = {"subject": one.subject, "detail": jsons.loads(one.detail), "digest": one.digest}
            plain = f"{one.number}  {written(one.at)}  {one.actor}  {one.action}  {one.subject}  {one.detail}"
            typer.echo(jsons.dumps(fields | more, ensure_ascii=False) if json else plain)
