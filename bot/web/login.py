"""The routes to log in and out: two forms that work without script, and that only their own page can send."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.accounts.gate import LOGIN_COOKIE
from bot.accounts.logins import Begun, Logins
from bot.accounts.roles import Role, Who, who_is
from bot.store.errors import DatabaseError
from bot.ui.login import LoginView, account_page, login_page
from bot.ui.shell import request_language
from bot.web.visitors import VISITOR, Visitors

LOG = logging.getLogger("desk.login")

#: Passwords that are compared at once: each takes 19 MiB and some hundredths of a second of one core.
AT_ONCE = 2
STATUS = {"login_wrong": 401, "login_locked": 429, "login_expired": 403, "login_busy": 503}


@dataclass(frozen=True, slots=True)
class Lobby:
    """What the login needs: the logins, the visitors, the rooms (name, path, roles), and how a page is sent."""

    logins: Logins
    visitors: Visitors
    rooms: tuple[tuple[str, str, tuple[Role, ...]], ...]
    chat_open: bool
    secure: bool
    send: Callable[[str, int], HTMLResponse]

    def places(self, who: Who) -> list[tuple[str, str]]:
        """The pages of a role: (name in the header, path)."""
        return [*((name, path) for name, path, roles in self.rooms if who.role in roles), ("chat", "/")]

    def after(self, wanted: str, who: Who) -> str:
        """Where to go after the login: what was wanted if it is one of our pages, else the role's own."""
        ours = {path for _, path in self.places(who)} | {"/library", "/search", "/glossary"}
        return wanted if wanted in ours else self.places(who)[0][1]


def login_routes(lobby: Lobby) -> APIRouter:
    """GET and POST /login, POST /logout."""
    routes = APIRouter()
    limit = CapacityLimiter(AT_ONCE)

    @routes.get("/login")
    async def form(request: Request) -> HTMLResponse:
        return _shown(lobby, request, request.query_params.get("next", ""))

    @routes.post("/login")
    async def begin(request: Request) -> Response:
        sent = _fields(await request.body())
        wanted = sent.get("next", "")
        if not lobby.visitors.sent_by(request.scope.get(VISITOR, ""), sent.get("form", "")):
            return _shown(lobby, request, wanted, "login_expired")
        address = request.client.host if request.client else "unknown"
        before = request.cookies.get(LOGIN_COOKIE, "")
        given = (sent.get("name", ""), sent.get("password", ""), address, before)
        try:
            tried = await run_sync(lambda: lobby.logins.begin(*given), limiter=limit)
        except DatabaseError:
            LOG.exception("the desk's database cannot be used")
            return _shown(lobby, request, wanted, "login_busy")
        if isinstance(tried, Begun):
            reply = RedirectResponse(lobby.after(wanted, tried.who) + _spoken(request), 303)
            _keep(reply, tried.secret, lobby.secure or request.url.scheme == "https")
            return reply
        trouble = "login_locked" if tried.wait else "login_wrong"
        return _shown(lobby, request, wanted, trouble, tried.wait)

    @routes.post("/logout")
    async def end(request: Request) -> Response:
        sent = _fields(await request.body())
        if not lobby.visitors.sent_by(request.scope.get(VISITOR, ""), sent.get("form", "")):
            return _shown(lobby, request, "", "login_expired")
        secret = request.cookies.get(LOGIN_COOKIE, "")
        await run_sync(lambda: lobby.logins.end(secret))
        reply = RedirectResponse(f"/login{_spoken(request)}", 303)
        reply.delete_cookie(LOGIN_COOKIE, path="/", httponly=True, samesite="strict")
        return reply

    return routes


def _shown(lobby: Lobby, request: Request, wanted: str, trouble: str = "", wait: int = 0) -> HTMLResponse:
    """The login page, or the account's for who is logged in."""
    who, language = who_is(request), request_language(request.scope)
    form = lobby.visitors.form(request.scope.get(VISITOR, ""))
    named = wanted if wanted in _paths(lobby.rooms) else ""
    if not who.known:
        view = LoginView(form, named, trouble, wait, for_chat=not lobby.chat_open and not named)
        reply = lobby.send(login_page(view, language), STATUS.get(trouble, 200))
    else:
        allowed = lobby.places(who)
        barred = bool(named) and named not in _paths(allowed)
        view = LoginView(form, named, trouble or ("account_no_place" if barred else ""))
        by_proxy = who.login.startswith("proxy:")
        status = 403 if barred else STATUS.get(trouble, 200)
        reply = lobby.send(account_page(view, who, allowed, by_proxy, language), status)
    if wait:
        reply.headers["retry-after"] = str(wait)
    return reply


def _spoken(request: Request) -> str:
    """The language that the form was in, for the page that comes next."""
    asked = request.query_params.get("lang", "")
    return f"?lang={asked}" if asked in ("ja", "en") else ""


def _paths(rows: Sequence[tuple[str, str] | tuple[str, str, tuple[Role, ...]]]) -> set[str]:
    return {row[1] for row in rows}


def _keep(reply: Response, secret: str, secure: bool) -> None:
    reply.set_cookie(LOGIN_COOKIE, secret, path="/", httponly=True, samesite="strict", secure=secure)


def _fields(body: bytes) -> dict[str, str]:
    """The fields of a form; none where it cannot be read."""
    try:
        return dict(parse_qsl(body.decode(), max_num_fields=10, keep_blank_values=True, strict_parsing=True))
    except (UnicodeDecodeError, ValueError):
        return {}
