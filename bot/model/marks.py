"""Finds citation marks in a model's words while they arrive: [1], [1, 2], [1-3], [[1]], 【１】, ［出典1］,
[1](#s1) …

A mark may be split over pieces at any place; the marks found do not depend on where. Code is passed through
unread. Time is linear in the length of the text: what may still become a mark is held back, and never more
than `LONGEST` characters of it. Knows numbers only, no passage.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: Characters that a mark may hold between its brackets, and that a link's target after it may hold.
LONGEST, LONGEST_TARGET = 120, 400

_OPEN, _CLOSE = r"\\?[\[［【〔⟦]", r"\\?[\]］】〕⟧]"
_INSIDE = r"[^\[\]［］【】〔〕⟦⟧\n`]"
_TARGET = rf"\([^()\s]{{0,{LONGEST_TARGET}}}"
_MARK = re.compile(
    rf"(?:{_OPEN}){{1,2}}(?P<body>{_INSIDE}{{1,{LONGEST}}}?)(?:{_CLOSE}){{1,2}}(?:{_TARGET}\))?"
)
#: Whatever more text could still make a mark of, or a longer one.
_BEGUN = re.compile(
    rf"\\?(?:{_OPEN}){{0,2}}{_INSIDE}{{0,{LONGEST}}}(?:(?:{_CLOSE}){{0,2}}\\?(?:{_TARGET})?)?"
)
#: What a mark is made of, after NFKC. A body with anything else in it is no mark.
_TOKEN = re.compile(
    r"(?P<number>\d+)"
    r"|(?P<range>[-‐‑‒–—―−~〜]|\.\.\.?|to\b|から)"
    r"|(?P<label>passages?|sources?|refs?|references?|docs?|documents?|citations?|cite|ids?|nos?|number"
    r"|抜粋|文書|資料|出典|引用|参考|文献|出所|根拠|番号|第|[#^])[.:]?"
    r"|(?P<join>[\s,、;・/&+|]|\.(?!\d)|and\b|und\b|および|及び|と)"
    r"|(?P<inner>[:.]\d+)"
    r"|(?P<rest>†.*)",
    re.I,
)
#: Numbers in a bracket that is too long to be read as a mark.
_LONG = re.compile(rf"{_OPEN}[\d\s,，、;；・-]{{{LONGEST},}}")
_CIRCLED = re.compile("[①-⑳]")
_WORTH_A_LOOK = re.compile(r"[\\\[［【〔⟦`~\n]")
_TICKS = re.compile(r"`{1,8}|~{1,8}")
#: A number with more digits than this names no passage.
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation mark: the passages that it names, each once, and whether it names one that was not given."""

    numbers: tuple[int, ...]
    unknown: bool


def visible(text: str) -> str:
    """`text` without what a reader cannot see: format and control characters, halves of characters, private
    ones.
    """
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))


def _tokens(body: str) -> tuple[re.Match[str], ...] | None:
    """The tokens of what stands between the brackets, or None where it is no mark. Linear."""
    bare = "".join(char for char in body if unicodedata.category(char) not in ("Mn", "Me"))
    plain = unicodedata.normalize("NFKC", _CIRCLED.sub(lambda one: f" {one[0]} ", bare)).rstrip("\\")
    tokens, at = [], 0
    while at < len(plain):
        token = _TOKEN.match(plain, at)
        if token is None:
            return None
        tokens.append(token)
        at = token.end()
    return tuple(tokens) if any(token["number"] for token in tokens) else None


def _mark(tokens: Iterable[re.Match[str]], most: int) -> Mark:
    """The passages that a mark names. A range that runs backwards or beyond what was given names an unknown
    one.
    """
    found: list[int] = []
    unknown = ranged = False
    for token in tokens:
        if token["number"]:
            number = int(token["number"]) if len(token["number"]) <= _DIGITS else 0
            first = found[-1] + 1 if ranged and found else number
            unknown |= not 1 <= number <= most or first > number + 1 or (ranged and not found)
            found.extend(range(max(first, 1), min(number, most) + 1))
            ranged = False
        ranged = bool(token["range"]) or (ranged and not token["number"])
        unknown |= bool(token["inner"])
    return Mark(tuple(dict.fromkeys(found)), unknown or ranged)


