"""A visitor of the chat page, who speaks with the server as the page's own script does."""

import json
import re
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx

#: What the page shows as soon as there are words of an answer: a draft, a statement, or a refusal.
WORDS = re.compile(r'class=\\"(?:draft|statement|refusal)')


@dataclass(frozen=True, slots=True)
class Asked:
    """Seconds from sending a question to its first words and to its end; `error` where it did not come to that."""

    first: float = 0.0
    whole: float = 0.0
    error: str = ""


class Visitor:
    """One browser with one chat session. `address` is the local address that it comes from."""

    def __init__(self, base: str, address: str = "127.0.0.1") -> None:
        transport = httpx.AsyncHTTPTransport(local_address=address, limits=httpx.Limits())
        self.http = httpx.AsyncClient(base_url=base, transport=transport, timeout=120)
        self.session = secrets.token_hex(6)
        self._event: dict[str, Any] = {}

    async def open(self) -> None:
        """Loads the page: its cookie, which event asks with which fields, and what the page asks for when it opens."""
        (await self.http.get("/")).raise_for_status()
        config = (await self.http.get("/config")).json()
        event = next(one for one in config["dependencies"] if one["api_name"] == "ask")
        values = {one["id"]: one["props"].get("value") for one in config["components"]}
        self._event = {"fn_index": event["id"], "data": [values.get(number) for number in event["inputs"]]}
        load = next(one for one in config["dependencies"] if one["api_name"] == "opened")
        await self._join({"fn_index": load["id"], "data": []})
        async for _ in self._lines():
            pass

    async def join(self, question: str) -> httpx.Response:
        """Sends a question."""
        data = [question, *self._event["data"][1:]]
        return await self._join({**self._event, "data": data})

    async def _join(self, event: dict[str, Any]) -> httpx.Response:
        return await self.http.post("/gradio_api/queue/join", json={**event, "session_hash": self.session})

    async def _lines(self) -> AsyncIterator[str]:
        """The lines of the stream until the server has said all."""
        stream = self.http.stream("GET", "/gradio_api/queue/data", params={"session_hash": self.session})
        async with stream as response:
            async for line in response.aiter_lines():
                yield line
                if line.startswith("data:") and json.loads(line[5:])["msg"] == "close_stream":
                    return

    async def ask(self, question: str) -> Asked:
        """Asks, and reads the answer as it comes."""
        began = time.perf_counter()
        try:
            reply = await self.join(question)
            if reply.status_code != 200:
                return Asked(error=str(reply.status_code))
            first = 0.0
            async for line in self._lines():
                if not first and WORDS.search(line):
                    first = time.perf_counter() - began
        except httpx.HTTPError as error:
            return Asked(error=type(error).__name__)
        whole = time.perf_counter() - began
        return Asked(first, whole) if first else Asked(error="no words")

    async def close(self) -> None:
        """Goes away."""
        await self.http.aclose()
