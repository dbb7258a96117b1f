"""What the ingest room hands out: pages, documents, passages, and how healthy they are.

Every value is frozen. Offsets count Unicode code points and are half-open: ``text[start:end]``.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["ja", "en"]
BlockKind = Literal["title", "heading", "paragraph", "item", "row"]


class IngestError(Exception):
    """A file that cannot become a document; the message tells the user what to do about it.

    `reason` is the English sentence (also ``str(error)``), `reason_ja` the Japanese one, or the English one
    where there is none. Both are constructor arguments, so that the error survives the trip out of a child
    process.
    """

    def __init__(self, reason: str, reason_ja: str = "") -> None:
        super().__init__(reason, reason_ja)
        self.reason = reason
        self.reason_ja = reason_ja or reason

    def __str__(self) -> str:
        return self.reason


class UnreadableFile(IngestError):
    """The bytes are not what the file's name says, are damaged, locked, empty, or too large to read."""


class ResourceLimit(IngestError):
    """Reading the file takes more memory, time or text than a document may, or ends its reader."""


class UnknownFormat(IngestError):
    """No reader is registered for this kind of file."""


class QuarantinedDocument(IngestError):
    """The text was read but is too damaged to be cited."""


class CatalogueError(IngestError):
    """A sources.toml that cannot be used; the message names the entry and the field."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a reader returns it. `number` starts at 1; a format without pages gives one page, 0."""

    number: int
    text: str
    #: Lines that the format itself marks as headings: (line start offset in `text`, level 1-6).
    headings: tuple[tuple[int, int], ...] = ()
    #: How many characters were left out because a reader of the page does not see them.
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each character of a cleaned text came from in the raw text.

    `starts` and `raws` are parallel and ascending in `starts`: from cleaned offset ``starts[i]`` on, raw
    offset = ``raws[i] + (offset - starts[i])``, until the next entry. A character that a repair inserted
    maps to the raw position that it was inserted at.
    """

    starts: tuple[int, ...]
    raws: tuple[int, ...]

    def raw(self, offset: int) -> int:
        """The raw offset of the cleaned character at `offset`. Raises ValueError for a negative offset."""
        if offset < 0:
            raise ValueError("an offset cannot be negative")
        at = max(bisect_right(self.starts, offset) - 1, 0)
        return self.raws[at] + (offset - self.starts[at]) if self.starts else offset


@dataclass(frozen=True, slots=True)
class PageSpan:
    """The part of a cleaned text that stands on one page."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Record:
    """Who issued a document, what it is, and how it stands: a catalogue entry, or what the text itself
    shows.
    """

    key: str
    title_ja: str = ""
    title_en: str = ""
    issuer_ja: str = ""
    issuer_en: str = ""
    #: Other names and abbreviations of the issuer that people write, in both languages.
    aliases: tuple[str, ...] = ()
    #: ISO date as precise as it is known: "2024-12-18", "2022-11", "2023" or "".
    date: str = ""
    kind: str = "note"
    standing: str = "informational"
    superseded_by: str = ""
    #: Key of the record that this document is a digest of; empty for an original.
    digest_of: str = ""
    #: What a reader should know about the document, in English and in Japanese.
    note: str = ""
    note_ja: str = ""
    #: False when no catalogue entry matched and the fields were read off the text.
    listed: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Title and issuer in both languages, and the issuer's other names; a part may be empty."""
        return (self.title_ja, self.title_en, self.issuer_ja, self.issuer_en, *self.aliases)

    def title(self, language: str) -> str:
        """The title in `language`, or in the other one where there is none."""
        first, second = (self.title_ja, self.title_en) if language == "ja" else (self.title_en, self.title_ja)
        return first or second or self.key

    def issuer(self, language: str) -> str:
        """The issuer in `language`, or in the other one where there is none; may be empty."""
        first, second = (
            (self.issuer_ja, self.issuer_en) if language == "ja" else (self.issuer_en, self.issuer_ja)
        )
        return first or second

    def remark(self, language: str) -> str:
        """The note in `language`, or in the other one where there is none; may be empty."""
        first, second = (self.note_ja, self.note) if language == "ja" else (self.note, self.note_ja)
        return first or second


@dataclass(frozen=True, slots=True)
class Block:
    """A structural unit of a cleaned text: ``text[start:end]``. `level` is 1-6 for headings and list depth
    for items.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """What is suspect in a document's text. Ratios are shares of its non-space characters, 0 to 1."""

    characters: int
    pages: int
    empty_pages: int
    #: Share of Japanese characters that stood in doubled runs in the raw text, before repair.
    doubled_raw: float
    #: The same after repair.
    doubled: float
    mojibake: float
    japanese: float
    footnote_suspects: int
    #: Characters that were left out because a reader of the page does not see them.
    hidden: int = 0
    #: One sentence per finding, for people.
    findings: tuple[str, ...] = ()
    #: Why the document may not be cited; empty when it may.
    quarantine: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file after reading and repair. `version` is a hash of the file's bytes and of the recipe below."""

    source: str
    version: str
    language: Language
    text: str
    raw: str
    offsets: OffsetMap
    pages: tuple[PageSpan, ...]
    blocks: tuple[Block, ...]
    record: Record
    health: Health

    def page(self, offset: int) -> int | None:
        """The page that the cleaned offset stands on, or None in a format without pages."""
        at = bisect_right([span.start for span in self.pages], offset) - 1
        return self.pages[at].number or None if at >= 0 else None


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched and cited. ``document.text[start:end] == text``; `id` derives from source, version,
    start.
    """

    id: str
    source: str
    version: str
    title: str
    heading: tuple[str, ...]
    page: int | None
    language: Language
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file of the library: a row of the ingest report."""

    source: str
    status: Literal["added", "changed", "unchanged", "removed", "failed", "quarantined", "skipped"]
    passages: int = 0
    #: In words, for people: why it failed, or what is suspect. Empty when there is nothing to say.
    reason: str = ""
    reason_ja: str = ""
    health: Health | None = None
    notes: tuple[str, ...] = field(default=())
