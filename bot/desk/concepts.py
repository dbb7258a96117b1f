"""What a question asks for and what it is about, in ids that both languages share. Pure; concepts.tsv holds the words.

A word may have several senses; two words meet where they share one. What of a question meets nothing in the ways to ask
for an answer, and what of a way meets nothing in the question, is what the two differ in: where both are of one dimension
(a student here, a member of staff there), they ask about different things however alike they are otherwise.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.desk.kinds import YES_OR_NO, asked_for, denies
from ingest.language import fold

Senses = frozenset[tuple[str, str]]
#: The dimension of words that say nothing about what is asked.
GENERAL = "general"
#: Dimensions that are weighed together.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "who": ("role", "status", "level"),
    "where": ("where", "area", "tongue", "ground"),
    "course": ("flow", "turn", "order"),
    "measure": ("rate", "bound", "number"),
    "deed": ("deed",),
    "thing": ("thing",),
    "matter": ("paper", "body", "topic"),
    "light": ("mode", "party"),
}
COMPARED = (
    "kind same", "kind other", "what for a kind", "open or not", "met", "met back", "many met",
    *(f"{group} {what}" for group in GROUPS for what in ("clash", "added", "dropped")),
)  # fmt: skip
#: Concepts in common from which on there are many.
MANY = 4


#: Characters of the longest form.
LONGEST = 48


@dataclass(frozen=True, slots=True)
class _Forms:
    """The senses of whole forms, of beginnings of English words, and of patterns."""

    whole: Mapping[str, Senses]
    begun: Mapping[str, Senses]
    patterns: tuple[tuple[re.Pattern[str], Senses], ...]


@cache
def _forms() -> _Forms:
    """The words of concepts.tsv: `*` is the rest of an English word, and what begins with `~` is a pattern."""
    lines = files("bot").joinpath("desk/concepts.tsv").read_text("utf-8").splitlines()
    whole: dict[str, Senses] = {}
    begun: dict[str, Senses] = {}
    patterns = []
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        sense = frozenset({(row["dimension"], row["concept"])})
        for form in filter(None, f"{row['en']} | {row['ja']}".split(" | ")):
            if form.startswith("~"):
                patterns.append((re.compile(f"(?<![a-z])(?:{form[1:]})"), sense))
            else:
                held = begun if form.endswith("*") else whole
                key = form.removesuffix("*")
                held[key] = held.get(key, frozenset()) | sense
    return _Forms(whole, begun, tuple(patterns))


def _found(folded: str) -> dict[tuple[int, int], set[tuple[str, str]]]:
    """The senses of every form that stands in a text, by where it stands; an English form is no part of a longer word."""
    spans: dict[tuple[int, int], set[tuple[str, str]]] = {}
    forms, size = _forms(), len(folded)
    ends = [not (end < size and "a" <= folded[end] <= "z") for end in range(size + 1)]
    for start in range(size):
        latin = "a" <= folded[start] <= "z"
        if latin and start and "a" <= folded[start - 1] <= "z":
            continue
        for end in range(start + 1, min(start + LONGEST, size) + 1):
            piece = folded[start:end]
            if (not latin or ends[end]) and piece in forms.whole:
                spans.setdefault((start, end), set()).update(forms.whole[piece])
            if latin and piece in forms.begun:
                rest = end
                while rest < size and ("a" <= folded[rest] <= "z" or folded[rest] == "-"):
                    rest += 1
                spans.setdefault((start, rest), set()).update(forms.begun[piece])
    for pattern, sense in forms.patterns:
        for match in pattern.finditer(folded):
            spans.setdefault(match.span(), set()).update(sense)
    return spans


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for (`kinds`: who, when, …), how each of its words with senses stands in it, all their senses,
    and whether it denies.
    """

    kinds: frozenset[str]
    words: Mapping[Senses, str]
    senses: Senses
    denies: bool

    def beside(self, ways: "Sequence[Beside]") -> tuple[float, ...]:
        """The values of COMPARED beside the ways to ask for one answer. A word that meets none counts by how far it is."""
        theirs = frozenset[tuple[str, str]]().union(*(way.asked.senses for way in ways))
        added = {w: 1 - max(way.near[w] for way in ways) for w in self.words if not w & theirs}
        dropped, whole = min(
            ((way.dropped(self), len(way.asked.words)) for way in ways),
            key=lambda found: sum(found[0].values()),
        )
        met = len(self.words) - sum(added.values())
        values = [
            *self._kinds([way.asked for way in ways]),
            met / max(len(self.words), 1),
            (whole - sum(dropped.values())) / max(whole, 1),
            min(met, MANY) / MANY,
        ]
        for dimensions in GROUPS.values():
            new, old = [_of(added, one) for one in dimensions], [_of(dropped, one) for one in dimensions]
            values += (max(map(min, new, old)), sum(new), sum(old))
        return tuple(map(float, values))

    def unrelated(self, ways: "Sequence[Asked]") -> bool:
        """Whether this has several words with senses and meets the `ways` in none."""
        return len(self.words) > 1 and all(self.senses.isdisjoint(way.senses) for way in ways)

    def _kinds(self, ways: "Sequence[Asked]") -> tuple[bool, bool, bool, bool]:
        theirs = frozenset[str]().union(*(way.kinds for way in ways))
        if self.kinds & theirs:
            return True, False, False, False
        if YES_OR_NO in self.kinds | theirs:
            return False, False, False, True
        vague = "what" in self.kinds | theirs
        return False, not vague, vague, False


@dataclass(frozen=True, slots=True)
class Beside:
    """One way to ask, how near each word of a question is to it, and how near each of its words is to the question."""

    asked: Asked
    near: Mapping[Senses, float]
    back: Mapping[Senses, float]

    def dropped(self, question: Asked) -> dict[Senses, float]:
        """The words of this way that meet nothing in the question, and how far they are from it."""
        return {word: 1 - self.back[word] for word in self.asked.words if not word & question.senses}


def _of(words: Mapping[Senses, float], dimension: str) -> float:
    return sum(far for word, far in words.items() if any(of == dimension for of, _ in word))


def read(question: str, names: Sequence[tuple[int, int]] = ()) -> Asked:
    """What a question asks for and names, in either language. `names` are where names stand, whose parts say nothing."""
    folded = fold(question)
    spans = _found(folded)
    if len(folded) == len(question):
        for span in names:
            spans.setdefault(span, set())
    words: dict[Senses, str] = {}
    for (start, end), meant in spans.items():
        inside = any(a <= start and end <= b and b - a > end - start for a, b in spans)
        if not inside and (said := frozenset(one for one in meant if one[0] != GENERAL)):
            words.setdefault(said, folded[start:end])
    senses = frozenset[tuple[str, str]]().union(*words)
    return Asked(asked_for(folded), words, senses, denies(folded))
