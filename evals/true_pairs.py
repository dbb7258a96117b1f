"""True pairs of a statement and what it cites, from documents: every sentence or list entry with its own passage.

What the mutants of a sentence are made from, and what the checker must leave alone. Pure but for reading files.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.extract.units import units
from ingest.catalogue import Catalogue
from ingest.files import find_files
from ingest.language import language_of
from ingest.pipeline import read_document
from ingest.types import Document, IngestError, Language, Passage, Record
from vectorstore.glossary import Glossary

#: Shortest statement, in characters: less is a fragment that claims nothing.
SHORTEST = {"en": 50, "ja": 20}


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement and the passage that holds it at ``passage.text[start:end]``."""

    statement: str
    language: Language
    passage: Passage
    record: Record
    start: int
    end: int


def read_folders(
    folders: Sequence[Path], catalogue: Catalogue
) -> Iterator[tuple[Document, tuple[Passage, ...]]]:
    """The documents below folders, in order of their names; files that cannot be read are left out."""
    for file in find_files(folders).files:
        try:
            yield read_document(file.source, file.path.read_bytes(), catalogue)
        except IngestError:
            continue


def true_pairs(read: Iterable[tuple[Document, tuple[Passage, ...]]]) -> tuple[Pair, ...]:
    """The pairs of documents with their passages, in reading order, each statement once."""
    found: dict[str, Pair] = {}
    for document, passages in read:
        for passage in passages:
            for unit in units(passage):
                text = passage.text[unit.start : unit.end]
                language = language_of(text)
                if unit.kind in ("sentence", "item") and unit.whole and len(text) >= SHORTEST[language]:
                    pair = Pair(text, language, passage, document.record, unit.start, unit.end)
                    found.setdefault(text, pair)
    return tuple(found.values())


def bodies_in(pairs: Iterable[Pair], language: Language, glossary: Glossary) -> tuple[tuple[str, ...], ...]:
    """The names of each body of the glossary that the statements name, in one language."""
    text = "\n".join(pair.statement for pair in pairs)
    entries = (entry for entry in glossary.entries if entry.kind == "body")
    groups = (tuple(f for f in getattr(entry, language) if len(f) > 2 and f in text) for entry in entries)
    return tuple(group for group in groups if group)
