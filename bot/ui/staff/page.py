"""The staff's page: its components, and which event runs what. What they show is made in `show`."""

from collections.abc import Callable, Sequence
from inspect import Parameter, Signature
from typing import Any

import gradio as gr
from gradio.events import Dependency

from bot.desk.approved import Answers
from bot.desk.office import Office
from bot.desk.rules import STATES, Action
from bot.ui.staff.answers import AnswerHandlers
from bot.ui.staff.documents import DocumentHandlers
from bot.ui.staff.figures import build_figures
from bot.ui.staff.handlers import StaffHandlers
from bot.ui.staff.work import Edit, Work
from bot.ui.words import WORDS

QUIETLY: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
#: Actions with a button of their own, in the order of a ticket's life; the first one stands out.
BUTTONS: tuple[Action, ...] = ("submit", "approve", "return", "send", "reopen", "withdraw")
Parts = dict[str, Any]


def build_staff(office: Office, answers: Answers) -> gr.Blocks:
    """The staff's page over an office and its approved answers."""
    words = gr.I18n(
        ja={k: both[0] for k, both in WORDS.items()}, en={k: both[1] for k, both in WORDS.items()}
    )
    handlers, library = StaffHandlers(office, answers), AnswerHandlers(office, answers)
    papers = DocumentHandlers(office)
    blocks = gr.Blocks(title="相談デスク | Staff desk", analytics_enabled=False, fill_width=True)
    with blocks, gr.Column(elem_id="staff"):
        parts: Parts = {
            name: gr.State(value)
            for name, value in (("work", Work()), ("edit", Edit()), ("hits", ()), ("shown", 1))
        }
        parts["message"] = _text("message")
        with gr.Tab(words("s_tickets")):
            with gr.Row(elem_classes="columns"):
                with gr.Column(scale=2, min_width=280):
                    parts |= _list(words)
                with gr.Column(scale=5, min_width=280):
                    parts |= _desk(words)
        with gr.Tab(words("s_answers")) as tab:
            parts |= _answers(words)
        with gr.Tab(words("s_documents")) as documents:
            parts |= _documents(words)
        build_figures(office, answers, words)
        on = _wire(blocks, parts, handlers, library)
        on(tab.select, library.approved)
        on(documents.select, papers.waiting)
        on(parts["accept"].click, papers.accept, "waiting")
    return blocks


def _text(name: str) -> gr.Markdown:
    return gr.Markdown("", elem_id=name, sanitize_html=True, container=False)


def _field(label: Any, name: str, lines: int = 1, most: int = 400) -> gr.Textbox:
    return gr.Textbox(label=label, elem_id=name, lines=lines, max_lines=max(lines, 12), max_length=most)


def _number(label: Any, name: str) -> gr.Textbox:
    # Not gr.Number: it shows 0 where nothing was written, and takes no digits of an input method.
    return gr.Textbox(label=label, elem_id=name, max_lines=1, max_length=9)


def _list(words: gr.I18n) -> Parts:
    states: Sequence[tuple[Any, str]] = [(words("s_all"), "all"), *((words(f"state_{s}"), s) for s in STATES)]
    parts: Parts = {
        "state": gr.Dropdown(states, value="all", label=words("s_filter"), elem_id="state"),
        "mine": gr.Checkbox(label=words("s_mine"), elem_id="mine"),
        "words": _field(words("s_words"), "words"),
        "refresh": gr.Button(words("s_refresh"), elem_id="refresh", size="sm"),
        "list": gr.Radio([], label=words("s_list"), elem_id="list"),
        "empty": _text("empty"),
        "more": gr.Button(words("s_more"), elem_id="more", size="sm", visible=False),
        "table": _text("table"),
    }
    with gr.Accordion(words("s_add"), open=False, elem_id="add"):
        parts["new_question"] = _field(words("s_question"), "new-question", 3, 4_000)
        parts["new_contact"] = _field(words("s_contact"), "new-contact")
        parts["register"] = gr.Button(words("s_register"), elem_id="register", size="sm")
    return parts


def _desk(words: gr.I18n) -> Parts:
    parts: Parts = {"ticket": _text("ticket"), "similar": _text("similar")}
    with gr.Column(visible=False) as desk:
        with gr.Group(visible=False) as drafting:
            parts["remarks"] = _field(words("s_remarks"), "remarks", most=2_000)
            parts["do_draft"] = gr.Button(words("s_write"), elem_id="write")
        parts["text"] = _field(words("s_lines"), "lines", 6, 60_000)
        parts["save"] = gr.Button(words("s_save"), elem_id="save", variant="primary")
        parts |= {"verdicts": _text("verdicts"), "sources": _text("sources")}
        parts |= _finding(words)
        parts["reason"] = _field(words("s_reason"), "reason", 2, 2_000)
        with gr.Row(elem_classes="acts"):
            for action in BUTTONS:
                variant: Any = "primary" if action in ("submit", "approve", "send") else "secondary"
                parts[f"do_{action}"] = gr.Button(words(f"s_{action}"), elem_id=action, variant=variant)
            parts["do_comment"] = gr.Button(words("s_comment"), elem_id="comment")
        with gr.Group(visible=False) as overriding:
            parts["open_sentence"] = gr.Dropdown([], label=words("s_open_sentence"), elem_id="open-sentence")
            parts["do_override"] = gr.Button(words("s_override"), elem_id="override")
        parts |= _ordering(words)
        parts |= {"history": _text("history"), "exports": _text("exports")}
        with gr.Group(visible=False) as publishing:
            parts["variants"] = _field(words("s_variants"), "variants", 3, 10_000)
            with gr.Row():
                parts["expires"] = _field(words("s_expires"), "expires", most=10)
                parts["twin"] = _number(words("s_twin"), "twin")
            parts["publish"] = gr.Button(words("s_publish_head"), elem_id="publish")
    return parts | {"desk": desk, "drafting": drafting, "overriding": overriding, "publishing": publishing}


