"""Blocks -> pieces of text: what becomes a passage. Pure; knows no document but its text and blocks.

Structure comes first. A piece stays under one heading and in one language, a list stays with the sentence
that introduces it as long as both fit, and no sentence is cut. Sizes are aimed at inside these limits.
`ingest.pack` then joins what came out too small to stand alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.language import HAN, KANA, LETTER, language_of, sentences
from ingest.lines import CAPTION, mark_of
from ingest.types import Block, Language

#: Aim in characters, from and to. A Japanese character says about as much as two Latin letters, and the
#: upper bounds stay within 512 tokens of common embedders.
AIM: dict[Language, tuple[int, int]] = {"ja": (250, 700), "en": (500, 1200)}
#: No passage is longer than this many times the upper aim, except for a single longer sentence.
TOP = 1.5
#: A "sentence" longer than this is none (a table without marks, text without stops); it is cut at a weaker
#: place.
LONGEST_SENTENCE = 2500
#: A stretch in the other language counts as one only from this many letters on; names and terms stay where
#: they are.
FOREIGN = 40
#: Lines shorter than this that follow each other without a blank line are one thing: an address, an entry.
SHORT_LINE = 160
_WEAKER = re.compile(r"[、，,;；・\s]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch that is not taken apart any more: a block, or a sentence of a block that is too long."""

    start: int
    end: int
    language: Language
    kind: str
    #: Depth in a list; 0 for text.
    level: int
    #: Introduces what follows: a line with a colon, a date, the number of a figure.
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A future passage: ``text[start:end]`` under `path`, the headings above it from the outermost in."""

    start: int
    end: int
    path: tuple[Block, ...]
    language: Language


def aim(language: Language) -> int:
    """The upper aim in characters."""
    return AIM[language][1]


def top(language: Language) -> int:
    """The hard top in characters."""
    return int(AIM[language][1] * TOP)


def pieces(text: str, blocks: Sequence[Block], given: frozenset[int] = frozenset()) -> tuple[Piece, ...]:
    """The text under each heading, cut by language and size; in reading order, without overlaps.

    `given` holds the starts of headings that the format itself marks: those hold for both languages.
    """
    found: list[Piece] = []
    for above, section in _sections(blocks):
        units = _units(text, section)
        for number, run in enumerate(_language_runs(text, units)):
            foreign = (
                number > 0 and _one_language(text, above, run[0].language) and above[-1].start not in given
            )
            path = above[:-1] if foreign else above
            found.extend(Piece(start, end, path, run[0].language) for start, end in _sized(text, run))
    return tuple(found)


def _one_language(text: str, path: Sequence[Block], language: Language) -> bool:
    """Whether the innermost of several headings is in one language and that is not `language`."""
    named = [heading for heading in path if heading.kind == "heading" and heading.end > heading.start]
    return (
        len(named) > 1
        and named[-1] == path[-1]
        and language_of(text[named[-1].start : named[-1].end]) != language
    )


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[tuple[Block, ...], list[Block]]]:
    """(headings above, body blocks) for each stretch of body blocks."""
    path: list[Block] = []
    body: list[Block] = []
    for block in blocks:
        if block.kind in ("title", "heading"):
            if body:
                yield tuple(path), body
                body = []
            path = [above for above in path if above.level < block.level or above.kind == "title"] + [block]
        else:
            body.append(block)
    if body:
        yield tuple(path), body


def _units(text: str, section: Sequence[Block]) -> list[Unit]:
    units: list[Unit] = []
    for block, after in pairwise((*section, None)):
        if block is None:
            continue
        body = text[block.start : block.end]
        language = language_of(body)
        level = block.level if block.kind == "item" else 0
        if len(body) <= aim(language):
            units.append(
                Unit(block.start, block.end, language, block.kind, level, _leads(body, block, after))
            )
            continue
        for start, end in sentences(body):
            for part_start, part_end in _weaker_parts(body, start, end):
                units.append(
                    Unit(block.start + part_start, block.start + part_end, language, "sentence", level)
                )
    return units


def _leads(body: str, block: Block, after: Block | None) -> bool:
    if after is None:
        return False
    bare = body.rstrip("*_ ")
    mark = mark_of(body)
    label = mark is not None and mark.shape in ("date", "time") and len(body) < 60 and block.kind == "item"
    return bare.endswith((":", "：")) or label or CAPTION.match(body) is not None


def _weaker_parts(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or the parts of one that is longer than any: cut at a comma or space, else anywhere."""
    while end - start > LONGEST_SENTENCE:
        weak = [
            match.end()
            for match in _WEAKER.finditer(body, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        ]
        middle = weak[-1] if weak else start + LONGEST_SENTENCE
        yield start, middle
        start = middle
    yield start, end


def _letters(text: str, unit: Unit, language: Language) -> int:
    body = text[unit.start : unit.end]
    native = len(KANA.findall(body)) + len(HAN.findall(body))
    return native if language == "ja" else len(LETTER.findall(body)) - native


def _language_runs(text: str, units: Sequence[Unit]) -> Iterator[list[Unit]]:
    """Stretches of one language each; a short stretch in the other one stays in the run around it."""
    runs: list[list[Unit]] = []
    for unit in units:
        if runs and runs[-1][0].language == unit.language:
            runs[-1].append(unit)
        else:
            runs.append([unit])
    merged: list[list[Unit]] = []
    for run in runs:
        weight = sum(_letters(text, unit, run[0].language) for unit in run)
        if merged and (weight < FOREIGN or merged[-1][0].language == run[0].language):
            merged[-1].extend(run)
        elif merged and len(merged) == 1 and _light(text, merged[0]):
            merged[0] = [*_in_language(merged[0], run[0].language), *run]
        else:
            merged.append(list(run))
    yield from merged


def _light(text: str, run: Sequence[Unit]) -> bool:
    return sum(_letters(text, unit, run[0].language) for unit in run) < FOREIGN


def _in_language(run: Sequence[Unit], language: Language) -> list[Unit]:
    return [Unit(unit.start, unit.end, language, unit.kind, unit.level, unit.leads) for unit in run]


def _sized(text: str, run: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """(start, end) of pieces of about equal size, none over the aim if it can be helped."""
    language = run[0].language
    atoms = _atoms(text, run, aim(language))
    total = atoms[-1][1] - atoms[0][0]
    count = -(-total // aim(language))
    goal = total / count
    start = 0
    for at in range(1, len(atoms) + 1):
        size = atoms[at - 1][1] - atoms[start][0]
        after = atoms[at][1] - atoms[start][0] if at < len(atoms) else 0
        enough = size >= min(AIM[language][0], goal * 0.6)
        closer = size >= goal * 0.6 and after - goal > goal - size
        full = at == len(atoms) or after > top(language) or (enough and after > aim(language)) or closer
        if full:
            yield atoms[start][0], atoms[at - 1][1]
            start = at


def _atoms(text: str, run: Sequence[Unit], most: int) -> list[tuple[int, int]]:
    """(start, end) of what stays together if it fits: a lead-in and what it introduces, an item and its
    sub-items.
    """
    atoms: list[list[Unit]] = []
    for unit in run:
        held = atoms[-1] if atoms else []
        if held and _belongs(text, held, unit) and unit.end - held[0].start <= most:
            held.append(unit)
        else:
            atoms.append([unit])
    return [(held[0].start, held[-1].end) for held in atoms]


def _belongs(text: str, held: Sequence[Unit], unit: Unit) -> bool:
    """Whether a unit goes on what the units before it began."""
    if held[-1].leads:
        return True
    outermost = min((other.level for other in held if other.level), default=0)
    if outermost and unit.level > outermost:
        return True
    tight = text.count("\n", held[-1].end, unit.start) == 1
    short = held[-1].end - held[-1].start < SHORT_LINE and unit.end - unit.start < SHORT_LINE
    return tight and unit.level == 0 and unit.kind == "paragraph" and (short or held[0].leads)
