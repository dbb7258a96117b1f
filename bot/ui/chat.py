"""The chat page: its components, and which handler each of them calls. What they show is made in `render`."""

from typing import Any

import gradio as gr

from bot.ui.desk import Desk, Staff
from bot.ui.forms_chat import Filters, Reactions
from bot.ui.handlers import Handlers
from bot.ui.history import History
from bot.ui.markup import Html, el, join, plain
from bot.ui.parts import text
from bot.ui.sources import panel
from bot.ui.talk import Talk
from bot.ui.words import column, say
from ingest.types import Language

#: A question longer than this never leaves the browser; the server's own limit is lower and answers in words.
TYPED = 8_000
#: Questions of visitors who wait for a free place; one more is told to come back.
WAITING = 64
EXAMPLES = ("researcher_1", "researcher_2", "researcher_3", "staff_1", "staff_2", "staff_3")


def i18n() -> gr.I18n:
    """All words, and the pages' fixed parts, in both languages."""
    return gr.I18n(ja=_fixed("ja"), en=_fixed("en"))


def _fixed(language: Language) -> dict[str, str]:
    welcome = (
        el("h1", plain(say(language, "title"))),
        el("p", plain(say(language, "lead")), class_="lead"),
    )
    return column(language) | {
        "html_welcome": el("section", *welcome, class_="welcome"),
        "html_panel": panel(Talk(), language),
        "html_care": el("p", plain(say(language, "care")), class_="care"),
        "html_researchers": _audience(language, "for_researchers"),
        "html_staff": _audience(language, "for_staff"),
        "html_rating": _form_head(language, "rating"),
        "html_asking_staff": _form_head(language, "asking_staff"),
    }


def _audience(language: Language, key: str) -> Html:
    return join((el("h2", plain(say(language, key)), class_="audience"),))


def _form_head(language: Language, key: str) -> Html:
    why = el("p", plain(say(language, f"{key}_why")), class_="slip-why")
    return join((el("h2", plain(say(language, key)), class_="slip-head"), why))


def build_chat(desk: Desk, history: History, staff: Staff | None = None, at_once: int = 8) -> gr.Blocks:
    """The chat page. `at_once` questions are answered at the same time; others wait."""
    words = i18n()
    handlers = Handlers(desk, history, staff)
    title = f"{say('ja', 'title')} | {say('en', 'title_short')}"
    blocks = gr.Blocks(title=title, analytics_enabled=False, fill_width=True)
    with blocks:
        talk = gr.State(Talk(), time_to_live=8 * 3600)
        with gr.Row(elem_id="desk"):
            with gr.Column(scale=3, min_width=300, elem_id="talk"):
                past, now = text("", "past"), text("", "now")
                reactions = Reactions.build(words) if staff else None
                examples = _examples(words)
                question, ask, stop, again, edit, new, limits = _composer(words)
            with gr.Column(scale=2, min_width=300, elem_id="side"):
                side = text(words("html_panel"), "panel")
                mine = text("", "kept")
                forget = gr.Button(words("forget"), size="sm", elem_id="forget")
        shown = [past, now, side, talk, question, mine]
        quietly: dict[str, Any] = {"outputs": shown, "api_visibility": "private", "show_progress": "hidden"}
        slowly = quietly | {"concurrency_limit": at_once, "concurrency_id": "answer"}
        answers = [
            gr.on([question.submit, ask.click], handlers.ask, [question, talk, *limits.all], **slowly),
            again.click(handlers.again, [talk, *limits.all], **slowly),
            *(example.click(handlers.ask, [example, talk, *limits.all], **slowly) for example in examples),
        ]
        stop.click(handlers.stop, [talk], cancels=answers, **quietly)
        edit.click(handlers.edit, [talk], **quietly)
        new.click(handlers.new, None, **quietly)
        forget.click(handlers.forget, None, **quietly)
        reasons = reactions.rating.reason if reactions else gr.Radio(visible=False)
        opened = quietly | {"outputs": [*shown, *limits.groups, reasons]}
        blocks.load(handlers.opened, None, **opened)
        if reactions:
            reactions.connect(handlers, talk, shown)
    blocks.queue(default_concurrency_limit=at_once, max_size=WAITING)
    return blocks


def _examples(words: gr.I18n) -> list[gr.Button]:
    with gr.Column(elem_id="welcome"):
        text(words("html_welcome"), "welcome-words")
        found = []
        for audience in ("researchers", "staff"):
            text(words(f"html_{audience}"), f"for-{audience}")
            keys = [key for key in EXAMPLES if audience.startswith(key.split("_")[0])]
            found += [gr.Button(words(key), elem_classes="example") for key in keys]
    return found


def _composer(
    words: gr.I18n,
) -> tuple[gr.Textbox, gr.Button, gr.Button, gr.Button, gr.Button, gr.Button, Filters]:
    with gr.Column(elem_id="composer"):
        with gr.Row(elem_id="tools"):
            again, edit, new = (
                gr.Button(words(key), size="sm", elem_id=f"tool-{key}") for key in ("retry", "edit", "new")
            )
        limits = Filters.build(words)
        with gr.Row(elem_id="asking"):
            question = gr.Textbox(
                placeholder=words("ask_hint"),
                label=words("ask_label"),
                lines=1,
                max_lines=8,
                max_length=TYPED,
                autofocus=True,
                container=False,
                elem_id="question",
                scale=1,
            )
            ask = gr.Button(words("ask"), variant="primary", elem_id="ask", scale=0, min_width=96)
            stop = gr.Button(words("stop"), variant="stop", elem_id="stop", scale=0, min_width=96)
    text(words("html_care"), "care")
    return question, ask, stop, again, edit, new, limits
