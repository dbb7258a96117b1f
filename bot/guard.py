"""What stands in front of every page: pure ASGI, deny by default. Knows no page's content.

Gradio by itself lets any site read and post, any visitor name another one's session, and anyone upload. So
here a request passes only on a known route, for a known host, from our own pages, within a size and a rate,
and for a session that belongs to the cookie it comes with.
"""

import json
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.rates import Buckets, Rate
from bot.request import Seen, read_body, replay, see, session_in
from bot.visitors import Visitors

LOG = logging.getLogger("desk.guard")

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

COOKIE = "desk_visitor"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
CSP = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'self'; object-src 'none'"
)
#: Set on every response that does not set them itself.
HEADERS: dict[str, str] = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cache-control": "no-store",
}
#: Request headers that only a proxy may set, and there is none that we trust: Gradio would believe them.
_PROXY_HEADERS = re.compile(rb"forwarded|x-forwarded-.*|x-gradio-.*|x-original-.*|x-rewrite-url|x-real-ip")
#: Response headers that open a page to other sites, or say what serves it.
_OPENING = re.compile(rb"access-control-.*|server|x-powered-by")

#: A file or folder name that cannot climb.
_NAME = r"[\w\-][\w.\-]*"

Lane = Literal["ask", "page", "free"]


@dataclass(frozen=True, slots=True)
class Route:
    """A path that is let through: its methods, its rate, and whether it belongs to one chat session."""

    path: str
    methods: tuple[str, ...] = ("GET", "HEAD")
    lane: Lane = "page"
    session: bool = False
    #: Files that never change under their name; a browser may keep them.
    lasting: bool = False


