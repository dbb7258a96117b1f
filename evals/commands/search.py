"""DOOR: `desk eval search`: the retrieval half of a run by itself, in seconds; nothing is answered and nothing kept."""

import time
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.console import BadInput
from bot.settings import Settings
from evals.changes import parse_changes
from evals.commands.building import built
from evals.commands.shared import Files, Given, Half, Library, chosen_cases, plain
from evals.documents import load_documents
from evals.figures import figure
from evals.metrics.table import BY_NAME
from evals.report.markdown import cell
from evals.searching import searched
from evals.slices import sliced

_COLUMNS = ("success_1", "success_5", "recall_10", "mrr_10", "ndcg_10")
#: Gold passages further down are listed as misses.
_FIRST = 5


def search(
    cases: Files = None,
    library: Library = "",
    given: Given = None,
    split: Half = "all",
    misses: Annotated[
        bool, typer.Option("--misses", help="List the cases of the tuning half without gold among five.")
    ] = False,
) -> None:
    """Search for the question of every case and rank the gold passages, by slice."""
    with plain():
        changes, documents = parse_changes(given or ()), load_documents()
        chosen = chosen_cases(cases, split)
        with built(Settings(), library, changes, documents) as one:
            began = time.monotonic()
            records = searched(chosen, one.search, one.system.library, documents, one.only)
            if not records:
                raise BadInput("the library holds the answer of none of these cases: look at their `gold`")
            mean = (time.monotonic() - began) / len(records)
    table = Table(
        "slice", *(BY_NAME[name].en for name in _COLUMNS), title=f"{one.library}, {1000 * mean:.1f} ms"
    )
    for name, part in sliced(records).items():
        table.add_row(name, *(cell(figure(metric, name, part)) for metric in _COLUMNS))
    Console().print(table)
    for record in records if misses else ():
        place = record.gold_at[0] if record.gold_at else 0
        if record.case.split == "tuning" and not 0 < place <= _FIRST:
            typer.echo(
                f"{record.case.id}  {f'place {place}' if place else 'not found'}  {record.case.question}"
            )
