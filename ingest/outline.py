"""Clean text -> blocks: titles, headings with levels, paragraphs, list items, table rows. Pure.

Blocks come in reading order. That is the order of the text, with two exceptions that slides need: the title that an
extractor put at the end of its slide stands before that slide, and the head of a second column stands before the
second column's part.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.clean import Cleaned
from ingest.headings import HEADING_BULLETS, WIDEST_LEAD, Row, style_of
from ingest.language import language_of
from ingest.lines import Mark, is_title_case, mark_of, width
from ingest.types import Block

#: Styles that begin a part of their own: what they hold is levelled afresh.
TOP = frozenset(("slide", "pair", "over", "capitals", "第章"))
#: Styles that, met for the first time below some text, stand beside the heading above and not under it.
BESIDE = frozenset((*HEADING_BULLETS, "〈〉"))
#: The style of the heads of columns that stand side by side on one line.
COLUMN = "column"
DEEPEST = 6
#: A document's title may run over two lines of 80 columns.
WIDEST_TITLE = 160
#: A slide must have this many lines before its last one can be its title.
SLIDE_LINES = 3
_COLUMN_HEADS = re.compile(r"([○◯■●◆⚫])\s*([^○◯■●◆⚫\s][^○◯■●◆⚫]{1,28}?)(?=\s+\1|\s*$)")


@dataclass(frozen=True, slots=True)
class _Heading:
    start: int
    end: int
    style: str
    given: int
    number: int = 0
    #: Style of the list right below it, "" if none.
    list_style: str = ""


def outline(cleaned: Cleaned) -> tuple[Block, ...]:
    """The blocks of a cleaned text, in reading order; every line is in exactly one of them. Linear in its length."""
    rows = read_rows(cleaned)
    parts: list[_Heading | Row] = []
    at = 0
    while at < len(rows):
        columns = _columns(rows[at])
        style = "" if columns else style_of(rows, at)
        if columns:
            parts.extend(columns)
        elif style == "pair":
            parts.append(_Heading(rows[at].start, rows[at + 1].end, style, 0))
            at += 1
        elif style:
            parts.append(_heading(rows, at, style))
        else:
            parts.append(rows[at])
        at += 1
    parts = _in_columns(_closing_titles(_stacked(parts)))
    return _levelled(_with_title(_demoted(parts)))


def _heading(rows: Sequence[Row], at: int, style: str) -> _Heading:
    row, below = rows[at], rows[at + 1] if at + 1 < len(rows) else None
    number = row.mark.number if row.mark else 0
    listed = below.mark.style if below is not None and below.mark is not None and below.item else ""
    return _Heading(row.start, row.end, style, row.given, number, listed)


def read_rows(cleaned: Cleaned) -> list[Row]:
    """The lines of a cleaned text that are not blank."""
    given, breaks = dict(cleaned.headings), set(cleaned.breaks)
    rows = []
    blank = True
    for line in re.finditer(r"[^\n]*\n?", cleaned.text):
        body = line[0].strip()
        if body:
            start = line.start() + line[0].index(body[0])
            first = start in breaks or (not rows and line.start() == 0 and len(breaks) > 2)
            rows.append(Row(body, start, start + len(body), mark_of(body), blank, first, given.get(start, 0)))
        blank = not body
    return rows


def _columns(row: Row) -> list[_Heading]:
    """The heads of columns that stand side by side on one line; none for any other line."""
    heads = list(_COLUMN_HEADS.finditer(row.text))
    if row.given or len(heads) < 2 or sum(len(head[0]) for head in heads) < 0.8 * len(row.text):
        return []
    return [_Heading(row.start + head.start(), row.start + head.end(), COLUMN, 0) for head in heads]


def _stacked(parts: Sequence[_Heading | Row]) -> list[_Heading | Row]:
    """A short line that stands alone right above the heading of a list is the heading of the part."""
    found: list[_Heading | Row] = []
    for part, below in pairwise((*parts, None)):
        over = isinstance(part, Row) and isinstance(below, _Heading) and below.style == "lead"
        if over and isinstance(part, Row) and part.gap and part.bare and width(part.text) <= WIDEST_LEAD:
            found.append(_Heading(part.start, part.end, "over", 0))
        elif part is not None:
            found.append(part)
    return found


def _closing_titles(parts: Sequence[_Heading | Row]) -> list[_Heading | Row]:
    """Moves the title that closes a slide without any other heading to the slide's beginning."""
    found: list[_Heading | Row] = []
    slide: list[_Heading | Row] = []
    for part in (*parts, None):
        opens = part is None or (isinstance(part, Row) and part.first) or (isinstance(part, _Heading) and part.style == "slide")
        if opens:
            found.extend(_with_title_first(slide))
            slide = []
        if part is not None:
            slide.append(part)
    return found


