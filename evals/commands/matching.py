"""DOOR: `desk eval matching`: how well questions get the approved answer that they ask for, and near misses none."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.desk.matching import Matcher
from bot.settings import Settings
from evals.matching import HELD_BACK, TUNING, WAYS, figures, matches
from vectorstore.embedders import load_embedder
from vectorstore.glossary import load_glossary
from vectorstore.questions import load_questions

Splits = Annotated[
    list[str] | None, typer.Option("--split", help="Splits to measure; every held-back one by default.")
]


def matching(split: Splits = None) -> None:
    """Precision and recall of approved answers on paraphrases and near misses of evals/matching.tsv."""
    chosen = split or list(HELD_BACK)
    if unknown := [name for name in chosen if name not in TUNING + HELD_BACK]:
        raise typer.BadParameter(f"{', '.join(unknown)}: the splits are {', '.join(TUNING + HELD_BACK)}")
    matcher = Matcher(load_embedder(Settings().embedder), load_glossary(), load_questions)
    table = Table("split", "ways to ask", "precision", "recall", "false", "paraphrases", "near misses")
    for ways, languages in WAYS.items():
        every = {name: matches(matcher, name, languages) for name in chosen}
        if len(every) > 1:
            every["all"] = [one for found in every.values() for one in found]
        for name, found in every.items():
            got, wanted = figures(found), sum(one.wanted for one in found)
            numbers = (f"{got.precision:.3f}", f"{got.recall:.3f}", got.false, wanted, len(found) - wanted)
            table.add_row(name, ways, *map(str, numbers))
    Console().print(table)
