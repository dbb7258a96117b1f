"""How far a quote reaches: a sentence with the one that it points back to, a line of a slide with those around it.

A sentence can be read by itself. A line without an end mark mostly cannot: what it is about stands in the lines of its
paragraph or list, and in the heading above them. Pure.
"""

import re
from dataclasses import dataclass

from bot.extract.evidence import Evidence
from bot.extract.units import Unit, is_ended, without_marks

#: Characters that a line of a slide is quoted with, at most.
LINES = 400
#: Quotes are cut at this many characters of context when a sentence brings the one before it.
LONGEST = 600
#: Units before a sentence that are quoted with it at most, while each points further back.
BACK = 2
_BACK = re.compile(
    r"(?:これ(?:ら)?(?!まで|から)|この(?!ほか)|それ(?:ら)?(?!ぞれ)|その(?!ほか|他)|同(?=[校大機事声]|プロ)|"
    r"こう(?:した|いう)|また、これ|なお、これ)|"
    r"(?:It|Its|This|These|Those|They|Their|Such|He|She|His|Her|The (?:former|latter|same)|In (?:this|that)|"
    r"Both)\b"
)


@dataclass(frozen=True, slots=True)
class Extent:
    """Units `first` to `last` of one passage, quoted together; `at` is the one that was chosen."""

    at: int
    first: int
    last: int

    def __contains__(self, at: int) -> bool:
        return self.first <= at <= self.last


def single(at: int) -> Extent:
    """One unit by itself."""
    return Extent(at, at, at)


def _needs_more(unit: Unit) -> bool:
    """Whether a unit cannot be read without the one before it: it points back, or is a fragment."""
    return bool(_BACK.match(unit.text)) or (not unit.whole and unit.kind == "sentence")


def pointed_back(evidence: Evidence, at: int) -> int:
    """Where the quote of a unit starts: at most BACK units earlier."""
    end, first = evidence.units[at].end, at
    while first > 0 and at - first < BACK and evidence.hit_of[first - 1] == evidence.hit_of[at]:
        before = evidence.units[first - 1]
        if not _needs_more(evidence.units[first]) or before.kind == "heading" or end - before.start > LONGEST:
            break
        if _left_out(evidence, first - 1):
            break
        first -= 1
    return evidence.units[first].start


def _left_out(evidence: Evidence, at: int) -> str:
    """What stands between the unit `at` and the next one of its passage and is no unit: a page number, somebody's address."""
    one, other = evidence.units[at], evidence.units[at + 1]
    text = evidence.hits[int(evidence.hit_of[at])].passage.text
    return without_marks(text[one.end : other.label[0] if other.label else other.start]).strip()


def is_line(unit: Unit) -> bool:
    """Whether a unit is no sentence: a heading, a line that introduces others, or one without an end mark."""
    return unit.kind in ("heading", "lead") or not is_ended(unit.text)


def _together(evidence: Evidence, at: int) -> bool:
    """Whether the unit `at` and the next one are lines of one paragraph or list, with nothing left out between them; a
    heading begins another.
    """
    if at < 0 or at + 1 >= len(evidence.units) or evidence.hit_of[at] != evidence.hit_of[at + 1]:
        return False
    one, other = evidence.units[at], evidence.units[at + 1]
    text = evidence.hits[int(evidence.hit_of[at])].passage.text
    gap = text[one.end : other.label[0] if other.label else other.start]
    if other.kind == "heading" or _left_out(evidence, at) or not (is_line(one) and is_line(other)):
        return False
    listed = other.run >= 0 and other.run in (one.run, one.leads)
    return gap.count("\n") < 2 or listed or one.kind == "heading"


def around(evidence: Evidence, at: int) -> Extent:
    """The extent of a chosen unit: of a sentence itself, of a line the lines around it up to LINES characters.

    Those above come first, down from the heading or the line that introduces them.
    """
    units = evidence.units
    if not is_line(units[at]):
        return single(at)
    first = last = at

    def fits(start: int, end: int) -> bool:
        return units[end].end - units[start].start <= LINES

    while _together(evidence, first - 1) and fits(first - 1, last):
        first -= 1
    while _together(evidence, last) and fits(first, last + 1):
        last += 1
    return Extent(at, first, last)


def quoted(evidence: Evidence, at: int) -> str:
    """The words of a unit's extent; those of a unit by itself with its label."""
    extent = around(evidence, at)
    if extent.first == extent.last:
        return evidence.units[at].text
    text = evidence.hits[int(evidence.hit_of[at])].passage.text
    return text[evidence.units[extent.first].start : evidence.units[extent.last].end]
