"""Passages and answers of a case as inert HTML, the quoted words marked. Shared by the report and the page. Pure."""

from collections.abc import Iterator

from bot.ui.markup import NOTHING, Html, chip, el, join, lines, plain
from evals.explain import missing_facts, reasons
from evals.records import Found, Record
from evals.report.words import say
from ingest.types import Language


def _spans(hit: Found, record: Record) -> list[tuple[int, int]]:
    """The quoted stretches of a hit, as offsets in its text, merged and in order."""
    spans = sorted(
        (max(one.start - hit.start, 0), min(one.end - hit.start, len(hit.text)))
        for one in record.reply.cited
        if one.source == hit.source and one.start < hit.end and hit.start < one.end
    )
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _marked(hit: Found, record: Record) -> Iterator[Html]:
    at = 0
    for start, end in _spans(hit, record):
        yield lines(hit.text[at:start])
        yield el("mark", lines(hit.text[start:end]))
        at = end
    yield lines(hit.text[at:])


def passage(hit: Found, place: int, record: Record, language: Language) -> Html:
    """A hit with its place, its source, and the words that the answer quotes marked."""
    gold = chip(say(language, "gold"), "gold") if place in record.gold_at else NOTHING
    where = plain(f"{place}. {hit.source} {hit.start}–{hit.end}")
    head = el("p", where, Html(" "), gold, class_="where")
    title = el("p", plain(" › ".join(part for part in (hit.title, hit.heading) if part)), class_="title")
    return el("article", head, title, el("blockquote", *_marked(hit, record)), class_="hit")


def answer(record: Record) -> Html:
    """The reply as it was shown, its sentences with their marks."""
    return el("div", lines(record.reply.text), class_="answer")


def _row(name: str, value: Html) -> Html:
    return join((el("dt", plain(name)), el("dd", value))) if value else NOTHING


def about(record: Record, language: Language) -> Html:
    """What was asked, how it was searched for, what was wanted, and where the answer stands."""
    case, lacking = record.case, set(missing_facts(record))
    facts = join(
        chip(f"{'✗' if fact[0] in lacking else '✓'} {fact[0]}", "bad" if fact[0] in lacking else "good")
        for fact in case.facts
    )
    gold = join(
        (lines(f"{one.document} {one.section}: {' … '.join(one.terms)}") for one in case.gold), "<br>"
    )
    searched = record.reply.query if record.reply.query != case.asked[-1] else ""
    return el(
        "dl",
        _row(say(language, "asked"), join(map(plain, case.asked), "<br>")),
        _row(say(language, "searched"), plain(searched)),
        _row(say(language, "wanted"), facts),
        _row(say(language, "where"), gold),
    )


def why(record: Record, language: Language) -> Html:
    """The reasons that the case failed for."""
    return el("ul", *(el("li", plain(reason)) for reason in reasons(record, language)), class_="why")
