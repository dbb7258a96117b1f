"""A member of staff with the staff's page open, who speaks with the server as the page's own script does."""

import json
import re
import secrets
import time
from typing import Any

import httpx

_FORM = re.compile(r'name="form"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="form"')


class Colleague:
    """One browser at /desk, logged in."""

    def __init__(self, base: str) -> None:
        self.http = httpx.AsyncClient(base_url=base, timeout=120, follow_redirects=True)
        self.session = secrets.token_hex(6)
        self._events: dict[str, int] = {}

    async def open(self, name: str, password: str) -> None:
        """Logs in and reads which event is which. Raises PermissionError."""
        page = (await self.http.get("/login")).text
        found = _FORM.search(page)
        form = {
            "name": name,
            "password": password,
            "next": "/desk",
            "form": next(filter(None, found.groups())) if found else "",
        }
        await self.http.post("/login", data=form)
        config = await self.http.get("/desk/config")
        if config.status_code != 200:
            raise PermissionError(f"{name} could not log in ({config.status_code})")
        for event in config.json()["dependencies"]:
            self._events.setdefault(str(event["api_name"]), event["id"])

    async def press(self, event: str, *data: Any) -> float:
        """Seconds from a press to the whole of what it shows. Raises RuntimeError where the page says that it failed."""
        began = time.perf_counter()
        body = {"data": data, "fn_index": self._events[event], "session_hash": self.session}
        (await self.http.post("/desk/gradio_api/queue/join", json=body)).raise_for_status()
        good = False
        params = {"session_hash": self.session}
        async with self.http.stream("GET", "/desk/gradio_api/queue/data", params=params) as response:
            async for line in response.aiter_lines():
                if line.startswith("data:"):
                    message = json.loads(line[5:])
                    good = good or bool(message["msg"] == "process_completed" and message.get("success"))
                    if message["msg"] in ("process_completed", "close_stream"):
                        break
        if not good:
            raise RuntimeError(f"{event} failed")
        return time.perf_counter() - began

    async def close(self) -> None:
        """Goes away."""
        await self.http.aclose()
