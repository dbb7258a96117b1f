"""Which documents of the library the staff has accepted, each version for itself, by whom and when."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.database import Transaction

#: Documents looked up in one statement: databases limit its parameters.
_AT_ONCE = 500


class AcceptanceRow(Base):
    """An acceptance as it is stored; `key` stands for source and version, however long a file's name is."""

    __tablename__ = "acceptances"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One version of one document, accepted by somebody."""

    source: str
    version: str
    by: str
    at: datetime


def _key(source: str, version: str) -> str:
    return hashlib.sha256(f"{source}\0{version}".encode()).hexdigest()


def accepted(transaction: Transaction, documents: Collection[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those of the documents, given as (source, version), that are accepted."""
    found: set[tuple[str, str]] = set()
    keys = iter([_key(source, version) for source, version in documents])
    while some := list(islice(keys, _AT_ONCE)):
        query = select(AcceptanceRow.source, AcceptanceRow.version).where(AcceptanceRow.key.in_(some))
        found.update((source, version) for source, version in transaction.execute(query))
    return frozenset(found)


def put_acceptance(transaction: Transaction, one: Acceptance) -> None:
    """Keeps an acceptance of a document that is not accepted yet."""
    key = _key(one.source, one.version)
    transaction.add(AcceptanceRow(key=key, source=one.source, version=one.version, by=one.by, at=one.at))
    transaction.flush()


def acceptances(transaction: Transaction) -> Iterator[Acceptance]:
    """Every acceptance, the oldest first."""
    for row in transaction.scalars(select(AcceptanceRow).order_by(AcceptanceRow.at, AcceptanceRow.key)):
        yield Acceptance(row.source, row.version, row.by, row.at)
