"""DOOR: `desk serve`: the pages. The environment is set before anything imports gradio."""

import os
from importlib import import_module
from typing import Annotated

import typer

from bot.console import BadInput, plain_errors
from bot.logs import log_to
from bot.quiet import quiet
from bot.settings import Settings, listed

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
        bot = import_module("bot.wiring").bot_of(settings)
        server = import_module("bot.server")
        try:
            server.serve(
                bot, settings.host, port or settings.port, allowed_hosts=listed(settings.allowed_hosts)
            )
        except server.RemoteRefused as error:
            raise BadInput(str(error)) from None
