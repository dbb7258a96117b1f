"""DOOR: `desk eval crowd`: what passages of one language, added to the live library, cost the questions of the other."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.console import BadInput, plain_errors
from bot.settings import Settings
from bot.wiring import library_of
from evals.cases import load_cases
from evals.crowd import crowded, passages_in
from ingest.types import Language
from vectorstore.embedders import load_embedder
from vectorstore.glossary import load_glossary
from vectorstore.training.corpora import CorpusError

_LANGUAGES: dict[Language, str] = {"en": "English", "ja": "Japanese"}


def crowd(
    corpora: Annotated[Path, typer.Option(help="Folder of the corpora (*.tsv.xz).")] = Path(
        "../shared/corpora"
    ),
    count: Annotated[int, typer.Option(help="Passages to add, in one language at a time.")] = 2000,
    split: Annotated[str, typer.Option(help="tuning, held-back or all.")] = "all",
) -> None:
    """Add passages of one language to the live library: what does it cost the cases, by their language?"""
    with plain_errors():
        embedder, glossary = load_embedder(Settings().embedder), load_glossary()
        live = library_of(Settings(), embedder).edition()
        kinds = ("answerable", "status")
        cases = [case for case in load_cases() if case.kind in kinds and split in ("all", case.split)]
        try:
            added = [
                (f"+ {count:,} {name}", passages_in(corpora, language, count))
                for language, name in _LANGUAGES.items()
            ]
        except (CorpusError, ValueError) as error:
            raise BadInput(str(error)) from None
        table = Table(
            "library", "passages", "questions in English", "in Japanese", title=f"of first five, {split}"
        )
        for one in crowded(live, added, cases, embedder, glossary):
            table.add_row(one.library, f"{one.passages:,}", f"{one.english:.3f}", f"{one.japanese:.3f}")
        Console().print(table)
