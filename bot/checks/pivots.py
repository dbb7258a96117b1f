"""What a comparison puts first, between languages: A rather than B, BよりもA, A before B, Bの前にA.

The two sides of the pivot are compared by the glossary's terms and the words that have an opposite; where those tell
nothing, by the embedder.
"""

import re
from dataclasses import dataclass

from bot.checks.direction import directions
from bot.checks.lookup import known_terms, stands_in
from bot.checks.text import read
from bot.checks.types import Finding, Text, View

#: By how much the turned reading must be nearer than the straight one, as a sum of two cosines.
NEARER = 0.2
_SIDE = r"[^.;:。]{2,80}"
#: `a` is what comes first or weighs more.
_PIVOTS = (
    re.compile(rf"^(?P<pivot>before|rather than|instead of) (?P<b>[^,]{{2,80}}), (?P<a>{_SIDE})", re.I),
    re.compile(
        rf"(?P<a>{_SIDE}?)\b(?P<pivot>rather than|instead of|than|before|prior to) (?P<b>{_SIDE})", re.I
    ),
    re.compile(r"(?P<b>[^。、]{2,40}?)(?P<pivot>よりも?|ではなく|でなく|に代わって)、?(?P<a>[^。]{2,60})"),
    re.compile(r"(?P<b>[^。、]{2,40}?)(?P<pivot>の?前に|に先立って?|に先立ち)、?(?P<a>[^。]{2,60})"),
)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The two sides of a comparison."""

    pivot: str
    first: Text
    second: Text


def _sides(text: Text) -> _Sides | None:
    for pattern in _PIVOTS:
        if match := pattern.search(text.text):
            return _Sides(match["pivot"], read(match["a"]), read(match["b"]))
    return None


def _shared(ours: Text, theirs: Text, view: View) -> int:
    """How many terms and opposites of one side stand on the other."""
    terms = known_terms(ours, view.translate) if view.translate else ()
    there = {(mark.family, tuple(mark.values)) for mark in directions(theirs)}
    marks = {(mark.family, tuple(mark.values)) for mark in directions(ours)}
    return sum(stands_in(term, theirs) for term in terms) + len(marks & there)


def check_pivots(view: View) -> tuple[Finding, ...]:
    """Two sides of a comparison that have changed places between a statement and a source in another language."""
    if not view.cross:
        return ()
    ours, theirs = _sides(view.statement), _sides(view.source)
    if ours is None or theirs is None:
        return ()
    straight = (_shared(ours.first, theirs.first, view), _shared(ours.second, theirs.second, view))
    crossed = (_shared(ours.first, theirs.second, view), _shared(ours.second, theirs.first, view))
    turned = min(crossed) > 0 and sum(crossed) > sum(straight)
    if not turned and max(*straight, *crossed) == 0 and view.similarity is not None:
        near = view.similarity
        as_is = near(ours.first.text, theirs.first.text) + near(ours.second.text, theirs.second.text)
        other = near(ours.first.text, theirs.second.text) + near(ours.second.text, theirs.first.text)
        turned = other > as_is + NEARER
    if not turned:
        return ()
    return (
        Finding(
            "direction",
            True,
            f"「{ours.pivot}」の前後が引用と入れ替わっています。",
            f"The two sides of “{ours.pivot}” are swapped against the quoted text.",
        ),
    )
