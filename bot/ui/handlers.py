"""What the chat page's buttons do. Each handler gives updates for what `SHOWN` names, in that order."""

import re
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import gradio as gr

from bot.ui import filters
from bot.ui.answering import answering
from bot.ui.desk import Desk, Staff
from bot.ui.export import as_text
from bot.ui.further import Further
from bot.ui.history import History
from bot.ui.kept import kept
from bot.ui.render import exchange, exchanges
from bot.ui.shell import language_cookie
from bot.ui.sources import panel
from bot.ui.talk import Talk
from bot.ui.words import page_language, say
from bot.web.visitors import VISITOR
from ingest.types import Language

SHOWN = ("past", "now", "panel", "talk", "question", "kept")
#: Characters of one field of a form.
FIELD = 120
#: Why an answer was not helpful: keys of words.
REASONS = ("wrong", "incomplete", "beside", "unclear", "other")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

Update = Any
Updates = tuple[Update, ...]


class Handlers:
    """The chat page's handlers, around one desk."""

    def __init__(self, desk: Desk, history: History, staff: Staff | None) -> None:
        self._desk = desk
        self._history = history
        self._staff = staff
        self._further = Further(desk)
        #: One entry for every question that is being answered.
        self._running: set[object] = set()

    def opened(self, request: gr.Request) -> Updates:
        """A page that was just opened: the conversation that its address names, and what there is to choose."""
        language, mark = visitor_language(request), visitor(request)
        name = str(request.query_params.get("talk", ""))
        talk = self._history.get(mark, name)
        offered = filters.choices(self._desk.catalogue(), language)
        groups = (offered.issuers, offered.kinds, offered.languages)
        choices = (gr.CheckboxGroup(choices=[(word, value) for value, word in group]) for group in groups)
        reasons = gr.Radio(choices=[(say(language, f"reason_{key}"), key) for key in REASONS])
        # Whoever was quick has asked already: without a conversation to reopen, nothing of theirs is touched.
        untouched = (*(gr.skip() for _ in SHOWN[1:]), kept(Talk(), self._history.of(mark), language))
        shown = self._shown(talk, request, begins=True) if talk else untouched
        return (*shown, *choices, reasons)

    def ask(
        self,
        question: str | None,
        talk: Talk,
        issuers: list[str],
        kinds: list[str],
        languages: list[str],
        since: str,
        until: str,
        request: gr.Request,
    ) -> Iterator[Updates]:
        """Answer a question, step by step, within the chosen limits."""
        asked = (question or "").strip()
        if not asked:
            yield (gr.skip(), gr.skip(), gr.skip(), talk, "", gr.skip())
            return
        language = visitor_language(request)
        only, _ = filters.chosen(issuers, kinds, languages, since or "", until or "")
        limits = filters.choices(self._desk.catalogue(), language).words(only, language)
        talk = replace(talk, name=talk.name or secrets.token_hex(8))
        with closing(answering(self._desk, asked, talk, only, limits)) as talks, self._counted():
            past: Update = None
            for after in talks:
                talk, begins = after, past is None
                updates = self._shown(talk, request, begins)
                past = updates[0] if begins else past
                # Not `skip`: for that Gradio makes the component anew, and the same words again cost nothing.
                yield (past, *updates[1:])
        answer = talk.now.answer if talk.now else None
        further = self._further.after(answer, look=not self._running) if answer else ()
        if talk.now and further:
            yield (past, *self._shown(talk.put(replace(talk.now, further=further)), request)[1:])

    @contextmanager
    def _counted(self) -> Iterator[None]:
        mark = object()
        self._running.add(mark)
        try:
            yield
        finally:
            self._running.discard(mark)

    def again(
        self,
        talk: Talk,
        issuers: list[str],
        kinds: list[str],
        languages: list[str],
        since: str,
        until: str,
        request: gr.Request,
    ) -> Iterator[Updates]:
        """Answer the latest question once more, within the limits that are chosen now."""
        question = talk.now.question if talk.now else ""
        limits = (issuers, kinds, languages, since, until)
        yield from self.ask(question, talk.without_last(), *limits, request)

    def stop(self, talk: Talk, request: gr.Request) -> Updates:
        """Show that the running answer was stopped; the stopping itself is Gradio's `cancels`."""
        return self._shown(talk.stopped(), request)

    def edit(self, talk: Talk, request: gr.Request) -> Updates:
        """Take the latest question back into the box."""
        past, now, side, left, _, mine = self._shown(talk.without_last(), request, begins=True)
        return (past, now, side, left, talk.now.question if talk.now else "", mine)

    def new(self, request: gr.Request) -> Updates:
        """Begin a new conversation."""
        return self._shown(Talk(), request, begins=True)

    def forget(self, request: gr.Request) -> Updates:
        """Forget every conversation of the visitor, this one too."""
        self._history.forget(visitor(request))
        return self.new(request)

    def rate(self, liked: bool, reason: str | None, remark: str, talk: Talk, request: gr.Request) -> Updates:
        """Keep what the visitor thinks of the latest answer. Then: the form, closed and empty."""
        now = talk.now
        if self._staff and now and now.answer and not now.rated:
            words = say("en", f"reason_{reason}") if reason in REASONS else ""
            self._staff.rate(now.answer, liked, ": ".join(filter(None, (words, remark.strip()))))
            talk = talk.put(replace(now, rated="good" if liked else "bad"))
        return (*self._shown(talk, request), gr.Column(visible=False), None, "")

    def compose(self, talk: Talk) -> Updates:
        """The form for the staff, open, with the latest question in it."""
        question = talk.now.question if talk.now else ""
        return (gr.Column(visible=True), question, "")

    def escalate(
        self, question: str, name: str, belongs: str, mail: str, talk: Talk, request: gr.Request
    ) -> Updates:
        """Make a ticket of a question. Then: the form, and what is wrong with it if it stays open."""
        language, now = visitor_language(request), talk.now
        fields = [text.strip()[:FIELD] for text in (name, belongs, mail)]
        wrong = "mail_wrong" if fields[2] and not _MAIL.fullmatch(fields[2]) else ""
        wrong = wrong or ("question_missing" if not any(char.isalnum() for char in question) else "")
        if wrong or not self._staff or not now:
            return (
                *self._shown(talk, request),
                gr.Column(visible=True),
                say(language, wrong or "failed_form"),
            )
        said = [as_text(e.answer, e.language) for e in talk.exchanges if e.answer]
        contact = "\n".join(filter(None, fields))
        number = self._staff.escalate(question.strip(), contact=contact, context="\n\n".join(said))
        talk = talk.put(replace(now, ticket=number))
        return (*self._shown(talk, request), gr.Column(visible=False), "")

    def _shown(self, talk: Talk, request: gr.Request, begins: bool = False) -> Updates:
        """The page after a step. What lies in the past is drawn again only where an exchange `begins`."""
        language, mark = visitor_language(request), visitor(request)
        finished = talk.now is None or talk.now.state != "busy"
        if finished:
            self._history.put(mark, talk)
        return (
            exchanges(talk.past, language, talk.name) if begins else gr.skip(),
            exchange(talk.now, language, talk.name) if talk.now else "",
            panel(talk, language) if finished else gr.skip(),
            talk,
            "" if begins else gr.skip(),
            kept(talk, self._history.of(mark), language),
        )


def visitor(request: gr.Request) -> str:
    """The visitor's mark, as the guard left it; "" where there is none."""
    return str(getattr(request.request, "scope", {}).get(VISITOR, ""))


def visitor_language(request: gr.Request) -> Language:
    """The language of the page that a request comes from."""
    headers = request.headers
    return page_language(language_cookie(headers.get("cookie", "")), headers.get("accept-language", ""))
