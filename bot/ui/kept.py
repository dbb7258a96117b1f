"""What is kept of the visitor's conversations, as HTML below the sources: saving this one, and reopening others. Pure."""

from bot.ui.markup import NOTHING, Html, el, join, plain, sr
from bot.ui.talk import Talk
from bot.ui.words import say
from ingest.types import Language

#: Characters of a first question that stand for a conversation.
SHORT = 60


def kept(talk: Talk, mine: tuple[Talk, ...], language: Language) -> Html:
    """Links to save this conversation if it has an answer, and to the visitor's own, the latest first."""
    return join((_saving(talk, language), _list(talk, mine, language)))


def _saving(talk: Talk, language: Language) -> Html:
    if not (talk.name and any(exchange.answer for exchange in talk.exchanges)):
        return NOTHING
    head = el("h2", plain(say(language, "save")), class_="panel-head")
    links = (
        el("a", plain(say(language, f"save_{suffix}")), href=f"/talk/{talk.name}.{suffix}", download=True)
        for suffix in ("docx", "md")
    )
    return join((head, el("p", *links, class_="saving")))


def _list(talk: Talk, mine: tuple[Talk, ...], language: Language) -> Html:
    items = [_item(one, one.name == talk.name, language) for one in mine]
    if not items:
        return NOTHING
    head = el("h2", plain(say(language, "history")), class_="panel-head")
    note = el("p", plain(say(language, "history_why")), class_="history-why")
    return join((head, el("ul", *items, class_="history"), note))


def _item(one: Talk, here: bool, language: Language) -> Html:
    first = one.exchanges[0]
    short = first.question if len(first.question) <= SHORT else first.question[:SHORT] + "…"
    link = el(
        "a",
        plain(short),
        href=f"/?lang={language}&talk={one.name}",
        lang=first.language,
        class_="here" if here else "",
    )
    now = sr(say(language, "history_here")) if here else NOTHING
    count = el("span", plain(say(language, "history_count", n=len(one.exchanges))), class_="count")
    return el("li", link, now, count)
