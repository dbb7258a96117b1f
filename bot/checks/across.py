"""Places in a source that a statement in the other language speaks of, found through the glossary."""

from bot.checks.lookup import Term, known_terms, stands_in
from bot.checks.text import read
from bot.checks.types import Mark, Text, Translate, View

#: Share of the source's known terms around a mark that the statement must have for the mark to be missed in
#: it.
SPOKEN_OF = 0.5


def _around(mark: Mark, source: Text) -> tuple[int, int]:
    """The stretch of the source that a mark's neighbouring units take up."""
    before = [unit for unit in source.units if unit.end <= mark.start][-len(mark.left) :] if mark.left else []
    after = [unit for unit in source.units if unit.start >= mark.end][: len(mark.right)]
    return (before[0].start if before else mark.start), (after[-1].end if after else mark.end)


def _spoken(term: Term, view: View, translate: Translate) -> bool:
    """Whether a term of the source, or a word of it that the glossary knows alone, stands in the statement."""
    if stands_in(term, view.statement):
        return True
    words = view.source.text[term.start : term.end].split(" ")
    return len(words) > 1 and any(
        stands_in(part, view.statement) for word in words for part in known_terms(read(word), translate)
    )


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
    return sum(_spoken(term, view, view.translate) for term in near) >= SPOKEN_OF * len(near)
