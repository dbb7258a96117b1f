"""DOOR: `desk library`: the editions, going back to an earlier one, and accepting documents."""

import getpass
from contextlib import closing
from typing import Annotated

import typer

from bot.acceptance import waiting
from bot.console import BadInput, plain_errors
from bot.desk.accepting import accept, accepted
from bot.settings import Settings
from bot.wiring import data_of, home_of
from vectorstore import edition as editions
from vectorstore.edition import Home
from vectorstore.lock import writer_lock
from vectorstore.shelf import Shelf

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="List the editions of the library, roll back, and accept documents.",
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


@app.command("accept")
def accept_documents(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE…", help="Live documents, as --list names them.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every live document.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Only list those that wait, with version.")] = False,
) -> None:
    """Accept live documents in the version that they have: they are no longer marked where they are cited.

    A file that changes waits again. Who accepted what is in the audit log.
    """
    with plain_errors():
        settings = Settings()
        if (bool(sources), every, listed).count(True) != 1:
            raise BadInput("give SOURCE…, or --all, or --list")
        live = _live(home_of(settings))
        with closing(data_of(settings)) as data:
            wait = waiting(live.items(), lambda documents: accepted(data, documents))
            if listed:
                typer.echo("".join(f"{source}\t{live[source]}\n" for source in sorted(wait)), nl=False)
            else:
                chosen = _chosen(live, sources or list(live))
                for source, version in accept(data, chosen, f"console:{getpass.getuser()}"):
                    typer.echo(f"accepted {source}\t{version}")
                    wait -= {source}
        off = "" if settings.accept_documents else "; DESK_ACCEPT_DOCUMENTS is off, so that none is marked"
        typer.echo(f"{len(wait)} of {len(live)} documents wait{off}", err=True)


def _live(home: Home) -> dict[str, str]:
    """Source -> version of every live document. Raises NoLibrary, BrokenEdition, NewerEdition."""
    name = editions.live_name(home)
    editions.check_format(editions.read_manifest(home, name))
    with closing(Shelf(home.edition(name) / "shelf.sqlite")) as shelf:
        return dict(shelf.versions)


def _chosen(live: dict[str, str], sources: list[str]) -> tuple[tuple[str, str], ...]:
    """The live documents of these names. Raises BadInput for a name that none has; then none is accepted."""
    if unknown := [source for source in sources if source not in live]:
        raise BadInput(
            f"no live document is called {unknown[0]}; `desk library accept --list` names those that wait"
        )
    return tuple((source, live[source]) for source in sources)
