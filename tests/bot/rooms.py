"""A desk with accounts and two rooms, for the tests of who may do what. A room has one function, and counts its calls."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx

from bot.accounts.people import People, people
from bot.accounts.proxy import Proxies
from bot.accounts.roles import Role, require
from bot.quiet import quiet
from bot.store.opening import Data
from bot.web.guard import COOKIE, Rules
from bot.web.rates import Rate
from tests.bot.pages import MemoryDesk, documents
from tests.bot.serving import served
from tests.canaries import PASSWORDS

PASSWORD = PASSWORDS[0]
ROOMS: dict[str, tuple[Role, ...]] = {"/desk": ("staff", "admin"), "/evals": ("evaluator", "admin")}
#: No test of who may do what runs into a rate.
FAST = Rules(
    visitor_asks=Rate(1e6, 100_000),
    address_asks=Rate(1e6, 100_000),
    address_pages=Rate(1e6, 100_000),
    caller_api=Rate(1e6, 100_000),
    address_api=Rate(1e6, 100_000),
    address_logins=Rate(1e6, 100_000),
)


@dataclass
class Calls:
    """Who called a room's function, by the room's path."""

    by: list[tuple[str, str]] = field(default_factory=list)


def room(path: str, calls: Calls) -> Any:
    """A room whose one function checks the role again and notes its caller."""
    quiet(os.environ)
    gr, mount = import_module("gradio"), import_module("bot.ui.mount")
    roles = ROOMS[path]

    def approve(text: str, request: gr.Request) -> str:  # type: ignore[name-defined]
        who = require(request, roles)
        calls.by.append((path, who.name))
        return f"{text} ({who.name})"

    approve.__annotations__["request"] = gr.Request

    def build() -> Any:
        with gr.Blocks(analytics_enabled=False) as blocks:
            box, shown = gr.Textbox(), gr.Textbox()
            box.submit(approve, box, shown, api_visibility="private")
        return blocks

    return mount.Room(path, roles, "staff" if path == "/desk" else "evals", build)


def accounts_of(data: Data, chat_open: bool = True, proxies: Proxies = Proxies()) -> People:
    """One account of each role, named like it."""
    made = people(data, proxies, chat_open)
    if not made.accounts.every():
        for role in ("researcher", "staff", "evaluator", "admin"):
            made.accounts.add(role, role, PASSWORD)  # type: ignore[arg-type]
    return made


@dataclass
class House:
    """A running desk with accounts and rooms."""

    base: str
    people: People
    calls: Calls
    desk: MemoryDesk


@contextmanager
def house(data: Data, chat_open: bool = True, proxies: Proxies = Proxies()) -> Iterator[House]:
    """A desk with both rooms, served."""
    calls, desk = Calls(), MemoryDesk(documents())
    people_there = accounts_of(data, chat_open, proxies)
    rooms = tuple(room(path, calls) for path in ROOMS)
    rules = Rules(**{**{f: getattr(FAST, f) for f in FAST.__slots__}, "proxies": proxies})
    with served(desk, rules, people=people_there, rooms=rooms) as base:
        yield House(base, people_there, calls, desk)


def opened_data(folder: Path) -> Data:
    """The desk's data in a folder, on SQLite."""
    made: Data = import_module("bot.store.opening").open_data("", folder)
    return made


def form_of(page: str) -> str:
    """The mark of the form on a page."""
    return page.split('name="form" value="')[1].split('"')[0]


class Browsers:
    """Browsers of one test, which are closed at its end."""

    def __init__(self) -> None:
        self._opened = ExitStack()

    def open(self, base: str, **options: Any) -> httpx.Client:
        """A browser without cookies that reads Japanese."""
        client = httpx.Client(base_url=base, timeout=60, **{"headers": {"accept-language": "ja"}, **options})
        return self._opened.enter_context(client)

    def logged_in(self, base: str, name: str, password: str = PASSWORD, **fields: str) -> httpx.Client:
        """A browser that went through the login page; one that was not let in has no login cookie."""
        http = self.open(base)
        form = form_of(http.get("/login").text)
        http.post("/login", data={"form": form, "name": name, "password": password, **fields})
        return http

    def close(self) -> None:
        """Closes them all."""
        self._opened.close()


def visitor_of(http: httpx.Client) -> str:
    """The visitor cookie of a browser."""
    return http.cookies[COOKIE]
