"""DOOR: `desk purge`: erase what has been kept for long enough."""

from contextlib import closing

import typer

from bot.console import plain_errors
from bot.desk.keeping import purge as purged
from bot.settings import Settings
from bot.wiring import data_of

app = typer.Typer(
    add_completion=False, help="Erase questions and contacts that have been kept for long enough."
)


@app.command()
def purge() -> None:
    """Erase the texts of closed tickets after DESK_KEEP_QUESTIONS days, contacts after DESK_KEEP_CONTACTS."""
    with plain_errors():
        settings = Settings()
        with closing(data_of(settings)) as data:
            done = purged(data, settings.keep_questions, settings.keep_contacts)
    typer.echo(f"erased: {done.tickets} tickets, {done.contacts} contacts, {done.ratings} ratings")
