"""The figures for whoever leads the desk: volume, time to answer, what is cited, what the library lacks.

Bars are tables of our own: Gradio's plots compile expressions, which the pages' content policy forbids.
"""

import gradio as gr

from bot.accounts.roles import require
from bot.desk.approved import Answers
from bot.desk.figures import Bar, Figures, figures
from bot.desk.office import Office
from bot.ui.handlers import visitor_language
from bot.ui.markup import NOTHING, Html, chip, el, plain
from bot.ui.staff.shared import ROLES
from bot.ui.words import say
from ingest.types import Language

_PLOTS = ("volume", "states", "hours", "cited", "liked")
#: What the names of a figure's bars are called, where they are keys.
_NAMES = {"states": "state_{}", "liked": "f_{}"}
#: A bar's length has so many steps; room.css has a class for each.
STEPS = 20


def build_figures(office: Office, answers: Answers, words: gr.I18n) -> None:
    """A tab with figures, counted anew whenever it is opened."""
    with gr.Tab(words("s_figures")) as tab:
        page = gr.Markdown("", elem_id="figures", container=False)

    def draw(request: gr.Request) -> Html:
        require(request, ROLES)
        language = visitor_language(request)
        return shown(figures(office.data, language), language)

    tab.select(draw, None, page, api_visibility="private", show_progress="hidden")


def shown(found: Figures, language: Language) -> Html:
    """Every figure under its name, and the questions that the library did not answer."""
    parts = [_figure(name, getattr(found, name), language) for name in _PLOTS]
    items = (el("li", plain(question)) for question in found.refused)
    head = el("h3", plain(say(language, "f_refused")))
    refused = el("ul", *items) if found.refused else _nothing(language)
    return el("div", *parts, el("section", head, refused, class_="part"))


def _figure(name: str, bars: tuple[Bar, ...], language: Language) -> Html:
    most = max((value for _, _, value in bars), default=0)
    rows = (_row(_NAMES.get(name, "{}"), bar, most, language) for bar in bars)
    table = el("table", el("tbody", *rows)) if bars else _nothing(language)
    return el("section", el("h3", plain(say(language, f"f_{name}"))), table, class_="part")


def _row(names: str, bar: Bar, most: float, language: Language) -> Html:
    name, kind, value = bar
    label = name if names == "{}" else say(language, names.format(name))
    step = max(1, round(STEPS * value / most)) if value else 0
    kinds = chip(say(language, f"language_{kind}")) if kind else NOTHING
    length = el("span", class_=f"bar b{step} {kind}".strip())
    return el("tr", el("th", plain(label), kinds), el("td", length, el("b", plain(f"{value:,g}"))))


def _nothing(language: Language) -> Html:
    return el("p", plain(say(language, "f_none")), class_="why")
