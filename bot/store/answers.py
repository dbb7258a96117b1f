"""Approved answers: reviewed replies with the ways to ask for them and the words that they rest on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.database import Transaction


class AnswerRow(Base):
    """A reviewed reply. Answers with one `pair` say the same in two languages."""

    __tablename__ = "answers"

    number: Mapped[int] = mapped_column(primary_key=True)
    ticket: Mapped[int | None] = mapped_column(ForeignKey("tickets.number", ondelete="SET NULL"), index=True)
    pair: Mapped[int | None] = mapped_column(index=True)
    language: Mapped[str] = mapped_column(String(2))
    body: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(200))
    approved_by: Mapped[str] = mapped_column(String(200))
    approved: Mapped[datetime]
    expires: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(20), index=True)
    why: Mapped[str] = mapped_column(Text)
    known: Mapped[list[Any]]


class VariantRow(Base):
    """One way to ask for an answer."""

    __tablename__ = "variants"

    number: Mapped[int] = mapped_column(primary_key=True)
    answer: Mapped[int] = mapped_column(ForeignKey("answers.number", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class Variant:
    """A question that an answer answers."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Approved:
    """A reviewed reply. `known` are the keys of its issuers' works that were in the library when it was approved."""

    number: int
    ticket: int | None
    pair: int | None
    language: str
    body: str
    owner: str
    approved_by: str
    approved: datetime
    expires: datetime | None
    state: str
    why: str
    known: tuple[str, ...]
    variants: tuple[Variant, ...] = ()


class NoAnswer(LookupError):
    """There is no approved answer of that number."""


def _approved(row: AnswerRow, variants: tuple[Variant, ...]) -> Approved:
    names = [name for name in Approved.__dataclass_fields__ if name not in ("known", "variants")]
    return Approved(**{name: getattr(row, name) for name in names}, known=tuple(row.known), variants=variants)


def add(transaction: Transaction, variants: tuple[Variant, ...], **fields: Any) -> int:
    """A new answer; its number. The fields are those of an Approved without number and variants."""
    row = AnswerRow(**{**fields, "known": list(fields["known"])})
    transaction.add(row)
    transaction.flush()
    for one in variants:
        transaction.add(VariantRow(answer=row.number, language=one.language, text=one.text))
    transaction.flush()
    return row.number


def every(transaction: Transaction, states: tuple[str, ...] = ()) -> tuple[Approved, ...]:
    """All answers in order, or those in some states, with their variants."""
    query = select(AnswerRow).order_by(AnswerRow.number)
    if states:
        query = query.where(AnswerRow.state.in_(states))
    rows = list(transaction.scalars(query))
    variants: dict[int, list[Variant]] = {}
    for one in transaction.scalars(select(VariantRow).order_by(VariantRow.number)):
        variants.setdefault(one.answer, []).append(Variant(one.language, one.text))
    return tuple(_approved(row, tuple(variants.get(row.number, ()))) for row in rows)


def get(transaction: Transaction, number: int) -> Approved:
    """The answer of that number. Raises NoAnswer."""
    row = transaction.get(AnswerRow, number)
    if row is None:
        raise NoAnswer(f"there is no approved answer {number}")
    found = transaction.scalars(
        select(VariantRow).where(VariantRow.answer == number).order_by(VariantRow.number)
    )
    return _approved(row, tuple(Variant(one.language, one.text) for one in found))


def change(transaction: Transaction, number: int, **fields: Any) -> None:
    """Sets fields of an answer."""
    transaction.execute(update(AnswerRow).where(AnswerRow.number == number).values(**fields))


def unpair(transaction: Transaction, answer: Approved) -> None:
    """Takes an answer and its twin apart."""
    if answer.pair is not None:
        transaction.execute(update(AnswerRow).where(AnswerRow.pair == answer.pair).values(pair=None))


def of_ticket(transaction: Transaction, ticket: int) -> tuple[int, ...]:
    """The answers that came of a ticket and are not retired."""
    found = select(AnswerRow.number).where(AnswerRow.ticket == ticket, AnswerRow.state != "retired")
    return tuple(transaction.scalars(found))
