"""The sources of a conversation as HTML: the panel beside the chat, and what other pages show of a passage. Pure.

Anchors: exchange 3, source 1 is `s3-1`; the first mark in the answer that points at it is `a3-1`.
"""

from collections.abc import Collection

from bot import labels
from bot.types import Answer, Citation
from bot.ui.markup import NOTHING, Html, chip, document_url, el, join, lines, marked, plain, slug, sr
from bot.ui.talk import Exchange, Talk
from bot.ui.words import say
from ingest.types import Language, Passage, Record
from vectorstore.types import Hit


def panel(talk: Talk, language: Language) -> Html:
    """The sources of every exchange, the latest first and open."""
    groups = [_group(e, e.answer, e is talk.now, language) for e in reversed(talk.exchanges) if e.answer]
    head = el("h2", plain(say(language, "sources")), class_="panel-head")
    return join((head, *(groups or [el("p", plain(say(language, "sources_empty")), class_="empty")])))


def _group(one: Exchange, answer: Answer, opened: bool, language: Language) -> Html:
    refused = answer.status == "refused"
    shown = (
        _nearest(answer, language)
        if refused
        else join(_source(c, one.number, answer.unaccepted, language) for c in answer.citations)
    )
    name = el("b", plain(say(language, "sources_of", n=one.number)))
    summary = el("summary", name, el("span", plain(one.question[:80]), lang=one.language))
    empty = el("p", plain(say(language, "no_sources")), class_="empty")
    return el("details", summary, shown or empty, class_="group", id=f"g{one.number}", open=opened)


def _source(citation: Citation, number: int, unaccepted: Collection[str], language: Language) -> Html:
    quote, passage = citation.quote, citation.quote.passage
    url = document_url(passage.source, citation.start, citation.end, passage.version, language)
    back = el("a", plain(say(language, "back")), class_="back", href=f"#a{number}-{citation.n}")
    title = plain(quote.record.title(language))
    return el(
        "section",
        el("h3", el("span", plain(str(citation.n)), class_="n"), title),
        about(passage, quote.record, language, passage.source in unaccepted),
        el("blockquote", marked(passage.text, quote.start, quote.end), lang=passage.language),
        el("p", opened(url, language), back, class_="links"),
        class_="source",
        id=f"s{number}-{citation.n}",
    )


def _nearest(answer: Answer, language: Language) -> Html:
    head = el("p", plain(say(language, "nearest")), class_="reading-head")
    shown = (_reading(hit, hit.passage.source in answer.unaccepted, language) for hit in answer.nearest)
    return join((head, *shown)) if answer.nearest else NOTHING


def _reading(hit: Hit, unaccepted: bool, language: Language) -> Html:
    passage = hit.passage
    url = document_url(passage.source, passage.start, passage.end, passage.version, language)
    return el(
        "section",
        el("h3", plain(hit.record.title(language))),
        about(passage, hit.record, language, unaccepted),
        el("blockquote", lines(passage.text), lang=passage.language),
        el("p", opened(url, language), class_="links"),
        class_="reading",
    )


def opened(url: str, language: Language) -> Html:
    """A link to a place in a document, in a tab of its own."""
    words = plain(say(language, "open"))
    note = sr(say(language, "new_tab"))
    return el("a", words, note, class_="open", href=url, target="_blank", rel="noopener noreferrer")


def about(passage: Passage, record: Record, language: Language, unaccepted: bool = False) -> Html:
    """The record of a passage's document as chips, and the headings that the passage stands under."""
    page = say(language, "page", n=passage.page) if passage.page else ""
    facts = el("p", chips(record, language, unaccepted), chip(page), class_="chips")
    path = " › ".join(passage.heading)
    if not path:
        return facts
    parts = (el("span", plain(part)) for part in passage.heading)
    label = sr(f"{say(language, 'section')}: ")
    return join((facts, el("p", label, *parts, class_="where", lang=passage.language, title=path)))


def chips(record: Record, language: Language, unaccepted: bool = False) -> Html:
    """Issuer, date, kind and standing of a document as small labels, and whether the staff has yet to accept it."""
    #: A digest says whose digest it is, which is more than its kind.
    kind = say(language, "digest") if record.digest_of else labels.kind(record.kind, language)
    later = say(language, "superseded", later=record.superseded_by) if record.superseded_by else ""
    return join(
        (
            chip(record.issuer(language) or say(language, "no_issuer"), "issuer"),
            chip(labels.date(record.date, language) or say(language, "undated")),
            chip(kind),
            chip(labels.standing(record.standing, language), f"standing {slug(record.standing)}"),
            chip(later, "warn"),
            chip("" if record.listed else say(language, "unlisted"), "warn"),
            chip(labels.unaccepted(language) if unaccepted else "", "warn unaccepted"),
        )
    )
