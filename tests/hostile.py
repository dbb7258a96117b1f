"""A server on loopback that speaks the OpenAI protocol and always does the worst that its mode allows.

What it does is fixed, so that a test that passes says nothing about luck. Standard library only.
"""

import json
import re
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: Shaped like a key, and nowhere else in the project.
SECRET = "sk-live-9f3c77d1e5b04a6c8d2e"
#: Words that a provider's error carries.
PROVIDER_TEXT = "Upstream cluster kappa-7 rejected tenant"
_MATERIAL = re.compile(r"^(\d+)\| (.+)$", re.MULTILINE)
_SENTENCE = re.compile(r"[^.。!?！？]+[.。!?！？]")


def sentences_of(user: str) -> list[tuple[int, str]]:
    """(number, sentence) of the passages in a prompt, as a model would read them off it."""
    return [(int(n), s.strip()) for n, line in _MATERIAL.findall(user) for s in _SENTENCE.findall(line)]


class Hostile(ThreadingHTTPServer):
    """The server. `says` is what the modes that only differ in words reply; `seen` is what it was asked."""

    daemon_threads = True

    def __init__(self, mode: str, says: str = "", pause: float = 0.05) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mode, self.says, self.pause = mode, says, pause
        self.seen: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.ended = threading.Event()
        self.client_gone = threading.Event()
        self.gone_at = 0.0

    @property
    def url(self) -> str:
        """The base URL for a client."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves is no error."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Hostile

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""

    def do_GET(self) -> None:  # noqa: N802
        self.server.seen.append({})
        self.send_error(404)

    def do_POST(self) -> None:  # noqa: N802
        self.server.keys.append(self.headers.get("authorization", ""))
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.seen.append(json.loads(body) if body.startswith(b"{") else {})
        self.close_connection = True
        try:
            MODES[self.server.mode](self)
        except OSError:
            self.left()

    # What the modes are made of.

    def prompt(self, role: str) -> str:
        """The words that came in a role."""
        return "\n".join(m["content"] for m in self.server.seen[-1]["messages"] if m["role"] == role)

    def left(self) -> None:
        """Notes that the client has closed the connection."""
        self.server.gone_at = time.monotonic()
        self.server.client_gone.set()

    def wait(self, seconds: float) -> bool:
        """Sleeps, unless the client leaves or the server ends; whether it may go on."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.server.ended.is_set():
            readable, _, _ = select.select([self.connection], [], [], min(0.02, max(until - time.monotonic(), 0)))
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                self.left()
                return False
        return not self.server.ended.is_set()

    def begin(self, kind: str = "text/event-stream", **headers: str) -> None:
        """A response of unknown length."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def raw(self, data: bytes) -> None:
        """One chunk of it."""
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def event(self, value: Any) -> None:
        """One event of a stream."""
        self.raw(b"data: " + json.dumps(value).encode() + b"\n\n")

    def say(self, text: str, size: int = 7) -> None:
        """Text in pieces of `size` characters, which cut marks apart."""
        for at in range(0, len(text), size):
            self.event(delta(text[at : at + size]))

    def finish(self, reason: str | None) -> None:
        """The proper end of a stream, except that `reason` may be none."""
        if reason:
            self.event(delta("", reason))
        self.raw(b"data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def whole(self, text: str) -> None:
        """A proper answer."""
        self.begin()
        self.say(text)
        self.finish("stop")

    def error(self, status: int, message: str = PROVIDER_TEXT, phrase: str = "", **headers: str) -> None:
        """An error in the protocol's shape."""
        body = json.dumps({"error": {"message": message, "type": "x", "code": message}}).encode()
        self.send_response(status, phrase or None)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


def delta(text: str, reason: str | None = None) -> dict[str, Any]:
    """One event's value."""
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": reason}
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}


def _ok(h: _Handler) -> None:
    found = {n: s for n, s in reversed(sentences_of(h.prompt("user"))) if len(s) > 20}
    h.whole("\n".join(f"{text} [{n}]" for n, text in sorted(found.items())))


def _flaky(h: _Handler) -> None:
    if len(h.server.seen) < 2:
        h.error(503)
    else:
        _ok(h)


def _obey(h: _Handler) -> None:
    h.whole(h.server.says)


def _fake_citation(h: _Handler) -> None:
    forms = ("[99]", "[0]", "【98】", "［97］", "[1-40]", "[[96]]", "[95](https://evil.example/95)", "[source 94]", "[93, 1]")
    found = [s for _, s in sentences_of(h.prompt("user"))]
    h.whole("\n".join(f"{found[at % len(found)]} {form}" for at, form in enumerate(forms)))


