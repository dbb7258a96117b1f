"""Nothing passes but what is on the guard's list, comes from our own pages, and is small and slow enough."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.web.guard import COOKIE, Guard, Receive, Rules
from bot.web.rates import Rate
from bot.web.replies import HEADERS, Message, Send
from bot.web.request import see
from bot.web.routes import room_routes
from bot.web.visitors import Visitors

JOIN = "/gradio_api/queue/join"
SECRET = b"a secret of the tests"


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Application:
    """Keeps what reached it and answers with headers that the guard must correct."""

    reached: list[dict[str, Any]] = field(default_factory=list)

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        body = (await receive()).get("body", b"") if scope["method"] == "POST" else b""
        self.reached.append({**scope, "body": body})
        if scope["path"] == "/library":
            raise RuntimeError("a secret path /srv/desk")
        open_to_all = [(b"Access-Control-Allow-Origin", b"https://evil.example"), (b"server", b"x")]
        await send({"type": "http.response.start", "status": 200, "headers": open_to_all})
        await send({"type": "http.response.body", "body": b"ok"})


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


class Front:
    """A guard with an application behind it, and one way to call it."""

    def __init__(self, rules: Rules = Rules()) -> None:
        self.app, self.clock, self.visitors = Application(), Clock(), Visitors(SECRET)
        self.guard = Guard(self.app, self.visitors, rules, self.clock)
        self.cookie = f"{COOKIE}={self.visitors.issue()}"

    def call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        address: str = "127.0.0.1",
        query: str = "",
        **headers: str,
    ) -> Reply:
        """One request; an underscore in a header's name stands for a hyphen, an empty value removes it."""
        named = {"host": "127.0.0.1:7860", "content_length": str(len(body)), **headers}
        scope: dict[str, Any] = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "client": (address, 5000),
            "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in named.items() if v],
        }
        chunks = [body[i : i + 1000] for i in range(0, len(body), 1000)] or [b""]
        sent: list[Message] = []

        async def receive() -> Message:
            part = chunks.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(chunks)}

        async def send(message: Message) -> None:
            sent.append(message)

        asyncio.run(self.guard(scope, receive, send))
        heads = {k.decode().lower(): v.decode() for k, v in sent[0]["headers"]}
        return Reply(sent[0]["status"], heads, b"".join(m.get("body", b"") for m in sent[1:]))

    def join(self, session: str = "s1", cookie: str | None = None, **more: Any) -> Reply:
        """Starts an event of a chat session."""
        body = json.dumps({"session_hash": session}).encode()
        return self.call(
            "POST", JOIN, **{"body": body, "cookie": self.cookie if cookie is None else cookie, **more}
        )


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:7860", 200),
        ("localhost", 200),
        ("LOCALHOST.:7860", 200),
        ("[::1]:7860", 200),
        ("desk.example.ac.jp", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("localhost@evil.example", 400),
        ("[::1", 400),
        ("", 400),
    ],
)
def test_only_known_hosts_are_served(host: str, status: int) -> None:
    assert Front(Rules(hosts=("desk.example.ac.jp",))).call("GET", "/", host=host).status == status


def test_a_doubled_host_is_no_host() -> None:
    scope = {"method": "GET", "path": "/", "headers": [(b"host", b"localhost"), (b"host", b"evil.example")]}
    assert see(scope).hostname == ""


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://127.0.0.1:7860", "sec_fetch_site": "same-origin"}, 200),
        ({"sec_fetch_site": "none"}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:8080"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "nonsense"}, 403),
        ({"origin": "http://[bad"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, 403),
        ({"host": "localhost", "origin": "https://localhost:443"}, 200),
    ],
)
def test_only_our_own_pages_may_post(headers: dict[str, str], status: int) -> None:
    front = Front()
    assert front.join(**headers).status == status
    assert len(front.app.reached) == (status == 200)


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, 200),
        ("/document/a.md", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, 200),
        ("/config", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "cors"}, 403),
        ("/config", {"origin": "https://evil.example"}, 403),
        ("/", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}, 403),
    ],
)
def test_another_site_may_link_to_us_but_not_read_us(path: str, headers: dict[str, str], status: int) -> None:
    assert Front().call("GET", path, **headers).status == status


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/gradio_api/upload", 404),
        ("GET", "/gradio_api/file=/etc/passwd", 404),
        ("GET", "/gradio_api/file%3D/etc/passwd", 404),
        ("GET", "/monitoring", 404),
        ("GET", "/monitoring/summary", 404),
        ("GET", "/docs", 404),
        ("GET", "/openapi.json", 404),
        ("GET", "/gradio_api/openapi.json", 404),
        ("GET", "/gradio_api/info", 404),
        ("POST", "/gradio_api/mcp/", 404),
        ("POST", "/gradio_api/call/ask", 404),
        ("POST", "/gradio_api/run/predict", 404),
        ("POST", "/gradio_api/component_server", 404),
        ("GET", "/gradio_api/deep_link", 404),
        ("GET", "/gradio_api/runs", 404),
        ("GET", "/gradio_api/vibe-code", 404),
        ("GET", "/login", 404),
        ("GET", "/page/../server.py", 404),
        ("GET", "/assets/../index.html", 404),
        ("POST", "/", 405),
        ("DELETE", "/library", 405),
        ("OPTIONS", JOIN, 405),
        ("GET", JOIN, 405),
        ("GET", "/healthz", 200),
    ],
)
def test_what_is_not_on_the_list_does_not_exist(method: str, path: str, status: int) -> None:
    front = Front()
    assert front.call(method, path).status == status
    assert len(front.app.reached) == (status == 200)


