"""The forms of the chat page: filters of the search, rating an answer, asking the staff."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from bot.ui.handlers import FIELD, Handlers
from bot.ui.parts import field, text
from bot.ui.talk import LIMIT


@dataclass(frozen=True)
class Filters:
    """What a question may be limited to. The choices come with the page's first event."""

    issuers: gr.CheckboxGroup
    kinds: gr.CheckboxGroup
    languages: gr.CheckboxGroup
    since: gr.Textbox
    until: gr.Textbox

    @classmethod
    def build(cls, words: gr.I18n) -> "Filters":
        """The components, folded away."""
        with gr.Accordion(words("filters"), open=False, elem_id="filters"):
            issuers, kinds, languages = (
                gr.CheckboxGroup([], label=words(f"filter_{name}"), elem_id=f"filter-{name}")
                for name in ("issuer", "kind", "language")
            )
            with gr.Row(elem_id="dates"):
                since, until = (
                    field(
                        words(f"filter_{name}"),
                        f"filter-{name}",
                        placeholder=words("date_hint"),
                        max_length=10,
                    )
                    for name in ("since", "until")
                )
        return cls(issuers, kinds, languages, since, until)

    @property
    def groups(self) -> list[gr.CheckboxGroup]:
        """Those whose choices depend on the library."""
        return [self.issuers, self.kinds, self.languages]

    @property
    def all(self) -> list[Any]:
        """Every filter, in the order in which a handler takes them."""
        return [*self.groups, self.since, self.until]


QUIETLY: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True)
class RatingForm:
    """What a visitor thinks of the latest answer, and why."""

    form: gr.Column
    liked: gr.State
    reason: gr.Radio
    remark: gr.Textbox
    send: gr.Button
    close: gr.Button

    @classmethod
    def build(cls, words: gr.I18n) -> "RatingForm":
        """The components, hidden."""
        liked = gr.State(True)
        with gr.Column(visible=False, elem_id="rating-form", elem_classes="slip") as form:
            text(words("html_rating"), "rating-words")
            reason = gr.Radio([], label=words("reason"), elem_id="reason")
            remark = field(words("remark"), "remark", lines=2, max_length=1_000)
            with gr.Row():
                send = gr.Button(words("send"), variant="primary", size="sm", elem_id="send-rating")
                close = gr.Button(words("close"), size="sm", elem_id="close-rating")
        return cls(form, liked, reason, remark, send, close)


@dataclass(frozen=True)
class StaffForm:
    """A question for the staff, with whom to answer to."""

    form: gr.Column
    question: gr.Textbox
    name: gr.Textbox
    belongs: gr.Textbox
    mail: gr.Textbox
    trouble: gr.Markdown
    send: gr.Button
    close: gr.Button

    @classmethod
    def build(cls, words: gr.I18n) -> "StaffForm":
        """The components, hidden."""
        with gr.Column(visible=False, elem_id="staff-form", elem_classes="slip") as form:
            text(words("html_asking_staff"), "staff-words")
            question = field(words("ask_label"), "staff-question", lines=3, max_length=LIMIT)
            with gr.Row(elem_id="contact"):
                name, belongs, mail = (
                    field(
                        words(f"contact_{key}"),
                        f"contact-{key}",
                        max_length=FIELD,
                        placeholder=words("optional"),
                        min_width=160,
                    )
                    for key in ("name", "affiliation", "mail")
                )
            trouble = text("", "staff-trouble")
            with gr.Row():
                send = gr.Button(words("send_staff"), variant="primary", size="sm", elem_id="send-staff")
                close = gr.Button(words("close"), size="sm", elem_id="close-staff")
        return cls(form, question, name, belongs, mail, trouble, send, close)


@dataclass(frozen=True)
class Reactions:
    """The buttons below the latest answer, and the forms that they open."""

    good: gr.Button
    bad: gr.Button
    ask_staff: gr.Button
    rating: RatingForm
    staff: StaffForm

    @classmethod
    def build(cls, words: gr.I18n) -> "Reactions":
        """The components; the style sheet shows them where they apply."""
        with gr.Row(elem_id="react"):
            good, bad, ask_staff = (
                gr.Button(words(key.replace("-", "_")), size="sm", elem_id=key)
                for key in ("rate-good", "rate-bad", "ask-staff")
            )
        return cls(good, bad, ask_staff, RatingForm.build(words), StaffForm.build(words))

    def connect(self, handlers: Handlers, talk: gr.State, shown: list[Any]) -> None:
        """Opening, closing and sending."""
        rating, staff = self.rating, self.staff
        self.good.click(open_liked, None, [rating.form, rating.liked], **QUIETLY)
        self.bad.click(open_disliked, None, [rating.form, rating.liked], **QUIETLY)
        rating.close.click(shut, None, [rating.form], **QUIETLY)
        inputs = [rating.liked, rating.reason, rating.remark, talk]
        rating.send.click(
            handlers.rate, inputs, [*shown, rating.form, rating.reason, rating.remark], **QUIETLY
        )
        self.ask_staff.click(handlers.compose, [talk], [staff.form, staff.question, staff.trouble], **QUIETLY)
        staff.close.click(shut, None, [staff.form], **QUIETLY)
        inputs = [staff.question, staff.name, staff.belongs, staff.mail, talk]
        staff.send.click(handlers.escalate, inputs, [*shown, staff.form, staff.trouble], **QUIETLY)


def open_liked() -> tuple[Any, bool]:
    """The rating form, for an answer that helped."""
    return gr.Column(visible=True), True


def open_disliked() -> tuple[Any, bool]:
    """The rating form, for an answer that did not help."""
    return gr.Column(visible=True), False


def shut() -> Any:
    """A form, closed."""
    return gr.Column(visible=False)
