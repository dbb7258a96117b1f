"""Puts the Gradio pages into an application, without what Gradio has and an open page must not offer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import gradio as gr
from fastapi import APIRouter, FastAPI
from starlette.routing import Mount

from bot.accounts.roles import Role
from bot.ui.chat import build_chat, i18n
from bot.ui.desk import Desk, Staff
from bot.ui.history import History
from bot.ui.theme import theme

#: Open pages of one room whose state is kept; of more, the one unused for longest begins anew. Gradio forgets no page by
#: itself, also not one that was closed, and each takes 60 to 150 kB.
PAGES = 1_000


@dataclass(frozen=True, slots=True)
class Room:
    """A Gradio page for some roles alone, such as the staff's at /desk.

    `build` makes it; `name` is its own in the header (the words `nav_NAME`); `style` is a style sheet of its
    own in `static`, besides the chat's, or `css` one that it brings; `words` are its own words. Every function of it begins with `bot.accounts.roles.require`.
    """

    path: str
    roles: tuple[Role, ...]
    name: str
    build: Callable[[], gr.Blocks]
    style: str = ""
    css: str = ""
    words: gr.I18n | None = None
    #: Files that the room gives out: their routes, and the pattern of their paths for the guard.
    files: APIRouter | None = None
    file_paths: str = ""


def mount_chat(
    app: FastAPI, desk: Desk, history: History, staff: Staff | None, at_once: int
) -> Callable[[], None]:
    """Mounts the chat at "/", behind every route that the application already has.

    Returns a function that ends the connections of open pages, which otherwise last as long as the pages do;
    it is to be called in the server's event loop.
    """
    with _undrafted():
        blocks = build_chat(desk, history, staff, at_once)
    return _mount(app, blocks, "/", i18n())


def mount_room(app: FastAPI, room: Room) -> Callable[[], None]:
    """Mounts a room at its path, and returns what ends the connections of its pages. The chat comes last."""
    with _undrafted():
        blocks = room.build()
    return _mount(app, blocks, room.path, room.words or i18n(), room.css)


@contextmanager
def _undrafted() -> Iterator[None]:
    """While a page is built no application is made of it.

    Gradio makes one of 80 routes whenever the queue or the layout changes, three times a page, and serves another one
    that it makes when the page is mounted.
    """
    module: Any = gr.blocks
    real, module.App = module.App, _Draft
    try:
        yield
    finally:
        module.App = real


class _Draft:
    @staticmethod
    def create_app(*_: Any, **__: Any) -> None:
        """Makes none."""


def _mount(app: FastAPI, blocks: gr.Blocks, path: str, words: gr.I18n, css: str = "") -> Callable[[], None]:
    blocks.state_session_capacity = PAGES
    options: dict[str, Any] = {"docs_url": None, "redoc_url": None, "openapi_url": None}
    gr.mount_gradio_app(
        app,
        blocks,
        path=path,
        i18n=words,
        css=css or None,
        theme=theme(),
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        footer_links=[],
        max_file_size="1kb",
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        app_kwargs=options,
    )
    at = path.rstrip("/")
    mounted = next(route.app for route in app.routes if isinstance(route, Mount) and route.path == at)
    blocks.app = mounted  # type: ignore[assignment]
    end: Callable[[], None] = mounted.stop_event.set  # type: ignore[attr-defined]
    return end
