"""The server: all pages in one FastAPI application, with the guard in front of every one of them."""

import ipaddress
import secrets
import socket
from pathlib import Path
from typing import Annotated

import uvicorn
from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles

from bot.accounts.gate import Gate, OpenGate
from bot.accounts.people import People
from bot.api.app import PATH, create_api
from bot.api.page import api_page
from bot.ui.desk import Desk, Staff
from bot.ui.document import Place, document_page, missing_page
from bot.ui.downloads import download_routes
from bot.ui.history import History
from bot.ui.library import library_page
from bot.ui.mount import Room, mount_chat, mount_room
from bot.ui.pages import FORM_CSP, look_up_routes
from bot.ui.shell import CHAT, Dress, chosen_language, language_cookie
from bot.ui.shell import Place as Here
from bot.web.guard import Guard, Rules
from bot.web.login import Lobby, login_routes
from bot.web.routes import LOGIN, ROUTES, room_routes
from bot.web.visitors import Visitors
from ingest.types import Language
from vectorstore.types import StoreError

STATIC = Path(__file__).parent.parent / "ui" / "static"
#: For the pages without any script: they need nothing but our own style sheets.
STILL_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
#: Questions answered together where a model is waited for, and where the desk computes and Python runs one at a time.
WAITING_FOR_MODEL, COMPUTING = 8, 3
#: Connections at once; uvicorn answers 503 beyond it.
CONNECTIONS = 1_000
#: Seconds that running answers have to end when the server stops.
GRACE = 3


class RemoteRefused(ValueError):
    """The desk was asked to listen to other machines although nobody has to log in."""


def create_app(
    desk: Desk,
    rules: Rules = Rules(),
    at_once: int | None = None,
    people: People | None = None,
    rooms: tuple[Room, ...] = (),
    staff: Staff | None = None,
) -> FastAPI:
    """The application: chat, documents, library, API, health, and the rooms. `at_once` questions are answered together: by
    default a few, or more where a model is waited for.

    Without `people` nobody can log in: the chat is open and the rooms stay closed; without `staff`
    nobody can be asked from the chat.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    visitors, gate = Visitors(secrets.token_bytes(32)), people or OpenGate()
    app.mount("/page", StaticFiles(directory=STATIC))
    _pages(app, desk)
    history = History()
    app.include_router(look_up_routes(desk))
    app.include_router(download_routes(desk, history))
    _health(app, desk)
    _api(app, desk, gate)
    if people:
        places = tuple((room.name, room.path, room.roles) for room in rooms)
        app.include_router(
            login_routes(Lobby(people.logins, visitors, places, gate.chat_open, rules.secure, _form))
        )
    for room in rooms:
        _beside(app, room)
    together = at_once or (WAITING_FOR_MODEL if desk.writer() else COMPUTING)
    ends = [*(mount_room(app, room) for room in rooms), mount_chat(app, desk, history, staff, together)]
    app.state.end_streams = lambda: [end() for end in ends]
    app.add_middleware(Dress, places=(CHAT, *(Here(room.name, room.path, room.style) for room in rooms)))
    inside = (route for room in rooms for route in room_routes(room.path, room.roles, room.file_paths))
    routes = (*ROUTES, *(LOGIN if people else ()), *inside)
    app.add_middleware(Guard, visitors=visitors, rules=rules, gate=gate, routes=routes)
    return app


def _beside(app: FastAPI, room: Room) -> None:
    """What a room has besides its page: its address without the last slash, and the files that it gives out."""

    def inside(request: Request) -> RedirectResponse:
        language, asked = chosen_language(request.url.query, "", "")
        return RedirectResponse(f"{room.path}/{f'?lang={language}' if asked else ''}", 303)

    app.add_api_route(room.path, inside, include_in_schema=False)
    if room.files:
        app.include_router(room.files)


def _api(app: FastAPI, desk: Desk, gate: Gate) -> None:
    api = create_api(desk, with_token=not gate.chat_open)

    @app.get(PATH)
    def about(request: Request) -> HTMLResponse:
        return _still(api_page(api.openapi(), _language(request)))

    app.mount(PATH, api)


def _pages(app: FastAPI, desk: Desk) -> None:
    @app.get("/document/{source:path}")
    def document(
        source: str,
        request: Request,
        start: Annotated[int, Query()] = 0,
        end: Annotated[int, Query()] = 0,
        v: Annotated[str, Query(max_length=200)] = "",
    ) -> HTMLResponse:
        found = desk.document(source)
        language = _language(request)
        if found is None:
            return _still(missing_page(language), 404)
        return _still(document_page(found, Place(start, end, v), language, source in desk.waiting()))

    @app.get("/library")
    def library(request: Request) -> HTMLResponse:
        return _still(library_page(desk.catalogue(), desk.edition(), _language(request), desk.waiting()))


def _health(app: FastAPI, desk: Desk) -> None:
    @app.get("/healthz")
    def alive() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @app.get("/readyz")
    def ready() -> JSONResponse:
        try:
            return JSONResponse({"status": "ready", "edition": desk.edition()})
        except StoreError as error:
            return JSONResponse({"status": "not ready", "reason": type(error).__name__}, 503)


def _language(request: Request) -> Language:
    cookie = language_cookie(request.headers.get("cookie", ""))
    return chosen_language(request.url.query, cookie, request.headers.get("accept-language", ""))[0]


def _still(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status, {"content-security-policy": STILL_CSP})


def _form(html: str, status: int) -> HTMLResponse:
    return HTMLResponse(html, status, {"content-security-policy": FORM_CSP})


class DeskServer(uvicorn.Server):
    """Serves the application: no access log, no header about the server, no word of a proxy believed."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        super().__init__(_config(app, host, port))
        self._end_streams = app.state.end_streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: open pages keep a connection each, and the server would wait for them."""
        self._end_streams()
        await super().shutdown(sockets)


def _config(app: FastAPI, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=GRACE,
    )


def check_address(host: str, can_log_in: bool) -> None:
    """Raises RemoteRefused unless `host` is this machine's own address, or people can log in."""
    if can_log_in or host == "localhost":
        return
    try:
        if ipaddress.ip_address(host).is_loopback:
            return
    except ValueError:
        pass
    raise RemoteRefused(
        f"{host} can be reached from other machines, and there is no account yet, so the desk does not listen there. "
        "Add one with `desk user add NAME --role admin` (or name a proxy that logs people in: DESK_PROXY, "
        "DESK_PROXY_USER) and start again, or use DESK_HOST=127.0.0.1. DESK_CHAT=login keeps the chat "
        f"behind the login too. / {host} は他の端末から接続できますが、アカウントがまだないため待ち受けません。"
        "`desk user add NAME --role admin` で作成するか、DESK_HOST=127.0.0.1 を指定してください。"
    )