def marks_in(text: str) -> bool:
    """Whether anything in `text`, code included, looks like a citation mark to a reader."""
    forms = (text, unicodedata.normalize("NFKC", visible(text)))
    return any(_LONG.search(form) or any(_tokens(m["body"]) for m in _MARK.finditer(form)) for form in forms)


def without_marks(text: str) -> str:
    """`text` with the square brackets of everything that looks like a mark made round, for showing it to a
    model.
    """
    return _MARK.sub(lambda mark: f"({mark['body']})" if _tokens(mark["body"]) else mark[0], text)


class Marks:
    """Reads one answer. `most` is how many passages were given; the numbers 1 to `most` are known."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = ""
        self._line_start = True
        #: The ticks that code began with: closes with the same. Empty outside code.
        self._code = ""
        self._fenced = False

    def feed(self, piece: str) -> list[str | Mark]:
        """The text and marks that are certain now, in order."""
        return self._read(visible(piece), last=False)

    def end(self) -> list[str | Mark]:
        """What was held back."""
        return self._read("", last=True)

    def _read(self, piece: str, last: bool) -> list[str | Mark]:
        text, at = self._held + piece, 0
        found: list[str | Mark] = []
        while at < len(text):
            step = self._step(text, at, last)
            if step is None:
                break
            end, event = step
            self._note(text[at:end])
            found.append(event)
            at = end
        self._held = text[at:]
        return _merged(found)

    def _step(self, text: str, at: int, last: bool) -> tuple[int, str | Mark] | None:
        """(end, what it is) of the next stretch of `text` from `at`, or None while that depends on what
        follows.
        """
        if not _WORTH_A_LOOK.match(text, at):
            following = _WORTH_A_LOOK.search(text, at)
            end = following.start() if following else len(text)
            return end, text[at:end]
        if text[at] in "`~":
            return self._ticks(text, at, last)
        if text[at] == "\n" or self._code:
            if text[at] == "\n" and not self._fenced:
                self._code = ""
            return at + 1, text[at]
        return self._bracket(text, at, last)

    def _bracket(self, text: str, at: int, last: bool) -> tuple[int, str | Mark] | None:
        if not last and _BEGUN.fullmatch(text, at):
            return None
        mark = _MARK.match(text, at)
        tokens = _tokens(mark["body"]) if mark else None
        if mark and tokens:
            return mark.end(), _mark(tokens, self._most)
        return at + 1, text[at]

    def _ticks(self, text: str, at: int, last: bool) -> tuple[int, str | Mark] | None:
        run = _TICKS.match(text, at)
        assert run is not None
        ticks = run[0]
        if not last and run.end() == len(text) and len(ticks) < 8:
            return None
        if self._fenced:
            if self._line_start and ticks.startswith(self._code):
                self._code, self._fenced = "", False
        elif self._code:
            if ticks == self._code:
                self._code = ""
        elif self._line_start and len(ticks) >= 3:
            self._code, self._fenced = ticks, True
        elif ticks[0] == "`":
            self._code = ticks
        return run.end(), ticks

    def _note(self, stretch: str) -> None:
        for char in reversed(stretch):
            if char == "\n":
                self._line_start = True
                return
            if char not in " \t":
                self._line_start = False
                return


def _merged(events: Iterable[str | Mark]) -> list[str | Mark]:
    found: list[str | Mark] = []
    for event in events:
        if isinstance(event, str) and found and isinstance(found[-1], str):
            found[-1] += event
        else:
            found.append(event)
    return found


def read_marks(pieces: Iterable[str], most: int) -> Iterator[str | Mark]:
    """The text and marks of a whole answer, neighbouring text as one."""
    marks = Marks(most)
    events = [event for piece in pieces for event in marks.feed(piece)]
    yield from _merged([*events, *marks.end()])
