"""Which sentences of a cited passage a statement rests on. Pure; decides nothing, `bot.verify` does.

A model names passages; what is quoted is chosen here, by content alone, and sliced from the passage.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.checks.coverage import share, share_across
from bot.checks.evidence import gather
from bot.checks.text import read
from bot.checks.types import Similarity, Text, Translate
from bot.extract.units import Unit, units
from bot.types import Quote
from vectorstore.types import Hit

#: Sentences of one passage that a statement may join.
MOST = 3
#: A further sentence is taken in for at least this share of the statement's content.
NEW = 0.15
#: A passage that holds less of a statement than this is not quoted for it where another one holds more.
LEAST = 0.25
#: Below this share of its content in its own language a statement is looked for in the other one as well.
POOR = 0.4


@dataclass(frozen=True, slots=True)
class Reader:
    """What helps to compare across languages; each may be missing."""

    similarity: Similarity | None = None
    translate: Translate | None = None


@dataclass(frozen=True, slots=True)
class _Support:
    """Spans of one hit, and the share of the statement that they hold, 0 to 1."""

    hit: Hit
    units: tuple[Unit, ...]
    share: float


def _within(statement: Text, cut: Sequence[tuple[Unit, Text]]) -> tuple[tuple[Unit, ...], float]:
    """The sentences in the statement's language that hold most of it together."""
    chosen: list[tuple[Unit, Text]] = []
    held = 0.0
    while len(chosen) < MOST:
        rest = [one for one in cut if one not in chosen]
        texts = tuple(text for _, text in chosen)
        gains = [share(statement, (*texts, text)) - held for _, text in rest]
        best = max(range(len(rest)), key=lambda at: (gains[at], -len(rest[at][1].units), -at), default=-1)
        if best < 0 or gains[best] <= (NEW if chosen else 0.0):
            break
        chosen.append(rest[best])
        held += gains[best]
    return tuple(unit for unit, _ in chosen), held


def _across(
    statement: str, cut: Sequence[tuple[Unit, Text]], reader: Reader
) -> tuple[tuple[Unit, ...], float]:
    """The sentence in the other language that comes nearest; all of them where nothing can tell."""
    if reader.translate is None and reader.similarity is None:
        return tuple(unit for unit, _ in cut), 0.0
    shares = [
        share_across(gather(statement, (unit.text,), (), reader.similarity, reader.translate))
        for unit, _ in cut
    ]
    near = [reader.similarity(statement, unit.text) if reader.similarity else 0.0 for unit, _ in cut]
    best = max(range(len(cut)), key=lambda at: (shares[at] + near[at], -at))
    return (cut[best][0],), shares[best]


def _support(statement: str, hit: Hit, reader: Reader) -> _Support:
    ours = read(statement)
    cut = [(unit, read(unit.text)) for unit in units(hit.passage) if unit.kind != "heading"]
    same = [one for one in cut if one[1].language == ours.language]
    other = [one for one in cut if one[1].language != ours.language]
    chosen, held = _within(ours, same)
    if held < POOR and other:
        across, held_across = _across(statement, other, reader)
        if held_across > held or not chosen:
            chosen, held = across, held_across
    return _Support(hit, tuple(sorted(chosen, key=lambda unit: unit.start)), held)


def quotes_for(statement: str, cited: Sequence[Hit], reader: Reader = Reader()) -> tuple[Quote, ...]:
    """The quotes of `cited` that a statement rests on best, in the order cited; neighbours become one quote.

    Empty where no cited passage has a sentence to quote. A passage that adds nothing is left out, unless none
    adds.
    """
    found = [one for one in (_support(statement, hit, reader) for hit in cited) if one.units]
    best = max((one.share for one in found), default=0.0)
    kept = [one for one in found if one.share >= min(LEAST, best)]
    return tuple(quote for one in kept for quote in _quotes(one))


def _quotes(support: _Support) -> list[Quote]:
    """The spans of the units, with the labels that they stand under; spans with nothing between them are one."""
    passage, record = support.hit.passage, support.hit.record
    labelled = (span for unit in support.units for span in (unit.label, (unit.start, unit.end)) if span)
    spans: list[tuple[int, int]] = []
    for start, end in sorted(set(labelled)):
        if spans and not passage.text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [Quote(passage, record, start, end) for start, end in spans]
