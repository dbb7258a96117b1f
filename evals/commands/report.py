"""DOOR: `desk eval report` and `desk eval runs`: what a run found, as Markdown and as one HTML file."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.settings import Settings
from evals.commands.shared import plain, runs_of
from evals.figures import figure
from evals.report.html import html_report
from evals.report.markdown import report as markdown

Name = Annotated[str, typer.Argument(help="Name of a run; the latest by default.")]
Out = Annotated[
    Path | None, typer.Option(help="Folder for report.md and report.html; the run's own by default.")
]


HeldBack = Annotated[
    bool, typer.Option("--held-back", help="List failed cases of the held-back half too: not while tuning.")
]
InLanguage = Annotated[str, typer.Option("--language", help="Language of the HTML report: en or ja.")]


def report(
    name: Name = "latest", out: Out = None, held_back: HeldBack = False, language: InLanguage = "en"
) -> None:
    """Write a run's report: report.md, and report.html that stands on its own."""
    with plain():
        runs = runs_of(Settings())
        run = runs.read(name)
        folder = out or runs.folder(run.name)
        folder.mkdir(parents=True, exist_ok=True)
        text = markdown(run, held_back)
        (folder / "report.md").write_text(text, "utf-8")
        (folder / "report.html").write_text(
            html_report(run, "ja" if language == "ja" else "en", held_back), "utf-8"
        )
        typer.echo(text)
        typer.echo(f"{folder / 'report.html'}")


def runs() -> None:
    """List the runs."""
    with plain():
        kept = runs_of(Settings())
        table = Table("run", "library", "changes", "cases", "right", "complete")
        for name in kept.names():
            run = kept.read(name)
            right = figure("right", "all", run.records)
            table.add_row(
                name,
                run.recipe.library,
                ", ".join(run.recipe.changes),
                str(len(run.records)),
                f"{right.estimate.mean:.3f}" if right else "–",
                "yes" if run.complete else "no",
            )
        Console().print(table)
