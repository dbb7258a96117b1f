"""DOOR: `desk eval sweep` and `desk eval calibrate`: one run for every combination of values; the fit of refusal."""

import itertools
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.console import BadInput
from bot.settings import Settings
from bot.wiring import home_of
from evals.changes import parse_changes
from evals.commands.building import built
from evals.commands.run import progress, recipe_of
from evals.commands.shared import Files, Library, chosen_cases, plain, runs_of
from evals.documents import load_documents
from evals.figures import figure, refusing
from evals.report.markdown import COLUMNS, cell
from evals.running import run_cases
from evals.runs import Run
from evals.types import Case

Over = Annotated[
    list[str],
    typer.Option("--over", help="name=value,value,…: every combination is run, on the tuning half."),
]


def _combinations(over: Sequence[str]) -> list[tuple[str, ...]]:
    axes = []
    for word in over:
        name, equals, values = word.partition("=")
        if not equals:
            raise BadInput(f"{word!r} is not of the form name=value,value")
        axes.append([f"{name}={value}" for value in values.split(",")])
    return list(itertools.product(*axes))


def _run(settings: Settings, library: str, given: Sequence[str], cases: tuple[Case, ...]) -> Run:
    changes, documents, runs = parse_changes(given), load_documents(), runs_of(settings)
    with built(settings, library, changes, documents) as one, progress() as tell:
        recipe = recipe_of(one, cases, changes)
        name = runs.fresh_name("-".join((recipe.library, *given)))
        return run_cases(runs, name, recipe, cases, one.system, documents, tell)


def _table(rows: Sequence[tuple[str, Run]]) -> None:
    table = Table("", *COLUMNS, "risk at 80 %")
    for name, run in rows:
        certainty = refusing(run.records)
        cells = (cell(figure(metric, "all", run.records)) for metric in COLUMNS)
        table.add_row(name, *cells, f"{certainty.risk:.3f}" if certainty else "–")
    Console().print(table)


def sweep(over: Over, cases: Files = None, library: Library = "") -> None:
    """Run the tuning half under every combination of values and lay the figures side by side."""
    with plain():
        chosen = tuple(chosen_cases(cases, "tuning"))
        rows = [(" ".join(given), _run(Settings(), library, given, chosen)) for given in _combinations(over)]
        _table(rows)


def calibrate(
    homes: Annotated[
        list[Path] | None, typer.Argument(help="Homes whose libraries are pooled; the desk's own.")
    ] = None,
    cases: Files = None,
) -> None:
    """Fit the weights of refusal on the tuning half, and say what that does on the held-back half."""
    with plain():
        settings, held = Settings(), tuple(chosen_cases(cases, "held-back"))
        before = _run(settings, "", (), held)
        # The fit is a program of its own; it writes bot/extract/sufficiency.json.
        fit: Callable[[Sequence[str]], None] = import_module("evals.fit_refusal").main
        fit([str(home) for home in homes or (home_of(settings).folder,)])
        _table((("before", before), ("after", _run(settings, "", (), held))))
