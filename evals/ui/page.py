"""The evaluators' page: its components, and which event runs what. What they show is made in `show`."""

from importlib.resources import files
from typing import Any

import gradio as gr

from evals.labels import LABELS, Labels
from evals.runs import Runs
from evals.ui.handlers import Allowed, EvalHandlers
from evals.ui.starting import Start, Starter
from evals.ui.words import WORDS

QUIETLY: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_LABEL_WORDS = {
    "right": "e_right",
    "wrong": "e_wrong",
    "unsupported": "e_unsupported",
    "should refuse": "e_refuse",
}


def style() -> str:
    """The page's own style sheet, for whoever mounts it."""
    return files("evals.ui").joinpath("evals.css").read_text("utf-8")


def i18n() -> gr.I18n:
    """All words in both languages."""
    return gr.I18n(ja={k: both[0] for k, both in WORDS.items()}, en={k: both[1] for k, both in WORDS.items()})


def build_evals(runs: Runs, labels: Labels, start: Start, allowed: Allowed) -> gr.Blocks:
    """The page. `allowed` is asked in every function: it raises for whoever may not see the page."""
    words, handlers = i18n(), EvalHandlers(runs, labels, Starter(start), allowed)
    blocks = gr.Blocks(title="評価 | Evaluation", analytics_enabled=False, fill_width=True)
    with blocks, gr.Column(elem_id="evals"):
        with gr.Row(elem_classes="top"):
            run = gr.Dropdown([], label=words("e_run"), elem_id="run", scale=3)
            reload = gr.Button(words("e_reload"), elem_id="reload", size="sm", scale=1)
        with gr.Tab(words("e_figures")):
            shown = _text("figures")
        with gr.Tab(words("e_cases")) as cases_tab:
            _cases(run, cases_tab, handlers, words)
        with gr.Tab(words("e_compare")) as compare_tab:
            other = gr.Dropdown([], label=words("e_other"), elem_id="other")
            held = gr.Checkbox(label=words("e_held"), elem_id="compare-held")
            compared = _text("compared")
        with gr.Tab(words("e_trend")) as trend_tab:
            history = _text("history")
        with gr.Tab(words("e_start")):
            _starting(handlers, words)
        lists = {"inputs": None, "outputs": [run, other], **QUIETLY}
        blocks.load(handlers.opened, **lists)
        reload.click(handlers.opened, **lists)
        run.change(handlers.figures, [run], [shown], **QUIETLY)
        gr.on(
            [compare_tab.select, other.change, held.change],
            handlers.compared,
            [run, other, held],
            [compared],
            **QUIETLY,
        )
        trend_tab.select(handlers.trend, None, [history], **QUIETLY)
    blocks.queue(default_concurrency_limit=4, max_size=32)
    return blocks


def _text(name: str) -> gr.Markdown:
    return gr.Markdown("", elem_id=name, sanitize_html=True, container=False, latex_delimiters=[])


def _cases(run: gr.Dropdown, tab: gr.Tab, handlers: EvalHandlers, words: gr.I18n) -> None:
    with gr.Row():
        failed = gr.Checkbox(True, label=words("e_failed"), elem_id="failed")
        held = gr.Checkbox(label=words("e_held"), elem_id="held")
    case = gr.Dropdown([], label=words("e_case"), elem_id="case", filterable=True)
    choices: list[tuple[Any, str]] = [(words(_LABEL_WORDS[label]), label) for label in LABELS]
    with gr.Row(elem_classes="labelling"):
        label = gr.Radio(choices, label=words("e_label"), elem_id="label", scale=3)
        save = gr.Button(words("e_save"), elem_id="save", variant="primary", scale=1)
    said, shown = _text("agreement"), _text("shown")
    gr.on(
        [tab.select, failed.change, held.change],
        handlers.listed,
        [run, failed, held],
        [case],
        **QUIETLY,
    )
    case.change(handlers.case, [run, case], [shown, label, said], **QUIETLY)
    save.click(handlers.label, [run, case, label], [said], **QUIETLY)


def _starting(handlers: EvalHandlers, words: gr.I18n) -> None:
    libraries: list[tuple[Any, str]] = [(words("e_live"), ""), (words("e_bundled"), "bundled")]
    library = gr.Radio(libraries, value="", label=words("e_library"), elem_id="library")
    changes = gr.Textbox(label=words("e_changes"), lines=2, max_lines=6, max_length=1_000, elem_id="changes")
    go = gr.Button(words("e_go"), variant="primary", elem_id="go")
    told = _text("told")
    go.click(handlers.start, [library, changes], [told], concurrency_limit=1, **QUIETLY)
