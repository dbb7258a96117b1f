"""Takes people's words out of the database for good: by age, or of one ticket. What was done stays, without the words."""

from datetime import datetime

from sqlalchemy import delete, select, text, update

from bot.store.answers import AnswerRow, VariantRow
from bot.store.database import Database, Transaction
from bot.store.ratings import RatingRow
from bot.store.tickets import CommentRow, OverrideRow, TicketRow, VersionRow

#: States in which a ticket is done with.
CLOSED = ("sent", "withdrawn")
_TABLES = ("tickets", "versions", "overrides", "comments", "ratings", "variants")


def due(transaction: Transaction, before: datetime) -> tuple[int, ...]:
    """Closed tickets that were last changed before a moment and still hold texts."""
    query = select(TicketRow.number).where(
        TicketRow.state.in_(CLOSED), TicketRow.changed < before, TicketRow.erased.is_(False)
    )
    return tuple(transaction.scalars(query.order_by(TicketRow.number)))


def erase_ticket(transaction: Transaction, number: int) -> int:
    """Erases all texts of a ticket, its salt, and the ways to ask that repeat its question; how many texts there were."""
    row = transaction.get(TicketRow, number)
    if row is None or row.erased:
        return 0
    question, answers = row.question, select(AnswerRow.number).where(AnswerRow.ticket == number)
    texts = sum(bool(part) for part in (row.question, row.contact, row.context))
    row.question = row.contact = row.context = row.salt = ""
    row.care, row.erased = [], True
    transaction.flush()
    for statement in (
        delete(VersionRow).where(VersionRow.ticket == number),
        update(OverrideRow).where(OverrideRow.ticket == number).values(reason=""),
        update(CommentRow).where(CommentRow.ticket == number).values(text=""),
        delete(VariantRow).where(VariantRow.answer.in_(answers), VariantRow.text == question),
    ):
        texts += transaction.execute(statement).rowcount  # type: ignore[attr-defined]
    return texts


def erase_contacts(transaction: Transaction, before: datetime) -> int:
    """Erases the contacts of closed tickets that were last changed before a moment; how many."""
    statement = (
        update(TicketRow)
        .where(TicketRow.state.in_(CLOSED), TicketRow.changed < before, TicketRow.contact != "")
        .values(contact="")
    )
    return int(transaction.execute(statement).rowcount)  # type: ignore[attr-defined]


def erase_ratings(transaction: Transaction, before: datetime) -> int:
    """Erases questions and reasons of ratings given before a moment; how many."""
    held = (RatingRow.question != "") | (RatingRow.reason != "")
    statement = update(RatingRow).where(RatingRow.at < before, held).values(question="", reason="")
    return int(transaction.execute(statement).rowcount)  # type: ignore[attr-defined]


def scrub(database: Database) -> None:
    """Rewrites the database's files, so that what was erased is in none of them. To be called after the commit."""
    with database.alone() as connection:
        if database.sqlite:
            connection.execute(text("VACUUM"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        else:
            connection.execute(text(f"VACUUM FULL {', '.join(_TABLES)}"))
