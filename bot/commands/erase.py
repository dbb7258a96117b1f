"""DOOR: `desk erase`: erase one ticket's texts, and print a proof that holds none of them."""

import getpass
from contextlib import closing
from dataclasses import asdict
from typing import Annotated

import typer

from bot.console import BadInput, as_json, plain_errors
from bot.desk.keeping import erase as erased
from bot.settings import Settings
from bot.store.tickets import NoTicket
from bot.wiring import data_of

app = typer.Typer(add_completion=False, help="Erase one ticket's texts and print a proof.")


@app.command()
def erase(
    ticket: Annotated[int, typer.Option(help="The ticket's number.")],
) -> None:
    """Erase question, contact, drafts and comments of a ticket; the record that it was done stays."""
    with plain_errors(), closing(data_of(Settings())) as data:
        try:
            proof = erased(data, ticket, f"system:{getpass.getuser()}")
        except NoTicket as error:
            raise BadInput(str(error)) from None
    typer.echo(as_json(asdict(proof)))
