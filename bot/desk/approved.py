"""The library of approved answers: what comes into it, what is shown of it, and when it stops being true."""

import threading
from dataclasses import dataclass
from datetime import datetime

from bot.desk.decision import THRESHOLD
from bot.desk.file import File, OfficeError, bounded
from bot.desk.letter import Letter, dumped, loaded, tidy
from bot.desk.matching import NEAREST, Matcher
from bot.desk.rules import STAFF, Actor, NotPermitted
from bot.desk.stale import issued_alike, on_records, reasons, told, written
from bot.desk.writer import Writer
from bot.store import answers, tickets
from bot.store.answers import Approved, Variant
from bot.store.audit import Detail
from bot.store.database import Transaction
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
        twin: int = 0,
    ) -> int:
        """Puts a ticket's approved reply into the library; its number. An earlier answer of the ticket is retired.

        `variants` are the questions that it answers, without anybody's name; `twin` is the number of an answer that
        says the same in the other language, 0 for none. Raises NotPermitted, OfficeError, NoAnswer.
        """
        _staff(who)
        asked = _asked(variants)
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
                asked,
                ticket=ticket.number,
                pair=None,
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
            if twin:
                self._join(transaction, number, twin, who)
        return number

    def pair(self, number: int, other: int, who: Actor) -> None:
        """Two answers say the same in two languages; without `other`, the one stands alone again.

        Raises NotPermitted, OfficeError, NoAnswer.
        """
        _staff(who)
        with self.data.database.writing() as transaction:
            if other:
                self._join(transaction, number, other, who)
                return
            answers.unpair(transaction, answers.get(transaction, number))
            self.data.audit.record(transaction, who.name, "answer.unpaired", f"answer:{number}")

    def _join(self, transaction: Transaction, number: int, other: int, who: Actor) -> None:
        one, twin = answers.get(transaction, number), answers.get(transaction, other)
        if one.language == twin.language or "retired" in (one.state, twin.state):
            raise OfficeError(
                "Two answers in use, one in Japanese and one in English, make a pair.",
                "組にできるのは、使用中の日本語と英語の回答 1 つずつです。",
            )
        for each in (one, twin):
            answers.unpair(transaction, each)
        for each in (one, twin):
            answers.change(transaction, each.number, pair=min(number, other))
        self.data.audit.record(transaction, who.name, "answer.paired", f"answer:{number}", {"with": other})

    def renew(self, number: int, who: Actor) -> None:
        """Takes an answer that needs a review back into use, once somebody who did not write it has looked at it.

        It then rests on the library as it is now; where cited words are gone it does not, and has to be written
        anew. Raises NotPermitted, OfficeError, NoAnswer.
        """
        _staff(who)
        edition, records = self.writer.edition(), self._records()
        with self.data.database.writing() as transaction:
            held = answers.get(transaction, number)
            if held.state != "needs review":
                raise NotPermitted("state")
            if held.ticket and any(v.author == who.name for v in tickets.versions(transaction, held.ticket)):
                raise NotPermitted("two persons")
            letter = on_records(loaded(held.body), self.writer.document)
            known = issued_alike(letter, records)
            if why := reasons(letter, known, self.writer.document, records):
                en, ja = (told(written(why), language).rstrip("。.") for language in ("en", "ja"))
                raise OfficeError(
                    f"It does not stand on the library any more ({en}). Reopen its ticket and write it anew.",
                    f"今の資料では裏付けられません（{ja}）。元の相談を再開し、書き直してください。",
                )
            now, body = self.data.clock(), dumped(letter)
            fields = {"body": body, "known": list(known), "approved": now, "approved_by": who.name}
            answers.change(transaction, number, state="reviewed", why="", **fields)
            self.data.audit.record(
                transaction, who.name, "answer.renewed", f"answer:{number}", {"edition": edition}
            )

    def retire(self, number: int, who: Actor) -> None:
        """Takes an answer out of use. Raises NotPermitted, NoAnswer."""
        _staff(who)
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
        found = self._nearest(question, 1, THRESHOLD)
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
        wanted = language_of(question)
        both = _together(live)
        ways = [tuple(v.text for one in pair for v in one.variants) for pair in both]
        near = self.matcher.nearest(question, ways, max(most, NEAREST))
        best = [(_in(both[at], wanted), score) for at, score in near[:most] if score >= least]
        return tuple(_reviewed(one, score) for one, score in best)

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
                    answers.change(transaction, number, state="needs review", why=written(why))
                    said: Detail = {"edition": edition, "reasons": len(why)}
                    self.data.audit.record(
                        transaction, "desk", "answer.needs-review", f"answer:{number}", said
                    )
        return tuple(stale)

    def _records(self) -> tuple[Record, ...]:
        return tuple(record for _, record, _ in self.writer.catalogue())


def _staff(who: Actor) -> None:
    if who.role not in STAFF:
        raise NotPermitted("role")


def _asked(variants: tuple[str, ...]) -> tuple[Variant, ...]:
    """The ways to ask, each once and in its language. Raises OfficeError for none."""
    texts = tuple(dict.fromkeys(text for one in variants if (text := bounded(one, VARIANT))))[:VARIANTS]
    if not texts:
        raise OfficeError(
            "Give at least one question that it answers.",
            "この回答に対応する質問を 1 つ以上書いてください。",
        )
    return tuple(Variant(language_of(text), text) for text in texts)


def _together(live: list[Approved]) -> list[tuple[Approved, ...]]:
    """Answers that say the same in two languages as one: whoever asks for one asks for both."""
    pairs: dict[tuple[bool, int], tuple[Approved, ...]] = {}
    for one in live:
        key = (False, one.number) if one.pair is None else (True, one.pair)
        pairs[key] = (*pairs.get(key, ()), one)
    return list(pairs.values())


def _in(pair: tuple[Approved, ...], language: Language) -> Approved:
    """The answer of a pair that is in `language`, else the first."""
    return next((one for one in pair if one.language == language), pair[0])


def _reviewed(shown: Approved, score: float) -> Reviewed:
    variant = shown.variants[0].text if shown.variants else ""
    return Reviewed(shown.number, loaded(shown.body), shown.approved, variant, score)
