"""Accounts and the tokens of the API. Passwords and tokens are kept as hashes alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.database import Transaction


class AccountRow(Base):
    """An account as it is stored."""

    __tablename__ = "accounts"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    password: Mapped[str] = mapped_column(String(200))
    disabled: Mapped[bool]
    made: Mapped[datetime]


class TokenRow(Base):
    """A token as it is stored: `key` is the SHA-256 of what its holder sends."""

    __tablename__ = "tokens"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[str] = mapped_column(String(100), index=True)
    made: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Account:
    """An account without its secrets; `tokens` says how many it has."""

    name: str
    role: str
    disabled: bool
    made: datetime
    tokens: int = 0


def find(transaction: Transaction, name: str) -> tuple[Account, str] | None:
    """An account and its password's hash."""
    row = transaction.get(AccountRow, name)
    return (Account(row.name, row.role, row.disabled, row.made), row.password) if row else None


def add(transaction: Transaction, account: Account, password: str) -> None:
    """A new account, with the hash of its password."""
    row = AccountRow(
        name=account.name,
        role=account.role,
        password=password,
        disabled=account.disabled,
        made=account.made,
    )
    transaction.add(row)
    transaction.flush()


def change(
    transaction: Transaction,
    name: str,
    *,
    password: str | None = None,
    role: str | None = None,
    disabled: bool | None = None,
) -> bool:
    """Changes what is given; False where there is no such account."""
    given = {"password": password, "role": role, "disabled": disabled}
    row = transaction.get(AccountRow, name)
    if row is None:
        return False
    for field, value in given.items():
        if value is not None:
            setattr(row, field, value)
    transaction.flush()
    return True


def every(transaction: Transaction) -> tuple[Account, ...]:
    """All accounts by name."""
    tokens = list(transaction.scalars(select(TokenRow.account)))
    rows = transaction.scalars(select(AccountRow).order_by(AccountRow.name))
    return tuple(Account(r.name, r.role, r.disabled, r.made, tokens.count(r.name)) for r in rows)


def add_token(transaction: Transaction, key: str, account: str, made: datetime) -> None:
    """A new token of an account."""
    transaction.add(TokenRow(key=key, account=account, made=made))
    transaction.flush()


def drop_tokens(transaction: Transaction, account: str) -> int:
    """Removes every token of an account and says how many there were."""
    keys = list(transaction.scalars(select(TokenRow.key).where(TokenRow.account == account)))
    transaction.execute(delete(TokenRow).where(TokenRow.account == account))
    return len(keys)


def by_token(transaction: Transaction, key: str) -> Account | None:
    """The account that a token belongs to, disabled or not."""
    query = select(AccountRow).join(TokenRow, TokenRow.account == AccountRow.name).where(TokenRow.key == key)
    row = transaction.scalar(query)
    return Account(row.name, row.role, row.disabled, row.made) if row else None


def rehash(transaction: Transaction, name: str, old: str, new: str) -> None:
    """Another hash of the same password, unless the password was changed meanwhile."""
    same = (AccountRow.name == name, AccountRow.password == old)
    transaction.execute(update(AccountRow).where(*same).values(password=new))
