"""Footnote and endnote marks that extraction fused with a word: RU111 (RU11 and note 1), institutionsiii.

A wrong guess would change a number or a name, so a mark goes only when the document itself proves it: a
note with that label exists, marks run in order, the fused form occurs once, and the word also occurs
without the mark.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ingest.edits import Draft, Edit

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
#: A line that looks like a note: its label, then at least a short text.
DIGIT_NOTE = re.compile(r"(?m)^[ \t]*(?P<label>[1-9]\d?)(?P<style>[.)]?)[ \t]+(?=[^\W\d_]).{8,}$")
ROMAN_NOTE = re.compile(r"(?m)^[ \t]*(?P<label>[ivx]{1,5})[.)]?[ \t]+(?=[A-Z\u3040-\u9fff]).{8,}$")
#: Looking for a mark ends after this many places: by then it is not certain any more, and time stays linear.
MOST_PLACES = 100
#: Short forms before a full stop that are followed by an ordinary number: No.3, p.2.
NUMBERED = re.compile(r"(?i)(?:\b(?:no|vol|p|pp|fig|art|sec|ch|ver|para)\.|第)$")
_JA = "\u3005-\u30ff\u3400-\u9fff々ー"


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int


def note_lines(text: str, style: str = "") -> list[int]:
    """Offsets of the lines of notes 1, 2, 3 ... in the longest row of them; `style` is what follows the
    label.
    """
    rows: list[list[int]] = [[]]
    for match in DIGIT_NOTE.finditer(text):
        if match["style"] == style and int(match["label"]) == 1:
            rows.append([match.start("label")])
        elif match["style"] == style and int(match["label"]) == len(rows[-1]) + 1:
            rows[-1].append(match.start("label"))
    return max(rows, key=len)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the document's words prove, counted once."""

    #: Latin words with their digits, as written and in small letters.
    exact: Counter[str]
    small: Counter[str]
    #: The last Japanese word before each number.
    stems: Counter[str]

    def once(self, token: str) -> bool:
        return self.exact[token] == 1

    def alone(self, word: str) -> bool:
        """Whether the word also stands without a fused mark, possibly in the plural."""
        return bool(self.small[word.lower()] or self.small[f"{word.lower()}s"])


def _words(text: str) -> _Words:
    exact = Counter(re.findall(r"[A-Za-z0-9]+", text))
    small: Counter[str] = Counter()
    for word, count in exact.items():
        small[word.lower()] += count
    numbers = re.finditer(rf"(?<=[{_JA}」』）])\d", text)
    stems = Counter(_stem(text[max(0, number.start() - 12) : number.start()]) for number in numbers)
    return _Words(exact, small, stems)


def _stem(before: str) -> str:
    """The last run of one script before a number: レベル in このレベル1."""
    found = re.search(r"(?:[\u30a1-\u30ff]+|[\u3005\u3400-\u9fff]+|[\u3041-\u3096]+|.)$", before)
    return found[0] if found else ""


def _digit_marks(body: str, words: _Words, label: str) -> Iterator[_Mark]:
    """Places in `body` where the digit `label` may be a note's mark, each proved by the document's words."""
    place = rf"(?<=[^\s\d\u3005-\u9fff]){label}(?!\d)|(?<=\S){label}(?=[{_JA}])"
    for found in islice(re.finditer(place, body), MOST_PLACES):
        before, after = body[max(0, found.start() - 40) : found.start()], body[found.end() : found.end() + 1]
        latin = re.search(r"[A-Za-z][A-Za-z0-9]+$", before)
        native = re.search(rf"[{_JA}」』）]$", before)
        if latin and re.fullmatch(rf"|[\s.,;:)\]」』）、。{_JA}]", after):
            proved = words.once(latin[0] + label) and words.alone(latin[0])
        elif native and re.fullmatch(r"|[\s\u3041-\u3096、。」』）]", after):
            proved = words.stems[_stem(before[-12:])] == 1 and not NUMBERED.search(before)
        else:
            ended = re.search(r"[^\W\d_][.,;:)\]”\"’]+$", before) and re.fullmatch(r"|\s", after)
            proved = bool(ended) and not NUMBERED.search(before)
        if proved:
            yield _Mark(*found.span())


def _roman_marks(body: str, words: _Words, label: str) -> Iterator[_Mark]:
    """Places in `body` where the numeral `label` may be a note's mark after a Latin word or punctuation."""
    for found in islice(re.finditer(rf"(?<=[a-z.,;:)”\"’]){label}(?=[\s.,;:)]|$)", body), MOST_PLACES):
        word = re.search(r"[A-Za-z]+$", body[max(0, found.start() - 40) : found.start()])
        if word is None or (len(word[0]) >= 3 and words.once(word[0] + label) and words.alone(word[0])):
            yield _Mark(*found.span())


def _only(places: Iterator[_Mark], after: int) -> _Mark | None:
    """The one place after `after`; None where there is none, or more than one."""
    possible = list(islice((mark for mark in places if mark.start > after), 2))
    return possible[0] if len(possible) == 1 else None


def _digits(text: str, words: _Words, style: str) -> Iterator[_Mark]:
    """For each note its mark, if only one place before the note can be it."""
    after = -1
    for number, line in enumerate(note_lines(text, style), 1):
        mark = _only(_digit_marks(text[:line], words, str(number)), after)
        if mark is not None:
            yield mark
            after = mark.start


def _roman(text: str, words: _Words) -> list[_Mark]:
    """Roman marks: one surviving note proves the notes, an unbroken row of marks from i on proves the
    marks.
    """
    notes = [
        (match["label"], match.start()) for match in ROMAN_NOTE.finditer(text) if match["label"] in ROMAN
    ]
    row: list[_Mark] = []
    for label in ROMAN if notes else ():
        mark = _only(_roman_marks(text[: notes[0][1]], words, label), row[-1].start if row else -1)
        if mark is None:
            break
        row.append(mark)
    last_known = max((ROMAN.index(label) for label, _ in notes), default=0)
    return row if len(row) >= 2 and len(row) > last_known else []


def marks(draft: Draft) -> list[Edit]:
    """Removes note marks that are certainly marks; everything else stays as it was read."""
    text, words = draft.text, _words(draft.text)
    digits = (mark for style in ("", ".", ")") for mark in _digits(text, words, style))
    found = {(mark.start, mark.end) for mark in (*digits, *_roman(text, words))}
    return sorted(Edit(start, end, "") for start, end in found)
