"""The shelf: documents and passages of one edition in a SQLite file, read by row number.

Written once by `write_shelf`, then only read. Chroma holds the vectors under the same row numbers. Knows no vectors.
"""

import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from ingest.types import Document, Passage, Record
from vectorstore.types import BrokenEdition

_DOCUMENT = TypeAdapter(Document)
_PASSAGE = TypeAdapter(Passage)
_RECORD = TypeAdapter(Record)

_SCHEMA = """
CREATE TABLE document (number INTEGER PRIMARY KEY, source TEXT UNIQUE NOT NULL, version TEXT NOT NULL,
                       record TEXT NOT NULL, text TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE passage  (row INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document, body TEXT NOT NULL);
CREATE INDEX passage_of_document ON passage (document, row);
"""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document with its passages in reading order."""

    document: Document
    passages: tuple[Passage, ...]


def write_shelf(path: Path, items: Iterable[Shelved]) -> int:
    """Writes a new shelf; rows number the passages in the order given. Returns how many passages it holds."""
    row = 0
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA synchronous = FULL")
        db.executescript(_SCHEMA)
        for number, item in enumerate(items):
            doc = item.document
            record = _RECORD.dump_json(doc.record).decode()
            body = _DOCUMENT.dump_json(doc).decode()
            db.execute(
                "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?)",
                (number, doc.source, doc.version, record, doc.text, body),
            )
            rows = [(row + at, number, _PASSAGE.dump_json(p).decode()) for at, p in enumerate(item.passages)]
            db.executemany("INSERT INTO passage VALUES (?, ?, ?)", rows)
            row += len(rows)
    return row


class Shelf:
    """A shelf that is open for reading; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise BrokenEdition(f"the edition has no {path.name}; run `desk doctor`")
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        weakref.finalize(self, self._db.close)
        try:
            rows = self._db.execute("SELECT source, version, record FROM document ORDER BY number").fetchall()
        except sqlite3.DatabaseError as error:
            raise BrokenEdition(f"{path.name} is damaged ({error}); run `desk doctor`") from error
        self.sources: tuple[str, ...] = tuple(source for source, _, _ in rows)
        #: (source, version) of every document.
        self.versions: tuple[tuple[str, str], ...] = tuple((source, version) for source, version, _ in rows)
        self.records: tuple[Record, ...] = tuple(_RECORD.validate_json(record) for _, _, record in rows)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of these rows, in the order asked for."""
        marks = ",".join("?" * len(rows))
        found = self._db.execute(
            f"SELECT row, body FROM passage WHERE row IN ({marks})", list(map(int, rows))
        )
        by_row = {row: _PASSAGE.validate_json(body) for row, body in found}
        return [by_row[int(row)] for row in rows]

    def spans(self, rows: Sequence[tuple[int, int]]) -> list[Passage]:
        """Passages that reach from row `first` to row `last` of one document, both included."""
        ends = self.passages([row for pair in rows for row in pair])
        return [self._joined(first, last) for first, last in zip(ends[::2], ends[1::2], strict=True)]

    def _joined(self, first: Passage, last: Passage) -> Passage:
        if first == last:
            return first
        query = "SELECT substr(text, ?, ?) FROM document WHERE source = ?"
        text = self._db.execute(query, (first.start + 1, last.end - first.start, first.source)).fetchone()[0]
        return replace(first, end=last.end, text=text)

    def rows_of(self, source: str) -> range:
        """The rows of one document's passages; empty when it is not here."""
        query = (
            "SELECT min(row), max(row) FROM passage"
            " WHERE document = (SELECT number FROM document WHERE source = ?)"
        )
        first, last = self._db.execute(query, (source,)).fetchone()
        return range(first, last + 1) if first is not None else range(0)

    def document(self, source: str) -> Document | None:
        """One document with its whole text, or None."""
        found = self._db.execute("SELECT body FROM document WHERE source = ?", (source,)).fetchone()
        return _DOCUMENT.validate_json(found[0]) if found else None

    def shelved(self, source: str) -> Shelved | None:
        """A document with its passages, or None."""
        document = self.document(source)
        return Shelved(document, tuple(self.passages(list(self.rows_of(source))))) if document else None

    def all(self) -> Iterator[Passage]:
        """Every passage in row order."""
        for (body,) in self._db.execute("SELECT body FROM passage ORDER BY row"):
            yield _PASSAGE.validate_json(body)

    def integrity(self) -> str:
        """`ok`, or what SQLite finds wrong with the file."""
        try:
            return str(self._db.execute("PRAGMA quick_check").fetchone()[0])
        except sqlite3.DatabaseError as error:
            return str(error)

    def close(self) -> None:
        """Closes the file."""
        self._db.close()
