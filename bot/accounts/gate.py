"""Who a request comes from, as the guard asks it; and the gate of a desk where nobody can log in."""

from typing import Protocol

from bot.accounts.roles import NOBODY, Who
from bot.web.request import Seen

#: The cookie that holds a login's secret.
LOGIN_COOKIE = "desk_login"


class Gate(Protocol):
    """Finds out who is asking."""

    @property
    def chat_open(self) -> bool:
        """Whether anyone may ask, or only who logged in."""
        ...

    async def who(self, seen: Seen) -> Who:
        """Who sends this request: NOBODY for a cookie, token or header that proves nothing."""
        ...


class OpenGate:
    """No accounts: anyone may ask, and the rooms stay closed."""

    chat_open = True

    async def who(self, seen: Seen) -> Who:
        """Nobody, always."""
        return NOBODY
