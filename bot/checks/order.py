"""Order: names, numbers and dates that have changed places while the sentence around them has not."""

import re
from collections.abc import Callable

from bot.checks.figures import find_figures
from bot.checks.names import actors, english_names, japanese_names, name_words
from bot.checks.places import places
from bot.checks.types import Finding, Text, View
from ingest.dates import find_dates

Spot = tuple[str, int, int]

#: Share of the units besides the names that must stand in the same order for two turned names to count.
ALIKE = 0.8
_LIST = re.compile(r"(?:[,、・と及びや\s()/]|and|or|&|並びに|または)*")
_PASSIVE = re.compile(r"\bby\b|によ(?:って|り|る)|られ|され")


def named_spots(text: str) -> tuple[Spot, ...]:
    words = []
    for name in english_names(text):
        at = name.start
        for part in re.split(r"( (?:and|in|on|at)(?: the)? |, )", name.surface):
            if name_words(part):
                words.append((part.lower(), at, at + len(part)))
            at += len(part)
    japanese = tuple((name.surface, name.start, name.end) for name in japanese_names(text))
    return (*words, *japanese, *places(text))


def _dates(text: str) -> tuple[Spot, ...]:
    return tuple((mention.iso, mention.start, mention.end) for mention in find_dates(text))


def _figures(text: str) -> tuple[Spot, ...]:
    dates = _dates(text)
    return tuple(
        (f"#{figure.value}", figure.start, figure.end)
        for figure in find_figures(text)
        if not any(a <= figure.start < b for _, a, b in dates)
    )


#: What may change places with its own kind; a date before or after a number says nothing.
_KINDS: tuple[Callable[[str], tuple[Spot, ...]], ...] = (named_spots, actors, _dates, _figures)


def _first(spots: tuple[Spot, ...], shared: set[str]) -> list[Spot]:
    """The spots that two texts share, each at its first place, overlapping ones left out."""
    found: dict[str, Spot] = {}
    reached = 0
    for key, start, end in sorted(spots, key=lambda spot: (spot[1], -spot[2])):
        if key in shared and start >= reached and key not in found:
            found[key], reached = (key, start, end), end
    return list(found.values())


def _listed(text: str, one: Spot, other: Spot) -> bool:
    """Whether two names stand side by side in an enumeration, where their order says nothing."""
    first, second = sorted((one, other), key=lambda spot: spot[1])
    return _LIST.fullmatch(text[first[2] : second[1]]) is not None


def _rest(text: Text, names: list[Spot]) -> tuple[str, ...]:
    return tuple(u.key for u in text.units if not any(a < u.end and u.start < b for _, a, b in names))


def _between(text: Text, names: list[Spot]) -> frozenset[str]:
    """The units from the first to the last of some names."""
    start, end = min((a for _, a, _ in names), default=0), max((b for _, _, b in names), default=0)
    return frozenset(unit.key for unit in text.units if start <= unit.start and unit.end <= end)


def _in_order(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether nearly all of our units stand in theirs in the same order."""
    rest = iter(theirs)
    held = [key for key in ours if key in theirs]
    return len(held) >= ALIKE * len(ours) and all(key in rest for key in held)


def _turned(view: View, ours: list[Spot], theirs: list[Spot]) -> tuple[Spot, Spot] | None:
    """Two neighbouring spots of the statement that stand the other way round in the source."""
    there = {spot[0]: spot for spot in theirs}
    for one, other in zip(ours, ours[1:], strict=False):
        a, b = there[one[0]], there[other[0]]
        listed = _listed(view.statement.text, one, other) and _listed(view.source.text, a, b)
        if a[1] > b[1] and not listed:
            return one, other
    return None


def _finding(one: str, other: str) -> Finding:
    return Finding(
        "order",
        True,
        f"「{one}」と「{other}」が引用と入れ替わっています。",
        f"“{one}” and “{other}” have changed places against the quoted text.",
    )


def check_order(view: View) -> tuple[Finding, ...]:
    """Two names, dates or figures that have changed places while all between them has not (A pays B, B
    pays A).
    """
    if view.cross or view.verbatim or _voice(view.statement) != _voice(view.source):
        return ()
    text = view.statement.text
    for kind in _KINDS:
        here, there = kind(text), kind(view.source.text)
        shared = {key for key, _, _ in here} & {key for key, _, _ in there}
        ours, theirs = _first(here, shared), _first(there, shared)
        kept = {key for key, _, _ in ours} & {key for key, _, _ in theirs}
        ours, theirs = [s for s in ours if s[0] in kept], [s for s in theirs if s[0] in kept]
        alike = _in_order(_rest(view.statement, ours), _rest(view.source, theirs))
        if alike and _between(view.source, theirs) <= view.statement.keys:
            turned = _turned(view, ours, theirs)
            if turned is not None:
                return (_finding(*(text[start:end] for _, start, end in turned)),)
    return ()


def _voice(text: Text) -> int:
    return len(_PASSIVE.findall(text.text))
