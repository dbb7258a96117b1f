"""The figures for whoever leads the desk: volume, time to answer, what is cited, what the library lacks."""

from typing import Any

import gradio as gr
import pandas as pd

from bot.accounts.roles import require
from bot.desk.approved import Answers
from bot.desk.figures import Figures, figures
from bot.desk.office import Office
from bot.ui.handlers import visitor_language
from bot.ui.markup import el, plain
from bot.ui.staff.shared import ROLES
from bot.ui.words import say

_PLOTS = ("volume", "states", "hours", "cited", "liked")


def build_figures(office: Office, answers: Answers, words: gr.I18n) -> None:
    """A tab with plots, drawn anew whenever it is opened."""
    with gr.Tab(words("s_figures")) as tab:
        plots = [_plot(words(f"f_{name}"), words("f_count"), name) for name in _PLOTS]
        refused = gr.Markdown("", elem_id="refused", container=False)

    def draw(request: gr.Request) -> list[Any]:
        require(request, ROLES)
        language = visitor_language(request)
        found = figures(office.data)
        items = (el("li", plain(question)) for question in found.refused)
        head = el("h3", plain(say(language, "f_refused" if found.refused else "f_none")))
        return [*(_table(name, found, language) for name in _PLOTS), el("div", head, el("ul", *items))]

    tab.select(draw, None, [*plots, refused], api_visibility="private", show_progress="hidden")


def _plot(title: Any, count: Any, name: str) -> gr.BarPlot:
    return gr.BarPlot(
        pd.DataFrame({"name": [], "count": [], "kind": []}),
        x="name",
        y="count",
        color="kind",
        label=title,
        y_title="",
        x_title="",
        height=260,
        elem_id=f"plot-{name}",
        buttons=[],
    )


def _table(name: str, found: Figures, language: str) -> pd.DataFrame:
    rows = getattr(found, name)
    names = {"states": "state_{}", "liked": "f_{}"}
    label = names.get(name)
    shown = [(say(language, label.format(key)) if label else key, kind, value) for key, kind, value in rows]
    return pd.DataFrame(shown, columns=["name", "kind", "count"])
