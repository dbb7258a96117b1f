"""What visitors thought of answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.database import Transaction


class RatingRow(Base):
    """What a visitor thought of an answer."""

    __tablename__ = "ratings"

    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    liked: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    status: Mapped[str] = mapped_column(String(10))
    edition: Mapped[str] = mapped_column(String(40))
    sources: Mapped[list[Any]]


@dataclass(frozen=True, slots=True)
class Rating:
    """A visitor's opinion of an answer."""

    at: datetime
    liked: bool
    reason: str
    question: str
    language: str
    status: str
    edition: str
    sources: tuple[str, ...]


def put_rating(transaction: Transaction, rating: Rating) -> None:
    """Keeps a rating."""
    fields = {n: getattr(rating, n) for n in Rating.__dataclass_fields__}
    transaction.add(RatingRow(**{**fields, "sources": list(rating.sources)}))
    transaction.flush()


def ratings(transaction: Transaction) -> tuple[Rating, ...]:
    """All ratings in order."""
    rows = transaction.scalars(select(RatingRow).order_by(RatingRow.number))
    return tuple(
        Rating(r.at, r.liked, r.reason, r.question, r.language, r.status, r.edition, tuple(r.sources))
        for r in rows
    )
