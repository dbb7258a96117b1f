"""A statement of several lines: what a slide says in lines is quoted with strokes between them.

Each line is then held against the line that stands in its place: one that was altered, put in or moved is not borne out by
another line of the quote. A statement in which strokes stand between no lines is judged as one sentence.
"""

import re
from collections.abc import Sequence

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
    forms = [{fold(line), _MARK.sub("", fold(line))} for line in lines]
    pieces, waiting, changed, reached = statement.split(STROKE), list[str](), list[tuple[str, str]](), 0
    known = False
    while pieces:
        tries = (STROKE.join(pieces[:count]) for count in range(min(len(pieces), WITHIN + 1), 0, -1))
        found = ((one, at) for one in tries for at in range(reached, len(lines)) if fold(one) in forms[at])
        piece, at = next(found, (pieces[0], -1))
        pieces = pieces[piece.count(STROKE) + 1 :]
        if at < 0:
            waiting.append(piece)
            continue
        changed += [(one, "\n".join(lines[reached:at])) for one in waiting]
        waiting, reached, known = [], at + 1, True
    changed += [(one, "\n".join(lines[reached:])) for one in waiting]
    return tuple(changed) if known else None
