"""What the buttons of the approved answers do: publish, pair, look at again, retire."""

import gradio as gr

from bot.desk.approved import Answers
from bot.desk.letter import loaded
from bot.desk.office import Office
from bot.desk.rules import Actor
from bot.ui.staff import show
from bot.ui.staff.shared import Updates, attended, date_of, said, whole
from bot.ui.staff.work import Work, number_of
from ingest.types import Language


class AnswerHandlers:
    """Each method is one event, as in StaffHandlers."""

    def __init__(self, office: Office, answers: Answers) -> None:
        self.office = office
        self.answers = answers

    def publish(
        self, work: Work, variants: str, expires: str, twin: str | None, request: gr.Request
    ) -> Updates:
        """Put the approved reply into the library of answers; `twin` says the same in the other language."""

        def run(who: Actor, language: Language) -> Updates:
            file = self.office.file(number_of(work))
            asked = tuple((variants or "").splitlines())
            number = self.answers.publish(file, who, asked, date_of(expires), whole(twin))
            return {**self._shown(language), "twin": None, **said(language, "s_published", n=number)}

        return attended(request, run)

    def pair(self, number: str | None, other: str | None, request: gr.Request) -> Updates:
        """Two answers say the same in two languages; without a second one, the first stands alone again."""

        def run(who: Actor, language: Language) -> Updates:
            self.answers.pair(whole(number), whole(other), who)
            key = "s_paired" if other else "s_unpaired"
            return {**self._shown(language), **said(language, key, n=whole(number), m=whole(other))}

        return attended(request, run)

    def renew(self, number: str | None, request: gr.Request) -> Updates:
        """Take an answer that needs a review back into use."""

        def run(who: Actor, language: Language) -> Updates:
            self.answers.renew(whole(number), who)
            return {**self._shown(language), **said(language, "s_renewed", n=whole(number))}

        return attended(request, run)

    def retire(self, number: str | None, request: gr.Request) -> Updates:
        """Take an answer out of use."""

        def run(who: Actor, language: Language) -> Updates:
            self.answers.retire(whole(number), who)
            return {**self._shown(language), **said(language, "s_retired_done", n=whole(number))}

        return attended(request, run)

    def approved(self, request: gr.Request) -> Updates:
        """All approved answers."""
        return attended(request, lambda who, language: {**self._shown(language), "message": ""})

    def _shown(self, language: Language) -> Updates:
        held = self.answers.every()
        return {"answers": show.approved(held, [_first(one.body) for one in held], language)}


def _first(body: str) -> str:
    statements = loaded(body).statements
    return statements[0].text if statements else ""
