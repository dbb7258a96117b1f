"""Who is logged in, and which names and addresses have failed to. A login is kept as the hash of its secret."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, String, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.accounts import Account, AccountRow
from bot.store.base import Base
from bot.store.database import Transaction


class LoginRow(Base):
    """A login as it is stored: `key` is the SHA-256 of the cookie's value."""

    __tablename__ = "logins"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[str] = mapped_column(String(100), index=True)
    began: Mapped[datetime]
    seen: Mapped[datetime] = mapped_column(index=True)


class AttemptRow(Base):
    """Attempts in a row that failed, by the hash of an account's name or by an address."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    last: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True, slots=True)
class Login:
    """A login and the account that it is of."""

    account: Account
    began: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class Attempts:
    """How often in a row something failed, and when last."""

    count: int
    last: datetime


def add(transaction: Transaction, key: str, account: str, now: datetime) -> None:
    """A new login."""
    transaction.add(LoginRow(key=key, account=account, began=now, seen=now))
    transaction.flush()


def find(transaction: Transaction, key: str) -> Login | None:
    """The login of that key, expired or not."""
    query = (
        select(LoginRow, AccountRow)
        .join(AccountRow, AccountRow.name == LoginRow.account)
        .where(LoginRow.key == key)
    )
    found = transaction.execute(query).first()
    if found is None:
        return None
    login, account = found
    held = Account(account.name, account.role, account.disabled, account.made)
    return Login(held, login.began, login.seen)


def touch(transaction: Transaction, key: str, now: datetime) -> None:
    """Notes that a login was used."""
    transaction.execute(update(LoginRow).where(LoginRow.key == key).values(seen=now))


def end(transaction: Transaction, key: str) -> None:
    """Ends one login."""
    transaction.execute(delete(LoginRow).where(LoginRow.key == key))


def end_all(transaction: Transaction, account: str) -> None:
    """Ends every login of an account."""
    transaction.execute(delete(LoginRow).where(LoginRow.account == account))


def forget(transaction: Transaction, began: datetime, seen: datetime, tried: datetime) -> None:
    """Drops logins that began or were seen before these moments, and attempts that lie before `tried`."""
    transaction.execute(delete(LoginRow).where(or_(LoginRow.began < began, LoginRow.seen < seen)))
    transaction.execute(delete(AttemptRow).where(AttemptRow.last < tried))


def attempts(transaction: Transaction, key: str) -> Attempts | None:
    """What is known of a key's attempts."""
    row = transaction.get(AttemptRow, key)
    return Attempts(row.count, row.last) if row else None


def put_attempts(transaction: Transaction, key: str, count: int, last: datetime) -> None:
    """Sets what is known of a key's attempts; none where `count` is 0."""
    row = transaction.get(AttemptRow, key)
    if count <= 0:
        transaction.execute(delete(AttemptRow).where(AttemptRow.key == key))
    elif row is None:
        transaction.add(AttemptRow(key=key, count=count, last=last))
    else:
        row.count, row.last = count, last
    transaction.flush()
