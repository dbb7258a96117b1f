"""A passage -> the spans that an answer may quote: sentences and list entries, without their list marks.
Pure.

A line of a passage is one block of its document. A line that only says when or whose turn it is (a date in a
timeline, a time in a programme) is a label and goes with the lines below it. Knows no question.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.question.reach import whose
from ingest.language import HAN, KANA, fold, sentences
from ingest.types import Passage

UnitKind = Literal["sentence", "item", "lead", "heading", "label", "contact"]
Span = tuple[int, int]

_MARK = re.compile(
    r"[ \t　]*(?P<mark>[-–—•⚫※○●◦▪▫■□◆◇・*>✓➢]+|[(（]?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)）](?=\s)|[①-⑳]|"
    r"[（(]\d{1,2}[）)]|\[\^?\d+\]:?)[ \t　]*"
)
#: Marks of notes, which are not entries of a list.
_NOTE = re.compile(r"※|\*|\[")
_LEAD = re.compile(
    r"[:：]$|(?:following|as follows|below)[.:]?$|(?:次|以下)(?:の|に)[^。]{0,24}[。:：]?$|\b(?:lists?|"
    r"sets? out|names?) \w+ [\w\s-]{3,80}[.:]$|"
    r"(?:を|の)?[一二三四五六七八九十\d]+(?:つ|点|項目)[^。]{0,30}(?:挙げ|示し|掲げ|定め)[^。]{0,12}。$",
    re.I,
)
#: Words that all begin with a capital, without figures, commas or an end mark: the title of a slide or a
#: talk.
_TITLE = re.compile(
    r"^(?:{token} ){{2,}}{token}$".format(
        token=r"(?:[“\"‘(]*[A-Z][\w’'-]*[”\"’):]*|of|the|and|for|in|on|to|with|at|by|a|an|through|&|–|-)"
    )
)
#: A line that begins with the number of a note; a label above it does not speak of it.
_NUMBERED = re.compile(r"\d{1,2} (?=[^\W\d])")
_REMARK = re.compile(r"[(（][^()（）]*[)）][.。]?")
_ENDED = re.compile(r"[.!?。！？][」』）)\"”’]*$")
#: A word and a number that an end mark follows: what they number comes after them.
_NUMBER_ALONE = re.compile(r"(?:[^\W\d]+ ?)?\d+(?:\.\d+)*\.")
#: A line without an end mark that is shorter than this many words (or two characters a word) is a fragment.
_FRAGMENT_WORDS = 5
#: A line with an end mark that is shorter than this is a fragment too ("Theme 1.", "Thank you.").
_SENTENCE_WORDS = 3
#: A line without an end mark up to this many words is the title of the list below it.
_TITLE_WORDS = 12
#: List marks that begin a count.
_FIRST = re.compile(r"[(（]?(?:1|a|i)[.)）]|①|[（(]1[）)]")
_NOISE = re.compile(
    r"^(?:[\d\s./:：|–—-]+|p{1,2}\. ?\d+|page \d+|(?:website|url|hp)?[\s:：]*(?:https?://|www\.)\S+|"
    r"(?:figure|table|図|表) ?\d+[.:]?)$",
    re.I,
)
#: A line that is nothing but a date or begins with a time of day, and so speaks of what stands below it.
_LABEL = re.compile(
    r"^(?:\d{1,2}:\d\d\b.*|(?:[A-Z][a-z]+ )?(?:\d{1,2},? )?(?:19|20)\d\d[:：]?|(?:19|"
    r"20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?[:：]?|"
    r"(?:令和|平成|昭和)(?:\d{1,2}|元)年(?:\d{1,2}月)?(?:\d{1,2}日)?[:：]?)$"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """Words of a passage that can be quoted: ``passage.text[start:end]``, with those of its label before
    them.

    `run` numbers the list that it stands in and `leads` the one that it introduces, each -1 where there is
    none.
    """

    start: int
    end: int
    text: str
    kind: UnitKind
    run: int
    leads: int
    #: Whether it ends as a sentence or is long enough to be read alone.
    whole: bool
    label: Span | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its list mark; `mark` is the mark's shape, empty for a line without one; `first`
    where the mark counts from the beginning (1., a, ①).
    """

    start: int
    end: int
    mark: str
    first: bool = False

    def words(self, text: str) -> str:
        return text[self.start : self.end].strip()


def without_marks(text: str) -> str:
    """A text of several lines without its list marks."""
    return "\n".join(_MARK.sub("", line, count=1) for line in text.split("\n"))


def _shape(mark: str, indent: int) -> str:
    """Marks of one list have one shape: ⚫, 1., (a), at one indentation."""
    return re.sub(r"[ivx]{2,}|[a-z]", "a", re.sub(r"\d+", "1", mark)) + f"@{indent // 2}"


def _lines(text: str) -> list[_Line]:
    found = []
    for match in re.finditer(r"[^\n\f]+", text):
        mark = _MARK.match(text, match.start(), match.end())
        start = mark.end() if mark else match.start()
        if text[start : match.end()].strip():
            listed = mark is not None and not _NOTE.match(mark["mark"])
            shape = _shape(mark["mark"], mark.start("mark") - mark.start()) if mark and listed else ""
            found.append(_Line(start, match.end(), shape, bool(mark and _FIRST.fullmatch(mark["mark"]))))
    return _unmarked_entries(text, found)


