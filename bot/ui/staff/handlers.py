"""What the buttons of the staff's page do. Each begins with who is asking, and returns what to show by component."""

import threading
from collections.abc import Callable

import gradio as gr

from bot.desk.approved import Answers
from bot.desk.earlier import Earlier
from bot.desk.file import File
from bot.desk.letter import Letter, edited, lines, with_source, without_source
from bot.desk.office import Office
from bot.desk.rules import ACTIONS, Action, Actor, options, refusal
from bot.types import Quote
from bot.ui.markup import el, plain
from bot.ui.staff import show
from bot.ui.staff.shared import Updates, attended, date_of, said, whole
from bot.ui.staff.work import Edit, Work, number_of, same_lines, text_of
from bot.ui.words import say
from ingest.types import Language
from vectorstore.types import Hit, Query

PAGE, FOUND, SIMILAR, TURNS = 50, 8, 3, 64


class StaffHandlers:
    """Each method is one event; `named` turns what it returns into Gradio's updates."""

    def __init__(self, office: Office, answers: Answers) -> None:
        self.office = office
        self.answers = answers
        self.earlier = Earlier(office.data, answers.matcher.vectors)
        #: What is saved and submitted of one ticket goes one after the other; tickets share few locks.
        self._turns = [threading.Lock() for _ in range(TURNS)]

    # -- the list

    def load(
        self, state: str, mine: bool, words: str, shown: float, work: Work, request: gr.Request
    ) -> Updates:
        """The list, with the open ticket chosen where it is in it."""

        def run(who: Actor, language: Language) -> Updates:
            states = () if state in ("", "all") else (state,)
            most = PAGE * max(1, min(int(shown or 1), 20))
            found = self.office.listed(states, who.name if mine else "", words or "", 0, most + 1)
            choices = [(show.label(ticket, language), ticket.number) for ticket in found[:most]]
            opened = work.file.ticket.number if work.file else 0
            chosen = opened if any(number == opened for _, number in choices) else None
            return {
                "list": gr.update(choices=choices, value=chosen),
                "empty": plain(say(language, "s_none")) if not found else "",
                "table": show.table_link(language),
                "more": gr.update(visible=len(found) > most),
                **({} if opened else {"ticket": el("p", plain(say(language, "s_choose")), class_="why")}),
            }

        return attended(request, run)

    def refresh(
        self, state: str, mine: bool, words: str, shown: float, work: Work, edit: Edit, request: gr.Request
    ) -> Updates:
        """The list and the open ticket as they are now; what is being edited stays while nobody saved a version."""
        listed = self.load(state, mine, words, shown, work, request)
        if not work.file:
            return listed
        opened = self._beside(work, edit, request, lambda who: self.office.file(number_of(work)), False)
        return {**listed, **opened}

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
            fresh = self.load("all", False, "", 1, Work(file), request)
            told = said(language, "s_registered", n=number)
            return {**fresh, **self._view(file, who, language), "new_question": "", "new_contact": "", **told}

        return attended(request, run)

    def choose(self, number: int | None, request: gr.Request) -> Updates:
        """Open a ticket."""
        return self._change(request, lambda who: self.office.file(whole(number)), told=False)

    # -- the draft

    def draft(self, work: Work, remarks: str, request: gr.Request) -> Updates:
        """A draft by the answering path."""
        return self._change(request, lambda who: self.office.draft(number_of(work), who, remarks or ""))

    def save(self, work: Work, edit: Edit, text: str, request: gr.Request) -> Updates:
        """Keep what was edited as a new version."""

        def do(who: Actor) -> File:
            number = number_of(work)
            with self._turns[number % TURNS]:
                now = self.office.file(number)
                if now.ticket.version != work.mark[1] and same_lines(text_of(now.letter), text):
                    return now  # the submit that was pressed with it has kept it already
                return self.office.edit(number, who, text or "", self._letter(work, edit))

        return self._change(request, do)

    def submit(self, work: Work, edit: Edit, text: str, reason: str, request: gr.Request) -> Updates:
        """Submit what stands in the draft's field: it is kept first, or already was by a save that still ran."""

        def do(who: Actor) -> File:
            number, seen = number_of(work), work.mark[1]
            with self._turns[number % TURNS]:
                now = self.office.file(number)
                if same_lines(text_of(now.letter), text):
                    seen = now.ticket.version
                elif now.ticket.version == seen:
                    seen = self.office.edit(number, who, text or "", self._letter(work, edit)).ticket.version
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
            choices = [(_passage(hit, language), at) for at, hit in enumerate(hits)]
            return {"found": gr.update(choices=choices, value=None), "hits": hits}

        return attended(request, run)

    def take(
        self, work: Work, edit: Edit, hits: tuple[Hit, ...], at: int | None, text: str, request: gr.Request
    ) -> Updates:
        """Add a found passage as a source."""

        def run(who: Actor, language: Language) -> Updates:
            if at is None or not 0 <= at < len(hits):
                return {}
            hit = hits[at]
            quote = Quote(hit.passage, hit.record, 0, len(hit.passage.text))
            before = with_source(self._letter(work, edit), quote)
            return self._edited(work, edited(before, text or "", self.office.writer.check), language)

        return attended(request, run)

    def drop(self, work: Work, edit: Edit, number: float | None, text: str, request: gr.Request) -> Updates:
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
            seen = work.file.ticket.version if work.file else None
            return self._change(
                request, lambda who: self.office.act(number_of(work), who, action, reason or "", seen)
            )

        handler.__name__ = action.replace(" ", "_")
        return handler

    def override(self, work: Work, sentence: str | None, reason: str, request: gr.Request) -> Updates:
        """Accept a sentence without support."""
        return self._change(
            request, lambda who: self.office.override(number_of(work), who, sentence or "", reason or "")
        )

    def comment(self, work: Work, edit: Edit, text: str, request: gr.Request) -> Updates:
        """Add a comment."""
        return self._beside(
            work, edit, request, lambda who: self.office.comment(number_of(work), who, text or "")
        )

    def assign(self, work: Work, edit: Edit, to: str, request: gr.Request) -> Updates:
        """Give the ticket to somebody; to oneself where no name is given."""
        return self._beside(
            work,
            edit,
            request,
            lambda who: self.office.assign(number_of(work), who, (to or "").strip() or who.name),
        )

    def due(self, work: Work, edit: Edit, date: str, request: gr.Request) -> Updates:
        """Set or clear the date."""
        return self._beside(
            work, edit, request, lambda who: self.office.set_due(number_of(work), who, date_of(date))
        )

    # -- what they share

    def _change(self, request: gr.Request, do: Callable[[Actor], File], told: bool = True) -> Updates:
        """Does something to the ticket and shows it as it then is."""

        def run(who: Actor, language: Language) -> Updates:
            view = self._view(do(who), who, language)
            return {**view, **(said(language, "s_done") if told else {"message": ""}), "reason": ""}

        return attended(request, run)

    def _beside(
        self, work: Work, edit: Edit, request: gr.Request, do: Callable[[Actor], File], told: bool = True
    ) -> Updates:
        """As `_change`, but what is being edited stays, unless a newer version is there."""
        view = self._change(request, do, told)
        now: Work | None = view.get("work")
        if now and now.mark == work.mark:
            view["text"] = gr.update(interactive=view["text"]["interactive"])
            if edit.mark == now.mark:
                for name in ("verdicts", "sources", "edit"):
                    del view[name]
        return view

    def _letter(self, work: Work, edit: Edit) -> Letter:
        """The letter that marks in the text name the sources of."""
        if edit.letter and edit.mark == work.mark:
            return edit.letter
        if work.letter:
            return work.letter
        asked = work.file.ticket.language if work.file else "ja"
        return Letter("ja" if asked == "ja" else "en", edition=self.office.writer.edition())

    def _edited(self, work: Work, letter: Letter | None, language: Language) -> Updates:
        """A letter's verdicts and sources, and the letter as what is being edited."""
        return {
            "verdicts": show.verdicts(letter, language),
            "sources": show.sources(letter, language),
            "edit": Edit(work.mark, letter),
        }

    def _view(self, file: File, who: Actor, language: Language) -> Updates:
        """Everything about one ticket, and the buttons that the rules allow."""
        allowed, letter = options(file.situation, who), file.letter
        sentences = list(file.open_sentences)
        # Whoever wrote the draft sees the button too, and is told why it is not for them.
        offered = refusal("override", file.situation, who, "…") in (None, "drafter") and bool(sentences)
        work = Work(file, letter)
        return {
            **self._edited(work, letter, language),
            "work": work,
            "ticket": show.ticket(file, language),
            "similar": self._similar(file, language),
            "history": show.history(file, language),
            "exports": show.exports(file, language),
            "text": gr.update(value=text_of(letter), interactive="draft" in allowed),
            "open_sentence": gr.update(choices=sentences, value=sentences[0] if sentences else None),
            "assigned": file.ticket.assigned,
            "due": f"{file.ticket.due:%Y-%m-%d}" if file.ticket.due else "",
            "variants": file.ticket.question,
            "desk": gr.update(visible=True),
            "drafting": gr.update(visible="draft" in allowed),
            "overriding": gr.update(visible=offered),
            "publishing": gr.update(visible=file.ticket.state in ("approved", "sent")),
            **{
                f"do_{action}": gr.update(visible=action in allowed)
                for action in ACTIONS
                if action != "override"
            },
        }

    def _similar(self, file: File, language: Language) -> str:
        """Earlier tickets and approved answers like this one, in either language."""
        if file.ticket.erased:
            return ""
        question = file.ticket.question
        earlier = self.earlier.similar(question, file.ticket.number, SIMILAR)
        return show.similar(self.answers.similar(question, SIMILAR), earlier, language)


def _passage(hit: Hit, language: Language) -> str:
    text = " ".join(hit.passage.text.split())
    return f"{hit.record.title(language) or hit.passage.title}：{text[:160]}"
