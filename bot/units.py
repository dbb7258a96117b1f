"""A passage -> the spans that an answer may quote: sentences and list entries, without their list marks. Pure.

A line of a passage is one block of its document. Knows no question.
"""

import re
from dataclasses import dataclass
from typing import Literal

from ingest.language import HAN, KANA, fold, sentences
from ingest.types import Passage

UnitKind = Literal["sentence", "item", "lead", "heading"]

_MARK = re.compile(
    r"[ \t　]*(?:[-–—•⚫※○●◦▪▫■□◆◇・*>✓➢]+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)）](?=\s)|[①-⑳]|[（(]\d{1,2}[）)]|\[\^?\d+\]:?)[ \t　]*"
)
_LEAD = re.compile(r"[:：]$|(?:following|as follows|below)[.:]?$|(?:次|以下)(?:の|に)[^。]{0,24}[。:：]?$|\b(?:lists?|sets? out|names?) \w+ [\w\s-]{3,80}[.:]$", re.I)
_ENDED = re.compile(r"[.!?。！？][」』）)\"”’]*$")
#: A line without an end mark that is shorter than this many words (or two characters a word) is a fragment.
_FRAGMENT_WORDS = 5
_NOISE = re.compile(r"^(?:[\d\s./:：|–—-]+|p{1,2}\. ?\d+|page \d+|https?://\S+|www\.\S+)$", re.I)
_PERSONAL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:T ?E ?L|電話|Phone|Fax|携帯)[\s:：]*[+＋\d(（]|[+＋]\d{1,3}[-\s]\d", re.I)


@dataclass(frozen=True, slots=True)
class Unit:
    """A span of a passage that can be quoted: ``passage.text[start:end]``. `run` numbers the list that it stands in."""

    start: int
    end: int
    text: str
    kind: UnitKind
    #: Number of the list within the passage, -1 outside lists. A list's introducing line has the list's number.
    run: int
    #: Whether it ends as a sentence or is long enough to be read alone.
    whole: bool


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    item: bool


def _lines(text: str) -> list[_Line]:
    found = []
    for match in re.finditer(r"[^\n\f]+", text):
        mark = _MARK.match(text, match.start(), match.end())
        start = mark.end() if mark else match.start()
        if text[start : match.end()].strip():
            found.append(_Line(start, match.end(), mark is not None))
    return found


def _length(text: str) -> float:
    """Length in words; two Japanese characters count as one."""
    japanese = len(KANA.findall(text)) + len(HAN.findall(text))
    return japanese / 2 + len(re.findall(r"[A-Za-zÀ-ÿ0-9]+", text))


def _is_heading(text: str, passage: Passage) -> bool:
    folded = fold(text).lstrip("# ")
    return folded == fold(passage.title) or any(folded == fold(one) for one in passage.heading)


def _quotable(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]", text)) and not _NOISE.match(text) and not _PERSONAL.search(text)


def _runs(text: str, lines: list[_Line]) -> tuple[dict[int, int], dict[int, int]]:
    """(line -> list number, line -> number of the list that it introduces)."""
    run_of: dict[int, int] = {}
    leads: dict[int, int] = {}
    number = -1
    for at, line in enumerate(lines):
        if not line.item:
            continue
        if at - 1 not in run_of:
            number += 1
            if at and _LEAD.search(text[lines[at - 1].start : lines[at - 1].end].strip()):
                leads[at - 1] = number
        run_of[at] = number
    return run_of, leads


def units(passage: Passage) -> tuple[Unit, ...]:
    """The units of a passage in reading order; page numbers, addresses and personal contact data are left out."""
    text = passage.text
    lines = _lines(text)
    run_of, leads = _runs(text, lines)
    found: list[Unit] = []
    for at, line in enumerate(lines):
        body = text[line.start : line.end]
        spans = [(line.start + a, line.start + b) for a, b in sentences(body)]
        for order, (start, end) in enumerate(spans):
            words = text[start:end]
            if not _quotable(words):
                continue
            kind: UnitKind = "item" if line.item else "sentence"
            if _is_heading(words, passage):
                kind = "heading"
            elif at in leads and order == len(spans) - 1:
                kind = "lead"
            whole = bool(_ENDED.search(words)) or _length(words) >= _FRAGMENT_WORDS
            found.append(Unit(start, end, words, kind, run_of.get(at, leads.get(at, -1)), whole))
    return tuple(found)
