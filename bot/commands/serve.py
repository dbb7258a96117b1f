"""DOOR: `desk serve`: the pages. The environment is set before anything imports gradio."""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from bot.console import BadInput, plain_errors
from bot.quiet import quiet
from bot.settings import Settings
from bot.startup import quick_start
from bot.web.logs import log_to

if TYPE_CHECKING:
    from bot.web.server import DeskServer

app = typer.Typer(add_completion=False, help="Serve the chat page.")


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="Port to listen on; DESK_PORT by default.")] = None,
) -> None:
    """Serve the chat page and print its address."""
    with plain_errors():
        quiet(os.environ)
        log_to()
        settings = Settings()
        with quick_start():
            listening = _server(settings, port or settings.port)
        typer.echo(f"http://{settings.host}:{port or settings.port}/")
        listening.run()


def _server(settings: Settings, port: int) -> "DeskServer":
    """The server with all its rooms. Raises BadInput, StoreError, DatabaseError and their kinds."""
    wiring, server = import_module("bot.wiring"), import_module("bot.web.server")
    data = wiring.data_of(settings)
    people = wiring.people_of(settings, data)
    try:
        server.check_address(settings.host, people.can_log_in())
    except server.RemoteRefused as error:
        raise BadInput(str(error)) from None
    desk = wiring.bot_of(settings, data)
    office, answers = wiring.staff_of(settings, desk, data)
    rooms = (
        import_module("bot.ui.staff.room").staff_room(office, answers, settings.contact),
        import_module("evals.commands.page").evals_page(settings),
    )
    rules = wiring.rules_of(settings, people)
    reviewed = import_module("bot.desk.reviewed").ReviewedDesk(desk, answers)
    application = server.create_app(reviewed, rules, people=people, rooms=rooms, staff=office)
    made: DeskServer = server.DeskServer(application, settings.host, port)
    return made
