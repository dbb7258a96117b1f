"""Doubled glyphs: bold or shadowed Japanese that a PDF drew twice and an extractor read twice (大大学学のの
-> 大学の).

Honest Japanese doubles a character now and then (ここ, 日日, 人人, 〜〜), so no word is judged by itself. A
*run* is a stretch in which every wide character stands an even number of times. Only when a document holds
runs that chance cannot explain is anything repaired, and then the weaker runs near them are read the same
way.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.edits import Draft, Edit

#: Kana, ideographs, and full-width forms and punctuation: what such PDFs double. ASCII mostly stands once.
WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff5e\uffe0-\uffe6々〆〇ー〜～「」『』（）【】、。・…]")
REPEATED = re.compile(r"(?s)(.)\1*")
#: Marks that nobody repeats for effect in running Japanese; even one doubled mark is damage in a damaged
#: document.
NEVER_TWICE = frozenset("：；（）「」『』【】、，")
#: A run this long with this many different characters does not occur by chance: in the four undamaged real
#: documents and in ordinary Japanese the longest is two pairs (ちちはは).
CERTAIN_PAIRS, CERTAIN_KINDS = 4, 3
#: A damaged document must hold at least this many characters in certain runs before anything is touched.
EVIDENCE = 12
#: In a damaged document: enough pairs to be repaired inside a line whose other characters stand once.
LIKELY_PAIRS, LIKELY_KINDS = 3, 3
#: At most this many narrow characters (a slash, a year, a space) may stand between two parts of one run.
BRIDGE = 8


@dataclass(frozen=True, slots=True)
class _Group:
    """One character repeated `size` times from `start` on."""

    char: str
    start: int
    size: int
    wide: bool

    @property
    def end(self) -> int:
        return self.start + self.size

    def halved(self) -> Edit:
        """The edit that halves the group; of an odd one, the first or last character was never doubled."""
        return Edit(self.start + (self.size + 1) // 2, self.end, "")


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring wide groups that all stand an even number of times (or odd at a border: のエエ in
    ののエエ).
    """

    groups: tuple[_Group, ...]
    #: Share of the line's wide characters that stand in even groups, 0 to 1.
    line_share: float

    @property
    def pairs(self) -> int:
        return sum(group.size // 2 for group in self.groups)

    @property
    def kinds(self) -> int:
        return len({group.char for group in self.groups})

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end

    @property
    def certain(self) -> bool:
        return self.pairs >= CERTAIN_PAIRS and self.kinds >= CERTAIN_KINDS

    @property
    def likely(self) -> bool:
        """Enough in a document already known to be damaged."""
        whole_line = self.line_share == 1.0 and self.pairs >= 2 and self.kinds >= 2
        mark = self.kinds == 1 and self.pairs == 1 and self.groups[0].char in NEVER_TWICE
        return whole_line or mark or (self.pairs >= LIKELY_PAIRS and self.kinds >= LIKELY_KINDS)


def _groups(text: str, start: int, end: int) -> list[_Group]:
    return [
        _Group(match[1], match.start(), match.end() - match.start(), bool(WIDE.match(match[1])))
        for match in REPEATED.finditer(text, start, end)
    ]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n\f]+", text):
        yield match.span()


def _line_runs(text: str, start: int, end: int) -> Iterator[_Run]:
    groups = _groups(text, start, end)
    wide = sum(group.size for group in groups if group.wide)
    even = sum(group.size for group in groups if group.wide and group.size % 2 == 0)
    held: list[_Group] = []
    for group in groups:
        doubled = group.wide and group.size >= 2
        if held and not doubled or (doubled and group.size % 2 and held):
            tail = [group] if doubled else []
            yield _Run((*held, *tail), even / wide)
            held = tail
        elif doubled:
            held.append(group)
    if held:
        yield _Run(tuple(held), even / wide)


def runs(text: str) -> tuple[_Run, ...]:
    """All runs of doubled wide characters, in order; most are honest words until the document says
    otherwise.
    """
    found: list[_Run] = []
    for start, end in _lines(text):
        if len(WIDE.findall(text, start, end)) >= 2:
            found.extend(_line_runs(text, start, end))
    return tuple(run for run in found if run.pairs)


def doubled_characters(text: str) -> int:
    """How many wide characters stand in certain runs; 0 in a document without the defect."""
    return sum(sum(group.size for group in run.groups) for run in runs(text) if run.certain)


def damaged_runs(text: str) -> tuple[_Run, ...]:
    """The runs to repair: none unless the document holds enough that chance cannot explain."""
    found = runs(text)
    if sum(2 * run.pairs for run in found if run.certain) < EVIDENCE:
        return ()
    chosen = [run.certain or run.likely for run in found]
    for at in (*range(len(found)), *reversed(range(len(found)))):  # forwards, then backwards
        chosen[at] = chosen[at] or any(
            chosen[other] and _bridged(text, found[min(at, other)], found[max(at, other)])
            for other in (at - 1, at + 1)
            if 0 <= other < len(found)
        )
    return tuple(run for run, wanted in zip(found, chosen, strict=True) if wanted)


def _bridged(text: str, left: _Run, right: _Run) -> bool:
    """Whether only a few narrow characters of the same line stand between two runs."""
    between = text[left.end : right.start]
    return len(between) <= BRIDGE and "\n" not in between and not WIDE.search(between)


def _narrow_between(text: str, chosen: Sequence[_Run]) -> list[tuple[int, int]]:
    """Narrow stretches that touch a damaged run: (start, end)."""
    spans = []
    for left, right in pairwise(chosen):
        if _bridged(text, left, right) and left.end < right.start:
            spans.append((left.end, right.start))
    return spans


def _narrow_edits(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    """Halves doubled ASCII between damaged runs: marks always, letters and digits only if all of them are
    doubled.

    2222 between two runs may be 22 or 2222, so one number proves nothing: the document's stretches must
    agree.
    """
    words = [re.sub(r"\W", "", text[start:end]) for start, end in spans]
    votes = [all(len(match[0]) % 2 == 0 for match in REPEATED.finditer(word)) for word in words if word]
    halve_words = len(votes) >= 2 and all(votes)
    for (start, end), word in zip(spans, words, strict=True):
        groups = _groups(text, start, end)
        if word and not halve_words:
            continue
        if all(group.size % 2 == 0 for group in groups if not group.char.isspace()):
            yield from (group.halved() for group in groups if not group.char.isspace())


def halve(draft: Draft) -> list[Edit]:
    """Removes the second of each pair in damaged runs. A document without the defect is left alone."""
    chosen = damaged_runs(draft.text)
    edits = {group.halved() for run in chosen for group in run.groups if group.size > 1}
    edits.update(_narrow_edits(draft.text, _narrow_between(draft.text, chosen)))
    return sorted(edits)
