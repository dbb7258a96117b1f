"""The page that searches without asking: passages, with the words that were looked for marked. Pure but for the search itself."""

import re
import unicodedata
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from bot.ui import filters
from bot.ui.desk import Desk
from bot.ui.forms import hidden, search_box, select, text_field
from bot.ui.markup import NOTHING, Html, document_url, el, join, marked_at, plain
from bot.ui.shell import header, page
from bot.ui.sources import about, opened
from bot.ui.talk import LIMIT
from bot.ui.words import say
from ingest.types import Language
from vectorstore.glossary import Glossary
from vectorstore.types import Filter, Hit, Query

#: Passages on the page.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; every field may be empty."""

    words: str = ""
    issuer: str = ""
    kind: str = ""
    written: str = ""
    since: str = ""
    until: str = ""

    def address(self) -> str:
        """The page that asks for this, without a language."""
        asked = {("q" if name == "words" else name): value for name, value in asdict(self).items() if value}
        return "/search" + (f"?{urlencode(asked)}" if asked else "")

    def only(self) -> tuple[Filter, bool]:
        """The filter, and whether its dates could be read."""
        return filters.chosen((self.issuer,), (self.kind,), (self.written,), self.since, self.until)


def search_page(desk: Desk, wanted: Wanted, language: Language) -> str:
    """The whole page as HTML, with the passages found if there was something to look for."""
    only, readable = wanted.only()
    words = wanted.words.strip()[:LIMIT]
    hits = desk.search(Query(words, SHOWN, only)) if words else ()
    choices = filters.choices(desk.catalogue(), language)
    title = say(language, "nav_search")
    trouble = el("p", plain(say(language, "date_unread")), class_="trouble", role="status")
    main = el(
        "main",
        el("h1", plain(title)),
        el("p", plain(say(language, "search_lead")), class_="lead"),
        _form(wanted, choices, language, bool(choices.words(only, language)) or not readable),
        NOTHING if readable else trouble,
        found(hits, words, desk, language) if words else NOTHING,
        class_="still",
        id="main",
    )
    body = join((header(language, "search", wanted.address()), main))
    return page(f"{title} – {say(language, 'title_short')}", language, body)


def _form(wanted: Wanted, choices: filters.Choices, language: Language, opened: bool) -> Html:
    every = say(language, "any")
    hint = say(language, "date_hint")
    fields = (
        select("issuer", say(language, "filter_issuer"), choices.issuers, wanted.issuer, every),
        select("kind", say(language, "filter_kind"), choices.kinds, wanted.kind, every),
        select("written", say(language, "filter_language"), choices.languages, wanted.written, every),
        text_field("since", say(language, "filter_since"), wanted.since, hint),
        text_field("until", say(language, "filter_until"), wanted.until, hint),
    )
    limits = el(
        "details",
        el("summary", plain(say(language, "filters"))),
        el("div", *fields, class_="fields"),
        class_="limits",
        open=opened,
    )
    button, label = say(language, "search"), say(language, "search_label")
    return search_box(wanted.words, label, button, limits, hidden("lang", language), action="/search")


def found(hits: tuple[Hit, ...], words: str, desk: Desk, language: Language) -> Html:
    """The passages, best first, under a line that says how many there are."""
    if not hits:
        return el("p", plain(say(language, "search_none")), role="status")
    head = el("p", plain(say(language, "search_found", n=len(hits))), class_="edition", role="status")
    glossary, waiting = desk.glossary(), desk.waiting()
    cards = (_hit(hit, words, glossary, hit.passage.source in waiting, language) for hit in hits)
    return join((head, el("div", *cards, class_="cards")))


def _hit(hit: Hit, words: str, glossary: Glossary, unaccepted: bool, language: Language) -> Html:
    passage = hit.passage
    url = document_url(passage.source, passage.start, passage.end, passage.version, language)
    text = marked_at(passage.text, places(passage.text, words, glossary))
    return el(
        "section",
        el("h2", plain(hit.record.title(language))),
        about(passage, hit.record, language, unaccepted),
        el("blockquote", text, lang=passage.language),
        el("p", opened(url, language), class_="links"),
        class_="card",
    )


def places(text: str, words: str, glossary: Glossary) -> tuple[tuple[int, int], ...]:
    """Where `text` holds what was looked for: the words as they were typed, and every term of the glossary in
    them, in either language. Nothing is marked in a text that folding changes the length of.
    """
    folded = unicodedata.normalize("NFKC", text)
    if len(folded) != len(text):
        return ()
    looked_for = unicodedata.normalize("NFKC", words)
    typed = {word for word in re.split(r"[\s、。，．,.?？!！「」]+", looked_for) if len(word) > 1}
    spans = [found.span() for word in typed for found in re.finditer(re.escape(word), folded, re.IGNORECASE)]
    wanted = {mention.entry.number for mention in glossary.mentions(looked_for)}
    spans += [(m.start, m.end) for m in glossary.mentions(text) if m.entry.number in wanted]
    return tuple(spans)
