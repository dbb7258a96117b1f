"""The audit log: who did what to what, each record chained to the one before by SHA-256.

A record holds names, numbers, states and digests, never the text of a question or an answer, so that erasing
these leaves the chain whole.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import String, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.anchor import Head, follow
from bot.store.base import Base, Clock, written
from bot.store.database import Transaction, after_commit

#: What the first record follows.
NOTHING = "0" * 64
#: A clock that is behind the last record by no more than this is taken to be that record's.
SLACK = timedelta(seconds=2)

#: What a record may say besides its subject.
Detail = Mapping[str, str | int | bool | None]


class AuditRow(Base):
    """A record as it is stored."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(100))
    subject: Mapped[str] = mapped_column(String(200), index=True)
    detail: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the log. `detail` is canonical JSON."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str
    previous: str
    digest: str


def digest_of(
    number: int, at: datetime, actor: str, action: str, subject: str, detail: str, prev: str
) -> str:
    """The digest of a record: SHA-256 over its fields and the digest before it, as canonical JSON."""
    fields = [number, written(at), actor, action, subject, detail, prev]
    return hashlib.sha256(_canonical(fields).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def head(transaction: Transaction) -> Head | None:
    """The last record's number and digest; None for an empty log."""
    row = transaction.execute(
        select(AuditRow.number, AuditRow.digest).order_by(AuditRow.number.desc()).limit(1)
    ).first()
    return Head(row.number, row.digest) if row else None


def records(transaction: Transaction, subject: str = "", at_once: int = 1_000) -> Iterator[Record]:
    """The records in order, all or those about one subject. Not all at once in memory."""
    query = select(AuditRow).order_by(AuditRow.number)
    if subject:
        query = query.where(AuditRow.subject == subject)
    else:
        query = query.execution_options(yield_per=at_once)
    for row in transaction.scalars(query):
        fields = (
            row.number,
            row.at,
            row.actor,
            row.action,
            row.subject,
            row.detail,
            row.previous,
            row.digest,
        )
        yield Record(*fields)


def count(transaction: Transaction) -> int:
    """How many records there are."""
    return transaction.scalar(select(func.count()).select_from(AuditRow)) or 0


class Audit:
    """Writes the log. `anchor` is the file that keeps its head outside the database."""

    def __init__(self, anchor: Path, clock: Clock) -> None:
        self.anchor = anchor
        self._clock = clock

    def record(
        self, transaction: Transaction, actor: str, action: str, subject: str, detail: Detail | None = None
    ) -> Record:
        """Appends a record within a writing transaction, with whose commit it comes to be."""
        transaction.flush()
        last = transaction.scalar(select(AuditRow).order_by(AuditRow.number.desc()).limit(1))
        number, previous = (last.number + 1, last.digest) if last else (1, NOTHING)
        at = self._clock()
        if last and last.at - SLACK <= at < last.at:
            at = last.at
        at = datetime.fromisoformat(written(at))
        said = _canonical(dict(detail or {}))
        digest = digest_of(number, at, actor, action, subject, said, previous)
        record = Record(number, at, actor, action, subject, said, previous, digest)
        transaction.add(
            AuditRow(
                number=number,
                at=at,
                actor=actor,
                action=action,
                subject=subject,
                detail=said,
                previous=previous,
                digest=digest,
            )
        )
        transaction.flush()
        after_commit(transaction, "anchor", lambda: follow(self.anchor, Head(number, digest)))
        return record
