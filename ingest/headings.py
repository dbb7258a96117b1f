"""Which lines of a cleaned text are headings, and of what style. Pure; the levels are worked out in
`outline`.

A line is a heading because the format says so, because of how it is written (CAPITALS, 第2章, ＜…＞, Case
1: …), or because of where it stands: first on a slide, above a list, or as a bilingual pair of short lines.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.language import language_of
from ingest.lines import (
    CAPTION,
    FINISHED,
    SENTENCE_END,
    Mark,
    is_capitals,
    is_title_case,
    open_bracket,
    width,
)

#: Wider lines are text. Measured in columns, so about 40 Japanese characters.
WIDEST = 110
#: A lead above a list and a slide's title are short.
WIDEST_LEAD = 84
#: Text from this length on, with an end mark, is running prose.
PROSE = 80
#: Bullets that Japanese slides and papers also put before a heading.
HEADING_BULLETS = ("○", "■", "⚫")
INNER_BULLETS = ("•", "・", "–", "-")
#: A line under a figure or table that names where it is from.
SOURCE = re.compile(r"(?i)(?:sources?|notes?|出典|出所|資料|注)\s*[:：]")
#: Without a blank line before it, a line set as a title must have this many words.
TITLE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of cleaned text: ``text[start:end]``, what stands around it, and what the format says about
    it.
    """

    text: str
    start: int
    end: int
    mark: Mark | None
    #: A blank line or the beginning of the text stands before it.
    gap: bool
    #: A page or slide begins with it.
    first: bool
    #: Level 1-6 if the format marks it as a heading, else 0.
    given: int

    @property
    def bare(self) -> bool:
        """Words without a mark of their own that are no finished sentence, remark, source or address."""
        words = self.text[:1] not in "(（[［/=" and re.search(r"[^\W\d_]{2}", self.text) is not None
        said = SENTENCE_END.search(self.text.rstrip("?？!！")) or SOURCE.match(self.text)
        return self.mark is None and words and not said and "@" not in self.text and "://" not in self.text

    @property
    def item(self) -> bool:
        return self.mark is not None and self.mark.shape in ("bullet", "number")


@dataclass(frozen=True, slots=True)
class Place:
    """A line with its neighbours; None at the ends of the text."""

    before: Row | None
    row: Row
    after: Row | None
    then: Row | None


def _short(row: Row, most: int = WIDEST) -> bool:
    return width(row.text) <= most and not FINISHED.search(row.text.rstrip("?？!！"))


def _label(place: Place) -> str:
    """第2条, Case 1: — with a short name behind it and text below."""
    row = place.row
    labelled = row.mark is not None and row.mark.shape in ("label", "tag")
    fits = row.mark is not None and (row.mark.shape == "tag" or _short(row))
    return row.mark.style if row.mark and labelled and fits and place.after else ""


def _capitals(place: Place) -> str:
    row = place.row
    below, before = place.after, place.before
    if row.mark is not None or below is None or not is_capitals(row.text) or not _short(row):
        return ""
    free = row.gap or row.first or before is None or bool(SENTENCE_END.search(before.text))
    holds = len(below.text) >= PROSE or below.mark is not None or is_capitals(below.text)
    return "capitals" if free and holds else ""


def _has_body(place: Place) -> bool:
    """Text or a list of another kind stands right below a marked line."""
    mark, below = place.row.mark, place.after
    if below is None or mark is None or CAPTION.match(below.text):
        return False
    if below.mark is not None:
        return below.mark.style != mark.style and below.mark.shape in ("bullet", "number", "note", "date")
    return len(below.text) >= PROSE or bool(SENTENCE_END.search(below.text))


def _number(place: Place) -> str:
    """1. Background — short, with text or another list below, and not the last entry of a list of short
    lines.
    """
    row, before = place.row, place.before
    if row.mark is None or row.mark.shape != "number" or not _short(row) or not _has_body(place):
        return ""
    in_list = before is not None and before.mark is not None and before.mark.style == row.mark.style
    return "" if in_list and row.mark.number > 1 else row.mark.style