def _finding(words: gr.I18n) -> Parts:
    with gr.Accordion(words("s_find"), open=False, elem_id="finding") as finding:
        parts: Parts = {
            "finding": finding,
            "find_words": _field(words("s_find"), "find-words"),
            "find": gr.Button(words("s_find_do"), elem_id="find", size="sm"),
            "found": gr.Radio([], label=words("s_found"), elem_id="found"),
            "take": gr.Button(words("s_take"), elem_id="take", size="sm"),
            "drop_number": _number(words("s_drop"), "drop-number"),
            "drop": gr.Button(words("s_drop_do"), elem_id="drop", size="sm"),
        }
    return parts


def _ordering(words: gr.I18n) -> Parts:
    with gr.Row():
        assigned, due = (
            _field(words("s_assigned"), "assigned", most=200),
            _field(words("s_due"), "due", most=10),
        )
    with gr.Row(elem_classes="acts"):
        assign = gr.Button(words("s_assign"), elem_id="assign", size="sm")
        set_due = gr.Button(words("s_due_do"), elem_id="set-due", size="sm")
    return {"assigned": assigned, "due": due, "do_assign": assign, "do_due": set_due}


def _answers(words: gr.I18n) -> Parts:
    parts: Parts = {"answers": _text("answers")}
    with gr.Row():
        parts["answer_number"] = _number(words("s_answer_number"), "answer-number")
        parts["answer_other"] = _number(words("s_other_number"), "answer-other")
    with gr.Row(elem_classes="acts"):
        for name in ("renew", "pair", "retire"):
            parts[name] = gr.Button(words(f"s_{name}"), elem_id=name, size="sm")
    return parts


def _documents(words: gr.I18n) -> Parts:
    with gr.Column(elem_id="accepting"):
        documents = _text("documents")
        waiting = gr.CheckboxGroup([], label=words("s_waiting"), elem_id="waiting", visible=False)
    accept = gr.Button(words("s_accept"), elem_id="accept", variant="primary", visible=False)
    return {"documents": documents, "waiting": waiting, "accept": accept}


def _wire(
    blocks: gr.Blocks, parts: Parts, handlers: StaffHandlers, library: AnswerHandlers
) -> Callable[..., Dependency]:
    """Which event runs what; returns how one more is added: event, handler, names of the inputs."""
    outputs = [part for part in parts.values() if not isinstance(part, gr.Button)]
    turned = ("more", "accept", "save")
    buttons = [part for name, part in parts.items() if name.startswith("do_") or name in turned]
    every = [*outputs, *buttons]

    def on(
        event: Callable[..., Dependency], run: Callable[..., dict[str, Any]], *names: str, **more: Any
    ) -> Dependency:
        return event(
            _named(run, parts, len(names)), [parts[name] for name in names], every, **QUIETLY, **more
        )

    limits = ("state", "mine", "words", "shown", "work")

    def does(name: str, run: Callable[..., dict[str, Any]], *names: str) -> None:
        """A button that changes a ticket: the list says so too."""
        on(on(parts[name].click, run, *names).then, handlers.load, *limits)

    on(blocks.load, handlers.load, *limits)
    for trigger in (parts["state"].change, parts["mine"].change, parts["words"].submit):
        on(trigger, handlers.load, *limits)
    on(parts["refresh"].click, handlers.refresh, *limits, "edit")
    on(parts["more"].click, handlers.more, *limits)
    on(parts["register"].click, handlers.register, "new_question", "new_contact")
    on(parts["list"].input, handlers.choose, "list")
    does("do_draft", handlers.draft, "work", "remarks")
    does("save", handlers.save, "work", "edit", "text")
    # Not `input`: Gradio sends that on key presses alone, which neither an input method nor pasting makes.
    on(parts["text"].change, handlers.check, "work", "edit", "text", trigger_mode="always_last")
    on(parts["find"].click, handlers.find, "find_words")
    on(parts["take"].click, handlers.take, "work", "edit", "hits", "found", "text")
    on(parts["drop"].click, handlers.drop, "work", "edit", "drop_number", "text")
    does("do_submit", handlers.submit, "work", "edit", "text", "reason")
    for action in BUTTONS[1:]:
        does(f"do_{action}", handlers.act(action), "work", "reason")
    does("do_comment", handlers.comment, "work", "edit", "reason")
    does("do_override", handlers.override, "work", "open_sentence", "reason")
    does("do_assign", handlers.assign, "work", "edit", "assigned")
    does("do_due", handlers.due, "work", "edit", "due")
    on(parts["publish"].click, library.publish, "work", "variants", "expires", "twin")
    on(parts["renew"].click, library.renew, "answer_number")
    on(parts["retire"].click, library.retire, "answer_number")
    on(parts["pair"].click, library.pair, "answer_number", "answer_other")
    return on


def _named(run: Callable[..., dict[str, Any]], parts: Parts, count: int) -> Callable[..., dict[Any, Any]]:
    """`run` with `count` inputs and the request, as Gradio looks for it in a signature; its names become components."""

    def handler(*given: Any) -> dict[Any, Any]:
        shown = {parts[name]: value for name, value in run(*given).items()}
        return shown or {parts["message"]: gr.skip()}  # Gradio takes an empty table for a value

    names = [f"input_{at}" for at in range(count)]
    kinds = {**dict.fromkeys(names, Any), "request": gr.Request}
    handler.__name__ = run.__name__
    handler.__annotations__ = dict(kinds)
    handler.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, annotation=kind) for name, kind in kinds.items()]
    )
    return handler
