"""A statement of several lines: what a slide says in lines is quoted with strokes between them.

Each line is then held against the line that stands in its place: one that was altered, put in or moved is not borne out by
another line of the quote. A statement in which strokes stand between no lines is judged as one sentence.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from bot.checks.evidence import split
from bot.types import STROKE
from ingest.language import fold

#: The mark of a list entry, with which a line may stand in its document and without in a quote.
_MARK = re.compile(r"^(?:[^\w(（]|[(（]?\d{1,2}[.)．）]\s?|[①-⑳])+")
#: Strokes that a line may hold itself.
WITHIN = 3


def changed_lines(statement: str, spans: Sequence[str]) -> tuple[tuple[str, str], ...] | None:
    """Of a statement of lines of the spans those that do not stand there word for word, each with the lines that stand in
    its place, "" for one that was put in. None where the statement is no such one: it has no line of the spans.
    """
    if STROKE not in statement:
        return None
    lines = [line for span in spans for line in split(span)]
    places: dict[str, list[int]] = {}
    for number, line in enumerate(map(fold, lines)):
        for form in {line, _MARK.sub("", line)}:
            places.setdefault(form, []).append(number)
    pieces, waiting, changed, reached = statement.split(STROKE), list[str](), list[tuple[str, str]](), 0
    known = False
    while pieces:
        piece, at = _first_line(pieces, places, reached)
        pieces = pieces[piece.count(STROKE) + 1 :]
        if at < 0:
            waiting.append(piece)
            continue
        changed += _against(waiting, lines[reached:at])
        waiting, reached, known = [], at + 1, True
    changed += _against(waiting, lines[reached:])
    return tuple(changed) if known else None


def _first_line(pieces: Sequence[str], places: Mapping[str, list[int]], reached: int) -> tuple[str, int]:
    """The line that the pieces begin with and the first place from `reached` on where it stands; the first piece and -1
    where none does. A line may hold strokes of its own.
    """
    for count in range(min(len(pieces), WITHIN + 1), 0, -1):
        line = STROKE.join(pieces[:count])
        found = places.get(fold(line), [])
        if (after := bisect_left(found, reached)) < len(found):
            return line, found[after]
    return pieces[0], -1


def _against(waiting: Sequence[str], lines: Sequence[str]) -> list[tuple[str, str]]:
    """Pieces that are no line, each with the lines in their place."""
    place = "\n".join(lines) if waiting else ""
    return [(piece, place) for piece in waiting]