def _bullet(place: Place) -> str:
    """⚫ 現状と課題 above bullets of another kind."""
    row, below = place.row, place.after
    if row.mark is None or row.mark.style not in HEADING_BULLETS or not _short(row, WIDEST_LEAD):
        return ""
    deeper = below is not None and below.mark is not None and below.mark.style in INNER_BULLETS
    return row.mark.style if deeper else ""


def _pair(place: Place) -> str:
    """The first line of a title in two languages: two short lines together, set off from what stands
    before.
    """
    row, below = place.row, place.after
    if below is None or not (row.gap or row.first) or not (row.bare and below.bare):
        return ""
    together = not below.gap or (row.first and width(row.text) + width(below.text) <= 2 * WIDEST)
    alone = place.then is None or place.then.gap or place.then.first or place.then.item
    person = place.then is not None and "@" in place.then.text
    differ = language_of(row.text) != language_of(below.text)
    fit = _short(row) and _short(below) and len(row.text) > 5 and len(below.text) > 3
    return "pair" if together and alone and differ and fit and not person and not below.first else ""


def _slide(place: Place) -> str:
    """The first line of a slide, short and without a mark."""
    row = place.row
    return "slide" if row.first and row.bare and _short(row) and place.after else ""


def _lead(place: Place) -> str:
    """A short line right above a list. One that ends with a colon introduces the list and is text."""
    row, before, below = place.row, place.before, place.after
    if below is None or not below.item or below.first or not row.bare or not _short(row, WIDEST_LEAD):
        return ""
    running = not row.gap and before is not None and before.bare
    listed = below.mark is not None and below.mark.style not in ("★", "→")
    plain = not re.search("[•;；]", row.text) and not open_bracket(row.text)
    return "lead" if listed and plain and not running else ""


def _title_case(place: Place) -> str:
    """Three Cases of Partnerships — an English line set as a title, above running text and not under a
    caption.
    """
    row, before, below = place.row, place.before, place.after
    if not row.bare or not is_title_case(row.text) or not _short(row) or below is None:
        return ""
    free = (
        row.gap
        or before is None
        or (SENTENCE_END.search(before.text) and len(row.text.split()) >= TITLE_WORDS)
    )
    caption = before is not None and CAPTION.match(before.text)
    prose = below.mark is None and len(below.text) >= PROSE and bool(SENTENCE_END.search(below.text))
    return "title case" if free and prose and not caption else ""


def _alone(place: Place) -> str:
    """A short Japanese line that stands alone between blank lines, above running text."""
    row, below = place.row, place.after
    if below is None or not (row.gap and below.gap) or not row.bare or not _short(row, WIDEST_LEAD):
        return ""
    before = place.before
    free = before is None or before.given or before.mark is not None or SENTENCE_END.search(before.text)
    prose = below.mark is None and len(below.text) >= PROSE // 2 and bool(SENTENCE_END.search(below.text))
    return (
        "lead"
        if free and prose and language_of(row.text) == "ja" and not row.text.endswith(("、", "，"))
        else ""
    )


#: In this order; the first that knows the line names its style.
RULES: tuple[Callable[[Place], str], ...] = (
    _label,
    _capitals,
    _number,
    _bullet,
    _pair,
    _slide,
    _lead,
    _title_case,
    _alone,
)


def style_of(rows: Sequence[Row], at: int) -> str:
    """The heading style of ``rows[at]``: "given", a style of RULES, or "" for a line that is no heading."""
    row = rows[at]
    if row.given:
        return "given"
    if CAPTION.match(row.text) or (
        row.mark is not None and row.mark.shape in ("row", "note", "time", "date")
    ):
        return ""
    around = [rows[near] if 0 <= near < len(rows) else None for near in (at - 1, at + 1, at + 2)]
    place = Place(around[0], row, around[1], around[2])
    return next((style for rule in RULES if (style := rule(place))), "")
