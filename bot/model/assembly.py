"""Puts a model's words together into sentences with the passages that each names, free of mark-up, while they
arrive.

A line is the unit: its sentences are given out when it ends. Knows numbers only, no passage.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model.marks import Mark, Marks
from ingest.language import sentences

#: Longest line that is read as sentences; the rest of a longer one is dropped, and with it the line's
#: support.
LONGEST = 4_000

#: Where a mark stood: a private character, which no text that was made visible has.
_HERE = "\ue000"
_BULLET = re.compile(r"^\s*(?:>\s*)*(?:[-*+•・●○◦▪]\s+|\d{1,2}[.)．）]\s+|#{1,6}\s+)*")
_PLAIN = re.compile(r"(?<![\w\\])(\*{1,3}|_{1,3}|~~)(?=\S)(.+?)(?<=\S)\1(?!\w)|`+")
_TABLE = re.compile(r"^\s*\||\|\s*$|^\s*(?:[-=*_]\s*){3,}$")
_LINK = re.compile(r"(?<!!)\[([^\[\]\ue000]*)\]\((?:[^()\s]*)(?:\s+\"[^\"]*\")?\)")
_ADDRESS = r"[\w.-]+\.[a-z]{2,12}(?::\d+)?/[^\s。、）)\]」』]*"
#: What no statement may have; a sentence that had it has lost something.
_FORBIDDEN = re.compile(
    r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?"
    r"|</?[a-z!][^<>]{0,400}>?"
    r"|(?:[a-z][a-z0-9+.-]{1,20}://|www\.|(?:javascript|data|mailto|vbscript|file|blob|tel):(?=\S))[^\s。、）)\]」』]*"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|{_ADDRESS}"
    r"|^\s*\[[^\]]*\]:.*$"
    r"|\$\{[^}]*\}|\{\{[^}]*\}\}"
    r"|&(?:#\d+|#x[0-9a-f]+|[a-z]+);",
    re.I,
)
_LOOSE = re.compile(rf"[ \t　]*({_HERE}+)(?:[ \t　]*(?=[.,;:!?。、！？，．」』）)]|$)|(?=\s))")
_BETWEEN = re.compile(rf"(?<={_HERE})[\s,、;・&と]*(?:and\s+)?(?={_HERE})")
_ALONE = re.compile(rf"[（(]\s*({_HERE}*)\s*[）)]")
_ENDED = re.compile(r"[.!?。！？][」』）)\"”’]*$")
#: Words (a pair of Japanese characters is one) from which a line that ends in a mark instead is a sentence.
_WORDS = re.compile(r"[A-Za-zÀ-ÿ0-9]+|[぀-ヿ一-鿿]{2}")
_ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the known passages that it names, whether it names an unknown one, and whether it is whole.

    It is not whole where something was cut out of its line, or where it neither ends as a sentence nor is
    long enough to be one that ends in its mark.
    """

    text: str
    numbers: tuple[int, ...]
    unknown: bool
    whole: bool


class Sentences:
    """Reads one answer that may name the passages 1 to `most`."""

    def __init__(self, most: int) -> None:
        self._marks = Marks(most)
        self._line: list[str] = []
        self._named: list[Mark] = []

    def feed(self, piece: str) -> tuple[Sentence, ...]:
        """The sentences that are complete now."""
        return self._take(self._marks.feed(piece))

    def end(self) -> tuple[Sentence, ...]:
        """The sentences of what is left."""
        return (*self._take(self._marks.end()), *self._close())

    def _take(self, events: Iterable[str | Mark]) -> tuple[Sentence, ...]:
        found: list[Sentence] = []
        for event in events:
            if isinstance(event, Mark):
                self._named.append(event)
                self._line.append(_HERE)
                continue
            first, *others = event.split("\n")
            self._line.append(first)
            for other in others:
                found.extend(self._close())
                self._line.append(other)
        return tuple(found)

    def _close(self) -> tuple[Sentence, ...]:
        line, named = "".join(self._line), tuple(self._named)
        self._line, self._named = [], []
        return _sentences(line, named)


def _plain(line: str) -> tuple[str, bool]:
    """The line without mark-up, and whether something that was no mere ornament had to go."""
    bare = _TABLE.sub("", _BULLET.sub("", line[:LONGEST]))
    bare = _LINK.sub(r"\1", bare)
    clean = _FORBIDDEN.sub(" ", bare)
    hidden = _FORBIDDEN.search(unicodedata.normalize("NFKC", clean))
    lost = clean != bare or hidden is not None or len(line) > LONGEST
    return _PLAIN.sub(lambda found: found[2] or "", clean), lost


def _tidy(text: str) -> str:
    once = _BETWEEN.sub("", re.sub(r"[ \t　]{2,}", " ", text))
    return _LOOSE.sub(r"\1", _ALONE.sub(r"\1", once)).strip()


def _split(text: str) -> tuple[str, list[int]]:
    """The text without the places of its marks, and those places as offsets in it."""
    pieces = text.split(_HERE)
    plain, places = pieces[0], []
    for piece in pieces[1:]:
        places.append(len(plain))
        if plain[-1:] in (".", "!", "?") and piece[:1].isalnum() and piece[:1].isascii():
            plain += " "
        plain += piece
    return plain, places


def _owner(place: int, spans: Sequence[tuple[int, int]]) -> int:
    """The sentence of a mark: the one it stands in or after, at the start of a line the first."""
    before = [at for at, (start, _) in enumerate(spans) if start < place]
    return before[-1] if before else 0


def _sentences(line: str, named: Sequence[Mark]) -> tuple[Sentence, ...]:
    plain, lost = _plain(line)
    text, places = _split(_tidy(plain))
    spans = sentences(text)
    if not spans or not any(char.isalpha() for char in text):
        return ()
    # A mark inside something that was cut belongs to no sentence that is whole.
    lost = lost or len(places) != len(named)
    owned: list[list[Mark]] = [[] for _ in spans]
    for place, mark in zip(places, named, strict=False):
        owned[_owner(place, spans)].append(mark)
    found = []
    for (start, end), marks in zip(spans, owned, strict=True):
        words = text[start:end]
        ends = bool(_ENDED.search(words)) or (end in places and len(_WORDS.findall(words)) >= _ENOUGH)
        numbers = tuple(dict.fromkeys(n for mark in marks for n in mark.numbers))
        found.append(Sentence(words, numbers, any(mark.unknown for mark in marks), ends and not lost))
    return tuple(found)
