"""Small pieces -> neighbours: joins what is too short to be searched and cited alone. Pure.

Where two parts of one section are joined, the heading above both has to do, and their own headings become
part of the text. Headings that the format itself marks are never crossed: there the author said where a
section begins.
"""

from collections.abc import Sequence
from dataclasses import replace

from ingest.cut import Piece, aim
from ingest.types import Block, Language

#: Shorter pieces look for a neighbour in their own part of the document, in characters.
SMALL: dict[Language, int] = {"ja": 120, "en": 240}
#: Still shorter ones say nothing alone and join what stands before them in any part.
TINY: dict[Language, int] = {"ja": 30, "en": 60}


def packed(text: str, parts: Sequence[Piece], given: frozenset[int]) -> tuple[Piece, ...]:
    """`parts` with small ones joined to a neighbour. `given` holds the starts of headings marked by the
    format.
    """
    found: list[Piece] = []
    shown = [part for part in parts if any(char.isalnum() for char in text[part.start : part.end])]
    for part in _with_remarks(text, shown, given):
        joined = _joined(text, found[-1], part, given) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(part)
    return tuple(found)


def _with_remarks(text: str, parts: Sequence[Piece], given: frozenset[int]) -> list[Piece]:
    """Joins a tiny remark right under a heading, such as (2013-2022), to the first part below it."""
    found: list[Piece] = []
    for part in reversed(parts):
        below = found[-1] if found else None
        if below and _under(part, TINY) and part.path and below.path[: len(part.path)] == part.path:
            inner = below.path[len(part.path) :]
            near = part.end <= min([below.start, *(heading.start for heading in inner)])
            if near and not any(heading.start in given for heading in inner):
                found[-1] = Piece(part.start, below.end, part.path, below.language)
                continue
        found.append(part)
    return found[::-1]


def _under(part: Piece, sizes: dict[Language, int]) -> bool:
    return part.end - part.start < sizes[part.language]


def _joined(text: str, left: Piece, right: Piece, given: frozenset[int]) -> Piece | None:
    """Both as one piece, or None where they must or should stay apart."""
    if right.start < left.end or right.end - left.start > aim(right.language):
        return None
    depth = _common(left.path, right.path)
    own, others = left.path[depth:], right.path[depth:]
    if any(heading.start in given for heading in (*own, *others)):
        return None
    if not all(left.end <= heading.start and heading.end <= right.start for heading in others):
        return None
    small = left.language == right.language and (_under(left, SMALL) or _under(right, SMALL))
    if small and len(own) == len(others) and (not own or _parts(left.path[:depth])):
        start = _with_headings(text, left, own)
        return None if start is None else Piece(start, right.end, left.path[:depth], left.language)
    return replace(left, end=right.end) if _under(right, TINY) else None


def _parts(path: Sequence[Block]) -> int:
    """How many headings below the document's title a path has."""
    return sum(heading.kind == "heading" for heading in path)


def _common(left: Sequence[Block], right: Sequence[Block]) -> int:
    depth = 0
    while depth < min(len(left), len(right)) and left[depth] == right[depth]:
        depth += 1
    return depth


def _with_headings(text: str, part: Piece, own: Sequence[Block]) -> int | None:
    """Where the piece starts with its own headings in it; None if they do not stand right above it."""
    start = part.start
    for heading in reversed(own):
        if heading.start > start or text[heading.end : start].strip():
            return None
        start = heading.start
    return start