def test_a_static_path_cannot_climb() -> None:
    front = Front()
    for path in ("/static/../../secret", "/static/a/%2e%2e/b", "/static//etc/passwd"):
        assert front.call("GET", path).status == 404, path


@pytest.mark.parametrize("declared", [True, False])
def test_a_large_body_is_refused_whether_it_says_so_or_not(declared: bool) -> None:
    front = Front()
    big = json.dumps({"session_hash": "s1", "data": ["x" * 70_000]}).encode()
    length = str(len(big)) if declared else ""
    assert front.join(body=big, content_length=length).status == 413
    assert not front.app.reached


def test_a_body_within_the_limit_arrives_whole() -> None:
    front = Front()
    body = json.dumps({"session_hash": "s1", "data": ["質問" * 1_500]}).encode()
    assert front.join(body=body).status == 200
    assert front.app.reached[0]["body"] == body


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"s1"',
        b"{}",
        b'{"session_hash": null}',
        b'{"session_hash": ["s1"]}',
        b"[" * 50_000,
        b"\xff",
    ],
)
def test_a_body_without_a_readable_session_is_refused(body: bytes) -> None:
    front = Front()
    assert front.join(body=body).status == 422
    assert not front.app.reached


ROUTES_OF_A_SESSION = [
    ("POST", JOIN, "", b'{"session_hash": "s1"}'),
    ("POST", "/gradio_api/cancel", "", b'{"session_hash": "s1", "fn_index": 0, "event_id": "e"}'),
    ("GET", "/gradio_api/queue/data", "session_hash=s1", b""),
    ("GET", "/gradio_api/heartbeat/s1", "", b""),
]


@pytest.mark.parametrize(("method", "path", "query", "body"), ROUTES_OF_A_SESSION)
def test_a_session_belongs_to_the_visitor_who_named_it_first(
    method: str, path: str, query: str, body: bytes
) -> None:
    front = Front()
    assert front.join("s1").status == 200
    stranger = f"{COOKIE}={front.visitors.issue()}"
    forged = f"{COOKIE}={'0' * 32}.{'0' * 32}"
    for cookie, status in ((front.cookie, 200), (stranger, 403), (forged, 403), ("", 403)):
        assert front.call(method, path, body, query=query, cookie=cookie).status == status


def test_a_session_named_twice_is_not_understood() -> None:
    front = Front()
    reply = front.call(
        "GET", "/gradio_api/queue/data", query="session_hash=s1&session_hash=s2", cookie=front.cookie
    )
    assert reply.status == 422


def test_the_first_page_gives_a_cookie_that_scripts_cannot_read() -> None:
    front = Front(Rules(secure=True))
    cookie = front.call("GET", "/").headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/"))
    value = cookie.split(";")[0]
    assert "set-cookie" not in front.call("GET", "/", cookie=value).headers
    assert front.join("mine", cookie=value).status == 200


def test_every_reply_carries_our_headers_and_opens_to_nobody() -> None:
    front = Front()
    for reply in (front.call("GET", "/"), front.call("GET", "/nothing"), front.call("GET", "/", host="evil")):
        assert all(reply.headers[name] == value for name, value in HEADERS.items())
        assert not any(name.startswith("access-control-") or name == "server" for name in reply.headers)
    assert "unsafe-eval" not in HEADERS["content-security-policy"]


def test_files_that_never_change_may_be_kept() -> None:
    assert "cache-control" not in Front().call("GET", "/assets/index-abc.js").headers


def test_what_only_a_proxy_may_say_is_not_believed() -> None:
    front = Front()
    front.call(
        "GET", "/", x_forwarded_host="evil.example", forwarded="host=evil.example", x_gradio_server="http://e"
    )
    assert {name for name, _ in front.app.reached[0]["headers"]} == {b"host", b"content-length"}


def test_a_failure_behind_the_guard_tells_nothing(caplog: pytest.LogCaptureFixture) -> None:
    reply = Front().call("GET", "/library")
    assert reply.status == 500 and b"secret" not in reply.body
    assert "x-frame-options" in reply.headers
    assert "a secret path" in caplog.text


def test_one_visitor_who_floods_is_slowed_and_another_is_not() -> None:
    front = Front(Rules(visitor_asks=Rate(60, 3)))
    assert [front.join().status for _ in range(5)] == [200, 200, 200, 429, 429]
    late = front.join()
    assert late.headers["retry-after"] == "2" and "お待ちください" in late.body.decode()
    assert front.join("s2", cookie=f"{COOKIE}={front.visitors.issue()}").status == 200
    front.clock.now += 1.0
    assert front.join().status == 200


def test_new_cookies_do_not_help_a_flooding_address() -> None:
    front = Front(Rules(address_asks=Rate(60, 5)))
    fresh = [f"{COOKIE}={front.visitors.issue()}" for _ in range(8)]
    assert [front.join(f"s{n}", cookie=c).status for n, c in enumerate(fresh)].count(429) == 3
    assert front.join("s99", cookie=fresh[0], address="192.0.2.7").status == 200


def test_pages_have_a_lane_of_their_own_and_health_none() -> None:
    front = Front(Rules(address_pages=Rate(60, 2)))
    assert [front.call("GET", "/").status for _ in range(3)] == [200, 200, 429]
    assert front.join().status == 200
    assert front.call("GET", "/healthz").status == 200


def test_a_websocket_is_closed_at_once() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    asyncio.run(Front().guard({"type": "websocket"}, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_work_in_a_room_has_a_rate_of_its_own() -> None:
    joins = [route for route in room_routes("/desk", ("staff",)) if route.path.endswith("/join")]
    assert [(route.lane, route.door) for route in joins] == [("work", "room")]
    assert Rules().visitor_works.per_minute > 10 * Rules().visitor_asks.per_minute
