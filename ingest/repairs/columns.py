"""Physical lines: where they stand, what they begin with, and how wide the column around them is."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.edits import Draft
from ingest.lines import CAPTION, SENTENCE_END, Mark, mark_of, width
from ingest.repairs.furniture import BREAK
from ingest.repairs.notes import ROMAN, ROMAN_NOTE, note_lines

#: Lines on either side that tell how wide the column is.
NEIGHBOURS = 6
#: Stands for the blank lines at a page or slide end.
BREAK_GAP = 100
#: If more finished lines than this share end in a space, a space at a line's end says nothing.
IDLE_SPACES = 0.25


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line: ``text[start:end]`` without the white space around it. Widths count columns."""

    text: str
    start: int
    end: int
    #: Blank lines before it; BREAK_GAP where a page or slide ended.
    gap: int
    indent: str
    mark: Mark | None
    width: int
    #: Ends in a space, as lines do that an extractor saw go on below.
    trail: bool
    #: The format itself says that this line is a heading.
    heading: bool
    #: Stands under a line that is only the number of a figure or table.
    caption: bool = False
    #: The widest neighbour on either side, and the narrower of the two sides (a column may begin or end
    #: here).
    room: int = 0
    narrow: int = 0


def read_lines(draft: Draft) -> tuple[Line, ...]:
    """The lines of a draft that are not blank, with their gaps, marks and columns."""
    headings = sorted(draft.heading_starts())
    found: list[Line] = []
    notes = frozenset(note_lines(draft.text))
    notes = (notes if len(notes) > 1 else frozenset()) | frozenset(
        match.start("label") for match in ROMAN_NOTE.finditer(draft.text) if match["label"] in ROMAN
    )
    gap = at = 0
    for raw in re.split("([\n\f])", draft.text):
        body = raw.strip()
        if raw == BREAK:
            gap = BREAK_GAP
        elif raw == "\n":
            gap += 1
        elif body:
            indent = raw[: len(raw) - len(raw.lstrip())]
            start = at + len(indent)
            before = BREAK_GAP if gap >= BREAK_GAP else max(0, gap - 1)
            heading = _is_heading(headings, start, start + len(body))
            trail = raw[-1] in " \u3000"
            mark = Mark("note", "note", 2) if start in notes else mark_of(body)
            found.append(
                Line(body, start, start + len(body), before, indent, mark, width(body), trail, heading)
            )
            gap = 0
        at += len(raw)
    return _with_rooms(_with_captions(_with_trails(found)))


def _is_heading(headings: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(headings, start)
    return at < len(headings) and headings[at] < end


def _with_trails(lines: list[Line]) -> list[Line]:
    """Forgets spaces at line ends in a text where finished lines have them as well."""
    finished = [line.trail for line in lines if SENTENCE_END.search(line.text)]
    if sum(finished) <= IDLE_SPACES * len(finished) and finished:
        return lines
    return [replace(line, trail=False) for line in lines]


def _with_captions(lines: list[Line]) -> list[Line]:
    marked = lines[:1]
    for above, below in pairwise(lines):
        marked.append(replace(below, caption=True) if CAPTION.match(above.text) else below)
    return marked


def _with_rooms(lines: list[Line]) -> tuple[Line, ...]:
    """Adds the width of each line's column: its widest neighbours up to a hard break on either side."""
    found = []
    for number, line in enumerate(lines):
        low = high = number
        while low > 0 and number - low < NEIGHBOURS and lines[low].gap <= 1:
            low -= 1
        while high + 1 < len(lines) and high - number < NEIGHBOURS and lines[high + 1].gap <= 1:
            high += 1
        before = max(other.width for other in lines[low : number + 1])
        after = max(other.width for other in lines[number : high + 1])
        found.append(replace(line, room=max(before, after), narrow=min(before, after)))
    return tuple(found)
