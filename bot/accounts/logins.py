"""Logging in and out: attempts are counted before a password is looked at, and a login ends on the server.

Unknown names take as long as known ones and count like them, so that nobody learns from it which exist.
"""

import hashlib
import ipaddress
import logging
import secrets
from dataclasses import dataclass
from datetime import timedelta

from bot.accounts.accounts import key_of
from bot.accounts.passwords import hash_password, matches, nobodys_hash, outdated
from bot.accounts.roles import NOBODY, Who, role_of
from bot.store import accounts, logins
from bot.store.database import Transaction
from bot.store.opening import Data

LOG = logging.getLogger("desk.login")

#: A login that is not used for so long ends, and every login ends after so long.
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=8)
#: How often the use of a login is noted.
NOTED = timedelta(minutes=1)
#: Attempts that may fail without a wait; each one more doubles the wait, up to the last figure.
FREE, FIRST_WAIT, LAST_WAIT = 5, timedelta(seconds=30), timedelta(minutes=15)
#: Failures are forgotten after so long.
FORGOTTEN = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Name and password do not fit, or are not asked for now: then `wait` says for how many seconds."""

    wait: int = 0


@dataclass(frozen=True, slots=True)
class Begun:
    """A login has begun; `secret` is what its cookie holds."""

    secret: str
    who: Who


class Logins:
    """The logins of the desk."""

    def __init__(self, data: Data) -> None:
        self._data = data
        self._nobody = nobodys_hash()

    def begin(self, name: str, password: str, address: str, before: str = "") -> Begun | Wrong:
        """Logs in. `before` is the login's secret that the browser held until now: that login ends."""
        name = name.strip().lower()[:200]
        keys = (_name_key(name), _address_key(address))
        if wait := self._count(keys):
            LOG.warning("a login was not tried: too many attempts", extra={"desk": {"address": address}})
            return Wrong(wait)
        with self._data.database.reading() as transaction:
            found = accounts.find(transaction, name)
        hashed = found[1] if found else self._nobody
        if not matches(hashed, password) or found is None or found[0].disabled:
            LOG.warning("a login failed", extra={"desk": {"address": address}})
            return Wrong()
        fresh = hash_password(password) if outdated(hashed) else ""
        return self._begin(name, hashed, fresh, keys, before)

    def _begin(self, name: str, hashed: str, fresh: str, keys: tuple[str, str], before: str) -> Begun | Wrong:
        secret, now = secrets.token_urlsafe(32), self._data.clock()
        with self._data.database.writing() as transaction:
            found = accounts.find(transaction, name)
            if found is None or found[0].disabled or found[1] != hashed:
                return Wrong()  # closed or changed while the password was compared
            if fresh:
                accounts.rehash(transaction, name, hashed, fresh)
            self._cleared(transaction, keys)
            logins.forget(transaction, now - LONGEST, now - IDLE, now - FORGOTTEN)
            if before:
                logins.end(transaction, key_of(before))
            logins.add(transaction, key_of(secret), name, now)
            self._data.audit.record(transaction, name, "login", f"account:{name}")
        return Begun(secret, _who(found[0].name, found[0].role, key_of(secret)))

    def find(self, secret: str) -> Who:
        """Who holds this login; NOBODY when it has ended, was never ours, or its account is closed."""
        if not secret:
            return NOBODY
        key, now = key_of(secret), self._data.clock()
        with self._data.database.reading() as transaction:
            login = logins.find(transaction, key)
        if login is None or login.account.disabled:
            return NOBODY
        if now - login.began >= LONGEST or now - login.seen >= IDLE:
            return NOBODY
        if now - login.seen >= NOTED:
            with self._data.database.writing() as transaction:
                logins.touch(transaction, key, now)
        return _who(login.account.name, login.account.role, key)

    def end(self, secret: str) -> None:
        """Logs out."""
        with self._data.database.writing() as transaction:
            login = logins.find(transaction, key_of(secret))
            logins.end(transaction, key_of(secret))
            if login:
                name = login.account.name
                self._data.audit.record(transaction, name, "logout", f"account:{name}")

    def _count(self, keys: tuple[str, str]) -> int:
        """Counts an attempt as failed until it succeeds; the seconds to wait where none is allowed now."""
        now = self._data.clock()
        with self._data.database.writing() as transaction:
            known = [(key, logins.attempts(transaction, key)) for key in keys]
            counts = [(key, n.count if n and now - n.last < FORGOTTEN else 0) for key, n in known]
            waits = (
                (n.last + wait_after(count) - now).total_seconds()
                for (_, n), (_, count) in zip(known, counts, strict=True)
                if n and count >= FREE
            )
            wait = max(waits, default=0.0)
            if wait > 0:
                return int(wait) + 1
            for key, count in counts:
                logins.put_attempts(transaction, key, count + 1, now)
        return 0

    def _cleared(self, transaction: Transaction, keys: tuple[str, str]) -> None:
        """After a success: the account's count is gone, the address's is one less (others may sit behind it)."""
        by_name, by_address = keys
        logins.put_attempts(transaction, by_name, 0, self._data.clock())
        found = logins.attempts(transaction, by_address)
        if found:
            logins.put_attempts(transaction, by_address, found.count - 1, found.last)


def wait_after(count: int) -> timedelta:
    """How long the next attempt has to wait after so many that failed."""
    return min(FIRST_WAIT * 2 ** min(max(count - FREE, 0), 20), LAST_WAIT) if count >= FREE else timedelta()


def _who(name: str, role: str, key: str) -> Who:
    return Who(name, role_of(role), f"login:{key[:32]}")


def _name_key(name: str) -> str:
    return "name:" + hashlib.sha256(name.encode()).hexdigest()


def _address_key(address: str) -> str:
    """An address, and for IPv6 its network: one household or campus has 2**64 of them."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "address:unknown"
    wide = ipaddress.ip_network(f"{found}/{64 if found.version == 6 else 32}", strict=False)
    return f"address:{wide}"
