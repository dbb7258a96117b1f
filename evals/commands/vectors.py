"""DOOR: `desk eval vectors`: very many embedded sentences in Chroma, once and by themselves."""

import json
import tempfile
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from bot.console import BadInput, plain_errors
from evals.bench_sets import read_speed_questions
from evals.vectors import measure_vectors, sentences
from vectorstore.chroma import BREADTHS, Breadth
from vectorstore.embedders import BUNDLED, load_embedder
from vectorstore.training.corpora import CorpusError


def vectors(
    corpora: Annotated[Path, typer.Option(help="Folder of the corpora (*.tsv.xz).")] = Path(
        "../shared/corpora"
    ),
    count: Annotated[int, typer.Option(min=1, help="Sentences to embed.")] = 1_000_000,
    questions: Annotated[int, typer.Option(min=1, help="Questions to search with.")] = 300,
    building: Annotated[
        int, typer.Option(min=1, help="Nodes that building keeps in view; Chroma's own number is 100.")
    ] = BREADTHS[0].building,
    neighbours: Annotated[
        int, typer.Option(min=2, help="Neighbours of a node; Chroma's own number is 16.")
    ] = BREADTHS[0].neighbours,
) -> None:
    """Embed a million sentences and search them: seconds, MB, and what the index misses. Takes hours."""
    with (
        plain_errors(),
        tempfile.TemporaryDirectory(prefix="desk-vectors-", ignore_cleanup_errors=True) as folder,
    ):
        try:
            texts, asked = sentences(corpora, count), read_speed_questions(corpora, questions)
        except (CorpusError, ValueError) as error:
            raise BadInput(str(error)) from None
        breadth = Breadth(BREADTHS[0].view, building, neighbours)
        with Progress(
            *Progress.get_default_columns(),
            MofNCompleteColumn(),
            console=Console(stderr=True),
            transient=True,
        ) as bar:
            added = partial(bar.advance, bar.add_task("vectors", total=len(texts)))
            figures = measure_vectors(
                texts, asked, load_embedder(BUNDLED), Path(folder) / "chroma", breadth, added
            )
        typer.echo(json.dumps(asdict(figures), indent=1))
