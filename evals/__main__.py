"""DOOR: `desk eval`: check the cases, and measure retrieval and answers on them."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.console import BadInput, plain_errors
from bot.settings import Settings
from bot.wiring import bot_of, search_of
from evals.bench_door import bench
from evals.cases import load_cases
from evals.commands.cases import check, import_cases
from evals.commands.crowd import crowd
from evals.commands.gate import baseline, compare, gate
from evals.commands.judge import judge
from evals.commands.report import report, runs
from evals.commands.run import run
from evals.commands.tickets import tickets
from evals.commands.tune import calibrate, sweep
from evals.commands.vectors import vectors
from evals.mutant_door import mutants
from evals.run import Answered, Found, recall, reciprocal_rank, run_answers, run_search
from evals.types import Case, CaseError

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Measure retrieval and answers on cases.")

app.command("bench")(bench)
app.command("mutants")(mutants)
app.command("import")(import_cases)
for command in (check, run, report, runs, compare, gate, baseline, sweep, calibrate, judge):
    app.command()(command)
app.command("crowd")(crowd)
app.command("vectors")(vectors)
app.command("tickets")(tickets)

Files = Annotated[
    list[Path] | None, typer.Option("--cases", help="Case files; the project's own by default.")
]
Half = Annotated[str, typer.Option("--split", help="tuning, held-back or all.")]

#: The language of each document that the project's cases are about.
_DOCUMENT_LANGUAGE = {"003": "ja"}


def _gold_language(case: Case) -> str:
    """Language of a case's gold passage: told by its terms where the document mixes languages."""
    text = "".join(term for gold in case.gold for term in gold.terms)
    kana_or_han = any("぀" <= character <= "鿿" for character in text)
    documents = {gold.document for gold in case.gold}
    return "ja" if kana_or_han or documents <= set(_DOCUMENT_LANGUAGE) else "en"


def _cases(paths: list[Path] | None, split: str) -> list[Case]:
    try:
        cases = load_cases(tuple(paths or ()))
    except (CaseError, OSError) as error:
        raise BadInput(str(error)) from None
    return [case for case in cases if split in ("all", case.split)]


def _slices(found: Sequence[Found]) -> dict[str, list[Found]]:
    slices: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        slices["all"].append(one)
        slices["across languages" if one.crossing else "same language"].append(one)
        slices[f"question in {one.case.language}"].append(one)
        slices[f"document {one.case.gold[0].document}"].append(one)
    return dict(sorted(slices.items()))


@app.command()
def search(cases: Files = None, split: Half = "held-back", misses: bool = False) -> None:
    """Rank of the gold passage: recall@1, @5, @10 and MRR@10 by slice."""
    with plain_errors():
        chosen = [case for case in _cases(cases, split) if case.kind in ("answerable", "status")]
        searching = search_of(Settings())
        began = time.monotonic()
        found = run_search(chosen, searching, _gold_language)
        mean = (time.monotonic() - began) / max(len(found), 1)
        table = Table(
            "slice",
            "cases",
            "recall@1",
            "recall@5",
            "recall@10",
            "MRR@10",
            title=f"{split}, {1000 * mean:.1f} ms",
        )
        for name, part in _slices(found).items():
            figures = (recall(part, 1), recall(part, 5), recall(part, 10), reciprocal_rank(part))
            table.add_row(name, str(len(part)), *(f"{value:.3f}" for value in figures))
        Console().print(table)
        for one in found if misses else ():
            if not 0 < one.rank <= 5:
                typer.echo(f"{one.case.id}  rank {one.rank}  {one.case.question}  {one.case.gold[0].terms}")


def _rate(results: Sequence[Answered], good: Callable[[Answered], bool]) -> str:
    return f"{sum(map(good, results)) / len(results):.3f} of {len(results)}" if results else "none"


@app.command()
def answers(cases: Files = None, split: Half = "held-back", misses: bool = False) -> None:
    """What the desk says: facts present, refusals where the documents do not hold the answer, dialogues."""
    with plain_errors():
        bot = bot_of(Settings())
        results = run_answers(_cases(cases, split), lambda question, history: bot.ask(question, history))
        groups: dict[str, list[Answered]] = defaultdict(list)
        for one in results:
            groups[one.case.kind].append(one)
        table = Table("kind", "right", "answered", "facts", title=split)
        for kind, part in sorted(groups.items()):
            table.add_row(
                kind,
                _rate(part, lambda one: one.right),
                _rate(part, lambda one: one.answer.status == "answered"),
                f"{sum(one.facts for one in part) / len(part):.3f}",
            )
        Console().print(table)
        times = sorted(one.answer.seconds for one in results)
        typer.echo(
            f"p50 {1000 * times[len(times) // 2]:.0f} ms, p95 {1000 * times[int(len(times) * 0.95)]:.0f} ms"
        )
        for one in results if misses else ():
            if not one.right:
                typer.echo(f"{one.case.id}  {one.answer.status}  {one.case.asked[-1]}")


if __name__ == "__main__":
    app()
