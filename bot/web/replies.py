"""What the guard itself says, and the headers that it puts on every reply. Knows no page's content."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]

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
#: Response headers that open a page to other sites, or say what serves it.
_OPENING = re.compile(rb"access-control-.*|server|x-powered-by")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is turned away. `text` never repeats what was sent; `place` is where to go instead."""

    status: int
    text: str
    retry_after: int = 0
    allow: tuple[str, ...] = ()
    place: str = ""


#: What a visitor may come to read, in both languages: the guard does not know which one they speak.
TOO_FAST = "質問が続いたため、少しお待ちください。 / Too many requests in a short time; please wait a moment."
TOO_LARGE = Refusal(413, "送られた内容が大きすぎます。 / What was sent is too large.")
EXPIRED = Refusal(
    403, "ページの有効期限が切れました。再読み込みしてください。 / This page has expired; please reload it."
)
LOG_IN = Refusal(401, "ログインが必要です。 / Please log in.")
TOKEN = Refusal(401, "トークンが必要です（`desk user token`）。 / A token is needed (`desk user token`).")
NOT_YOURS = Refusal(403, "この操作は許可されていません。 / You are not allowed to do this.")
FAILED = Refusal(500, "今は表示できません。 / This cannot be shown just now.")


class Out:
    """Sends a response with our headers on it, and remembers its status."""

    def __init__(self, send: Send, mark: str, cookie: bytes = b"", lasting: bool = False) -> None:
        self._send = send
        self._mark = mark
        self._cookie = cookie
        self._lasting = lasting
        self.status = 0

    @property
    def started(self) -> bool:
        """Whether anything was sent."""
        return self.status != 0

    async def __call__(self, message: Message) -> None:
        """One ASGI message."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": self._dressed(message.get("headers", ()))}
        await self._send(message)

    def _dressed(self, headers: Any) -> list[tuple[bytes, bytes]]:
        kept = [(k.lower(), v) for k, v in headers if not _OPENING.fullmatch(k.lower())]
        names = {k for k, _ in kept}
        ours = {k: v for k, v in HEADERS.items() if not (self._lasting and k == "cache-control")}
        kept += [(k.encode(), v.encode()) for k, v in ours.items() if k.encode() not in names]
        kept.append((b"x-request-id", self._mark.encode()))
        return kept + ([(b"set-cookie", self._cookie)] if self._cookie else [])

    async def refuse(self, refusal: Refusal) -> None:
        """A refusal as JSON, in the shape that Gradio's page and the API have."""
        body = json.dumps({"detail": refusal.text}, ensure_ascii=False).encode()
        headers: Mapping[bytes, bytes] = {
            b"content-type": b"application/json; charset=utf-8",
            b"content-length": str(len(body)).encode(),
            **({b"retry-after": str(refusal.retry_after).encode()} if refusal.retry_after else {}),
            **({b"allow": ", ".join(refusal.allow).encode()} if refusal.allow else {}),
            **({b"location": refusal.place.encode()} if refusal.place else {}),
            **({b"www-authenticate": b"Bearer"} if refusal is TOKEN else {}),
        }
        start = {"type": "http.response.start", "status": refusal.status, "headers": list(headers.items())}
        await self(start)
        await self({"type": "http.response.body", "body": body})
