"""What the buttons of the documents' tab do: show what waits to be accepted, and accept it."""

import gradio as gr

from bot.desk.accepting import accept_live, unaccepted
from bot.desk.office import Office
from bot.desk.rules import Actor
from bot.ui.staff import show
from bot.ui.staff.shared import Updates, attended, said
from ingest.types import Language

#: Between source and version in the value of a choice.
_BETWEEN = "\t"


class DocumentHandlers:
    """Each method is one event, as in StaffHandlers."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def waiting(self, request: gr.Request) -> Updates:
        """The documents that wait."""
        return attended(request, lambda who, language: {**self._shown(language), "message": ""})

    def accept(self, chosen: list[str] | None, request: gr.Request) -> Updates:
        """Accept documents in the versions that were listed."""

        def run(who: Actor, language: Language) -> Updates:
            named = (one.rpartition(_BETWEEN) for one in chosen or ())
            documents = tuple((source, version) for source, _, version in named)
            done = accept_live(self.office.data, self.office.writer, who, documents)
            return {**self._shown(language), **said(language, "s_accepted", n=len(done))}

        return attended(request, run)

    def _shown(self, language: Language) -> Updates:
        held = unaccepted(self.office.writer)
        choices = [
            (f"{show.document_name(one, language)}　{one.source}", f"{one.source}{_BETWEEN}{one.version}")
            for one in held
        ]
        return {
            "documents": show.documents(held, language),
            "waiting": gr.update(choices=choices, value=[], visible=bool(held)),
            "accept": gr.update(visible=bool(held)),
        }
