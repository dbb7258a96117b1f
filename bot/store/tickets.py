"""Tickets, the versions of their drafts, overrides and comments."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.database import Transaction


class TicketRow(Base):
    """A question that the staff answer. `salt` goes with its texts when they are erased."""

    __tablename__ = "tickets"
    __table_args__ = (Index("ix_tickets_state_changed", "state", "changed"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    question: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(String(400))
    channel: Mapped[str] = mapped_column(String(20))
    context: Mapped[str] = mapped_column(Text)
    care: Mapped[list[Any]]
    assigned: Mapped[str] = mapped_column(String(200))
    due: Mapped[datetime | None]
    round: Mapped[int]
    version: Mapped[int]
    opened: Mapped[datetime] = mapped_column(index=True)
    changed: Mapped[datetime] = mapped_column(index=True)
    approved_by: Mapped[str] = mapped_column(String(200))
    sent: Mapped[datetime | None]
    salt: Mapped[str] = mapped_column(String(32))
    erased: Mapped[bool]


class VersionRow(Base):
    """One version of a ticket's draft; `body` is the letter as JSON."""

    __tablename__ = "versions"

    ticket: Mapped[int] = mapped_column(ForeignKey("tickets.number", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    round: Mapped[int]
    author: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    body: Mapped[str] = mapped_column(Text)


class OverrideRow(Base):
    """A sentence without support that somebody else than its writers accepted, by name and with a reason."""

    __tablename__ = "overrides"

    number: Mapped[int] = mapped_column(primary_key=True)
    ticket: Mapped[int] = mapped_column(ForeignKey("tickets.number", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    sentence: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)


class CommentRow(Base):
    """What a member of staff says about a ticket."""

    __tablename__ = "comments"

    number: Mapped[int] = mapped_column(primary_key=True)
    ticket: Mapped[int] = mapped_column(ForeignKey("tickets.number", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as it stands."""

    number: int
    state: str
    language: str
    question: str
    contact: str
    channel: str
    context: str
    care: tuple[str, ...]
    assigned: str
    due: datetime | None
    round: int
    version: int
    opened: datetime
    changed: datetime
    approved_by: str
    sent: datetime | None
    salt: str
    erased: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a draft."""

    ticket: int
    version: int
    round: int
    author: str
    at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class Override:
    """An accepted sentence, by the digest of its text."""

    version: int
    sentence: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment."""

    at: datetime
    by: str
    text: str


class NoTicket(LookupError):
    """There is no ticket of that number."""


def _ticket(row: TicketRow) -> Ticket:
    values = {name: getattr(row, name) for name in Ticket.__dataclass_fields__}
    return Ticket(**{**values, "care": tuple(row.care)})


def add(transaction: Transaction, **fields: Any) -> int:
    """A new ticket; its number. The fields are those of a Ticket without its number."""
    row = TicketRow(**{**fields, "care": list(fields["care"])})
    transaction.add(row)
    transaction.flush()
    return row.number


def get(transaction: Transaction, number: int) -> Ticket:
    """The ticket of that number. Raises NoTicket."""
    row = transaction.get(TicketRow, number, populate_existing=True)
    if row is None:
        raise NoTicket(f"there is no ticket {number}")
    return _ticket(row)


def change(transaction: Transaction, number: int, **fields: Any) -> None:
    """Sets fields of a ticket. Raises NoTicket."""
    row = transaction.get(TicketRow, number)
    if row is None:
        raise NoTicket(f"there is no ticket {number}")
    for name, value in fields.items():
        setattr(row, name, value)
    transaction.flush()


def listed(
    transaction: Transaction,
    states: tuple[str, ...] = (),
    assigned: str = "",
    words: str = "",
    first: int = 0,
    most: int = 50,
) -> tuple[Ticket, ...]:
    """Tickets, the latest changed first; `words` is looked for in question and contact as it stands."""
    query = select(TicketRow).order_by(TicketRow.changed.desc(), TicketRow.number.desc())
    if states:
        query = query.where(TicketRow.state.in_(states))
    if assigned:
        query = query.where(TicketRow.assigned == assigned)
    if words:
        query = query.where(
            or_(
                TicketRow.question.contains(words, autoescape=True),
                TicketRow.contact.contains(words, autoescape=True),
            )
        )
    return tuple(map(_ticket, transaction.scalars(query.offset(first).limit(most))))


def questions(transaction: Transaction, after: int, most: int) -> tuple[tuple[int, str], ...]:
    """(number, question) of the newest tickets with a higher number than `after`, at most so many, in order."""
    query = select(TicketRow.number, TicketRow.question).where(TicketRow.number > after)
    rows = transaction.execute(query.order_by(TicketRow.number.desc()).limit(most))
    return tuple((number, question) for number, question in rows)[::-1]


def counts(transaction: Transaction) -> dict[str, int]:
    """How many tickets are in each state."""
    rows = transaction.execute(select(TicketRow.state, func.count()).group_by(TicketRow.state))
    return {state: count for state, count in rows}


def put_version(transaction: Transaction, version: Version) -> None:
    """Keeps a version of a draft."""
    transaction.add(VersionRow(**{n: getattr(version, n) for n in Version.__dataclass_fields__}))
    transaction.flush()


def versions(transaction: Transaction, number: int) -> tuple[Version, ...]:
    """The versions of a ticket's draft in order."""
    rows = transaction.scalars(
        select(VersionRow).where(VersionRow.ticket == number).order_by(VersionRow.version)
    )
    return tuple(Version(r.ticket, r.version, r.round, r.author, r.at, r.body) for r in rows)


def bodies(transaction: Transaction, states: tuple[str, ...]) -> tuple[str, ...]:
    """The current version's body of every ticket in some states."""
    query = (
        select(VersionRow.body)
        .join(TicketRow, TicketRow.number == VersionRow.ticket)
        .where(TicketRow.version == VersionRow.version, TicketRow.state.in_(states))
    )
    return tuple(transaction.scalars(query))


def put_override(transaction: Transaction, number: int, override: Override) -> None:
    """Keeps an override."""
    fields = {n: getattr(override, n) for n in Override.__dataclass_fields__}
    transaction.add(OverrideRow(ticket=number, **fields))
    transaction.flush()


def overrides(transaction: Transaction, number: int) -> tuple[Override, ...]:
    """The overrides of a ticket."""
    rows = transaction.scalars(
        select(OverrideRow).where(OverrideRow.ticket == number).order_by(OverrideRow.number)
    )
    return tuple(Override(r.version, r.sentence, r.by, r.at, r.reason) for r in rows)


def put_comment(transaction: Transaction, number: int, comment: Comment) -> None:
    """Keeps a comment."""
    transaction.add(CommentRow(ticket=number, at=comment.at, by=comment.by, text=comment.text))
    transaction.flush()


def comments(transaction: Transaction, number: int) -> tuple[Comment, ...]:
    """The comments of a ticket in order."""
    rows = transaction.scalars(
        select(CommentRow).where(CommentRow.ticket == number).order_by(CommentRow.number)
    )
    return tuple(Comment(r.at, r.by, r.text) for r in rows)
