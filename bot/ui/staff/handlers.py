"""What the buttons of the staff's page do. Each begins with who is asking, and returns what to show by component."""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import gradio as gr

from bot.accounts.roles import Role, require
from bot.desk.approved import Answers
from bot.desk.file import File, OfficeError
from bot.desk.letter import Letter, LetterError, edited, lines, loaded, with_source, without_source
from bot.desk.office import Office
from bot.desk.rules import ACTIONS, Action, Actor, NotPermitted, options
from bot.store.answers import NoAnswer
from bot.store.errors import DatabaseError
from bot.store.tickets import NoTicket
from bot.types import Quote
from bot.ui.handlers import visitor_language
from bot.ui.markup import el, plain
from bot.ui.staff import show
from bot.ui.words import say
from ingest.types import Language
from vectorstore.types import Hit, Query

LOG = logging.getLogger("desk.staff")
ROLES: tuple[Role, ...] = ("staff", "admin")
PAGE, FOUND = 50, 8
Updates = dict[str, Any]


@dataclass(frozen=True)
class Work:
    """What a member of staff has open: the ticket as it was read, the letter as it is being edited, passages found."""

    file: File | None = None
    letter: Letter | None = None
    hits: tuple[Hit, ...] = ()


class StaffHandlers:
    """Each method is one event; `named` turns what it returns into Gradio's updates."""

    def __init__(self, office: Office, answers: Answers) -> None:
        self.office = office
        self.answers = answers

    # -- the list

    def load(
        self, state: str, mine: bool, words: str, shown: float, request: gr.Request, choose: int | None = None
    ) -> Updates:
        """The list, and the choices of every drop-down, in the visitor's language."""

        def run(who: Actor, language: Language) -> Updates:
            states = () if state in ("", "all") else (state,)
            most = PAGE * max(1, min(int(shown or 1), 20))
            found = self.office.listed(states, who.name if mine else "", words or "", 0, most)
            choices = [(show.label(ticket, language), ticket.number) for ticket in found]
            empty = plain(say(language, "s_none")) if not found else ""
            return {"list": gr.update(choices=choices, value=choose), "empty": empty}

        return self._run(request, run)

    def more(self, state: str, mine: bool, words: str, shown: float, request: gr.Request) -> Updates:
        """Fifty more of the list."""
        return {**self.load(state, mine, words, shown + 1, request), "shown": shown + 1}

    def register(self, question: str, contact: str, request: gr.Request) -> Updates:
        """A question entered by hand."""

        def run(who: Actor, language: Language) -> Updates:
            number = self.office.escalate(question or "", contact=contact or "", channel="hand", by=who.name)
            file = self.office.file(number)
            fresh = self.load("all", False, "", 1, request, number)
            told = self._said(language, "s_registered", n=number)
            return {**fresh, **self._view(file, who, language), "new_question": "", "new_contact": "", **told}

        return self._run(request, run)

    def choose(self, number: int | None, request: gr.Request) -> Updates:
        """Open a ticket."""
        return self._change(request, lambda who: self.office.file(int(number or 0)), told=False)

    # -- the draft

    def draft(self, work: Work, remarks: str, request: gr.Request) -> Updates:
        """A draft by the answering path."""
        return self._change(request, lambda who: self.office.draft(_number(work), who, remarks or ""))

    def save(self, work: Work, text: str, request: gr.Request) -> Updates:
        """Keep what was edited as a new version."""
        return self._change(
            request, lambda who: self.office.edit(_number(work), who, text or "", work.letter)
        )

    def check(self, work: Work, text: str, request: gr.Request) -> Updates:
        """Each sentence's verdict while it is edited."""

        def run(who: Actor, language: Language) -> Updates:
            letter = edited(self._letter(work), text or "", self.office.writer.check)
            return self._letter_view(replace(work, letter=letter), language)

        return self._run(request, run)

    def find(self, work: Work, words: str, request: gr.Request) -> Updates:
        """Passages that could be sources."""

        def run(who: Actor, language: Language) -> Updates:
            hits = self.office.writer.search(Query(words[:400], FOUND)) if (words or "").strip() else ()
            choices = [(_passage(hit, language), at) for at, hit in enumerate(hits)]
            return {"found": gr.update(choices=choices, value=None), "work": replace(work, hits=hits)}

        return self._run(request, run)

    def take(self, work: Work, at: int | None, text: str, request: gr.Request) -> Updates:
        """Add a found passage as a source."""

        def run(who: Actor, language: Language) -> Updates:
            if at is None or not 0 <= at < len(work.hits):
                return {}
            hit = work.hits[at]
            quote = Quote(hit.passage, hit.record, 0, len(hit.passage.text))
            letter = edited(with_source(self._letter(work), quote), text or "", self.office.writer.check)
            return self._letter_view(replace(work, letter=letter), language)

        return self._run(request, run)

    def drop(self, work: Work, number: float | None, text: str, request: gr.Request) -> Updates:
        """Drop a source; the sentences that named it are checked again."""

        def run(who: Actor, language: Language) -> Updates:
            now = edited(self._letter(work), text or "", self.office.writer.check)
            letter = without_source(now, int(number or 0), self.office.writer.check)
            return {**self._letter_view(replace(work, letter=letter), language), "text": lines(letter)}

        return self._run(request, run)

    # -- the ticket

    def act(self, action: Action) -> Callable[..., Updates]:
        """The handler of one action of the rules."""

        def handler(work: Work, reason: str, request: gr.Request) -> Updates:
            seen = work.file.ticket.version if work.file else None
            return self._change(
                request, lambda who: self.office.act(_number(work), who, action, reason or "", seen)
            )

        handler.__name__ = action.replace(" ", "_")
        return handler

    def override(self, work: Work, sentence: str | None, reason: str, request: gr.Request) -> Updates:
        """Accept a sentence without support."""
        return self._change(
            request, lambda who: self.office.override(_number(work), who, sentence or "", reason or "")
        )

    def comment(self, work: Work, text: str, request: gr.Request) -> Updates:
        """Add a comment."""
        return self._change(request, lambda who: self.office.comment(_number(work), who, text or ""))

    def assign(self, work: Work, to: str, request: gr.Request) -> Updates:
        """Give the ticket to somebody; to oneself where no name is given."""
        return self._change(
            request, lambda who: self.office.assign(_number(work), who, (to or "").strip() or who.name)
        )

    def due(self, work: Work, date: str, request: gr.Request) -> Updates:
        """Set or clear the date."""
        return self._change(request, lambda who: self.office.set_due(_number(work), who, _date(date)))

    # -- approved answers

    def publish(self, work: Work, variants: str, expires: str, request: gr.Request) -> Updates:
        """Put the approved reply into the library of answers."""

        def run(who: Actor, language: Language) -> Updates:
            file = self.office.file(_number(work))
            asked = tuple((variants or "").splitlines())
            number = self.answers.publish(file, who, asked, _date(expires))
            return {**self._answers(language), **self._said(language, "s_published", n=number)}

        return self._run(request, run)

    def retire(self, number: float | None, request: gr.Request) -> Updates:
        """Take an answer out of use."""

        def run(who: Actor, language: Language) -> Updates:
            self.answers.retire(int(number or 0), who)
            return {**self._answers(language), **self._said(language, "s_retired_done", n=int(number or 0))}

        return self._run(request, run)

    def approved(self, request: gr.Request) -> Updates:
        """All approved answers."""
        return self._run(request, lambda who, language: self._answers(language))

    # -- what they share

    def _run(self, request: gr.Request, run: Callable[[Actor, Language], Updates]) -> Updates:
        """Asks who it is, does the work, and turns what the desk refuses into words."""
        who, language = require(request, ROLES), visitor_language(request)
        try:
            return run(Actor(who.name, str(who.role)), language)
        except (NotPermitted, OfficeError, LetterError) as refused:
            return {"message": el("p", plain(refused.said(language)))}
        except (NoTicket, NoAnswer):
            return self._said(language, "s_gone")
        except DatabaseError:
            reference = secrets.token_hex(4)
            LOG.exception("a staff action failed; reference %s", reference)
            return {"message": el("p", plain(f"{say(language, 's_failed')} ({reference})"))}

    def _change(self, request: gr.Request, do: Callable[[Actor], File], told: bool = True) -> Updates:
        def run(who: Actor, language: Language) -> Updates:
            view = self._view(do(who), who, language)
            return {**view, **(self._said(language, "s_done") if told else {"message": ""}), "reason": ""}

        return self._run(request, run)

    def _said(self, language: Language, key: str, **fill: object) -> Updates:
        return {"message": el("p", el("span", plain(say(language, key, **fill)), class_="saved"))}

    def _letter(self, work: Work) -> Letter:
        if work.letter:
            return work.letter
        asked = work.file.ticket.language if work.file else "ja"
        return Letter("ja" if asked == "ja" else "en", edition=self.office.writer.edition())

    def _letter_view(self, work: Work, language: Language) -> Updates:
        shown = {
            "verdicts": show.verdicts(work.letter, language),
            "sources": show.sources(work.letter, language),
        }
        return {**shown, "work": work, "message": ""}

    def _view(self, file: File, who: Actor, language: Language) -> Updates:
        """Everything about one ticket, and the buttons that the rules allow."""
        allowed, letter = options(file.situation, who), file.letter
        similar = self.answers.similar(file.ticket.question, 3) if not file.ticket.erased else ()
        sentences = list(file.open_sentences)
        return {
            **self._letter_view(Work(file, letter), language),
            "ticket": show.ticket(file, similar, language),
            "history": show.history(file, language),
            "exports": show.exports(file, language),
            "text": gr.update(value=lines(letter) if letter else "", interactive="draft" in allowed),
            "open_sentence": gr.update(choices=sentences, value=sentences[0] if sentences else None),
            "assigned": file.ticket.assigned,
            "due": f"{file.ticket.due:%Y-%m-%d}" if file.ticket.due else "",
            "variants": file.ticket.question,
            "desk": gr.update(visible=True),
            "drafting": gr.update(visible="draft" in allowed),
            "overriding": gr.update(visible="override" in allowed and bool(sentences)),
            "publishing": gr.update(visible=file.ticket.state in ("approved", "sent")),
            **{f"do_{action}": gr.update(visible=action in allowed) for action in ACTIONS},
        }

    def _answers(self, language: Language) -> Updates:
        held = self.answers.every()
        return {"answers": show.approved(held, [_first(one.body) for one in held], language)}


def _first(body: str) -> str:
    statements: Sequence[Any] = loaded(body).statements
    return str(statements[0].text) if statements else ""


def _number(work: Work) -> int:
    if work.file is None:
        raise NoTicket("no ticket is open")
    return work.file.ticket.number


def _passage(hit: Hit, language: Language) -> str:
    text = " ".join(hit.passage.text.split())
    return f"{hit.record.title(language) or hit.passage.title}：{text[:160]}"


def _date(text: str) -> datetime | None:
    if not (text or "").strip():
        return None
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise OfficeError(say("en", "s_date_wrong"), say("ja", "s_date_wrong")) from None
