"""What the buttons of the staff's page do. Each begins with who is asking, and returns what to show by component."""

from collections.abc import Callable

import gradio as gr

from bot.desk.file import Conflict, File
from bot.desk.letter import beside, edited, lines, with_source, without_source
from bot.desk.rules import Action, Actor
from bot.types import Quote
from bot.ui.markup import el, plain
from bot.ui.staff import show
from bot.ui.staff.bench import TURNS, Bench
from bot.ui.staff.shared import Updates, attended, date_of, said, whole
from bot.ui.staff.work import Edit, Work, number_of, same_lines, text_of
from bot.ui.words import say
from ingest.types import Language
from vectorstore.types import Hit, Query

PAGE, FOUND = 50, 8


class StaffHandlers(Bench):
    """Each method is one event; `named` turns what it returns into Gradio's updates."""

    # -- the list

    def load(
        self, state: str, mine: bool, words: str, shown: float, work: Work, request: gr.Request
    ) -> Updates:
        """The list, with the open ticket chosen where it is in it."""

        def run(who: Actor, language: Language) -> Updates:
            states = () if state in ("", "all") else (state,)
            most = PAGE * max(1, min(int(shown or 1), 20))
            found = self.office.listed(states, who.name if mine else "", words or "", 0, most + 1)
            if len(found) > most:
                self.earlier.prepare()
            choices = [(show.label(ticket, language), ticket.number) for ticket in found[:most]]
            opened = work.file.ticket.number if work.file else 0
            chosen = opened if any(number == opened for _, number in choices) else None
            return {
                "list": gr.update(choices=choices, value=chosen),
                "empty": plain(say(language, "s_none")) if not found else "",
                "table": show.table_link(language),
                "more": gr.update(visible=len(found) > most),
                **({} if opened else {"ticket": el("p", plain(say(language, "s_choose")), class_="choose")}),
            }

        return attended(request, run)

    def refresh(
        self, state: str, mine: bool, words: str, shown: float, work: Work, edit: Edit, request: gr.Request
    ) -> Updates:
        """The list and the open ticket as they are now; what is being edited stays while nobody saved a version."""
        listed = self.load(state, mine, words, shown, work, request)
        if work.file:
            listed |= self._beside(work, edit, request, lambda who: self.office.file(number_of(work)), False)
        return listed

    def more(
        self, state: str, mine: bool, words: str, shown: float, work: Work, request: gr.Request
    ) -> Updates:
        """Fifty more of the list."""
        return {**self.load(state, mine, words, shown + 1, work, request), "shown": shown + 1}

    def register(self, question: str, contact: str, request: gr.Request) -> Updates:
        """A question entered by hand."""

        def run(who: Actor, language: Language) -> Updates:
            number = self.office.escalate(question or "", contact=contact or "", channel="hand", by=who.name)
            file = self.office.file(number)
            view = {**self.load("all", False, "", 1, Work(file), request), **self._view(file, who, language)}
            return {**view, "new_question": "", "new_contact": "", **said(language, "s_registered", n=number)}

        return attended(request, run)

    def choose(self, number: int | None, request: gr.Request) -> Updates:
        """Open a ticket; what was found for the one before goes."""
        found = {"find_words": "", "found": gr.update(choices=[], value=None), "hits": ()}
        return self._change(request, lambda who: self.office.file(whole(number)), told=False) | found

    # -- the draft

    def draft(self, work: Work, remarks: str, request: gr.Request) -> Updates:
        """A draft by the answering path."""
        return self._change(request, lambda who: self.office.draft(number_of(work), who, remarks or ""))

    def save(self, work: Work, edit: Edit, text: str, request: gr.Request) -> Updates:
        """Keep what was edited as a new version; where somebody else did so meanwhile, both texts are shown."""

        def run(who: Actor, language: Language) -> Updates:
            number = number_of(work)
            with self._turns[number % TURNS]:
                now = self.office.file(number)
                # Else the submit that was pressed with it has kept it already.
                if now.ticket.version == work.mark[1] or not same_lines(text_of(now.letter), text):
                    try:
                        now = self.office.edit(number, who, text, self._letter(work, edit), work.mark[1])
                    except Conflict as met:
                        return self._both(met, work, edit, text, who, language)
            return {**self._view(now, who, language), **said(language, "s_done"), "reason": ""}

        return attended(request, run)

    def _both(
        self, met: Conflict, work: Work, edit: Edit, text: str, who: Actor, language: Language
    ) -> Updates:
        """The field keeps what was written; what somebody else saved stands above it, marked by the sources of both."""
        mine = edited(self._letter(work, edit), text, self.office.writer.check)
        both, theirs = beside(mine, met.now.letter or mine)
        view = self._view(met.now, who, language)
        kept = {"text": gr.update(interactive=view["text"]["interactive"])}
        told = {"message": show.conflict(met.said(language), theirs, language)}
        return {**view, **self._edited(view["work"], both, language), **kept, **told}

    def submit(self, work: Work, edit: Edit, text: str, reason: str, request: gr.Request) -> Updates:
        """Submit what stands in the draft's field: it is kept first, or already was by a save that still ran."""

        def do(who: Actor) -> File:
            number, seen = number_of(work), work.mark[1]
            with self._turns[number % TURNS]:
                now = self.office.file(number)
                if same_lines(text_of(now.letter), text):
                    seen = now.ticket.version
                elif now.ticket.version == seen:
                    seen = self.office.edit(number, who, text, self._letter(work, edit), seen).ticket.version
                return self.office.act(number, who, "submit", reason or "", seen)

        return self._change(request, do)

    def check(self, work: Work, edit: Edit, text: str, request: gr.Request) -> Updates:
        """Each sentence's verdict while it is edited."""

        def run(who: Actor, language: Language) -> Updates:
            if text_of(work.letter) == (text or "").strip():
                return self._edited(work, work.letter, language)  # the page itself has put these words there
            letter = edited(self._letter(work, edit), text or "", self.office.writer.check)
            return {**self._edited(work, letter, language), "message": ""}

        return attended(request, run)

    def find(self, words: str, request: gr.Request) -> Updates:
        """Passages that could be sources."""

        def run(who: Actor, language: Language) -> Updates:
            hits = self.office.writer.search(Query(words[:400], FOUND)) if (words or "").strip() else ()
            choices = [(show.passage(hit, language), at) for at, hit in enumerate(hits)]
            return {"found": gr.update(choices=choices, value=None), "hits": hits}

        return attended(request, run)

    def take(
        self, work: Work, edit: Edit, hits: tuple[Hit, ...], at: int | None, text: str, request: gr.Request
    ) -> Updates:
        """Add a found passage as a source."""

        def run(who: Actor, language: Language) -> Updates:
            if at is None or not 0 <= at < len(hits):
                return {}
            quote = Quote(hits[at].passage, hits[at].record, 0, len(hits[at].passage.text))
            before = with_source(self._letter(work, edit), quote)
            return self._edited(work, edited(before, text or "", self.office.writer.check), language)

        return attended(request, run)

    def drop(self, work: Work, edit: Edit, number: str | None, text: str, request: gr.Request) -> Updates:
        """Drop a source; the sentences that named it are checked again."""

        def run(who: Actor, language: Language) -> Updates:
            now = edited(self._letter(work, edit), text or "", self.office.writer.check)
            letter = without_source(now, whole(number), self.office.writer.check)
            return {**self._edited(work, letter, language), "text": lines(letter)}

        return attended(request, run)

    # -- the ticket

    def act(self, action: Action) -> Callable[..., Updates]:
        """The handler of one action of the rules."""

        def handler(work: Work, reason: str, request: gr.Request) -> Updates:
            def do(who: Actor) -> File:
                return self.office.act(number_of(work), who, action, reason or "", work.mark[1])

            return self._change(request, do)

        handler.__name__ = action.replace(" ", "_")
        return handler

    def override(self, work: Work, sentence: str | None, reason: str, request: gr.Request) -> Updates:
        """Accept a sentence without support."""
        return self._change(
            request, lambda who: self.office.override(number_of(work), who, sentence or "", reason or "")
        )

    def comment(self, work: Work, edit: Edit, text: str, request: gr.Request) -> Updates:
        """Add a comment."""

        def do(who: Actor) -> File:
            return self.office.comment(number_of(work), who, text or "")

        return self._beside(work, edit, request, do)

    def assign(self, work: Work, edit: Edit, to: str, request: gr.Request) -> Updates:
        """Give the ticket to somebody; to oneself where no name is given."""

        def do(who: Actor) -> File:
            return self.office.assign(number_of(work), who, (to or "").strip() or who.name)

        return self._beside(work, edit, request, do)

    def due(self, work: Work, edit: Edit, date: str, request: gr.Request) -> Updates:
        """Set or clear the date."""

        def do(who: Actor) -> File:
            return self.office.set_due(number_of(work), who, date_of(date))

        return self._beside(work, edit, request, do)
