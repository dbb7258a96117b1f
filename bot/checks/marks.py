"""Finds the words that decide what a sentence claims, and pairs those of a statement with those of its
source.

A table of forms says which spellings carry which values; of overlapping forms the longest wins, and a
form without values is an idiom that only looks like one (not only, なければならない) and hides what it
covers. Marks are paired by the content around them, so that a second negation elsewhere in the sentence
does not cover for a lost one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.checks.synonyms import synonyms
from bot.checks.types import Mark, Text

Side = Literal["left", "right"]
#: Units on each side that a mark is known by.
WINDOW = 4
#: Share of the units around a source's mark that a statement must hold before the mark is missed in it.
#: Measured on the mutants and the true pairs: below 0.35 condensed statements are flagged, above 0.6 lost
#: marks pass.
TOUCHED = 0.6
#: The same where the statement also holds the word that the mark bears on.
TOUCHED_CORE = 0.34


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern of a mark: its family, its values (none for an idiom), and on which side its core stands."""

    pattern: re.Pattern[str]
    family: str
    values: frozenset[str]
    side: Side


@dataclass(frozen=True, slots=True)
class Pairing:
    """Marks of statement and source that belong together, and those that found no partner."""

    pairs: tuple[tuple[Mark, Mark], ...]
    added: tuple[Mark, ...]
    dropped: tuple[Mark, ...]


def english(family: str, values: str, *patterns: str) -> Form:
    """A form of English words; its core follows it. `values` is blank-separated, empty for an idiom."""
    joined = "|".join(patterns)
    return Form(
        re.compile(rf"(?<![\w-])(?:{joined})(?!\w)", re.I), family, frozenset(values.split()), "right"
    )


def japanese(family: str, values: str, *patterns: str, side: Side = "left") -> Form:
    """A form of Japanese text; its core precedes it unless `side` says otherwise."""
    return Form(re.compile("|".join(patterns)), family, frozenset(values.split()), side)


def _core(side: Side, left: Sequence[str], right: Sequence[str]) -> str:
    near = left[-1:] if side == "left" else right[:1]
    return near[0] if near else ""


def _mark(text: Text, form: Form, start: int, end: int) -> Mark:
    before = bisect_left([unit.end for unit in text.units], start + 1)
    after = bisect_left([unit.start for unit in text.units], end)
    left = tuple(unit.key for unit in text.units[max(before - WINDOW, 0) : before])
    right = tuple(unit.key for unit in text.units[after : after + WINDOW])
    surface = text.text[start:end].strip()
    return Mark(form.family, form.values, start, end, surface, left, right, _core(form.side, left, right))


def find_marks(text: Text, forms: Iterable[Form]) -> tuple[Mark, ...]:
    """The marks of a text by place; of overlapping forms the one that starts first, then the longest."""
    spots = sorted(
        (
            (m.start(), -m.end(), n, form)
            for n, form in enumerate(forms)
            for m in form.pattern.finditer(text.text)
        ),
        key=lambda spot: spot[:3],
    )
    found: list[Mark] = []
    reached = 0
    for start, minus_end, _, form in spots:
        if start < reached or start == -minus_end:
            continue
        reached = -minus_end
        if form.values:
            found.append(_mark(text, form, start, reached))
    return tuple(found)


def holds(keys: frozenset[str], key: str) -> bool:
    """Whether a set of units holds `key` or a word that may stand for it."""
    return key in keys or not keys.isdisjoint(synonyms(key))


def affinity(one: Mark, other: Mark) -> float:
    """How much content the surroundings of two marks share: 2 for the same core, 1 per shared unit on a
    side.
    """
    core = 2.0 if one.core and holds(frozenset({other.core}), one.core) else 0.0
    near = len(set(one.left) & set(other.left)) + len(set(one.right) & set(other.right))
    return core + near


def _position(mark: Mark, text: Text) -> float:
    return mark.start / max(len(text.text), 1)


def pair(
    ours: Sequence[Mark], theirs: Sequence[Mark], statement: Text, source: Text, same_language: bool
) -> Pairing:
    """Pair marks of one family: by shared surroundings, then by equal value, then by place in the
    sentence.
    """
    order = sorted(
        (
            (
                -affinity(a, b) if same_language else 0.0,
                a.values.isdisjoint(b.values),
                abs(_position(a, statement) - _position(b, source)),
                i,
                j,
            )
            for i, a in enumerate(ours)
            for j, b in enumerate(theirs)
            if a.family == b.family
        ),
    )
    left, right = set(range(len(ours))), set(range(len(theirs)))
    pairs: list[tuple[Mark, Mark]] = []
    for *_, i, j in order:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((ours[i], theirs[j]))
    return Pairing(
        tuple(pairs), tuple(ours[i] for i in sorted(left)), tuple(theirs[j] for j in sorted(right))
    )


def touched(mark: Mark, statement: Text) -> bool:
    """Whether a statement speaks of the place where a source's mark stands, so that it should have the
    mark too.
    """
    around = (*mark.left, *mark.right)
    if not around:
        return bool(statement.units)
    share = sum(holds(statement.keys, key) for key in around) / len(around)
    if mark.core and holds(statement.keys, mark.core):
        return share >= TOUCHED_CORE
    return share >= TOUCHED


def families(marks: Iterable[Mark]) -> Mapping[str, tuple[Mark, ...]]:
    """Marks by family, each family in order."""
    table: dict[str, tuple[Mark, ...]] = {}
    for mark in marks:
        table[mark.family] = (*table.get(mark.family, ()), mark)
    return table
