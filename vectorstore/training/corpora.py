"""Reads the training corpora: which file holds what, and which columns make a pair that belongs together.

Knows nothing of tokens or vectors. The files' origin and licences are in `card.py`.
"""

import csv
import lzma
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vectorstore.training.cloze import cloze

Row = tuple[str, ...]


class CorpusError(ValueError):
    """A corpus file is missing or does not have the columns that it should."""


@dataclass(frozen=True, slots=True)
class Link:
    """Columns that make a pair: the left ones, joined by a space, belong to the right one."""

    left: tuple[int, ...]
    right: int


@dataclass(frozen=True, slots=True)
class Source:
    """One corpus file: its columns, the pairs to take from each row, and how often training sees them.

    `clozes` are (asking, answering) columns for pairs made of the passages themselves.
    """

    file: str
    columns: int
    links: tuple[Link, ...]
    passes: float
    words: bool = False
    clozes: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """Texts that belong together, of one kind: left[i] goes with right[i].

    `words`: whether the vocabulary is learned from these texts too.
    """

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    passes: float
    words: bool = False


PASSAGE_LINKS = (
    Link((0,), 4),
    Link((1,), 5),
    Link((2, 0), 4),
    Link((3, 1), 5),
    Link((0,), 5),
    Link((1,), 4),
    Link((2, 0), 5),
    Link((3, 1), 4),
    Link((4,), 5),
)
PASSAGE_CLOZES = ((4, 4), (5, 5), (4, 5), (5, 4))
SOURCES = (
    Source("parallel_train", 3, (Link((0,), 1),), 2.0, words=True),
    Source("jaquad_train", 2, (Link((0,), 1),), 4.0, words=True, clozes=((1, 1),)),
    Source("sections_train", 6, PASSAGE_LINKS, 1.0, clozes=PASSAGE_CLOZES),
    Source("paragraphs_train", 6, PASSAGE_LINKS, 1.0, clozes=PASSAGE_CLOZES),
    Source("law_articles_ja", 2, (Link((0,), 1),), 4.0, words=True),
)


def read_rows(folder: Path, name: str, columns: int) -> Iterator[Row]:
    """Rows of `name`.tsv.xz in `folder`, each of `columns` fields.

    Raises CorpusError where the file is missing or a row has another number of fields.
    """
    path = folder / f"{name}.tsv.xz"
    if not path.is_file():
        raise CorpusError(f"no {path.name} in {folder}: point --corpora at the folder of training text")
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            row = tuple(line.rstrip("\n").split("\t"))
            if len(row) != columns:
                raise CorpusError(f"{path.name}, line {number}: {len(row)} columns instead of {columns}")
            yield row


def read_pairs(folder: Path, sources: Sequence[Source], seed: int) -> tuple[Pairs, ...]:
    """All training pairs of `sources`, one group for each link and cloze: a batch is drawn from one group."""
    return tuple(pairs for source in sources for pairs in _source_pairs(folder, source, seed))


def _source_pairs(folder: Path, source: Source, seed: int) -> Iterator[Pairs]:
    rows = tuple(read_rows(folder, source.file, source.columns))
    for link in source.links:
        texts = ((_join(row, link.left), row[link.right].strip()) for row in rows)
        name = f"{source.file}:{'+'.join(map(str, link.left))}-{link.right}"
        yield _group(name, texts, source)
    for asking, answering in source.clozes:
        passages = dict.fromkeys((row[asking].strip(), row[answering].strip()) for row in rows)
        yield _group(f"{source.file}:cloze-{asking}-{answering}", cloze(passages, seed), source)


def _group(name: str, texts: Iterable[tuple[str, str]], source: Source) -> Pairs:
    kept = tuple((left, right) for left, right in texts if left and right)
    lefts, rights = tuple(left for left, _ in kept), tuple(right for _, right in kept)
    return Pairs(name, lefts, rights, source.passes, source.words)


def _join(row: Row, columns: Sequence[int]) -> str:
    parts = dict.fromkeys(row[column].strip() for column in columns)  # a heading may repeat its title
    return " ".join(part for part in parts if part)


def read_glossary(path: Path, passes: float) -> Pairs:
    """Every Japanese form of a term with every English form, from a term list with columns kind, ja, en.

    The list does not teach the vocabulary: a compound that is one token shares nothing with its parts.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    if rows and not {"ja", "en"} <= rows[0].keys():
        raise CorpusError(f"{path.name}: columns ja and en are missing")
    both = dict.fromkeys((en, ja) for row in rows for ja in _forms(row["ja"]) for en in _forms(row["en"]))
    return _group("glossary", both, Source(path.name, 3, (), passes))


def _forms(cell: str | None) -> tuple[str, ...]:
    return tuple(form.strip() for form in (cell or "").split(" | ") if form.strip())
