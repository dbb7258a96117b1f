"""What is kept and for how long; erasure with a proof; restore, and the examination of the desk's own data."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.store import audit, backup, erasing, tickets
from bot.store.anchor import AnchorError, Head, advance, parse_head, read_head
from bot.store.errors import DatabaseError
from bot.store.opening import Data
from bot.store.trail import Problem, problems


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was erased because it was old enough."""

    tickets: int
    contacts: int
    ratings: int


@dataclass(frozen=True, slots=True)
class Proof:
    """That a ticket was erased: the record of the audit log that says so. It holds no text."""

    ticket: int
    texts: int
    record: int
    at: str
    digest: str


class Unsound(DatabaseError):
    """The desk's own data is not as it should be."""


def purge(data: Data, days: int, contact_days: int) -> Purged:
    """Erases closed tickets and ratings older than `days` and contacts older than `contact_days`."""
    now = data.clock()
    before = now - timedelta(days=days)
    with data.database.writing() as transaction:
        old = erasing.due(transaction, before)
        for number in old:
            texts = erasing.erase_ticket(transaction, number)
            data.audit.record(transaction, "desk", "ticket.purged", f"ticket:{number}", {"texts": texts})
        contacts = erasing.erase_contacts(transaction, now - timedelta(days=contact_days))
        ratings = erasing.erase_ratings(transaction, before)
        if contacts or ratings:
            said = {"contacts": contacts, "ratings": ratings}
            data.audit.record(transaction, "desk", "desk.purged", "desk", said)
    erasing.scrub(data.database)
    return Purged(len(old), contacts, ratings)


def erase(data: Data, number: int, by: str) -> Proof:
    """Erases a ticket's texts whatever its state; the proof. Raises NoTicket, DatabaseError."""
    with data.database.writing() as transaction:
        ticket = tickets.get(transaction, number)
        if ticket.erased:
            raise DatabaseError(
                f"ticket {number} is erased already; `desk audit show ticket:{number}` has the proof"
            )
        texts = erasing.erase_ticket(transaction, number)
        if ticket.state not in erasing.CLOSED:
            tickets.change(transaction, number, state="withdrawn", changed=data.clock())
        record = data.audit.record(transaction, by, "ticket.erased", f"ticket:{number}", {"texts": texts})
    erasing.scrub(data.database)
    return Proof(number, texts, record.number, f"{record.at:%Y-%m-%dT%H:%M:%SZ}", record.digest)


def trail(data: Data, *known: Head) -> tuple[int, tuple[Problem, ...]]:
    """How many records the audit log has, and what is wrong with it; `known` are heads noted elsewhere."""
    try:
        anchored = read_head(data.audit.anchor)
    except AnchorError as error:
        raise Unsound(str(error)) from None
    with data.database.reading() as transaction:
        found = tuple(problems(audit.records(transaction), (*filter(None, (anchored,)), *known)))
        count = audit.count(transaction)
    if anchored is None and count:
        found = (*found, Problem("truncated", 0, f"the anchor {data.audit.anchor} is missing"))
    return count, found


def restore(data: Data, path: Path) -> backup.Manifest:
    """Fills the empty database from a backup, sets the anchor to its head, and records that this was done."""
    manifest = backup.restore(data.database, path)
    if manifest.head:
        advance(data.audit.anchor, parse_head(manifest.head), force=True)
    with data.database.writing() as transaction:
        data.audit.record(transaction, "desk", "desk.restored", "desk", {"created": manifest.created})
    return manifest


def examine(data: Data) -> str:
    """One line about the sound database. Raises Unsound, DatabaseError."""
    if wrong := data.database.damage():
        raise Unsound(f"the database is damaged ({wrong}); bring back a backup with `desk restore`")
    count, found = trail(data)
    if found:
        raise Unsound(f"audit log: {found[0].text}; see `desk audit verify`")
    with data.database.reading() as transaction:
        held = sum(tickets.counts(transaction).values())
    return f"{data.database.kind}: {held} tickets, {count} audit records in one chain"
