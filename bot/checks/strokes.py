"""A statement of several lines: what a slide says in lines is quoted with strokes between them.

Each line is then held against the line that it was, as the sentences of a statement are. A statement in which a stroke
stands between anything else is left as it is, and so judged as one sentence.
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


def lines_apart(statement: str, spans: Sequence[str]) -> str:
    """`statement` with line ends for the strokes between what are lines of the spans; as it is where one is not."""
    if STROKE not in statement:
        return statement
    lines = [fold(line) for span in spans for line in split(span)]
    held = {*lines, *(_MARK.sub("", line) for line in lines)}
    pieces, found = statement.split(STROKE), list[str]()
    while pieces:
        tries = (STROKE.join(pieces[:count]) for count in range(min(len(pieces), WITHIN + 1), 0, -1))
        line = next((one for one in tries if fold(one) in held), None)
        if line is None:
            return statement
        found.append(line)
        pieces = pieces[line.count(STROKE) + 1 :]
    return "\n".join(found)
