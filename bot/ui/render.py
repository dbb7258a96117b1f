"""Exchanges as HTML for the chat page. Pure: values in, inert HTML out.

Anchors: the first mark in exchange 3 that points at source 1 is `a3-1`, the source in the panel `s3-1`.
"""

from collections.abc import Iterable

from bot import labels
from bot.extract.frame import terms_in
from bot.strokes import shown
from bot.types import Answer, Citation, Statement, Verdict
from bot.ui.export import as_text
from bot.ui.markup import NOTHING, Html, chip, el, join, lines, plain, preformatted, sr
from bot.ui.talk import LIMIT, Exchange, language_of
from bot.ui.words import edition_name, say
from ingest.types import Language

_SIGNS: dict[Verdict, str] = {"supported": "✓", "partly": "△", "unsupported": "×"}


def exchanges(some: Iterable[Exchange], language: Language, talk: str = "") -> Html:
    """Exchanges one below the other, each on one line of source."""
    return join((exchange(one, language, talk, latest=False) for one in some), "\n\n")


def exchange(one: Exchange, language: Language, talk: str = "", latest: bool = True) -> Html:
    """A question and its answer so far; the page's words in `language`, the desk's in the answer's.

    `talk` is the name of the conversation; only the `latest` exchange offers questions that lead on.
    """
    asked = el(
        "div",
        sr(say(language, "you")),
        el("p", lines(one.question)),
        class_="question",
        id=f"q{one.number}",
        lang=one.language,
    )
    limits = el("p", sr(say(language, "filters")), *map(chip, one.limits), class_="limited chips")
    refused = " refused" if one.answer and one.answer.status == "refused" and one.answer.nearest else ""
    done = " rated" if one.rated else ""
    done += " sent" if one.ticket else ""
    return el(
        "article",
        asked,
        limits if one.limits else NOTHING,
        _reply(one, language, talk),
        _became(one, language),
        _further(one, language) if latest else NOTHING,
        class_=f"exchange {one.state}{refused}{done}",
    )


def _reply(one: Exchange, language: Language, talk: str) -> Html:
    if one.answer is not None:
        if one.answer.status == "refused":
            return _refused(one.answer, one.number, language)
        return _answered(one.answer, one.number, language, talk)
    if one.state == "busy":
        return _progress(one, language)
    fill = {"failed": {"reference": one.reference}, "long": {"limit": f"{LIMIT:,}"}}.get(one.state, {})
    return el("div", el("p", plain(say(one.language, one.state, **fill))), class_="reply notice")


def _became(one: Exchange, language: Language) -> Html:
    """What the user did with the answer."""
    rated = say(language, f"rated_{one.rated}") if one.rated else ""
    ticket = say(language, "ticket_made", number=one.ticket) if one.ticket else ""
    said = (el("p", plain(text), role="status", class_="became") for text in (ticket, rated) if text)
    return join(said)


def _further(one: Exchange, language: Language) -> Html:
    """Questions to ask next; the script puts one into the box and sends it."""
    items = [
        el("li", el("a", plain(question), href="#question", class_="ask-this", role="button"))
        for question in one.further
    ]
    if not items:
        return NOTHING
    head = el("p", plain(say(language, "further")), class_="label", id=f"f{one.number}")
    return join((head, el("ul", *items, class_="further", lang=one.language)))


def _progress(one: Exchange, language: Language) -> Html:
    line = say(language, "searching") if one.found is None else say(language, "reading", n=one.found)
    waiting = (el("span", class_="dots"), plain(line), el("span", class_="elapsed"))
    progress = el("p", *waiting, class_="progress")
    label = el("p", plain(say(language, "draft")), class_="label")
    draft = join((label, el("p", lines(one.draft), class_="draft"))) if one.draft else NOTHING
    return el("div", progress, draft, class_="reply")


def _answered(answer: Answer, number: int, language: Language, talk: str) -> Html:
    titles = {c.n: _title(c, answer, language) for c in answer.citations}
    seen: set[int] = set()
    said = [_statement(s, number, titles, seen, language) for s in answer.statements]
    frame = el("p", *map(lines, answer.notes[:1]), class_="frame") if answer.notes else NOTHING
    return el(
        "div",
        sr(say(language, "desk")),
        frame,
        el("div", *said, class_="statements"),
        _terms(answer, language),
        _notes(_caveats(answer), language),
        _legend(answer, language),
        _foot(answer, number, language, talk),
        class_="reply",
        lang=answer.language,
    )


def _title(citation: Citation, answer: Answer, language: Language) -> str:
    """What a citation is called where it is pointed at."""
    title = citation.quote.record.title(language)
    mark = labels.unaccepted(language) if citation.quote.passage.source in answer.unaccepted else ""
    return " – ".join(part for part in (title, mark) if part)


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
    words = (lines(shown(one.text)), Html(" "), proof, why)
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


def _caveats(answer: Answer) -> tuple[str, ...]:
    """The notes after the introduction, without the one of key terms, which is shown as what it is."""
    return tuple(note for note in answer.notes[1:] if not terms_in(note, answer.language))


def _terms(answer: Answer, language: Language) -> Html:
    """What terms of foreign quotes are called in the answer's language, right below the words that hold them."""
    other: Language = "en" if answer.language == "ja" else "ja"
    items = [
        el("li", el("span", plain(theirs), lang=other), plain(" = "), el("b", plain(ours)))
        for note in answer.notes[1:]
        for theirs, ours in terms_in(note, answer.language)
    ]
    head = el("p", plain(say(language, "terms")), class_="label", lang=language)
    return join((head, el("ul", *items, class_="pairs"))) if items else NOTHING


def _notes(notes: tuple[str, ...], language: Language) -> Html:
    items = [el("li", lines(note)) for note in notes]
    if not items:
        return NOTHING
    return join((el("p", plain(say(language, "notes")), class_="label"), el("ul", *items, class_="notes")))


def _foot(answer: Answer, number: int, language: Language, talk: str) -> Html:
    facts = (
        say(language, "written_by", model=answer.model) if answer.model else say(language, "no_model"),
        say(language, "edition", edition=edition_name(answer.edition)),
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
    packet = el(
        "a",
        plain(say(language, "packet")),
        class_="packet",
        href=f"/talk/{talk}/{number}.json",
        title=say(language, "packet_why"),
        download=True,
    )
    links = (copy, packet if talk else NOTHING, about)
    return join((el("p", *links, class_="foot", lang=language), text))


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
