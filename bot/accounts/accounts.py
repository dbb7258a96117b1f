"""What is done to accounts, from the command line: each change is one transaction with its record in the audit log."""

import hashlib
import re
import secrets

from bot.accounts.passwords import check_password, hash_password
from bot.accounts.roles import NOBODY, Role, Who, role_of
from bot.store import accounts, logins
from bot.store.accounts import Account
from bot.store.database import Transaction
from bot.store.opening import Data

#: Names of accounts: what people type and logs show.
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,99}", re.ASCII)
#: What a token begins with, so that one that leaked is recognised.
TOKEN = "desk_"


class AccountError(ValueError):
    """What was asked for an account cannot be done; the message says why."""


def key_of(secret: str) -> str:
    """What is stored of a random secret. It has 256 bits, so that a fast hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def account_name(text: str) -> str:
    """A name as it is stored. Raises AccountError."""
    name = text.strip().lower()
    if not _NAME.fullmatch(name):
        raise AccountError(
            "a name has up to 100 letters a-z, digits and . _ @ - and begins with a letter or digit"
        )
    return name


class Accounts:
    """The accounts of the desk. `actor` is named in the audit log."""

    def __init__(self, data: Data, actor: str = "console") -> None:
        self._data = data
        self._actor = actor

    def add(self, name: str, role: Role, password: str) -> None:
        """A new account. Raises AccountError, WeakPassword."""
        name = account_name(name)
        check_password(name, password)
        hashed = hash_password(password)
        with self._data.database.writing() as transaction:
            if accounts.find(transaction, name):
                raise AccountError(f"there is an account {name} already")
            accounts.add(transaction, Account(name, role, False, self._data.clock()), hashed)
            self._record(transaction, "account.add", name, role=role)

    def set_password(self, name: str, password: str) -> None:
        """Another password; whoever is logged in with the old one is logged out. Raises AccountError, WeakPassword."""
        name = account_name(name)
        check_password(name, password)
        hashed = hash_password(password)
        with self._data.database.writing() as transaction:
            self._change(transaction, name, "account.password", password=hashed)

    def set_role(self, name: str, role: Role) -> None:
        """Another role, from the next login on: the present ones end. Raises AccountError."""
        with self._data.database.writing() as transaction:
            self._change(transaction, account_name(name), "account.role", role=role)

    def set_disabled(self, name: str, disabled: bool) -> None:
        """Closes an account with its logins and tokens, or opens it again. Raises AccountError."""
        name = account_name(name)
        with self._data.database.writing() as transaction:
            action = "account.disable" if disabled else "account.enable"
            self._change(transaction, name, action, disabled=disabled)
            if disabled:
                accounts.drop_tokens(transaction, name)

    def token(self, name: str) -> str:
        """A new token of an account, which is shown once and kept as a hash. Raises AccountError."""
        name, secret = account_name(name), TOKEN + secrets.token_urlsafe(32)
        with self._data.database.writing() as transaction:
            found = accounts.find(transaction, name)
            if found is None or found[0].disabled:
                raise AccountError(f"there is no open account {name}")
            accounts.add_token(transaction, key_of(secret), name, self._data.clock())
            self._record(transaction, "token.add", name)
        return secret

    def drop_tokens(self, name: str) -> int:
        """Makes every token of an account worthless; how many there were."""
        name = account_name(name)
        with self._data.database.writing() as transaction:
            dropped = accounts.drop_tokens(transaction, name)
            self._record(transaction, "token.drop", name, tokens=dropped)
        return dropped

    def every(self) -> tuple[Account, ...]:
        """All accounts by name."""
        with self._data.database.reading() as transaction:
            return accounts.every(transaction)

    def by_token(self, secret: str) -> Who:
        """Whose token that is; NOBODY for a wrong one and for a closed account."""
        if not secret.startswith(TOKEN):
            return NOBODY
        key = key_of(secret)
        with self._data.database.reading() as transaction:
            found = accounts.by_token(transaction, key)
        if found is None or found.disabled:
            return NOBODY
        return Who(found.name, role_of(found.role), f"token:{key[:16]}")

    def _change(
        self,
        transaction: Transaction,
        name: str,
        action: str,
        *,
        password: str | None = None,
        role: str | None = None,
        disabled: bool | None = None,
    ) -> None:
        if not accounts.change(transaction, name, password=password, role=role, disabled=disabled):
            raise AccountError(f"there is no account {name}")
        logins.end_all(transaction, name)
        self._record(transaction, action, name, **({"role": role} if role else {}))

    def _record(self, transaction: Transaction, action: str, name: str, **detail: str | int) -> None:
        self._data.audit.record(transaction, self._actor, action, f"account:{name}", detail)
