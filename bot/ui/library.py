"""The page of all documents: each with its record and the state of its text. Pure: values in, HTML out."""

from collections.abc import Collection

from bot.ui.markup import NOTHING, Html, chip, document_url, el, join, plain
from bot.ui.shell import header, page
from bot.ui.sources import chips
from bot.ui.talk import language_of
from bot.ui.words import edition_name, say
from ingest.health import told
from ingest.types import Health, Language, Record


def library_page(
    rows: tuple[tuple[str, Record, Health], ...],
    edition: str,
    language: Language,
    unaccepted: Collection[str] = (),
) -> str:
    """The whole page as HTML, newest document first; the sources `unaccepted` are marked."""
    ordered = sorted(rows, key=lambda row: (row[1].date, row[0]), reverse=True)
    lead = say(language, "library_lead", n=len(rows)) if rows else say(language, "library_none")
    state = (
        el("p", plain(say(language, "edition", edition=edition_name(edition))), class_="edition")
        if edition
        else NOTHING
    )
    main = el(
        "main",
        el("h1", plain(say(language, "nav_library"))),
        el("p", plain(lead), class_="lead"),
        el("div", *(_card(*row, row[0] in unaccepted, language) for row in ordered), class_="cards"),
        state,
        class_="still",
        id="main",
    )
    body = join((header(language, "library", "/library"), main))
    return page(f"{say(language, 'nav_library')} – {say(language, 'title_short')}", language, body)


def _card(source: str, record: Record, health: Health, unaccepted: bool, language: Language) -> Html:
    link = el("a", plain(record.title(language)), href=document_url(source, language=language))
    remark = record.remark(language)
    note = el("p", plain(remark), class_="note", lang=language_of(remark)) if remark else NOTHING
    file = el("p", plain(f"{say(language, 'source_file')}: {source}"), class_="file")
    return el(
        "section",
        el("h2", link),
        el(
            "p", chips(record, language, unaccepted), chip(say(language, _written_in(health))), class_="chips"
        ),
        note,
        _health(health, language),
        file,
        class_="card",
    )


def _written_in(health: Health) -> str:
    """The languages of a text, by the share of its characters that are Japanese."""
    return (
        "language_ja"
        if health.japanese > 0.5
        else "language_both"
        if health.japanese > 0.1
        else "language_en"
    )


def health(found: Health, language: Language) -> Html:
    """The state of a document's text as a small label."""
    key = "health_bad" if found.quarantine else "health_look" if found.findings else "health_good"
    return chip(say(language, key), key)


def _health(found: Health, language: Language) -> Html:
    size = say(language, "characters", n=f"{found.characters:,}")
    pages = say(language, "pages", n=found.pages) if found.pages > 1 else ""
    findings = [el("li", plain(text)) for text in told(found, language)]
    return join(
        (
            el("p", health(found, language), chip(size), chip(pages), class_="chips health"),
            el("ul", *findings, class_="findings") if findings else NOTHING,
        )
    )
