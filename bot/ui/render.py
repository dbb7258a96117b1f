"""Exchanges and their sources as HTML for the chat page. Pure: values in, inert HTML out.

Anchors: exchange 3, source 1 is `s3-1` in the panel; the first mark that points at it is `a3-1`.
"""

from collections.abc import Iterable

from bot import labels
from bot.types import Answer, Citation, Statement, Verdict
from bot.ui.markup import (
    NOTHING,
    Html,
    chip,
    document_url,
    el,
    join,
    lines,
    marked,
    plain,
    preformatted,
    slug,
    sr,
)
from bot.ui.talk import LIMIT, Exchange, Talk, language_of
from bot.ui.words import say
from ingest.types import Language, Passage, Record
from vectorstore.types import Hit

_SIGNS: dict[Verdict, str] = {"supported": "✓", "partly": "△", "unsupported": "×"}


def exchanges(some: Iterable[Exchange], language: Language) -> Html:
    """Exchanges one below the other, each on one line of source."""
    return join((exchange(one, language) for one in some), "\n\n")


def exchange(one: Exchange, language: Language) -> Html:
    """A question and its answer so far; the page's words in `language`, the desk's in the answer's."""
    asked = el(
        "div",
        sr(say(language, "you")),
        el("p", lines(one.question)),
        class_="question",
        id=f"q{one.number}",
        lang=one.language,
    )
    return el("article", asked, _reply(one, language), class_=f"exchange {one.state}")


def _reply(one: Exchange, language: Language) -> Html:
    if one.answer is not None:
        shown = _refused if one.answer.status == "refused" else _answered
        return shown(one.answer, one.number, language)
    if one.state == "busy":
        return _progress(one, language)
    fill = {"failed": {"reference": one.reference}, "long": {"limit": f"{LIMIT:,}"}}.get(one.state, {})
    return el("div", el("p", plain(say(one.language, one.state, **fill))), class_="reply notice")


def _progress(one: Exchange, language: Language) -> Html:
    line = say(language, "searching") if one.found is None else say(language, "reading", n=one.found)
    progress = el("p", el("span", class_="dots"), plain(line), class_="progress")
    label = el("p", plain(say(language, "draft")), class_="label")
    draft = join((label, el("p", lines(one.draft), class_="draft"))) if one.draft else NOTHING
    return el("div", progress, draft, class_="reply")


def _answered(answer: Answer, number: int, language: Language) -> Html:
    titles = {c.n: c.quote.record.title(language) for c in answer.citations}
    seen: set[int] = set()
    said = [_statement(s, number, titles, seen, language) for s in answer.statements]
    frame = el("p", *map(lines, answer.notes[:1]), class_="frame") if answer.notes else NOTHING
    return el(
        "div",
        sr(say(language, "desk")),
        frame,
        el("div", *said, class_="statements"),
        _notes(answer.notes[1:], language),
        _legend(answer, language),
        _foot(answer, number, language),
        class_="reply",
        lang=answer.language,
    )


def _statement(
    one: Statement, number: int, titles: dict[int, str], seen: set[int], language: Language
) -> Html:
    marks = []
    for n in one.citations:
        anchor = "" if n in seen else f"a{number}-{n}"
        seen.add(n)
        name = say(language, "cite", n=n, title=titles.get(n, ""))
        marks.append(el("a", plain(f"[{n}]"), class_="cite", href=f"#s{number}-{n}", id=anchor, title=name))
    why = el("span", plain(one.why), class_="why") if one.why and one.verdict != "supported" else NOTHING
    proof = el("span", *marks, _verdict(one.verdict, language), class_="proof")
    words = (lines(one.text), Html(" "), proof, why)
    return el("p", *words, class_=f"statement {one.verdict}", lang=language_of(one.text))


def _verdict(verdict: Verdict, language: Language) -> Html:
    word, why = say(language, verdict), say(language, f"{verdict}_why")
    sign = plain(_SIGNS[verdict])
    return el("span", sign, sr(f" {word}"), class_=f"verdict {verdict}", title=f"{word}: {why}")


def _legend(answer: Answer, language: Language) -> Html:
    used = [verdict for verdict in _SIGNS if any(s.verdict == verdict for s in answer.statements)]
    items = (
        el(
            "li",
            el("span", plain(_SIGNS[verdict]), class_=f"verdict {verdict}"),
            el("b", plain(say(language, verdict))),
            plain(say(language, f"{verdict}_why")),
        )
        for verdict in used
    )
    return el("ul", *items, class_="legend", lang=language)


def _notes(notes: tuple[str, ...], language: Language) -> Html:
    items = [el("li", lines(note)) for note in notes]
    if not items:
        return NOTHING
    return join((el("p", plain(say(language, "notes")), class_="label"), el("ul", *items, class_="notes")))


