"""What stands in front of every page: pure ASGI, deny by default. Knows no page's content.

Gradio by itself lets any site read and post, any visitor name another one's session, and anyone upload. So
here a request passes only on a known route, for a known host, from our own pages, within a size and a rate,
and for a session that belongs to the cookie it comes with.
"""

import logging
import re
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.accounts.gate import Gate, OpenGate
from bot.accounts.proxy import Proxies
from bot.accounts.roles import NOBODY, WHO, Who
from bot.web.logs import EXTRA, REQUEST
from bot.web.rates import Buckets, Rate
from bot.web.replies import (
    EXPIRED,
    FAILED,
    LOG_IN,
    NOT_YOURS,
    TOKEN,
    TOO_FAST,
    TOO_LARGE,
    Message,
    Out,
    Refusal,
    Send,
)
from bot.web.request import Seen, read_body, replay, see, session_in
from bot.web.routes import ROUTES, Route
from bot.web.visitors import VISITOR, Visitors

LOG = logging.getLogger("desk.guard")
REQUESTS = logging.getLogger("desk.request")

Receive = Callable[[], Awaitable[Message]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

COOKIE = "desk_visitor"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
#: Request headers that only a proxy may set. Gradio would believe them from anyone, so it never sees them.
_PROXY_HEADERS = re.compile(rb"forwarded|x-forwarded-.*|x-gradio-.*|x-original-.*|x-rewrite-url|x-real-ip")


@dataclass(frozen=True, slots=True)
class Rules:
    """What the guard allows; rates are per visitor (asking), per caller (API) and per address."""

    hosts: tuple[str, ...] = ()
    visitor_asks: Rate = Rate(per_minute=30, burst=12)
    address_asks: Rate = Rate(per_minute=600, burst=120)
    #: Of whoever works in a room: a draft is checked while it is written.
    visitor_works: Rate = Rate(per_minute=1_200, burst=240)
    address_pages: Rate = Rate(per_minute=3_000, burst=1_500)
    caller_api: Rate = Rate(per_minute=120, burst=30)
    address_api: Rate = Rate(per_minute=600, burst=120)
    address_logins: Rate = Rate(per_minute=60, burst=40)
    #: Cookies are sent over https only; for a desk behind a proxy that ends TLS.
    secure: bool = False
    proxies: Proxies = Proxies()


class Guard:
    """Wraps the application. `clock` gives seconds and never goes back."""

    def __init__(
        self,
        app: App,
        visitors: Visitors,
        rules: Rules = Rules(),
        clock: Callable[[], float] = time.monotonic,
        gate: Gate = OpenGate(),
        routes: tuple[Route, ...] = ROUTES,
    ) -> None:
        self._app = app
        self._visitors = visitors
        self._rules = rules
        self._gate = gate
        self._hosts = frozenset(host.lower() for host in (*LOOPBACK, *rules.hosts))
        self._routes = tuple((re.compile(route.path, re.ASCII), route) for route in routes)
        self._clock = clock
        #: Lane -> the buckets by address and by visitor or caller.
        self._lanes = {
            "ask": (Buckets(rules.address_asks, clock), Buckets(rules.visitor_asks, clock)),
            "work": (Buckets(rules.address_pages, clock), Buckets(rules.visitor_works, clock)),
            "api": (Buckets(rules.address_api, clock), Buckets(rules.caller_api, clock)),
            "page": (Buckets(rules.address_pages, clock), None),
            "login": (Buckets(rules.address_logins, clock), None),
        }

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """One ASGI call."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._http(scope, receive, send)

    async def _http(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        began, mark = self._clock(), secrets.token_hex(8)
        named = REQUEST.set(mark)
        seen = see(scope, self._rules.proxies)
        route, session = self._route(seen)
        visitor = self._visitors.read(seen.cookies.get(COOKIE, ""))
        fresh = "" if visitor or route is None or not route.page else self._visitors.issue()
        out = Out(send, mark, self._cookie(fresh, seen), bool(route and route.lasting))
        try:
            who, refusal, body = await self._admitted(seen, route, session, visitor, receive)
            if refusal:
                await out.refuse(refusal)
                return
            inner = self._inner(scope, seen, who, visitor or self._visitors.read(fresh))
            await self._app(inner, replay(body, receive) if seen.method == "POST" else receive, out)
        except Exception:
            LOG.exception("a page failed: %s", route.path if route else "")
            if not out.started:
                await out.refuse(FAILED)
        finally:
            self._note(seen, route, out.status, self._clock() - began)
            REQUEST.reset(named)

    async def _admitted(
        self, seen: Seen, route: Route | None, session: str, visitor: str, receive: Receive
    ) -> tuple[Who, Refusal | None, bytes]:
        """Who sends it, why it is turned away if it is, and its body."""
        refusal = self._foreign(seen) or self._unknown(seen, route) or self._fast(seen, route, visitor)
        if refusal or route is None:
            return NOBODY, refusal, b""
        public = route.door == "open" or (route.door == "chat" and self._gate.chat_open)
        who = NOBODY if public and route.lane == "free" else await self._gate.who(seen)
        if refusal := self._closed(seen, route, who):
            return who, refusal, b""
        body = await read_body(seen, receive, route.body_bytes) if seen.method == "POST" else b""
        if body is None:
            return who, TOO_LARGE, b""
        if route.session:
            refusal = self._session(self._owner(visitor, route, who), session or session_in(seen, body))
        return who, refusal, body

    def _inner(
        self, scope: MutableMapping[str, Any], seen: Seen, who: Who, visitor: str
    ) -> MutableMapping[str, Any]:
        """The request as the application sees it: with what we know of it, and without what we do not believe."""
        headers = [h for h in scope["headers"] if not _PROXY_HEADERS.fullmatch(h[0])]
        if seen.proxied:
            headers = [h for h in headers if h[0] != b"host"] + [(b"host", seen.host.encode())]
        return {**scope, "headers": headers, "scheme": seen.scheme, WHO: who, VISITOR: visitor}

    def _note(self, seen: Seen, route: Route | None, status: int, seconds: float) -> None:
        """One line for a request; files and health checks have none."""
        if route is not None and route.lane == "free" and status < 400:
            return
        said = {
            "method": seen.method if route else "",
            "route": route.path if route else "",
            "status": status,
            "ms": round(seconds * 1000, 1),
            "address": seen.address,
        }
        REQUESTS.info("request", extra={EXTRA: said})

    def _route(self, seen: Seen) -> tuple[Route | None, str]:
        for pattern, route in self._routes:
            if found := pattern.fullmatch(seen.path):
                return route, found.groupdict().get("session") or ""
        return None, ""

    def _foreign(self, seen: Seen) -> Refusal | None:
        """A host that is not ours, or another site that acts through a visitor's browser."""
        if seen.hostname not in self._hosts:
            return Refusal(400, "unknown host")
        if seen.origin and seen.origin != seen.host:
            return Refusal(403, "other origin")
        if seen.fetch_site in ("cross-site", "same-site") and not seen.visit:
            return Refusal(403, "other site")
        return None

    def _unknown(self, seen: Seen, route: Route | None) -> Refusal | None:
        if route is None:
            return Refusal(404, "not found")
        if seen.method in route.methods:
            return None
        return Refusal(405, "method not allowed", allow=route.methods)

    def _fast(self, seen: Seen, route: Route | None, visitor: str) -> Refusal | None:
        lane = route.lane if route else "page"
        if lane == "free":
            return None
        by_address, by_caller = self._lanes[lane]
        wait = by_address.take(seen.address)
        if by_caller:
            caller = seen.token if lane == "api" else visitor
            wait = max(wait, by_caller.take(caller or seen.address))
        return Refusal(429, TOO_FAST, int(wait) + 1) if wait else None

    def _closed(self, seen: Seen, route: Route, who: Who) -> Refusal | None:
        """A door that is not open to who asks: to the login with a page, else a refusal."""
        if route.door == "token" and seen.token and not who.known:
            return TOKEN
        if route.door == "open" or (route.door in ("chat", "token") and self._gate.chat_open):
            return None
        known = who.known and (bool(seen.token) or route.door != "token")
        if who.role in route.roles if route.door == "room" else known:
            return None
        if route.page and seen.method in ("GET", "HEAD"):
            return Refusal(
                303, "", place=f"/login?next={quote(seen.path)}{seen.language and f'&lang={seen.language}'}"
            )
        return TOKEN if route.door == "token" else NOT_YOURS if who.known else LOG_IN

    def _owner(self, visitor: str, route: Route, who: Who) -> str:
        """Whose a chat session is: the visitor's, and behind a login that login's too, so that it ends with it."""
        closed = route.door == "room" or not self._gate.chat_open
        return f"{visitor} {who.login}" if visitor and closed else visitor

    def _session(self, owner: str, session: str | None) -> Refusal | None:
        if session is None:
            return Refusal(422, "not understood")
        if not owner or not session or not self._visitors.owns(owner, session):
            return EXPIRED
        return None

    def _cookie(self, value: str, seen: Seen) -> bytes:
        if not value:
            return b""
        secure = "; Secure" if self._rules.secure or seen.scheme == "https" else ""
        return f"{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax{secure}".encode()
