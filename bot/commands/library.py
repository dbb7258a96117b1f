"""DOOR: `desk library`: the editions, and going back to an earlier one."""

from typing import Annotated

import typer

from bot.console import plain_errors
from bot.settings import Settings
from bot.wiring import home_of
from vectorstore import edition as editions
from vectorstore.lock import writer_lock

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="List the editions of the library and roll back."
)


@app.command("editions")
def list_editions() -> None:
    """List the sealed editions, the live one marked."""
    with plain_errors():
        home = home_of(Settings())
        live = editions.live_name(home)
        for name in editions.names(home):
            manifest = editions.read_manifest(home, name)
            mark = "*" if name == live else " "
            typer.echo(
                f"{mark} {name}  {manifest.documents} documents  {manifest.passages} passages  {manifest.embedder}"
            )


@app.command()
def rollback(name: Annotated[str, typer.Argument(help="The edition to make live.")]) -> None:
    """Make an earlier edition live again; a running page takes it up by itself."""
    with plain_errors():
        home = home_of(Settings())
        with writer_lock(home):
            editions.point_at(home, name)
        typer.echo(f"{name} is live")
