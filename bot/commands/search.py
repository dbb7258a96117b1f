"""DOOR: `desk search`: passages without an answer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.console import BadInput, as_json, plain_errors, read_lines, write_lines
from bot.settings import Settings
from bot.shapes import NamedSearchShape, SearchShape, schema, search_shape
from bot.wiring import search_of
from vectorstore.types import Hit, Query, Search

app = typer.Typer(add_completion=False, help="Find passages without writing an answer.")


def found(search: Search, lines: Iterator[dict[str, Any]], k: int) -> Iterator[NamedSearchShape]:
    """One object a line, in order."""
    for line in lines:
        shape = search_shape(line["question"], search(Query(line["question"], k)))
        yield NamedSearchShape(id=str(line.get("id", "")), **shape)


def _text(number: int, hit: Hit) -> str:
    heading = " > ".join((hit.passage.source, *hit.passage.heading))
    return (
        f"{number}. {heading}  [{hit.passage.start}:{hit.passage.end}]  {hit.score:.3f}\n{hit.passage.text}\n"
    )


@app.command()
def search(
    question: Annotated[str, typer.Argument(help="What to look for, in Japanese or English.")] = "",
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 10,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    batch: Annotated[Path | None, typer.Option(help="JSON Lines with id and question.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the results of --batch go.")] = None,
    show_schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of a result.")] = False,
) -> None:
    """Find the passages that a question is about, best first."""
    with plain_errors():
        if show_schema:
            typer.echo(as_json(schema(SearchShape)))
            return
        if (batch is None) == (not question) or (batch is None) != (out is None):
            raise BadInput("give a question, or --batch IN.jsonl with --out OUT.jsonl")
        searching = search_of(Settings())
        if batch and out:
            typer.echo(
                f"{write_lines(out, found(searching, read_lines(batch), k))} results in {out}", err=True
            )
            return
        hits = searching(Query(question, k))
        typer.echo(
            as_json(search_shape(question, hits)) if json else "\n".join(map(_text, range(1, k + 1), hits))
        )