def _markup(h: _Handler) -> None:
    number, text = sentences_of(h.prompt("user"))[0]
    ways = (
        "![x](https://evil.example/p.png?q=1) {} [{}]",
        "<img src=https://evil.example/a onerror=alert(1)>{} [{}]",
        "<script>fetch('https://evil.example')</script> {} [{}]",
        "{} See https://evil.example/login [{}]",
        "{} [click](javascript:alert(1)) [{}]",
        "<form action=https://evil.example><input name=p></form>{} [{}]",
        "＜img src=x onerror=alert(1)＞{} [{}]",
        "{} Write to admin@evil.example now. [{}]",
        "<https://evil.example/auto> {} [{}]",
        "{} evil.example/path?d=1 [{}]",
        "**{}** [{}]",
        "# {} [{}]",
        "[r]: https://evil.example/ref\n{} [{}]",
    )
    h.whole("\n".join(way.format(text, number) for way in ways))


def _leak(h: _Handler) -> None:
    lines = (h.prompt("system") + "\n" + h.prompt("user")).splitlines()
    h.whole("\n".join(f"{line} [1]" for line in lines if line.strip()))


def _hang(h: _Handler) -> None:
    h.wait(60)


def _stall(h: _Handler) -> None:
    h.begin()
    h.say("One word and then", 5)
    h.wait(60)


def _drip(h: _Handler) -> None:
    h.begin()
    while h.wait(h.server.pause):
        h.event(delta("drip "))


def _silent_drip(h: _Handler) -> None:
    h.begin()
    while h.wait(h.server.pause):
        h.event(delta(""))


def _cut(h: _Handler) -> None:
    h.begin()
    for n, text in sentences_of(h.prompt("user"))[:2]:
        h.say(f"{text} [{n}]\n")
    h.connection.shutdown(socket.SHUT_RDWR)


def _ended(reason: str | None) -> Callable[[_Handler], None]:
    def mode(h: _Handler) -> None:
        h.begin()
        for n, text in sentences_of(h.prompt("user"))[:2]:
            h.say(f"{text} [{n}]\n")
        h.finish(reason)

    return mode


def _fails(status: int, message: str = PROVIDER_TEXT, phrase: str = "", **headers: str) -> Callable[[_Handler], None]:
    return lambda h: h.error(status, message, phrase, **headers)


def _garbage(h: _Handler) -> None:
    h.begin("text/html")
    h.raw(f"<html>{SECRET} {PROVIDER_TEXT}".encode() + bytes(range(256)))
    h.wfile.write(b"0\r\n\r\n")


def _empty(h: _Handler) -> None:
    h.begin()
    h.wfile.write(b"0\r\n\r\n")


def _no_choices(h: _Handler) -> None:
    h.begin()
    h.event({"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": []})
    h.finish(None)


def _bad_chunk(h: _Handler) -> None:
    h.begin()
    h.say("A good beginning ")
    h.raw(f'data: {{"choices": [{{"delta": {SECRET}\n\n'.encode())
    h.finish("stop")


def _error_event(h: _Handler) -> None:
    h.begin()
    h.say("A good beginning ")
    h.event({"error": {"message": f"{PROVIDER_TEXT} {SECRET}", "code": 500}})
    h.finish("stop")


def _endless(h: _Handler) -> None:
    h.begin()
    while not h.server.ended.is_set():
        h.event(delta("and so on "))


def _endless_line(h: _Handler) -> None:
    h.begin()
    h.raw(b"data: ")
    while not h.server.ended.is_set():
        h.raw(b"x" * 65_536)


def _packed(h: _Handler) -> None:
    h.begin(Content_Encoding="gzip")
    h.raw(b"\x1f\x8b" + b"\0" * 1_000)
    h.finish("stop")


def _redirect(h: _Handler) -> None:
    h.error(307, Location=h.server.says)


#: Name of a mode -> what is done with a request.
MODES: Mapping[str, Callable[[_Handler], None]] = {
    "ok": _ok,
    "flaky": _flaky,
    "obey": _obey,
    "fake-citation": _fake_citation,
    "fake-quote": _obey,
    "markup": _markup,
    "leak-prompt": _leak,
    "hang": _hang,
    "stall": _stall,
    "drip": _drip,
    "silent-drip": _silent_drip,
    "cut": _cut,
    "unfinished": _ended(None),
    "length": _ended("length"),
    "filter": _ended("content_filter"),
    "tool-call": _ended("tool_calls"),
    "429": _fails(429),
    "429-long": _fails(429, Retry_After="40"),
    "500-with-secret": _fails(500, f"{PROVIDER_TEXT} {SECRET}", f"Broken {SECRET}", X_Key=SECRET),
    "401-with-secret": _fails(401, f"{PROVIDER_TEXT}: bad key {SECRET}", f"No {SECRET}", X_Key=SECRET),
    "garbage": _garbage,
    "empty": _empty,
    "nochoices": _no_choices,
    "badchunk": _bad_chunk,
    "error-event": _error_event,
    "endless": _endless,
    "endless-line": _endless_line,
    "packed": _packed,
    "redirect": _redirect,
}


@contextmanager
def hostile(mode: str, says: str = "", pause: float = 0.05) -> Iterator[Hostile]:
    """A server in `mode`, on a free port, for the length of a block."""
    server = Hostile(mode, says, pause)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
        thread.join(2)
