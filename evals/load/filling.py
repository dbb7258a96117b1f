"""Fills a desk with tickets of every state and age, each with its draft and its record in the audit log."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle, islice

from bot.desk.letter import Letter, dumped, seal
from bot.desk.triage import triage
from bot.store import tickets
from bot.store.opening import Data
from bot.store.tickets import Version

#: States in turn: of ten tickets six are sent, and two wait for somebody's approval.
STATES = ("sent", "in review", "sent", "new", "sent", "drafted", "sent", "in review", "sent", "sent")
#: Who wrote the drafts: nobody who approves them.
AUTHOR = "author"
_AT_ONCE = 500


def fill(data: Data, count: int, letters: Sequence[tuple[str, Letter]]) -> None:
    """Adds `count` tickets out of questions with their letters, in turn, opened over the last two years."""
    parts = zip(range(count), cycle(letters), cycle(STATES), strict=False)
    while some := tuple(islice(parts, _AT_ONCE)):
        with data.database.writing() as transaction:
            for at, (question, letter), state in some:
                asked, written = f"{question}（{at + 1}）", state != "new"
                opened = data.clock() - timedelta(days=730) * (1 - at / count)
                salt, body = secrets.token_hex(16), dumped(letter)
                number = tickets.add(
                    transaction,
                    state=state,
                    language=letter.language,
                    question=asked,
                    contact=f"visitor-{at}@example.ac.jp",
                    channel="chat",
                    context="",
                    care=triage(asked),
                    assigned="",
                    due=None,
                    round=1,
                    version=int(written),
                    opened=opened,
                    changed=opened + timedelta(hours=at % 72),
                    approved_by="approver" if state == "sent" else "",
                    sent=opened + timedelta(hours=at % 72) if state == "sent" else None,
                    salt=salt,
                    erased=False,
                )
                if written:
                    tickets.put_version(transaction, Version(number, 1, 1, AUTHOR, opened, body))
                said = {"question": seal(salt, asked)}
                data.audit.record(transaction, AUTHOR, "ticket.new", f"ticket:{number}", said)


def waiting(data: Data, most: int) -> tuple[int, ...]:
    """Numbers of tickets that wait for an approval, in the order that the page lists them."""
    with data.database.reading() as transaction:
        return tuple(one.number for one in tickets.listed(transaction, ("in review",), most=most))
