"""The staff desk's work on tickets: each action is one transaction with its audit record, allowed by `rules` alone.

Work that takes long (drafting, checking) is done before the transaction begins, and the ticket must still be as it
was when it ends: `seen` is the number of changes that the caller has looked at.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime

from bot.desk.file import Conflict, File, OfficeError, bounded
from bot.desk.letter import (
    Letter,
    dumped,
    edited,
    from_answer,
    seal,
    sentence_key,
    tidy,
    to_answer,
    with_waiting,
)
from bot.desk.rules import Action, Actor, NotPermitted, after
from bot.desk.triage import triage
from bot.desk.writer import Writer
from bot.store import ratings, tickets
from bot.store.audit import Detail
from bot.store.database import Transaction
from bot.store.opening import Data
from bot.store.ratings import Rating
from bot.store.tickets import Comment, Override, Ticket, Version
from bot.types import Answer
from ingest.language import language_of
from ingest.types import Language

#: Characters of a question, a contact, a comment or reason.
QUESTION, CONTACT, REMARK = 4_000, 400, 2_000
CHANNELS = ("chat", "api", "hand")


class Office:
    """Tickets and what is done with them. Safe to use from many threads and processes."""

    def __init__(self, data: Data, writer: Writer) -> None:
        self.data = data
        self.writer = writer

    # -- from outside

    def escalate(
        self,
        question: str,
        *,
        contact: str = "",
        context: str = "",
        channel: str = "chat",
        by: str = "visitor",
    ) -> int:
        """A new ticket with a question for the staff; its number. Raises OfficeError, DatabaseError.

        `context` is what the desk answered in the chat. `by` is the account that asked, "visitor" for none.
        """
        question, contact = bounded(question, QUESTION), bounded(contact, CONTACT)
        if not any(char.isalnum() for char in question):
            raise OfficeError("Please write a question.", "質問を入力してください。")
        if channel not in CHANNELS:
            raise OfficeError(
                "The channel is chat, api or hand.", "受付経路は chat、api、hand のいずれかです。"
            )
        now, salt, care = self.data.clock(), secrets.token_hex(16), triage(question)
        with self.data.database.writing() as transaction:
            number = tickets.add(
                transaction,
                state="new",
                language=language_of(question),
                question=question,
                contact=contact,
                channel=channel,
                context=context[:20_000],
                care=care,
                assigned="",
                due=None,
                round=1,
                version=0,
                opened=now,
                changed=now,
                approved_by="",
                sent=None,
                salt=salt,
                erased=False,
            )
            said = {"channel": channel, "care": ", ".join(care), "question": seal(salt, question)}
            self._log(transaction, by, "new", number, said)
        return number

    def rate(self, answer: Answer, liked: bool, reason: str = "") -> None:
        """Keeps what a visitor thought of an answer. Raises OfficeError, DatabaseError."""
        rating = Rating(
            at=self.data.clock(),
            liked=liked,
            reason=bounded(reason, REMARK),
            question=answer.question[:QUESTION],
            language=answer.language,
            status=answer.status,
            edition=answer.edition,
            sources=tuple(dict.fromkeys(c.quote.passage.source for c in answer.citations)),
        )
        with self.data.database.writing() as transaction:
            ratings.put_rating(transaction, rating)

    # -- looking

    def file(self, number: int) -> File:
        """All about one ticket. Raises NoTicket."""
        with self.data.database.reading() as transaction:
            return self._file(transaction, number)

    def listed(
        self,
        states: tuple[str, ...] = (),
        assigned: str = "",
        words: str = "",
        first: int = 0,
        most: int = 50,
    ) -> tuple[Ticket, ...]:
        """Tickets, the latest changed first."""
        with self.data.database.reading() as transaction:
            return tickets.listed(transaction, states, assigned, words, first, most)

    def packet(self, file: File) -> bytes:
        """The evidence packet of an approved or sent reply. Raises NotPermitted, PacketError."""
        if file.ticket.state not in ("approved", "sent") or not file.letter or not file.letter.statements:
            raise NotPermitted("state")
        letter = self.as_now(file.letter)
        return self.writer.packet(to_answer(letter, file.ticket.question, self.writer.edition()))

    def as_now(self, letter: Letter) -> Letter:
        """A letter with what is to be said today of its sources that wait to be accepted. Raises DatabaseError."""
        return with_waiting(tidy(letter), self.writer.waiting())

    def counts(self) -> dict[str, int]:
        """How many tickets are in each state."""
        with self.data.database.reading() as transaction:
            return tickets.counts(transaction)

    # -- working

    def draft(self, number: int, who: Actor, remarks: str = "") -> File:
        """Writes a draft by the answering path and keeps it as a new version. Raises NotPermitted, OfficeError."""
        file = self.file(number)
        after("draft", file.situation, who)
        answer = self.writer.draft(file.ticket.question, bounded(remarks, REMARK))
        return self._keep(file, who, from_answer(answer, _language(file.ticket)))

    def edit(
        self, number: int, who: Actor, text: str, letter: Letter | None = None, seen: int | None = None
    ) -> File:
        """Keeps `text` as a new version, every line checked; `letter` has the sources that its marks name.

        `seen` is the version that `text` is an edit of. Raises NotPermitted, LetterError, Conflict.
        """
        file = self.file(number)
        after("draft", file.situation, who)
        if seen is not None and seen != file.ticket.version:
            raise Conflict(file)
        base = letter or file.letter or Letter(_language(file.ticket), edition=self.writer.edition())
        return self._keep(file, who, edited(base, text, self.writer.check))

    def _keep(self, seen: File, who: Actor, letter: Letter) -> File:
        with self.data.database.writing() as transaction:
            file = self._file(transaction, seen.ticket.number)
            state = after("draft", file.situation, who)
            ticket = file.ticket
            if ticket.version != seen.ticket.version:
                raise Conflict(file)
            version, now, body = ticket.version + 1, self.data.clock(), dumped(letter)
            kept = Version(ticket.number, version, ticket.round, who.name, now, body)
            tickets.put_version(transaction, kept)
            tickets.change(transaction, ticket.number, state=state, version=version, changed=now)
            said: Detail = {
                "version": version,
                "text": seal(ticket.salt, body),
                "unsupported": len(letter.unsupported),
            }
            self._log(transaction, who.name, "draft", ticket.number, said)
            return self._file(transaction, ticket.number)

    def act(self, number: int, who: Actor, action: Action, reason: str = "", seen: int | None = None) -> File:
        """submit, return, approve, send, withdraw or reopen. Raises NotPermitted, OfficeError, NoTicket.

        `seen` is the version that the caller looked at: what is approved is what was read.
        """
        reason = bounded(reason, REMARK)
        with self.data.database.writing() as transaction:
            file = self._file(transaction, number)
            if seen is not None and seen != file.ticket.version:
                raise OfficeError(
                    "The draft has changed since you opened it; please read it again.",
                    "開いた後に下書きが変わりました。もう一度確認してください。",
                )
            state, now = after(action, file.situation, who, reason), self.data.clock()
            tickets.change(transaction, number, state=state, changed=now, **_effects(action, file, who, now))
            if reason:
                tickets.put_comment(transaction, number, Comment(now, who.name, reason))
            said: Detail = {"state": state, "version": file.ticket.version, "reason": _sealed(file, reason)}
            self._log(transaction, who.name, action, number, said)
            return self._file(transaction, number)

    def override(self, number: int, who: Actor, sentence: str, reason: str) -> File:
        """Accepts a sentence of the current version without support. Raises NotPermitted, OfficeError."""
        reason = bounded(reason, REMARK)
        with self.data.database.writing() as transaction:
            file = self._file(transaction, number)
            after("override", file.situation, who, reason)
            if sentence not in file.open_sentences:
                raise OfficeError("The draft has no such open sentence.", "該当する未確認の文はありません。")
            now, key = self.data.clock(), sentence_key(sentence)
            kept = Override(file.ticket.version, key, who.name, now, reason)
            tickets.put_override(transaction, number, kept)
            tickets.change(transaction, number, changed=now)
            said: Detail = {
                "version": file.ticket.version,
                "sentence": seal(file.ticket.salt, sentence),
                "reason": _sealed(file, reason),
            }
            self._log(transaction, who.name, "override", number, said)
            return self._file(transaction, number)

    def comment(self, number: int, who: Actor, text: str) -> File:
        """Adds a comment. Raises NotPermitted, OfficeError."""
        text = bounded(text, REMARK)
        if not text:
            raise OfficeError("Please write a comment.", "コメントを入力してください。")
        with self.data.database.writing() as transaction:
            file = self._file(transaction, number)
            after("comment", file.situation, who)
            now = self.data.clock()
            tickets.put_comment(transaction, number, Comment(now, who.name, text))
            tickets.change(transaction, number, changed=now)
            self._log(transaction, who.name, "comment", number, {"text": _sealed(file, text)})
            return self._file(transaction, number)

    def assign(self, number: int, who: Actor, to: str) -> File:
        """Gives a ticket to an account; "" takes it away."""
        return self._set(number, who, "assign", {"assigned": bounded(to, 200)})

    def set_due(self, number: int, who: Actor, due: datetime | None) -> File:
        """Sets or clears the date that a ticket is due."""
        return self._set(number, who, "due", {"due": due})

    def _set(
        self, number: int, who: Actor, action: Action, fields: Mapping[str, str | datetime | None]
    ) -> File:
        with self.data.database.writing() as transaction:
            file = self._file(transaction, number)
            after(action, file.situation, who)
            tickets.change(transaction, number, changed=self.data.clock(), **fields)
            said = {name: str(value or "") for name, value in fields.items()}
            self._log(transaction, who.name, action, number, said)
            return self._file(transaction, number)

    def _file(self, transaction: Transaction, number: int) -> File:
        return File(
            tickets.get(transaction, number),
            tickets.versions(transaction, number),
            tickets.overrides(transaction, number),
            tickets.comments(transaction, number),
        )

    def _log(self, transaction: Transaction, by: str, action: str, number: int, detail: Detail) -> None:
        self.data.audit.record(transaction, by, f"ticket.{action}", f"ticket:{number}", detail)


def _language(ticket: Ticket) -> Language:
    return "ja" if ticket.language == "ja" else "en"


def _sealed(file: File, text: str) -> str:
    return seal(file.ticket.salt, text) if text else ""


def _effects(action: Action, file: File, who: Actor, now: datetime) -> dict[str, str | int | datetime | None]:
    """What an action sets besides the state."""
    if action == "approve":
        return {"approved_by": who.name}
    if action == "send":
        return {"sent": now}
    if action == "reopen":
        return {"round": file.ticket.round + 1, "approved_by": "", "sent": None}
    return {}
