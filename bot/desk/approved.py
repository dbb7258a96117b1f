"""The library of approved answers: what comes into it, what is shown of it, and when it stops being true."""

import threading
from dataclasses import dataclass
from datetime import datetime

from bot.desk.file import File, OfficeError, bounded
from bot.desk.letter import Letter, dumped, loaded, tidy
from bot.desk.matching import Matcher
from bot.desk.rules import STAFF, Actor, NotPermitted
from bot.desk.stale import issued_alike, reasons
from bot.desk.writer import Writer
from bot.store import answers, tickets
from bot.store.answers import Approved, Variant
from bot.store.audit import Detail
from bot.store.opening import Data
from ingest.language import language_of
from ingest.types import Language, Record

#: Ways to ask for one answer, and characters of one.
VARIANTS, VARIANT = 20, 500


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An approved answer for a reader: the letter, when it was approved, and how surely it is what was asked."""

    number: int
    letter: Letter
    approved: datetime
    variant: str
    score: float


class Answers:
    """Approved answers. Each look at them first compares them with the library, when a new edition is live."""

    def __init__(self, data: Data, writer: Writer, matcher: Matcher) -> None:
        self.data = data
        self.writer = writer
        self.matcher = matcher
        self._lock = threading.Lock()
        self._reviewed_with = ""

    def publish(
        self,
        file: File,
        who: Actor,
        variants: tuple[str, ...],
        expires: datetime | None = None,
        pair: int | None = None,
    ) -> int:
        """Puts a ticket's approved reply into the library; its number. An earlier answer of the ticket is retired.

        `variants` are the questions that it answers, without anybody's name. Raises NotPermitted, OfficeError.
        """
        if who.role not in STAFF:
            raise NotPermitted("role")
        asked = tuple(dict.fromkeys(text for one in variants if (text := bounded(one, VARIANT))))[:VARIANTS]
        if not asked:
            raise OfficeError(
                "Give at least one question that it answers.",
                "この回答に対応する質問を 1 つ以上書いてください。",
            )
        with self.data.database.writing() as transaction:
            ticket = tickets.get(transaction, file.ticket.number)
            if (
                ticket.state not in ("approved", "sent")
                or ticket.version != file.ticket.version
                or not file.letter
            ):
                raise NotPermitted("state")
            letter = tidy(file.letter)
            for old in answers.of_ticket(transaction, ticket.number):
                answers.change(transaction, old, state="retired")
                self.data.audit.record(transaction, who.name, "answer.retired", f"answer:{old}")
            number = answers.add(
                transaction,
                tuple(Variant(language_of(text), text) for text in asked),
                ticket=ticket.number,
                pair=pair,
                language=letter.language,
                body=dumped(letter),
                owner=who.name,
                approved_by=ticket.approved_by,
                approved=self.data.clock(),
                expires=expires,
                state="reviewed",
                why="",
                known=issued_alike(letter, self._records()),
            )
            said = {"ticket": ticket.number, "version": ticket.version}
            self.data.audit.record(transaction, who.name, "answer.published", f"answer:{number}", said)
        return number

    def retire(self, number: int, who: Actor) -> None:
        """Takes an answer out of use. Raises NotPermitted, NoAnswer."""
        if who.role not in STAFF:
            raise NotPermitted("role")
        with self.data.database.writing() as transaction:
            answers.get(transaction, number)
            answers.change(transaction, number, state="retired")
            self.data.audit.record(transaction, who.name, "answer.retired", f"answer:{number}")

    def every(self) -> tuple[Approved, ...]:
        """All answers as they stand on the live library."""
        self.review()
        with self.data.database.reading() as transaction:
            return answers.every(transaction)

    def match(self, question: str) -> Reviewed | None:
        """The approved answer to a question, None where none surely is. Raises DatabaseError."""
        found = self._nearest(question, 1, self.matcher.threshold)
        return found[0] if found else None

    def similar(self, question: str, most: int = 5) -> tuple[Reviewed, ...]:
        """The nearest approved answers, for the staff to look at."""
        return self._nearest(question, most, 0.0)

    def _nearest(self, question: str, most: int, least: float) -> tuple[Reviewed, ...]:
        self.review()
        now = self.data.clock()
        with self.data.database.reading() as transaction:
            held = answers.every(transaction, ("reviewed",))
        live = [one for one in held if one.expires is None or one.expires > now]
        scores = self.matcher.scores(question, [tuple(v.text for v in one.variants) for one in live])
        wanted = language_of(question)
        order = sorted(range(len(live)), key=lambda at: (-scores[at], live[at].language != wanted, at))
        best = [at for at in order[:most] if scores[at] >= least]
        return tuple(_reviewed(_in(live[at], live, wanted), live[at], scores[at]) for at in best)

    def review(self) -> tuple[int, ...]:
        """Compares every answer with the live edition, once for each; the numbers of those that need a review now."""
        edition = self.writer.edition()
        with self._lock:
            if edition == self._reviewed_with:
                return ()
            found = self._review(edition)
            self._reviewed_with = edition
            return found

    def _review(self, edition: str) -> tuple[int, ...]:
        with self.data.database.reading() as transaction:
            held = answers.every(transaction, ("reviewed",))
        records = self._records()
        stale = {
            one.number: why
            for one in held
            if (why := reasons(loaded(one.body), one.known, self.writer.document, records))
        }
        if stale:
            with self.data.database.writing() as transaction:
                for number, why in stale.items():
                    answers.change(transaction, number, state="needs review", why="; ".join(why))
                    said: Detail = {"edition": edition, "reasons": len(why)}
                    self.data.audit.record(
                        transaction, "desk", "answer.needs-review", f"answer:{number}", said
                    )
        return tuple(stale)

    def _records(self) -> tuple[Record, ...]:
        return tuple(record for _, record, _ in self.writer.catalogue())


def _in(one: Approved, all_: list[Approved], language: Language) -> Approved:
    """The answer, or its twin in `language` where there is one."""
    twins = [other for other in all_ if one.pair is not None and other.pair == one.pair]
    return next((twin for twin in (one, *twins) if twin.language == language), one)


def _reviewed(shown: Approved, matched: Approved, score: float) -> Reviewed:
    variant = matched.variants[0].text if matched.variants else ""
    return Reviewed(shown.number, loaded(shown.body), shown.approved, variant, score)
