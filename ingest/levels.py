"""Headings of many styles -> levels: which heading stands under which. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.headings import HEADING_BULLETS, WIDEST_LEAD, Row
from ingest.lines import width
from ingest.types import Block

#: Styles that begin a part of their own: what they hold is levelled afresh.
TOP = frozenset(("slide", "pair", "capitals", "第章"))
#: Styles of slides; a new slide without a title does not stand under the title of the one before.
SLIDES = frozenset(("slide", "pair", "over", "lead"))
#: Styles that, met for the first time below some text, stand beside the heading above and not under it.
BESIDE = frozenset((*HEADING_BULLETS, "〈〉"))
#: The style of the heads of columns that stand side by side on one line.
COLUMN = "column"
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading before its level is known: ``text[start:end]``, its style, the level that the format gives,
    if any.
    """

    start: int
    end: int
    style: str
    given: int
    #: Its number, 0 if it has none.
    number: int = 0
    #: Style of the list right below it, "" if none.
    list_style: str = ""
    #: A page or slide begins with it.
    first: bool = False


@dataclass(slots=True)
class _State:
    """What has been seen so far. `top` is the level of the title, 0 without one."""

    top: int = 0
    current: int = 0
    #: Style of the outermost heading below the title.
    outer: str = ""
    style: str = ""
    #: Text, and a list, has come since the last heading.
    body: bool = False
    listed: bool = False
    levels: dict[str, int] = field(default_factory=dict)
    bullets: list[str] = field(default_factory=list)


def levelled(parts: Sequence[Heading | Row]) -> tuple[Block, ...]:
    """Blocks with levels: a style seen before keeps its level, a new one goes one deeper than the heading
    above.

    Where a part begins that has no heading, an empty block of kind "heading" (start == end) ends the one
    before.
    """
    state = _State()
    blocks: list[Block] = []
    for at, part in enumerate(parts):
        if isinstance(part, Heading):
            blocks.append(_heading(state, part))
            continue
        below = parts[at + 1] if at + 1 < len(parts) else None
        if _part_without_heading(state, part, below):
            blocks.append(_heading(state, Heading(part.start, part.start, "slide", 0)))
        blocks.append(_body(part, state.bullets))
        state.body = True
        state.listed = state.listed or part.item
    return tuple(blocks)


def _part_without_heading(state: _State, row: Row, below: Heading | Row | None) -> bool:
    """A slide without a title, or unmarked short lines after the list that a short line introduced."""
    if state.outer not in SLIDES or not state.body and state.style == "slide":
        return False
    if row.first:
        return True
    loose = row.gap and row.text and row.bare and width(row.text) <= WIDEST_LEAD
    goes_on = isinstance(below, Row) and below.text and below.bare and not below.first
    return bool(state.style == "lead" and state.listed and loose and goes_on)


def _heading(state: _State, part: Heading) -> Block:
    if part.style == "title":
        state.top = state.current = 1
        return Block("title", part.start, part.end, 1)
    level = max(1, min(_level(state, part), DEEPEST))
    fresh = part.given or part.style in TOP
    kept = {} if fresh else {style: known for style, known in state.levels.items() if known <= level}
    state.levels = kept | {part.style: level}
    if level <= state.top + 1:
        state.outer = part.style
    state.current, state.style, state.body, state.listed = level, part.style, False, False
    state.bullets.clear()
    return Block("heading", part.start, part.end, level)


def _level(state: _State, part: Heading) -> int:
    if part.given:
        return part.given
    if part.style in TOP:
        return state.top + 1
    if part.list_style in state.levels:  # what introduces a list of ⚫ stands above the headings set as ⚫
        return max(state.top + 1, state.levels[part.list_style] - 1)
    if part.style == "over":
        return state.levels.get("over", state.top + 1 if state.body else state.current + 1)
    beside = part.style in BESIDE and state.body and state.current > state.top
    return state.levels.get(part.style, state.current if beside else state.current + 1)


def _body(row: Row, bullets: list[str]) -> Block:
    """A paragraph, an item with its depth in the list, or a table row. `bullets` are the styles of open
    lists.
    """
    mark = row.mark
    if mark is not None and mark.shape == "row":
        return Block("row", row.start, row.end)
    if mark is None or mark.shape in ("note", "label", "tag"):
        bullets.clear()
        return Block("paragraph", row.start, row.end)
    if mark.style not in bullets:
        bullets.append(mark.style)
    del bullets[bullets.index(mark.style) + 1 :]
    return Block("item", row.start, row.end, min(len(bullets), DEEPEST))
