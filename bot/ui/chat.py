"""The chat page: its components and what each of them does. What they show is made in `render`."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import gradio as gr

from bot.ui.answering import answering
from bot.ui.desk import Desk
from bot.ui.markup import Html, el, join, plain
from bot.ui.render import exchange, exchanges, panel
from bot.ui.shell import language_cookie
from bot.ui.talk import Talk
from bot.ui.words import column, page_language, say
from ingest.types import Language

#: A question longer than this never leaves the browser; the server's own limit is lower and answers in words.
TYPED = 8_000
#: Questions of visitors who wait for a free place; one more is told to come back.
WAITING = 64
EXAMPLES = ("researcher_1", "researcher_2", "researcher_3", "staff_1", "staff_2", "staff_3")

Update = Any


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
    }


def _audience(language: Language, key: str) -> Html:
    return join((el("h2", plain(say(language, key)), class_="audience"),))


class Handlers:
    """What the buttons do. Each returns updates for: past, now, panel, talk, question box."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask(self, question: str | None, talk: Talk, request: gr.Request) -> Iterator[tuple[Update, ...]]:
        """Answer a question, step by step."""
        asked = (question or "").strip()
        if not asked:
            yield (gr.skip(), gr.skip(), gr.skip(), talk, "")
            return
        language = visitor_language(request)
        with closing(answering(self._desk, asked, talk)) as talks:
            for number, after in enumerate(talks):
                yield _shown(after, language, begins=number == 0)

    def again(self, talk: Talk, request: gr.Request) -> Iterator[tuple[Update, ...]]:
        """Answer the latest question once more."""
        question = talk.now.question if talk.now else ""
        yield from self.ask(question, talk.without_last(), request)

    def stop(self, talk: Talk, request: gr.Request) -> tuple[Update, ...]:
        """Show that the running answer was stopped; the stopping itself is Gradio's `cancels`."""
        return _shown(talk.stopped(), visitor_language(request))

    def edit(self, talk: Talk, request: gr.Request) -> tuple[Update, ...]:
        """Take the latest question back into the box."""
        question = talk.now.question if talk.now else ""
        *shown, _ = _shown(talk.without_last(), visitor_language(request), begins=True)
        return (*shown, question)

    def new(self, request: gr.Request) -> tuple[Update, ...]:
        """Begin a new conversation."""
        return _shown(Talk(), visitor_language(request), begins=True)


def visitor_language(request: gr.Request) -> Language:
    """The language of the page that a request comes from."""
    headers = request.headers
    return page_language(language_cookie(headers.get("cookie", "")), headers.get("accept-language", ""))


def _shown(talk: Talk, language: Language, begins: bool = False) -> tuple[Update, ...]:
    """The page after a step. What lies in the past is drawn again only where an exchange `begins`."""
    finished = talk.now is None or talk.now.state != "busy"
    return (
        exchanges(talk.past, language) if begins else gr.skip(),
        exchange(talk.now, language) if talk.now else "",
        panel(talk, language) if finished else gr.skip(),
        talk,
        "" if begins else gr.skip(),
    )


def build_chat(desk: Desk, at_once: int = 8) -> gr.Blocks:
    """The chat page. `at_once` questions are answered at the same time; others wait."""
    words = i18n()
    handlers = Handlers(desk)
    title = f"{say('ja', 'title')} | {say('en', 'title_short')}"
    blocks = gr.Blocks(title=title, analytics_enabled=False, fill_width=True)
    with blocks:
        talk = gr.State(Talk(), time_to_live=8 * 3600)
        with gr.Row(elem_id="desk"):
            with gr.Column(scale=3, min_width=300, elem_id="talk"):
                past, now = _text("", "past"), _text("", "now")
                examples = _examples(words)
                question, ask, stop, again, edit, new = _composer(words)
            with gr.Column(scale=2, min_width=300, elem_id="side"):
                side = _text(words("html_panel"), "panel")
        shown = [past, now, side, talk, question]
        quietly: dict[str, Any] = {"outputs": shown, "api_visibility": "private", "show_progress": "hidden"}
        slowly = quietly | {"concurrency_limit": at_once, "concurrency_id": "answer"}
        answers = [
            gr.on([question.submit, ask.click], handlers.ask, [question, talk], **slowly),
            again.click(handlers.again, [talk], **slowly),
            *(example.click(handlers.ask, [example, talk], **slowly) for example in examples),
        ]
        stop.click(handlers.stop, [talk], cancels=answers, **quietly)
        edit.click(handlers.edit, [talk], **quietly)
        new.click(handlers.new, None, **quietly)
    blocks.queue(default_concurrency_limit=at_once, max_size=WAITING)
    return blocks


def _text(value: Any, name: str) -> gr.Markdown:
    return gr.Markdown(value, elem_id=name, latex_delimiters=[], container=False, padding=False)


def _examples(words: gr.I18n) -> list[gr.Button]:
    with gr.Column(elem_id="welcome"):
        _text(words("html_welcome"), "welcome-words")
        found = []
        for audience in ("researchers", "staff"):
            _text(words(f"html_{audience}"), f"for-{audience}")
            keys = [key for key in EXAMPLES if audience.startswith(key.split("_")[0])]
            found += [gr.Button(words(key), elem_classes="example") for key in keys]
    return found


def _composer(words: gr.I18n) -> tuple[gr.Textbox, gr.Button, gr.Button, gr.Button, gr.Button, gr.Button]:
    with gr.Column(elem_id="composer"):
        with gr.Row(elem_id="tools"):
            again, edit, new = (
                gr.Button(words(key), size="sm", elem_id=f"tool-{key}") for key in ("retry", "edit", "new")
            )
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
    _text(words("html_care"), "care")
    return question, ask, stop, again, edit, new
