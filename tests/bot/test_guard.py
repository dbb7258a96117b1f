"""Nothing passes but what is on the guard's list, comes from our own pages, and is small and slow enough."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from bot.guard import COOKIE, Guard, Message, Receive, Rules, Send
from bot.visitors import Visitors

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
