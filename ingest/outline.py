"""Clean text -> blocks: titles, headings with levels, paragraphs, list items, table rows. Pure.

Blocks come in reading order. That is the order of the text, with two exceptions that slides need: the title
that an extractor put at the end of its slide stands before that slide, and the head of a second column
stands before the second column's part.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.clean import Cleaned
from ingest.headings import WIDEST, WIDEST_LEAD, Row, style_of
from ingest.language import language_of
from ingest.levels import COLUMN, TOP, Heading, levelled
from ingest.lines import is_title_case, mark_of, width
from ingest.types import Block

#: So many lines without a time end a timetable.
TIMETABLE = 12
#: A document's title may run over two lines of 80 columns.
WIDEST_TITLE = 160
#: A slide must have this many lines before its last one can be its title.
SLIDE_LINES = 3
_COLUMN_HEADS = re.compile(r"([○◯■●◆⚫])\s*([^○◯■●◆⚫\s][^○◯■●◆⚫]{1,28}?)(?=\s+\1|\s*$)")


def outline(cleaned: Cleaned) -> tuple[Block, ...]:
    """The blocks of a cleaned text, in reading order; every line is in exactly one of them. Linear in its
    length.
    """
    rows = read_rows(cleaned)
    parts: list[Heading | Row] = []
    at = 0
    while at < len(rows):
        columns = _columns(rows[at])
        style = "" if columns else style_of(rows, at)
        if columns:
            parts.extend(columns)
        elif style == "pair":
            parts.append(Heading(rows[at].start, rows[at + 1].end, style, 0, first=rows[at].first))
            at += 1
        elif style:
            parts.append(_heading(rows, at, style))
        else:
            parts.append(rows[at])
        at += 1
    parts = _in_columns(_closing_titles(_stacked(_timetables(parts), cleaned.text)))
    return levelled(_with_title(_demoted(parts)))


def _heading(rows: Sequence[Row], at: int, style: str) -> Heading:
    row, below = rows[at], rows[at + 1] if at + 1 < len(rows) else None
    number = row.mark.number if row.mark else 0
    listed = below.mark.style if below is not None and below.mark is not None and below.item else ""
    return Heading(row.start, row.end, style, row.given, number, listed, row.first)


def read_rows(cleaned: Cleaned) -> list[Row]:
    """The lines of a cleaned text that are not blank."""
    given, breaks = dict(cleaned.headings), set(cleaned.breaks)
    rows: list[Row] = []
    blank = True
    for line in re.finditer(r"[^\n]*\n?", cleaned.text):
        body = line[0].strip()
        if body:
            start = line.start() + line[0].index(body[0])
            first = start in breaks or (not rows and line.start() == 0 and len(breaks) > 2)
            rows.append(Row(body, start, start + len(body), mark_of(body), blank, first, given.get(start, 0)))
        blank = not body
    return rows


def _columns(row: Row) -> list[Heading]:
    """The heads of columns that stand side by side on one line; none for any other line."""
    heads = list(_COLUMN_HEADS.finditer(row.text))
    if row.given or len(heads) < 2 or sum(len(head[0]) for head in heads) < 0.8 * len(row.text):
        return []
    return [Heading(row.start + head.start(), row.start + head.end(), COLUMN, 0) for head in heads]


def _timetables(parts: Sequence[Heading | Row]) -> list[Heading | Row]:
    """The short line right above the first entry of a timetable is its heading."""
    found: list[Heading | Row] = []
    last = -TIMETABLE
    for at, part in enumerate(parts):
        timed = isinstance(part, Row) and part.mark is not None and part.mark.shape == "time"
        above = found[-1] if found else None
        if (
            timed
            and at - last >= TIMETABLE
            and isinstance(above, Row)
            and above.bare
            and _over(above, any_gap=True)
        ):
            found[-1] = Heading(above.start, above.end, "lead", 0, first=above.first)
        last = at if timed else last
        found.append(part)
    return found


def _stacked(parts: Sequence[Heading | Row], text: str) -> list[Heading | Row]:
    """A short line right above the heading of a list: its first line, or the heading of the part if set
    off.
    """
    found: list[Heading | Row] = []
    for part in parts:
        above = found[-1] if found else None
        lead = isinstance(part, Heading) and part.style == "lead"
        if lead and isinstance(part, Heading) and isinstance(above, Row) and _over(above):
            found.pop()
            if text.count("\n", above.end, part.start) == 1:
                part = replace(part, start=above.start, first=above.first)
            else:
                found.append(Heading(above.start, above.end, "over", 0, first=above.first))
        found.append(part)
    return found


def _over(row: Row, any_gap: bool = False) -> bool:
    field = re.search(r"[:：].*\S", row.text) is not None  # "Language: English" is no heading
    return (
        (row.gap or any_gap)
        and row.bare
        and not field
        and width(row.text) <= (WIDEST if any_gap else WIDEST_LEAD)
    )


def _closing_titles(parts: Sequence[Heading | Row]) -> list[Heading | Row]:
    """Moves the title that closes a slide without any other heading to the slide's beginning."""
    found: list[Heading | Row] = []
    slide: list[Heading | Row] = []
    for part in (*parts, None):
        opens = (
            part is None
            or (isinstance(part, Row) and part.first)
            or (isinstance(part, Heading) and part.style == "slide")
        )
        if opens:
            found.extend(_with_title_first(slide))
            slide = []
        if part is not None:
            slide.append(part)
    return found


