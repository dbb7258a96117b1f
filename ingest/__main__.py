"""DOOR: `desk ingest` (and `python -m ingest`): bring the library in line with its folders, add files, show one.

Exit code 2 when a file could not be taken; the others are taken all the same.
"""

import dataclasses
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from bot.console import as_json, interactive, plain_errors
from bot.settings import Settings
from bot.startup import give_way
from bot.wiring import catalogue_of, home_of, library_folders, writer_of
from ingest.files import find_files, read_file
from ingest.pipeline import read_document
from ingest.sandbox import Sandbox
from ingest.types import Document, FileReport, IngestError, Passage
from vectorstore.sync import IngestReport, sync
from vectorstore.sync import Progress as Tell

app = typer.Typer(
    add_completion=False, help="Bring the library in line with its folders; add files; show what is read."
)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@contextmanager
def _progress() -> Iterator[Tell]:
    """A bar where a person watches, a plain line for each step elsewhere."""
    if not interactive():
        # Files are counted; what comes after the last of them is none.
        yield lambda what, done, total: typer.echo(
            f"[{done + 1}/{total}] {what}" if done < total else what, err=True
        )
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)


def _row(report: FileReport) -> str:
    parts = (f"{report.status:<11} {report.source}", f"{report.passages} passages" if report.passages else "")
    return "  ".join(part for part in (*parts, report.reason, *report.notes) if part)


def _object(report: IngestReport) -> dict[str, Any]:
    return dataclasses.asdict(report)


def _run(json: bool) -> None:
    give_way()
    settings = Settings()
    found = find_files(library_folders(settings))
    with _progress() as tell, Sandbox() as read:
        report = sync(writer_of(settings, read), found.files, tell)
    report = dataclasses.replace(report, files=(*report.files, *found.reports))
    if json:
        typer.echo(as_json(_object(report)))
    else:
        for row in report.files:
            typer.echo(_row(row))
        state = "published" if report.published else "unchanged"
        typer.echo(
            f"edition {report.edition} {state}: {report.passages} passages, {report.embedded} texts embedded, "
            f"{report.seconds:.1f} s"
        )
    if report.failed:
        raise typer.Exit(2)


@app.callback(invoke_without_command=True)
def ingest(context: typer.Context, json: AsJson = False) -> None:
    """Make the library hold what its folders hold, and publish it as a new edition."""
    if context.invoked_subcommand is None:
        with plain_errors():
            _run(json)


@app.command()
def add(files: Annotated[list[Path], typer.Argument(help="Files to add.")], json: AsJson = False) -> None:
    """Add single files; they stay until they are removed with `desk ingest remove`."""
    with plain_errors():
        home = home_of(Settings())
        home.make()
        for path in files:
            if not path.is_file():
                raise IngestError(f"{path} is not a file", f"{path} というファイルはありません")
        for path in files:
            fresh = home.added / f".{path.name}.new"
            fresh.write_bytes(read_file(path))
            fresh.replace(home.added / path.name)
        _run(json)


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(help="Names of files that were added.")], json: AsJson = False
) -> None:
    """Remove files that were added with `desk ingest add`."""
    with plain_errors():
        added = home_of(Settings()).added
        for name in names:
            if Path(name).name != name or not (added / name).is_file():
                raise IngestError(f"{name} was not added", f"{name} は追加されていません")
        for name in names:
            (added / name).unlink()
        _run(json)


def _passage(document: Document, passage: Passage) -> str:
    where = f"[{passage.start}:{passage.end}] raw {document.offsets.raw(passage.start)}"
    page = f" page {passage.page}" if passage.page else ""
    heading = " > ".join(passage.heading)
    return f"{where}{page} {passage.language}  {heading}\n{passage.text}\n"


@app.command()
def show(file: Annotated[Path, typer.Argument(help="The file to read.")], json: AsJson = False) -> None:
    """Print what is read from one file: its record, its passages with offsets, and its health."""
    with plain_errors():
        data = read_file(file)
        with Sandbox() as read:
            document, passages = read_document(file.name, data, catalogue_of(Settings()), read)
        if json:
            values = {
                "record": dataclasses.asdict(document.record),
                "health": dataclasses.asdict(document.health),
                "passages": [dataclasses.asdict(passage) for passage in passages],
            }
            typer.echo(as_json(values))
            return
        typer.echo("\n".join(_passage(document, passage) for passage in passages))
        for name, value in dataclasses.asdict(document.record).items():
            typer.echo(f"{name:<14} {value}")
        for name, value in dataclasses.asdict(document.health).items():
            typer.echo(f"{name:<18} {value}")


if __name__ == "__main__":
    sys.exit(app())
