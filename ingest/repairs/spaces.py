"""White space: one space between words, one blank line at most between blocks, none at the ends of lines."""

import re

from ingest.edits import Draft, Edit
from ingest.repairs.furniture import BREAK, HARD_BREAK

#: A hard break with all white space after it.
_BREAK = re.compile(rf"(?:{HARD_BREAK.pattern})\s*+")
#: Any white space that is not exactly one space inside a line.
_RUN = re.compile("[ \u3000\n\f]+")
#: Spaces that an extractor left before a closing Japanese mark or after an opening one.
_BESIDE_MARK = re.compile("(?<=[「『（【]) +(?=\\S)|(?<=\\S) +(?=[、。」』）】])")


def tidy(draft: Draft) -> list[Edit]:
    """Collapses white space; a blank line stays one blank line, a page end becomes one."""
    text = draft.text
    edits = []
    for run in _RUN.finditer(text):
        at_edge = run.start() == 0 or run.end() == len(text)
        wanted = "" if at_edge else _wanted(run[0])
        if run[0] != wanted:
            edits.append(Edit(*run.span(), wanted))
    return edits


def _wanted(run: str) -> str:
    if BREAK in run or run.count("\n") > 1:
        return "\n\n"
    return "\n" if "\n" in run else " "


def tighten(draft: Draft) -> list[Edit]:
    """Removes spaces inside Japanese brackets and before Japanese marks."""
    return [Edit(*match.span(), "") for match in _BESIDE_MARK.finditer(draft.text)]


def break_offsets(text: str) -> tuple[int, ...]:
    """Where a new page or slide begins: the first character after a form feed or two blank lines."""
    return tuple(match.end() for match in _BREAK.finditer(text) if match.end() < len(text))