def _with_title_first(slide: list[Heading | Row]) -> list[Heading | Row]:
    last = slide[-1] if slide else None
    rows = [part for part in slide if isinstance(part, Row)]
    if len(rows) < len(slide) or len(rows) <= SLIDE_LINES or not rows[0].first or not isinstance(last, Row):
        return slide
    titled = is_title_case(last.text) or language_of(last.text) == "ja"
    if not (last.gap and last.bare and titled and width(last.text) <= WIDEST_LEAD):
        return slide
    return [Heading(last.start, last.end, "slide", 0), *slide[:-1]]


def _in_columns(parts: list[Heading | Row]) -> list[Heading | Row]:
    """Moves the head of each later column to where the numbering below starts again from 1."""
    at = 0
    while at < len(parts):
        heads: list[Heading | Row] = []
        while at + len(heads) < len(parts) and _is_column_head(parts[at + len(heads)]):
            heads.append(parts[at + len(heads)])
        if len(heads) > 1:
            starts = _restarts(parts, at + len(heads))
            if len(starts) == len(heads):
                for head, start in reversed(list(zip(heads[1:], starts[1:], strict=True))):
                    parts.insert(start, head)
                del parts[at + 1 : at + len(heads)]
        at += max(1, len(heads))
    return parts


def _is_column_head(part: Heading | Row) -> bool:
    return isinstance(part, Heading) and part.style == COLUMN


def _restarts(parts: Sequence[Heading | Row], at: int) -> list[int]:
    """Indexes from `at` on where numbered headings start from 1, up to the next slide."""
    found = []
    for index in range(at, len(parts)):
        part = parts[index]
        if isinstance(part, Heading) and (part.style in TOP or part.style == COLUMN):
            break
        if isinstance(part, Heading) and part.number == 1:
            found.append(index)
    return found


def _demoted(parts: Sequence[Heading | Row]) -> list[Heading | Row]:
    """Guessed headings that have no text before the next heading of their own style, or at all, are text."""
    found: list[Heading | Row] = []
    for at, part in enumerate(parts):
        if isinstance(part, Heading) and not part.given:
            after = next((other for other in parts[at + 1 : at + 3]), None)
            empty = after is None or (isinstance(after, Heading) and after.style == part.style)
            if empty and part.style != COLUMN:
                found.append(Row("", part.start, part.end, None, True, part.first, 0))
                continue
        found.append(part)
    return found


def _with_title(parts: list[Heading | Row]) -> list[Heading | Row]:
    """The document's title: a heading that opens the text, or its first line if short and unmarked."""
    if not parts:
        return parts
    head = parts[0]
    if isinstance(head, Heading):
        others = [part.given for part in parts[1:] if isinstance(part, Heading) and part.given]
        alone = head.style == "given" and (not others or min(others) > head.given)
        if alone or head.style in ("over", "slide", "pair", "lead", "title case"):
            parts[0] = replace(head, style="title")
    elif len(parts) > 1 and head.bare and width(head.text) <= WIDEST_TITLE and head.text[-1] not in ":：":
        parts[0] = Heading(head.start, head.end, "title", 0)
    return parts
