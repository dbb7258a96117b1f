"""Direction: words that come in opposite pairs, and pivots (from A to B, A rather than B) whose sides may
be swapped.

A statement may leave such a word out; it may not turn it into its opposite.
"""

import re

from bot.checks.align import Gap, align
from bot.checks.marks import WINDOW, Form, affinity, english, families, find_marks, japanese, pair
from bot.checks.opposites import OPPOSITES
from bot.checks.types import Finding, Mark, Text, View


def _forms() -> tuple[Form, ...]:
    forms: list[Form] = []
    for name, (up, down, ja_up, ja_down) in OPPOSITES.items():
        forms.extend((english(name, "+", up), english(name, "-", down)))
        forms.extend((japanese(name, "+", ja_up), japanese(name, "-", ja_down)))
    return tuple(forms)


FORMS = _forms()
_BY_FAMILY = {name: tuple(form for form in FORMS if form.family == name) for name in OPPOSITES}

#: Dimensions whose words mean the same in both languages closely enough to be compared across them.
_ACROSS = frozenset({"amount", "compare", "time", "begin", "allow", "flow", "place"})

#: Dimensions that stand for each other across languages: lower than before, 減った.
_MEASURED = ("amount", "compare")

#: Shared content around a word and its opposite from which they are taken for the same place (see
#: `affinity`).
NEAR = 3

_FROM_TO = re.compile(r"\bfrom (?P<a>[^.;:]{2,80}?) (?:to|into) (?P<b>\w)", re.I)
_KARA = re.compile(r"から(?P<b>[^、。]{1,24}?)(?:へ|に|まで)")

#: What stands between two sides that are not interchangeable.
_PIVOTS = (
    re.compile(r"\b(?:to|into)\b"),
    re.compile(
        r"\b(?:than|rather than|instead of|as opposed to|not|but|before|after|behind|ahead of" r"|over)\b",
        re.I,
    ),
    re.compile(r"\b(?:by|from)\b"),
    re.compile(r"ではなく|でなく|よりも?|に代わ[りっ]て|に対し|から"),
    re.compile(r"に先立[ちっ]|の(?:前|後)に"),
)


def directions(text: Text) -> tuple[Mark, ...]:
    """The words of a text that have an opposite, dimension by dimension."""
    return tuple(mark for forms in _BY_FAMILY.values() for mark in find_marks(text, forms))


def _opposite(ours: Mark, theirs: Mark) -> Finding:
    return Finding(
        "direction",
        True,
        f"向きが逆です：文は「{ours.surface}」、引用は「{theirs.surface}」です。",
        f"The direction is reversed: “{ours.surface}” in the statement,"
        f" “{theirs.surface}” in the quoted text.",
    )


def _in_gaps(ours: tuple[Mark, ...], theirs: tuple[Mark, ...], gaps: tuple[Gap, ...]) -> tuple[Finding, ...]:
    """A word and its opposite in the same place of two texts that otherwise run alike."""
    found: list[Finding] = []
    for gap in gaps:
        here = [mark for mark in ours if gap.holds_ours(mark.start, mark.end)]
        there = [mark for mark in theirs if gap.holds_theirs(mark.start, mark.end)]
        for a in here:
            others = [b for b in there if b.family == a.family]
            if others and all(a.values.isdisjoint(b.values) for b in others):
                found.append(_opposite(a, others[0]))
    return tuple(found)


def _reversed(ours: tuple[Mark, ...], theirs: tuple[Mark, ...], view: View) -> tuple[Finding, ...]:
    """A word that the source does not have, among the same content as its opposite there."""
    stated = {mark.surface.lower() for mark in theirs}
    kept = {mark.surface.lower() for mark in ours}
    paired = pair(ours, theirs, view.statement, view.source, same_language=True)
    return tuple(
        _opposite(a, b)
        for a, b in paired.pairs
        if a.values.isdisjoint(b.values)
        and a.surface.lower() not in stated
        and b.surface.lower() not in kept
        and affinity(a, b) >= NEAR
    )


def _across(ours: tuple[Mark, ...], theirs: tuple[Mark, ...]) -> tuple[Finding, ...]:
    """Between languages: a dimension in which the statement points only one way and the source only the
    other.
    """
    found: list[Finding] = []
    here, there = families(ours), families(theirs)
    for name, group in here.items():
        if name not in _ACROSS:
            continue
        others = there.get(name, ())
        if not others and name in _MEASURED and not here.keys() & there.keys() & {*_MEASURED}:
            others = tuple(mark for one in _MEASURED for mark in there.get(one, ()))
        if others and all(a.values.isdisjoint(b.values) for a in group for b in others):
            found.append(_opposite(group[0], others[0]))
    return tuple(found)


def _sides(text: Text, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    before = [unit.key for unit in text.units if unit.end <= start][-WINDOW:]
    after = [unit.key for unit in text.units if unit.start >= end][:WINDOW]
    return frozenset(before), frozenset(after)


def _ends(text: Text) -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    """What stands between `from` and `to`, and as much after it; in Japanese before から and between it
    and へ.
    """
    found = []
    for match in _FROM_TO.finditer(text.text):
        inner = [u.key for u in text.units if match.start("a") <= u.start and u.end <= match.end("a")]
        after = [u.key for u in text.units if u.start >= match.start("b")][: max(len(inner), 2)]
        found.append((match.group(), frozenset(inner), frozenset(after)))
    for match in _KARA.finditer(text.text):
        before = [u.key for u in text.units if u.end <= match.start()][-2:]
        inner = [u.key for u in text.units if match.start("b") <= u.start and u.end <= match.end("b")]
        found.append((match.group(), frozenset(before), frozenset(inner)))
    return tuple(found)


def _turned(view: View) -> tuple[Finding, ...]:
    """From A to B where the source goes from B to A."""
    for surface, start, end in _ends(view.statement):
        for _, from_there, to_there in _ends(view.source):
            straight = len(start & from_there) + len(end & to_there)
            crossed = len(start & to_there - from_there) + len(end & from_there - to_there)
            if crossed > straight and start & to_there and end & from_there:
                return (
                    Finding(
                        "direction",
                        True,
                        f"「{surface}」の始点と終点が引用と逆です。",
                        f"“{surface}” goes the other way than in the quoted text.",
                    ),
                )
    return ()


def _swapped(view: View) -> tuple[Finding, ...]:
    """A pivot whose sides stand the other way round than in the source."""
    for pivot in _PIVOTS:
        there = [(m, _sides(view.source, m.start(), m.end())) for m in pivot.finditer(view.source.text)]
        for here in pivot.finditer(view.statement.text):
            left, right = _sides(view.statement, here.start(), here.end())
            straight = max((len(left & a) + len(right & b) for _, (a, b) in there), default=0)
            crossed = max((len(left & b - right) + len(right & a - left) for _, (a, b) in there), default=0)
            if crossed >= 2 and crossed > straight:
                return (
                    Finding(
                        "direction",
                        True,
                        f"「{here.group()}」の前後が引用と入れ替わっています。",
                        f"The two sides of “{here.group()}” are swapped against the quoted text.",
                    ),
                )
    return ()


def check_direction(view: View) -> tuple[Finding, ...]:
    """Words turned into their opposites, and sides swapped."""
    ours, theirs = directions(view.statement), directions(view.source)
    if view.cross:
        return _across(ours, theirs)
    gaps = align(view.statement, view.source).gaps
    return _in_gaps(ours, theirs, gaps) or _reversed(ours, theirs, view) or _turned(view) or _swapped(view)