def _foot(answer: Answer, number: int, language: Language) -> Html:
    facts = (
        say(language, "written_by", model=answer.model) if answer.model else say(language, "no_model"),
        say(language, "edition", edition=answer.edition),
        say(language, "seconds", seconds=f"{answer.seconds:.1f}"),
    )
    copy = el(
        "a",
        plain(say(language, "copy")),
        class_="copy",
        role="button",
        href=f"#copy-{number}",
        title=say(language, "copied"),
    )
    text = el("pre", preformatted(as_text(answer, language)), class_="copytext", id=f"copy-{number}")
    about = el("span", plain(" · ".join(facts)))
    return join((el("p", copy, about, class_="foot", lang=language), text))


def _refused(answer: Answer, number: int, language: Language) -> Html:
    """Without near passages it is no refusal but a word about the desk itself, and needs no heading."""
    head = el("p", plain(say(answer.language, "refused")), class_="refusal")
    hint = el("a", plain(say(language, "refused_nearest")), class_="hint", href=f"#g{number}", lang=language)
    return el(
        "div",
        sr(say(language, "desk")),
        head if answer.nearest else NOTHING,
        el("p", lines(answer.reason)),
        _notes(answer.notes, language),
        el("p", hint) if answer.nearest else NOTHING,
        class_="reply refused" if answer.nearest else "reply",
        lang=answer.language,
    )


def panel(talk: Talk, language: Language) -> Html:
    """The sources of every exchange, the latest first and open."""
    groups = [_group(e, e.answer, e is talk.now, language) for e in reversed(talk.exchanges) if e.answer]
    head = el("h2", plain(say(language, "sources")), class_="panel-head")
    return join((head, *(groups or [el("p", plain(say(language, "sources_empty")), class_="empty")])))


def _group(one: Exchange, answer: Answer, opened: bool, language: Language) -> Html:
    refused = answer.status == "refused"
    shown = (
        _nearest(answer.nearest, language)
        if refused
        else join(_source(c, one.number, language) for c in answer.citations)
    )
    name = el("b", plain(say(language, "sources_of", n=one.number)))
    summary = el("summary", name, el("span", plain(one.question[:80]), lang=one.language))
    empty = el("p", plain(say(language, "no_sources")), class_="empty")
    return el("details", summary, shown or empty, class_="group", id=f"g{one.number}", open=opened)


def _source(citation: Citation, number: int, language: Language) -> Html:
    quote, passage = citation.quote, citation.quote.passage
    url = document_url(passage.source, citation.start, citation.end, passage.version, language)
    back = el("a", plain(say(language, "back")), class_="back", href=f"#a{number}-{citation.n}")
    title = plain(quote.record.title(language))
    return el(
        "section",
        el("h3", el("span", plain(str(citation.n)), class_="n"), title),
        about(passage, quote.record, language),
        el("blockquote", marked(passage.text, quote.start, quote.end), lang=passage.language),
        el("p", opened(url, language), back, class_="links"),
        class_="source",
        id=f"s{number}-{citation.n}",
    )


def _nearest(hits: tuple[Hit, ...], language: Language) -> Html:
    head = el("p", plain(say(language, "nearest")), class_="reading-head")
    return join((head, *(_reading(hit, language) for hit in hits))) if hits else NOTHING


def _reading(hit: Hit, language: Language) -> Html:
    passage = hit.passage
    url = document_url(passage.source, passage.start, passage.end, passage.version, language)
    return el(
        "section",
        el("h3", plain(hit.record.title(language))),
        about(passage, hit.record, language),
        el("blockquote", lines(passage.text), lang=passage.language),
        el("p", opened(url, language), class_="links"),
        class_="reading",
    )


def opened(url: str, language: Language) -> Html:
    """A link to a place in a document, in a tab of its own."""
    words = plain(say(language, "open"))
    note = sr(say(language, "new_tab"))
    return el("a", words, note, class_="open", href=url, target="_blank", rel="noopener noreferrer")


def about(passage: Passage, record: Record, language: Language) -> Html:
    """The record of a passage's document as chips, and the headings that the passage stands under."""
    page = say(language, "page", n=passage.page) if passage.page else ""
    facts = el("p", chips(record, language), chip(page), class_="chips")
    path = " › ".join(passage.heading)
    if not path:
        return facts
    parts = (el("span", plain(part)) for part in passage.heading)
    label = sr(f"{say(language, 'section')}: ")
    return join((facts, el("p", label, *parts, class_="where", lang=passage.language, title=path)))


def chips(record: Record, language: Language) -> Html:
    """Issuer, date, kind and standing of a document as small labels."""
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
        )
    )


def as_text(answer: Answer, language: Language) -> str:
    """An answer to paste elsewhere: the question, the statements, and each source with its quoted words."""
    sources = (_source_line(c, language) for c in answer.citations)
    return "\n".join((answer.question, "", answer.text, "", *sources)).strip()


def _source_line(citation: Citation, language: Language) -> str:
    record, passage = citation.quote.record, citation.quote.passage
    page = say(language, "page", n=passage.page) if passage.page else ""
    facts = (record.title(language), record.issuer(language), labels.date(record.date, language), page)
    left, right = ("「", "」") if passage.language == "ja" else ("“", "”")
    return f"[{citation.n}] {', '.join(filter(None, facts))}\n    {left}{citation.quote.text}{right}"
