"""DOOR: `desk eval run`: cases through the desk into a run on disk."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.console import interactive
from bot.settings import Settings
from evals.changes import Changes, parse_changes
from evals.commands.building import Built, as_peer, built, sources_of
from evals.commands.shared import Files, Given, Half, Library, chosen_cases, plain, runs_of
from evals.documents import load_documents
from evals.recipe import Recipe, cases_digest, fitted_digests, prompt_digests, versions
from evals.report.markdown import summary
from evals.running import Progress as Tell
from evals.running import run_cases
from evals.statistics import SEED
from evals.types import Case


def _plainly(done: int, total: int) -> None:
    if done % 100 == 0 or done == total:
        typer.echo(f"[{done}/{total}]", err=True)


@contextmanager
def progress() -> Iterator[Tell]:
    """A bar where a person watches, a line for every hundred cases elsewhere."""
    if not interactive():
        yield _plainly
        return
    columns = (TextColumn("cases"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def recipe_of(one: Built, cases: tuple[Case, ...], changes: Changes, library: str = "") -> Recipe:
    """Everything that the figures of a run will depend on."""
    return Recipe(
        system=one.system.name,
        library=library or one.library,
        edition=one.edition.name,
        sources=sources_of(one.edition),
        cases=cases_digest(cases),
        changes=changes.given,
        model=one.model,
        embedder=one.embedder,
        glossary=one.glossary,
        seed=SEED,
        prompts=prompt_digests(),
        fitted=fitted_digests(),
        versions=versions(),
    )


def run(
    cases: Files = None,
    library: Library = "",
    given: Given = None,
    split: Half = "all",
    name: Annotated[str, typer.Option(help="Name of the run; one that was stopped goes on.")] = "",
    system: Annotated[
        str, typer.Option(help="desk, or a system of the bench: langchain, llamaindex, minilm, bm25-spaces …")
    ] = "desk",
    called: Annotated[
        str, typer.Option("--as", help="Name of the library, by which runs are compared.")
    ] = "",
) -> None:
    """Run cases through the desk and keep what came of each."""
    with plain():
        settings, changes, documents = Settings(), parse_changes(given or ()), load_documents()
        chosen = tuple(chosen_cases(cases, split))
        runs = runs_of(settings)
        with ExitStack() as open_, progress() as tell:
            one = open_.enter_context(built(settings, library, changes, documents))
            if system != "desk":
                one = open_.enter_context(as_peer(one, system))
            recipe = recipe_of(one, chosen, changes, called)
            label = (recipe.library, *changes.given, *([system] if system != "desk" else []))
            fresh = name or runs.fresh_name("-".join(label))
            done = run_cases(runs, fresh, recipe, chosen, one.system, documents, tell)
        typer.echo(summary(done))
        typer.echo(f"\nrun {done.name}: `desk eval report {done.name}` says more")
