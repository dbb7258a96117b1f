"""Who a request comes from on a desk with accounts: by token, by a proxy that is believed, or by the login's cookie."""

from functools import partial

from anyio.to_thread import run_sync

from bot.accounts.accounts import Accounts
from bot.accounts.gate import LOGIN_COOKIE
from bot.accounts.logins import Logins
from bot.accounts.proxy import Proxies
from bot.accounts.roles import NOBODY, Who
from bot.store.opening import Data
from bot.web.request import Seen


class People:
    """The gate of a desk with accounts. A request with a token is judged by it alone."""

    def __init__(self, accounts: Accounts, logins: Logins, proxies: Proxies, chat_open: bool) -> None:
        self.accounts = accounts
        self.logins = logins
        self.proxies = proxies
        self.chat_open = chat_open

    def can_log_in(self) -> bool:
        """Whether there is an open account, or a proxy that says who somebody is. Raises DatabaseError."""
        return bool(self.proxies.user) or any(not one.disabled for one in self.accounts.every())

    async def who(self, seen: Seen) -> Who:
        """Who sends this request. Raises DatabaseError."""
        if seen.token:
            return await run_sync(partial(self.accounts.by_token, seen.token))
        if seen.proxied and (who := self.proxies.who(seen.headers)).known:
            return who
        secret = seen.cookies.get(LOGIN_COOKIE, "")
        return await run_sync(partial(self.logins.find, secret)) if secret else NOBODY


def people(data: Data, proxies: Proxies, chat_open: bool) -> People:
    """The gate over an open database."""
    return People(Accounts(data), Logins(data), proxies, chat_open)