#: Every route there is. A page that is missing here answers 404, whatever the application behind it offers.
ROUTES: tuple[Route, ...] = (
    Route(r"/"),
    Route(r"/document/.+"),
    Route(r"/library"),
    Route(r"/search", lane="ask"),
    Route(r"/glossary"),
    Route(r"/healthz", lane="free"),
    Route(r"/readyz", lane="free"),
    Route(r"/page/[a-z]+\.(?:css|js|svg)", lane="free"),
    # What Gradio's page needs to run, and nothing else of it.
    Route(rf"/assets/{_NAME}", lane="free", lasting=True),
    Route(rf"/static/(?:{_NAME}/)*{_NAME}", lane="free", lasting=True),
    Route(r"/theme\.css|/favicon\.ico|/robots\.txt", lane="free"),
    Route(r"/config", lane="page"),
    Route(r"/gradio_api/queue/join", ("POST",), "ask", session=True),
    Route(r"/gradio_api/queue/data", ("GET",), "page", session=True),
    Route(r"/gradio_api/cancel", ("POST",), "page", session=True),
    Route(r"/gradio_api/reset", ("POST",), "page"),
    Route(r"/gradio_api/heartbeat/(?P<session>\w+)", ("GET",), "page", session=True),
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the guard allows; rates are per visitor (asking) and per address (asking, pages)."""

    hosts: tuple[str, ...] = ()
    body_bytes: int = 64 * 1024
    visitor_asks: Rate = Rate(per_minute=30, burst=12)
    address_asks: Rate = Rate(per_minute=600, burst=120)
    address_pages: Rate = Rate(per_minute=3_000, burst=1_500)
    #: Cookies are sent over https only; for a desk behind a proxy that ends TLS.
    secure: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is turned away. `text` never repeats what was sent."""

    status: int
    text: str
    retry_after: int = 0


#: What a visitor may come to read, in both languages: the guard does not know which one they speak.
_TOO_FAST = (
    "質問が続いたため、少しお待ちください。 / Too many requests in a short time; please wait a moment."
)
_TOO_LARGE = "送られた内容が大きすぎます。 / What was sent is too large."
_EXPIRED = "ページの有効期限が切れました。再読み込みしてください。 / This page has expired; please reload it."
_FAILED = Refusal(500, "今は表示できません。 / This cannot be shown just now.")


class Guard:
    """Wraps the application. `clock` gives seconds and never goes back."""

    def __init__(
        self,
        app: App,
        visitors: Visitors,
        rules: Rules = Rules(),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._visitors = visitors
        self._rules = rules
        self._hosts = frozenset(host.lower() for host in (*LOOPBACK, *rules.hosts))
        self._routes = tuple((re.compile(route.path, re.ASCII), route) for route in ROUTES)
        self._visitor_asks = Buckets(rules.visitor_asks, clock)
        self._address_asks = Buckets(rules.address_asks, clock)
        self._address_pages = Buckets(rules.address_pages, clock)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """One ASGI call."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._http(scope, receive, send)

    async def _http(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        seen = see(scope)
        route, session = self._route(seen)
        visitor = self._visitors.read(seen.cookies.get(COOKIE, ""))
        refusal = self._foreign(seen) or self._unknown(seen, route) or self._fast(seen, route, visitor)
        body = b""
        if not refusal and route and "POST" in route.methods:
            read = await read_body(seen, receive, self._rules.body_bytes)
            refusal, body = (Refusal(413, _TOO_LARGE), b"") if read is None else (None, read)
        if not refusal and route and route.session:
            refusal = self._session(visitor, session or session_in(seen, body))
        fresh = "" if visitor or seen.path != "/" else self._visitors.issue()
        out = _Out(send, self._cookie(fresh) if fresh else b"", bool(route and route.lasting))
        if refusal:
            await out.refuse(refusal)
            return
        inner = {**scope, "headers": [h for h in scope["headers"] if not _PROXY_HEADERS.fullmatch(h[0])]}
        try:
            await self._app(inner, replay(body, receive) if seen.method == "POST" else receive, out)
        except Exception:
            LOG.exception("a page failed: %s", seen.path)
            if not out.started:
                await out.refuse(_FAILED)

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
        return None if seen.method in route.methods else Refusal(405, "method not allowed")

    def _fast(self, seen: Seen, route: Route | None, visitor: str) -> Refusal | None:
        lane = route.lane if route else "page"
        if lane == "free":
            return None
        buckets = (self._address_pages,) if lane == "page" else (self._address_asks,)
        wait = max(bucket.take(seen.address) for bucket in buckets)
        if lane == "ask":
            wait = max(wait, self._visitor_asks.take(visitor or seen.address))
        return Refusal(429, _TOO_FAST, int(wait) + 1) if wait else None

    def _session(self, visitor: str, session: str | None) -> Refusal | None:
        if session is None:
            return Refusal(422, "not understood")
        if not visitor or not session or not self._visitors.owns(visitor, session):
            return Refusal(403, _EXPIRED)
        return None

    def _cookie(self, value: str) -> bytes:
        secure = "; Secure" if self._rules.secure else ""
        return f"{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax{secure}".encode()


class _Out:
    """Sends a response with our headers on it."""

    def __init__(self, send: Send, cookie: bytes, lasting: bool) -> None:
        self._send = send
        self._cookie = cookie
        self._lasting = lasting
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            message = {**message, "headers": self._dressed(message.get("headers", ()))}
        await self._send(message)

    def _dressed(self, headers: Any) -> list[tuple[bytes, bytes]]:
        kept = [(k.lower(), v) for k, v in headers if not _OPENING.fullmatch(k.lower())]
        names = {k for k, _ in kept}
        ours = {k: v for k, v in HEADERS.items() if not (self._lasting and k == "cache-control")}
        kept += [(k.encode(), v.encode()) for k, v in ours.items() if k.encode() not in names]
        return kept + ([(b"set-cookie", self._cookie)] if self._cookie else [])

    async def refuse(self, refusal: Refusal) -> None:
        """A refusal as JSON, in the shape that Gradio's page reads."""
        body = json.dumps({"detail": refusal.text}, ensure_ascii=False).encode()
        headers: Mapping[bytes, bytes] = {
            b"content-type": b"application/json; charset=utf-8",
            b"content-length": str(len(body)).encode(),
            **({b"retry-after": str(refusal.retry_after).encode()} if refusal.retry_after else {}),
        }
        start = {"type": "http.response.start", "status": refusal.status, "headers": list(headers.items())}
        await self(start)
        await self({"type": "http.response.body", "body": body})
