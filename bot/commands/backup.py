"""DOOR: `desk backup`: the desk's own database in one verified file, while the desk runs."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from bot.console import plain_errors
from bot.settings import Settings
from bot.store.backup import back_up
from bot.wiring import data_of

app = typer.Typer(add_completion=False, help="Back up accounts, tickets and the audit log into one file.")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, such as desk-2026-04-01.zip.")],
) -> None:
    """Write a backup and check it."""
    with plain_errors(), closing(data_of(Settings())) as data:
        manifest = back_up(data.database, file, data.clock)
    rows = sum(member.rows for member in manifest.tables.values())
    typer.echo(f"{file}: {rows} rows of {len(manifest.tables)} tables, checked")
