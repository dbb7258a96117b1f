"""Who is at the other end of a browser: a signed cookie, and the chat sessions that belong to it.

Gradio lets the client choose the name of its session and hands the session's state to whoever names it. So
the first visitor to use a name owns it, and nobody else may.
"""

import hmac
import secrets
from collections import OrderedDict
from hashlib import sha256

#: Many times the sessions that Gradio keeps state for: its state is gone before our memory of who owns it.
CAPACITY = 20_000
#: Where the guard leaves the visitor's mark, in the ASGI scope of a request.
VISITOR = "desk.visitor"
_MARK_BYTES = 16


class Visitors:
    """Issues and reads visitor cookies, and remembers which visitor owns which session."""

    def __init__(self, secret: bytes, capacity: int = CAPACITY) -> None:
        self._secret = secret
        self._capacity = capacity
        self._owners: OrderedDict[str, str] = OrderedDict()

    def _signature(self, mark: str) -> str:
        return hmac.new(self._secret, mark.encode(), sha256).hexdigest()[:32]

    def issue(self) -> str:
        """A new cookie value: a random mark and its signature."""
        mark = secrets.token_hex(_MARK_BYTES)
        return f"{mark}.{self._signature(mark)}"

    def read(self, cookie: str) -> str:
        """The visitor's mark, or "" for a cookie that this server did not issue."""
        mark, _, signature = cookie.partition(".")
        good = hmac.compare_digest(signature.encode(), self._signature(mark).encode())
        return mark if mark and good else ""

    def form(self, mark: str) -> str:
        """What a form shown to the visitor carries, so that no other page can send it in their name."""
        return hmac.new(self._secret, f"form {mark}".encode(), sha256).hexdigest()[:32]

    def sent_by(self, mark: str, form: str) -> bool:
        """Whether a form was shown to the visitor who sends it."""
        return bool(mark) and hmac.compare_digest(form.encode(), self.form(mark).encode())

    def owns(self, mark: str, session: str) -> bool:
        """Whether `session` belongs to the visitor; the first to name it becomes its owner."""
        owner = self._owners.pop(session, mark)
        self._owners[session] = owner
        if len(self._owners) > self._capacity:
            self._owners.popitem(last=False)
        return hmac.compare_digest(owner.encode(), mark.encode())
