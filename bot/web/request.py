"""What an HTTP request says about itself, read once and plainly. Pure but for reading the body."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.accounts.proxy import Proxies

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_DEFAULT_PORTS = (":80", ":443")


@dataclass(frozen=True, slots=True)
class Seen:
    """The parts of a request that a decision rests on; "" where it does not say."""

    method: str
    path: str
    #: Host header without a default port, and its name alone; "" when it is missing, doubled or malformed.
    host: str
    hostname: str
    #: Host of the Origin header, or "null" where the browser hides it.
    origin: str
    fetch_site: str
    #: A person following a link or typing an address: allowed from anywhere, since it only reads.
    visit: bool
    address: str
    #: "https" where a proxy that is believed says so, or the server itself speaks it.
    scheme: str
    length: int
    query: dict[str, list[str]]
    cookies: dict[str, str]
    #: What stands in an `Authorization: Bearer` header.
    token: str
    #: Whether a proxy that is believed sent it, and all headers, by their names in lower case.
    proxied: bool

    @property
    def language(self) -> str:
        """The language that the address asks for; "" where it asks for none that there is."""
        asked = self.query.get("lang", [""])[0]
        return asked if asked in ("ja", "en") else ""

    headers: dict[str, list[str]]


def see(scope: MutableMapping[str, Any], proxies: Proxies = Proxies()) -> Seen:
    """Reads an ASGI http scope. A header that is given twice and may not be counts as missing.

    What only a proxy may say is read from the addresses of `proxies` alone.
    """
    headers: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))

    def one(name: str) -> str:
        values = headers.get(name, [])
        return values[0] if len(values) == 1 else ""

    peer = (scope.get("client") or ("unknown", 0))[0]
    proxied = proxies.trusts(peer)

    def forwarded(name: str) -> str:
        values = ",".join(headers.get(f"x-forwarded-{name}", [])) if proxied else ""
        return values.rpartition(",")[2].strip().lower()

    host = _without_default_port(forwarded("host") or one("host").lower())
    method = scope["method"]
    origin = one("origin").lower() or ("null" if "origin" in headers else "")
    return Seen(
        method=method,
        path=scope["path"],
        host=host,
        hostname=_hostname(host),
        origin=origin if origin in ("", "null") else _without_default_port(_netloc(origin)) or "null",
        fetch_site=one("sec-fetch-site"),
        visit=method in ("GET", "HEAD") and one("sec-fetch-mode") == "navigate",
        address=proxies.client(peer, ",".join(headers.get("x-forwarded-for", []))) if proxied else peer,
        scheme=forwarded("proto") if forwarded("proto") in ("http", "https") else scope.get("scheme", "http"),
        length=int(one("content-length")) if one("content-length").isdecimal() else 0,
        query=_query(scope.get("query_string", b"").decode("latin-1")),
        cookies=_cookies(headers.get("cookie", [])),
        token=_bearer(one("authorization")),
        proxied=proxied,
        headers=headers,
    )


def _bearer(header: str) -> str:
    kind, _, value = header.partition(" ")
    return value.strip() if kind.lower() == "bearer" else ""


def _netloc(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def _hostname(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _without_default_port(host: str) -> str:
    return next((host.removesuffix(port) for port in _DEFAULT_PORTS if host.endswith(port)), host)


def _query(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, max_num_fields=50)
    except ValueError:
        return {}


def _cookies(values: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in "; ".join(values).split(";"):
        name, _, value = part.strip().partition("=")
        found.setdefault(name, value)
    return found


async def read_body(seen: Seen, receive: Receive, limit: int) -> bytes | None:
    """The whole body, or None when it is larger than `limit` bytes: never more than that is held."""
    if seen.length > limit:
        return None
    parts: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > limit:
            return None
        parts.append(part)
        more = message["type"] == "http.request" and message.get("more_body", False)
    return b"".join(parts)


def replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that hands out a body that was read already, and then what really comes."""
    left = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> MutableMapping[str, Any]:
        return left.pop() if left else await receive()

    return again


def session_in(seen: Seen, body: bytes) -> str | None:
    """The chat session that a request names: in the query of a GET, in the JSON body of a POST.

    None when it names none or cannot be read. It is read as the application will read it: the last of several
    equal keys counts.
    """
    if seen.method != "POST":
        values = seen.query.get("session_hash", [])
        return values[0] if len(values) == 1 else None
    try:
        named = json.loads(body)["session_hash"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return named if isinstance(named, str) else None
