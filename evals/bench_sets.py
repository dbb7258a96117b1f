"""Corpora -> the bench's passages and questions. A question that stands twice has the gold of both.

The thousand questions of a long set are those of training's own figures, so that the two compare.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from evals.peers.types import BenchPassage
from ingest.language import fold
from ingest.types import Language
from vectorstore.training.corpora import Row, read_rows
from vectorstore.training.measure import QUESTIONS, SAMPLE

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions over one bank and, for each, the numbers of the passages that are right."""

    name: str
    texts: tuple[str, ...]
    gold: tuple[frozenset[int], ...]
    crossing: bool


@dataclass(frozen=True, slots=True)
class Bank:
    """A pool of different passages and the questions that are put to it."""

    name: str
    passages: tuple[BenchPassage, ...]
    questions: tuple[Questions, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A column that asks, and the language it is in."""

    column: int
    language: Language


@dataclass(frozen=True, slots=True)
class Source:
    """A bank as it stands in a file: the column of its passages, their language, the columns that ask.

    With a `title` column every passage has its title, and a row asks nothing where one of the `told` (title,
    heading) pairs is alike: the title would be the question. Of a long file `rows` rows are drawn.
    """

    name: str
    file: str
    columns: int
    answer: int
    language: Language
    asked: tuple[Asked, ...]
    limit: int | None = None
    title: int | None = None
    told: tuple[tuple[int, int], ...] = ()
    rows: int | None = None


_TOLD = ((2, 0), (3, 1))
_BOTH = (Asked(0, "en"), Asked(1, "ja"))

SOURCES = (
    Source("jaquad_dev", "jaquad_dev", 2, 1, "ja", (Asked(0, "ja"),), QUESTIONS),
    Source("squad_dev_en", "squad_dev_en", 2, 1, "en", (Asked(0, "en"),), QUESTIONS),
    Source("parallel_dev", "parallel_dev", 3, 1, "ja", (Asked(0, "en"),)),
    Source("parallel_dev", "parallel_dev", 3, 0, "en", (Asked(1, "ja"),)),
    Source("sections_dev", "sections_dev", 6, 4, "en", _BOTH),
    Source("sections_dev", "sections_dev", 6, 5, "ja", _BOTH),
    Source("sections_dev, titled", "sections_dev", 6, 4, "en", _BOTH, QUESTIONS, title=2, told=_TOLD),
    Source("sections_dev, titled", "sections_dev", 6, 5, "ja", _BOTH, QUESTIONS, title=3, told=_TOLD),
)

#: What the libraries for speed are made of: (file, columns, ((passage column, title column, language), …)).
_LIBRARY: tuple[tuple[str, int, tuple[tuple[int, int, Language], ...]], ...] = (
    ("sections_train", 6, ((4, 2, "en"), (5, 3, "ja"))),
    ("paragraphs_train", 6, ((4, 0, "en"), (5, 1, "ja"))),
)
#: Files and the column whose questions are put to those libraries.
_SPEED_QUESTIONS = ("jaquad_dev", "squad_dev_en")


def read_bank(corpora: Path, source: Source) -> Bank:
    """The bank that `source` describes. Raises CorpusError."""
    rows = draw(tuple(read_rows(corpora, source.file, source.columns)), source.rows)
    numbers: dict[str, int] = {}
    passages: list[BenchPassage] = []
    for row in rows:
        text = row[source.answer]
        if numbers.setdefault(text, len(passages)) == len(passages):
            title = row[source.title] if source.title is not None else ""
            passages.append(BenchPassage(text, source.language, title))
    asked = tuple(_questions(rows, numbers, source, one) for one in source.asked)
    return Bank(f"{source.name} {source.language}", tuple(passages), asked)


def _told(row: Row, source: Source) -> bool:
    return any(fold(row[title]) == fold(row[heading]) for title, heading in source.told)


def _questions(rows: Sequence[Row], numbers: dict[str, int], source: Source, asked: Asked) -> Questions:
    right: dict[str, set[int]] = {}
    for row in rows:
        if not _told(row, source):
            right.setdefault(row[asked.column], set()).add(numbers[row[source.answer]])
    texts = draw(tuple(right), source.limit)
    return Questions(
        name=f"{source.name} {asked.language}→{source.language}",
        texts=texts,
        gold=tuple(frozenset(right[text]) for text in texts),
        crossing=asked.language != source.language,
    )


def draw(things: tuple[T, ...], count: int | None) -> tuple[T, ...]:
    """`count` of the things, the same ones every time, in their order."""
    if count is None or count >= len(things):
        return things
    chosen = np.random.default_rng(SAMPLE).choice(len(things), count, replace=False)
    return tuple(things[place] for place in sorted(chosen))


def read_library(corpora: Path, size: int) -> tuple[BenchPassage, ...]:
    """`size` different passages, English and Japanese in turn. Raises ValueError where there are fewer."""
    found: dict[str, BenchPassage] = {}
    for passage in _library(corpora):
        if passage.text.strip():
            found.setdefault(passage.text, passage)
        if len(found) == size:
            return tuple(found.values())
    raise ValueError(f"the corpora make a library of {len(found):,} passages, not of {size:,}")


def _library(corpora: Path) -> Iterator[BenchPassage]:
    """Passages with one title in one language are one document."""
    for file, columns, parts in _LIBRARY:
        for row in read_rows(corpora, file, columns):
            for text, title, language in parts:
                yield BenchPassage(row[text], language, row[title], f"{language} {row[title]}")


def read_speed_questions(corpora: Path, count: int) -> tuple[str, ...]:
    """`count` different questions, Japanese and English in turn."""
    files = [dict.fromkeys(row[0] for row in read_rows(corpora, name, 2)) for name in _SPEED_QUESTIONS]
    each = (count + 1) // len(files)
    drawn = [draw(tuple(texts), each) for texts in files]
    return tuple(islice(chain.from_iterable(zip(*drawn, strict=False)), count))
