"""DOOR: `desk restore`: an empty database filled from a backup."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from bot.console import plain_errors
from bot.desk.keeping import examine
from bot.desk.keeping import restore as restored
from bot.settings import Settings
from bot.wiring import data_of

app = typer.Typer(add_completion=False, help="Fill an empty database from a backup.")


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that `desk backup` wrote.")]) -> None:
    """Check the backup, fill the database, and check the database."""
    with plain_errors(), closing(data_of(Settings())) as data:
        manifest = restored(data, file)
        typer.echo(f"restored the backup of {manifest.created}; {examine(data)}")
