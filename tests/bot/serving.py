"""A real server around a desk on a free port of this machine, and a visitor who speaks as the page does."""

import asyncio
import json
import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import httpx
from fastapi import FastAPI

from bot.quiet import quiet
from bot.ui.desk import Desk
from bot.web.guard import Rules


def app_of(desk: Desk, rules: Rules = Rules(), **more: Any) -> FastAPI:
    """The application, with the environment set before anything imports gradio, as a door does it."""
    quiet(os.environ)
    server = import_module("bot.web.server")

    async def build() -> FastAPI:
        app: FastAPI = server.create_app(desk, rules, **more)
        return app

    # In a loop of its own: Gradio opens one where none runs, and leaves it open.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, build()).result()


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def served(desk: Desk, rules: Rules = Rules(), **more: Any) -> Iterator[str]:
    """The address of a real server around the desk, which stops at the end. `more` goes to create_app."""
    port = free_port()
    app = app_of(desk, rules, **more)
    server = import_module("bot.web.server").DeskServer(app, "127.0.0.1", port)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started:
        if time.monotonic() > until:
            raise TimeoutError("the server did not start")
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=15)


class Visitor:
    """One browser's worth of cookies and one chat session."""

    def __init__(self, base: str, language: str = "ja") -> None:
        self.http = httpx.Client(base_url=base, headers={"accept-language": language}, timeout=60)
        self.session = secrets.token_hex(6)
        self.http.get("/").raise_for_status()
        self.config: dict[str, Any] = self.http.get("/config").json()

    def event(self, name: str) -> int:
        """The number of the first event that runs the handler `name`."""
        return next(d["id"] for d in self.config["dependencies"] if d["api_name"] == name)

    def join(self, name: str, *data: Any, session: str = "", **headers: str) -> httpx.Response:
        """Starts an event, as the page does."""
        body = {"data": data, "fn_index": self.event(name), "session_hash": session or self.session}
        return self.http.post("/gradio_api/queue/join", json=body, headers=headers)

    def messages(self, session: str = "") -> Iterator[dict[str, Any]]:
        """What the server says until all events of the session are done."""
        params = {"session_hash": session or self.session}
        with self.http.stream("GET", "/gradio_api/queue/data", params=params) as response:
            response.raise_for_status()
            for line in response.iter_lines():
                if line.startswith("data:"):
                    message = json.loads(line[5:])
                    yield message
                    if message["msg"] == "close_stream":
                        return

    def ask(self, question: str) -> str:
        """What the page shows of the latest exchange when the answer is there."""
        self.join("ask", question, None, [], [], [], "", "").raise_for_status()
        done = [m for m in self.messages() if m["msg"] == "process_completed"]
        shown: str = done[-1]["output"]["data"][1]
        return shown
