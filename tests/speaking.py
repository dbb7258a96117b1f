"""A loopback server that speaks the OpenAI protocol, and what misdeeds are made of. Standard library only."""

import json
import re
import select
import socket
import threading
import time
from collections.abc import Callable
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
    """The server. `act` is done with each request; `says` is what it may say; `seen` is what it was asked."""

    daemon_threads = True

    def __init__(self, act: "Act", says: str = "", pause: float = 0.05) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.act, self.says, self.pause = act, says, pause
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


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Hostile

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        self.server.seen.append({})
        self.send_error(404)

    def do_POST(self) -> None:
        self.server.keys.append(self.headers.get("authorization", ""))
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.seen.append(json.loads(body) if body.startswith(b"{") else {})
        self.close_connection = True
        try:
            self.server.act(self)
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
            readable, _, _ = select.select(
                [self.connection], [], [], min(0.02, max(until - time.monotonic(), 0))
            )
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

    def close_stream(self, reason: str | None) -> None:
        """The proper end of a stream, except that `reason` may be none."""
        if reason:
            self.event(delta("", reason))
        self.raw(b"data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def whole(self, text: str) -> None:
        """A proper answer."""
        self.begin()
        self.say(text)
        self.close_stream("stop")

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


#: What is done with a request.
Act = Callable[[Handler], None]