def _with_title_first(slide: list[_Heading | Row]) -> list[_Heading | Row]:
    last = slide[-1] if slide else None
    rows = [part for part in slide if isinstance(part, Row)]
    if len(rows) < len(slide) or len(rows) <= SLIDE_LINES or not rows[0].first or not isinstance(last, Row):
        return slide
    titled = is_title_case(last.text) or language_of(last.text) == "ja"
    if not (last.gap and last.bare and titled and width(last.text) <= WIDEST_LEAD):
        return slide
    return [_Heading(last.start, last.end, "slide", 0), *slide[:-1]]


def _in_columns(parts: list[_Heading | Row]) -> list[_Heading | Row]:
    """Moves the head of each later column to where the numbering below starts again from 1."""
    at = 0
    while at < len(parts):
        heads = []
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


def _is_column_head(part: _Heading | Row) -> bool:
    return isinstance(part, _Heading) and part.style == COLUMN


def _restarts(parts: Sequence[_Heading | Row], at: int) -> list[int]:
    """Indexes from `at` on where numbered headings start from 1, up to the next slide."""
    found = []
    for index in range(at, len(parts)):
        part = parts[index]
        if isinstance(part, _Heading) and (part.style in TOP or part.style == COLUMN):
            break
        if isinstance(part, _Heading) and part.number == 1:
            found.append(index)
    return found


def _demoted(parts: Sequence[_Heading | Row]) -> list[_Heading | Row]:
    """Guessed headings that have no text before the next heading of their own style, or at all, are text."""
    found: list[_Heading | Row] = []
    for at, part in enumerate(parts):
        if isinstance(part, _Heading) and not part.given:
            after = next((other for other in parts[at + 1 : at + 3]), None)
            empty = after is None or (isinstance(after, _Heading) and after.style == part.style)
            if empty and part.style != COLUMN:
                found.append(Row("", part.start, part.end, None, True, False, 0))
                continue
        found.append(part)
    return found


def _with_title(parts: list[_Heading | Row]) -> list[_Heading | Row]:
    """The document's title: a heading that opens the text, or its first line if that is short and unmarked."""
    if not parts:
        return parts
    head = parts[0]
    if isinstance(head, _Heading):
        others = [part.given for part in parts[1:] if isinstance(part, _Heading) and part.given]
        if head.style == "given" and (not others or min(others) > head.given):
            parts[0] = replace(head, style="title")
    elif head.text and head.bare and width(head.text) <= WIDEST_TITLE and len(parts) > 1:
        parts[0] = _Heading(head.start, head.end, "title", 0)
    return parts


def _levelled(parts: Sequence[_Heading | Row]) -> tuple[Block, ...]:
    """Blocks with levels: a style seen before keeps its level, a new one goes one deeper than the heading above."""
    blocks: list[Block] = []
    levels: dict[str, int] = {}
    current = top = 0
    bullets: list[str] = []
    body = False
    for part in parts:
        if isinstance(part, Row):
            blocks.append(_body(part, bullets))
            body = True
            continue
        if part.style == "title":
            blocks.append(Block("title", part.start, part.end, 1))
            top = current = 1
            continue
        if part.given:
            level, levels = part.given, {}
        elif part.style in TOP:
            level, levels = top + 1, {}
        else:
            beside = part.style in BESIDE and body and current > top
            level = levels.get(part.style, current if beside else current + 1)
            # What introduces a list of ⚫ stands above the headings that are set as ⚫.
            level = max(top + 1, levels[part.list_style] - 1) if part.list_style in levels else level
        level = max(1, min(level, DEEPEST))
        levels = {style: known for style, known in levels.items() if known <= level} | {part.style: level}
        blocks.append(Block("heading", part.start, part.end, level))
        current, body, bullets = level, False, []
    return tuple(blocks)


def _body(row: Row, bullets: list[str]) -> Block:
    """A paragraph, an item with its depth in the list, or a table row. `bullets` are the styles of open lists."""
    mark: Mark | None = row.mark
    if mark is not None and mark.shape == "row":
        return Block("row", row.start, row.end)
    if mark is None or mark.shape in ("note", "label", "tag"):
        bullets.clear()
        return Block("paragraph", row.start, row.end)
    if mark.style not in bullets:
        bullets.append(mark.style)
    del bullets[bullets.index(mark.style) + 1 :]
    return Block("item", row.start, row.end, min(len(bullets), DEEPEST))
