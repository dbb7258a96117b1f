"""What the buttons of the staff's page share: a ticket and its letter shown as they are, and what is being edited kept."""

import threading
from collections.abc import Callable

import gradio as gr

from bot.desk.approved import Answers
from bot.desk.earlier import Earlier
from bot.desk.file import File
from bot.desk.letter import Letter, with_waiting
from bot.desk.office import Office
from bot.desk.rules import ACTIONS, Actor, options, refusal
from bot.ui.staff import show
from bot.ui.staff.shared import Updates, attended, said
from bot.ui.staff.work import Edit, Work, text_of
from ingest.types import Language

SIMILAR, TURNS = 3, 64


class Bench:
    """An office and its approved answers, as one page shows them."""

    def __init__(self, office: Office, answers: Answers) -> None:
        self.office = office
        self.answers = answers
        self.earlier = Earlier(office.data, answers.matcher.vectors)
        #: What is saved and submitted of one ticket goes one after the other; tickets share few locks.
        self._turns = [threading.Lock() for _ in range(TURNS)]

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
        asked: Language = "en" if work.file and work.file.ticket.language == "en" else "ja"
        return Letter(asked, edition=self.office.writer.edition())

    def _edited(self, work: Work, letter: Letter | None, language: Language) -> Updates:
        """A letter's verdicts and sources, and the letter as what is being edited."""
        waiting = self.office.writer.waiting()
        return {
            "verdicts": show.verdicts(letter and with_waiting(letter, waiting), language),
            "sources": show.sources(letter, language, waiting),
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
            **{name: gr.update(visible="draft" in allowed) for name in ("drafting", "save", "finding")},
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
        ticket, question = file.ticket, file.ticket.question
        earlier = self.earlier.similar(question, ticket.number, SIMILAR) if not ticket.erased else ()
        return (
            show.similar(self.answers.similar(question, SIMILAR), earlier, language)
            if not ticket.erased
            else ""
        )
