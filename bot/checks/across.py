"""Places in a source that a statement in the other language speaks of, found through the glossary."""

from bot.checks.lookup import known_terms, stands_in
from bot.checks.types import Mark, Text, View

#: Share of the source's known terms around a mark that the statement must have for the mark to be missed in
#: it.
SPOKEN_OF = 0.5


def _around(mark: Mark, source: Text) -> tuple[int, int]:
    """The stretch of the source that a mark's neighbouring units take up."""
    before = [unit for unit in source.units if unit.end <= mark.start][-len(mark.left) :] if mark.left else []
    after = [unit for unit in source.units if unit.start >= mark.end][: len(mark.right)]
    return (before[0].start if before else mark.start), (after[-1].end if after else mark.end)


def touched_across(mark: Mark, view: View) -> bool:
    """Whether the statement speaks of the place of a source's mark; true where the glossary cannot tell."""
    if view.translate is None:
        return True
    start, end = _around(mark, view.source)
    near = [
        term for term in known_terms(view.source, view.translate) if term.start < end and start < term.end
    ]
    if not near:
        return True
    return sum(stands_in(term, view.statement) for term in near) >= SPOKEN_OF * len(near)