def _unmarked_entries(text: str, lines: Sequence[_Line]) -> list[_Line]:
    """Gives the short lines right below a line that ends in a colon the mark of a list, as if they had one."""
    found = list(lines)
    for at, line in enumerate(found[:-1]):
        if line.mark or not line.words(text).endswith((":", "：")):
            continue
        for below in range(at + 1, len(found)):
            gap = text[found[below - 1].end : found[below].start]
            words = found[below].words(text)
            apart = below > at + 1 and gap.count("\n") > 1
            if found[below].mark or apart or is_ended(words) or _length(words) >= _FRAGMENT_WORDS:
                break
            found[below] = replace(found[below], mark=":@0")
    return found


def is_ended(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return bool(_ENDED.search(text))


def _length(text: str) -> float:
    """Length in words; two Japanese characters count as one."""
    japanese = len(KANA.findall(text)) + len(HAN.findall(text))
    return japanese / 2 + len(re.findall(r"[A-Za-zÀ-ÿ0-9]+", text))


def is_remark(text: str) -> bool:
    """Whether a unit stands in brackets as a whole and only remarks on what stands before it."""
    return bool(_REMARK.fullmatch(text.strip()))


def _whole(text: str) -> bool:
    """Whether a text can be read alone: a sentence, or a fragment that is long enough; no remark in brackets."""
    return not is_remark(text) and _length(text) >= (_SENTENCE_WORDS if is_ended(text) else _FRAGMENT_WORDS)


def _is_heading(text: str, passage: Passage, listed: bool) -> bool:
    """Whether a line is a heading of its document, or looks like one; entries of lists and leads do not."""
    bare = fold(_MARK.sub("", text, count=1)).lstrip("# ")
    names = (passage.title, *(part for one in passage.heading for part in (one, *one.split(" / "))))
    if any(bare == fold(_MARK.sub("", name, count=1)) for name in names):
        return not text.endswith((":", "："))
    return not listed and not text.endswith((":", "：")) and bool(_TITLE.match(text))


def _quotable(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]", text)) and not _NOISE.match(text)


def _introduces(line: _Line, text: str) -> bool:
    """Whether a line speaks of the list below it: an entry, a lead, or a short line that is no sentence."""
    words = line.words(text)
    title = not is_ended(words) and _length(words) <= _TITLE_WORDS
    return bool(line.mark or _LEAD.search(words)) or title


def _runs(text: str, lines: Sequence[_Line]) -> tuple[dict[int, int], dict[int, int]]:
    """(line -> number of its list, line -> number of the list that it introduces).

    A list is a run of lines with marks of one shape; an entry followed by entries of another shape introduces
    them.
    """
    run_of: dict[int, int] = {}
    leads: dict[int, int] = {}
    open_runs: dict[str, int] = {}
    number = -1
    for at, line in enumerate(lines):
        if not line.mark:
            open_runs = {}
            continue
        before = lines[at - 1] if at else None
        if line.mark not in open_runs or line.first:
            number += 1
            open_runs[line.mark] = number
            if before and before.mark != line.mark and _introduces(before, text):
                leads[at - 1] = number
        elif before and before.mark != line.mark:  # back from an inner list, which is closed
            open_runs = {shape: run for shape, run in open_runs.items() if run <= open_runs[line.mark]}
        run_of[at] = open_runs[line.mark]
    return run_of, leads


def _numbers_joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Sentences of a line; a mere number ("Theme 1.") belongs to the words after it."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and _NUMBER_ALONE.fullmatch(text[slice(*joined[-1])].strip()):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _pieces(passage: Passage, lines: Sequence[_Line]) -> Iterator[tuple[int, Span, bool]]:
    """(line number, span of a sentence, whether it is the line's last). A heading is one piece: the number in
    "3. (1) New measures" ends no sentence.
    """
    text = passage.text
    for at, line in enumerate(lines):
        if _is_heading(line.words(text), passage, bool(line.mark)):
            yield at, (line.start, line.end), True
            continue
        spans = [(line.start + a, line.start + b) for a, b in sentences(text[line.start : line.end])]
        joined = _numbers_joined(text, spans)
        for order, span in enumerate(joined):
            yield at, span, order == len(joined) - 1


def _kind(words: str, line: _Line, leads: int, passage: Passage) -> UnitKind:
    if _is_heading(words, passage, bool(line.mark)):
        return "heading"
    if leads >= 0 and (not line.mark or words.endswith((":", "："))):
        return "lead"
    return "item" if line.mark else "sentence"


def units(passage: Passage) -> tuple[Unit, ...]:
    """The units of a passage in reading order; page numbers, links and personal contact data are left out."""
    text = passage.text
    lines = _lines(text)
    run_of, leads = _runs(text, lines)
    found: list[Unit] = []
    label: Span | None = None
    used = True
    for at, (start, end), last in _pieces(passage, lines):
        words = text[start:end]
        if reached := whose(words):
            found.extend(_alone(text, label if not used else None))
            label, used = None, True
            if reached == "office":
                found.append(Unit(start, end, words, "contact", -1, -1, True))
            continue
        if _LABEL.match(words) and not lines[at].mark:
            found.extend(_alone(text, label if not used else None))
            label, used = (start, end), False
            continue
        if not _quotable(words):
            continue
        led = leads.get(at, -1) if last else -1
        kind = _kind(words, lines[at], led, passage)
        if kind == "heading" or _NUMBERED.match(words):
            label = None
        shown = f"{text[slice(*label)]} {words}" if label else words
        found.append(Unit(start, end, shown, kind, run_of.get(at, -1), led, _whole(shown), label))
        used = True
    return (*found, *_alone(text, label if not used else None))


def _alone(text: str, label: Span | None) -> tuple[Unit, ...]:
    """A label with nothing below it, as a fragment of its own."""
    if label is None or not _quotable(text[slice(*label)] + "x"):
        return ()
    return (Unit(*label, text[slice(*label)], "sentence", -1, -1, False),)
