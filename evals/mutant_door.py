"""DOOR: `desk eval mutants`: does the checker flag false statements, and leave true ones alone?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, get_args

import typer
from rich.console import Console
from rich.table import Table

from bot.console import plain_errors
from bot.settings import Settings
from bot.wiring import catalogue_of
from evals.mutant_run import UNTOUCHED, Judged, failures, judged, rows
from evals.true_pairs import bodies_in, read_folders, true_pairs
from ingest.bundled import bundled_library
from ingest.types import Language
from vectorstore.embedders import load_embedder
from vectorstore.glossary import load_glossary


def _results(folders: Sequence[Path], settings: Settings, every: int) -> dict[Language, list[Judged]]:
    """Language -> what the checker says of every so many of its pairs."""
    glossary, embedder = load_glossary(), load_embedder(settings.embedder)

    def similarity(one: str, other: str) -> float:
        vectors = embedder.passages([one, other])
        return float(vectors[0] @ vectors[1])

    pairs = true_pairs(read_folders(folders, catalogue_of(settings)))
    found: dict[Language, list[Judged]] = {}
    for language in get_args(Language):
        own = [pair for pair in pairs if pair.language == language]
        bodies = bodies_in(own, language, glossary)
        found[language] = list(judged(own[::every], bodies, similarity, glossary.translations))
    return found


def _table(name: str, results: dict[Language, list[Judged]]) -> Table:
    table = Table("kind", *(f"{language}: flagged" for language in results), title=name)
    for lines in zip(*(rows(part) for part in results.values()), strict=True):
        cells = (f"{row.flagged}/{row.made}  {row.share:.3f}" for row in lines)
        table.add_row(lines[0].kind, *cells)
    return table


def mutants(
    missed: Annotated[bool, typer.Option("--missed", help="List what was judged wrongly.")] = False,
    every: Annotated[int, typer.Option(min=1, help="Take every so many statements only.")] = 1,
) -> None:
    """False versions of the true sentences of DESK_LIBRARY and of the bundled digests: flagged of made, by kind.

    Exit code 1 where fewer than 95 % are flagged, or 90 % of a kind, or more than 5 % of the true ones are.
    """
    with plain_errors():
        settings = Settings()
        folders = {"the library": settings.folders(bundled_library()), "the digests": (bundled_library(),)}
        if folders["the library"] == folders["the digests"]:
            del folders["the library"]
        by_source = {name: _results(paths, settings, every) for name, paths in folders.items()}
    console = Console(width=110)
    for name, results in by_source.items():
        console.print(_table(f"{name}: flagged of made", results))
    together: dict[Language, list[Judged]] = {
        language: [one for results in by_source.values() for one in results[language]]
        for language in get_args(Language)
    }
    console.print(_table("together", together))
    for one in (one for part in together.values() for one in part) if missed else ():
        if one.flagged == (one.kind == UNTOUCHED):
            typer.echo(
                f"{one.pair.language} {one.kind} ({one.rule}): {one.statement}\n    {one.pair.statement}"
            )
    wrong = [f"{language}: {line}" for language, part in together.items() for line in failures(rows(part))]
    if wrong:
        typer.echo("\n".join(wrong), err=True)
        raise typer.Exit(1)
