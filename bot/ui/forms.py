"""Parts of the forms on the pages without a script: fields with their labels, choices, links from page to page. Pure."""

from urllib.parse import urlencode

from bot.ui.filters import Choice
from bot.ui.markup import Html, el, join, plain, void
from bot.ui.words import say
from ingest.types import Language


def search_box(value: str, label: str, button: str, *more: Html, action: str) -> Html:
    """A form with one field for words, its button, and what else belongs to it; sent by GET."""
    field = void("input", type="search", name="q", value=value, id="q", maxlength="500", autocomplete="off")
    row = el("div", field, el("button", plain(button), type="submit"), class_="search-row")
    name = el("label", plain(label), for_="q", class_="field-label")
    return el("form", name, row, *more, action=action, method="get", role="search", class_="search-form")


def select(name: str, label: str, options: tuple[Choice, ...], value: str, everything: str) -> Html:
    """A labelled choice of one; its first option limits nothing."""
    shown = (el("option", plain(words), value=code, selected=code == value) for code, words in options)
    every = Html(f'<option value="">{plain(everything)}</option>')
    return _labelled(name, label, el("select", every, *shown, name=name, id=f"f-{name}"))


def text_field(name: str, label: str, value: str, hint: str) -> Html:
    """A labelled field for a short text."""
    field = void("input", type="text", name=name, id=f"f-{name}", value=value, placeholder=hint, size="12")
    return _labelled(name, label, field)


def hidden(name: str, value: str) -> Html:
    """A value that the form carries along."""
    return void("input", type="hidden", name=name, value=value)


def _labelled(name: str, label: str, field: Html) -> Html:
    return el("div", el("label", plain(label), for_=f"f-{name}"), field, class_="field")


def pages_of(path: str, query: dict[str, str], page: int, last: int, language: Language) -> Html:
    """Links to the page before and after, and where one is."""
    at = plain(say(language, "page_of", page=page, last=last))
    links = [
        el(
            "a",
            plain(say(language, key)),
            href=f"{path}?{urlencode({**query, 'page': str(number)})}",
            rel=rel,
        )
        for key, number, rel in (("page_before", page - 1, "prev"), ("page_after", page + 1, "next"))
        if 1 <= number <= last
    ]
    label = say(language, "pages_label")
    return el("nav", join((*links, el("span", at)), " "), class_="turning", aria_label=label)
