"""What a packet holds, what checking it finds, and what it is made from and checked against."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from bot.checks.types import Similarity, Translate
from bot.types import Status as AnswerStatus
from bot.types import Verdict
from ingest.types import Language
from vectorstore.edition import Manifest
from vectorstore.shelf import Shelved

#: Grows when a field, the readable part or the hashing changes its meaning.
FORMAT: Final = 1
KIND: Final = "advisory-desk evidence packet"
#: Most entries of one list in a packet, most statements, and most citations of one: what a model can write, with room.
MOST, STATEMENTS, CITED = 200, 50, 20


class PacketError(Exception):
    """A file that is no packet, or an answer that none can be made of; says what to do, in both languages."""

    def __init__(self, reason: str, reason_ja: str) -> None:
        super().__init__(reason)
        self.reason_ja = reason_ja


class ReadablePart(TypedDict):
    """The packet in words, line by line, in both languages."""

    ja: list[str]
    en: list[str]


class StatementPart(TypedDict):
    """A checked statement; `citations` are the numbers of what it rests on."""

    text: str
    citations: Annotated[list[int], Field(max_length=CITED)]
    verdict: Verdict
    why: str


class CitationPart(TypedDict):
    """A quoted span: offsets in the cleaned text, and in the text as it was read from the file."""

    n: int
    document: str
    passage: str
    #: Where the passage ends in the cleaned text; its id holds where it starts.
    passage_end: int
    heading: list[str]
    page: int | None
    start: int
    end: int
    raw_start: int
    raw_end: int
    quote: str
    quote_sha256: str
    raw_sha256: str


class DocumentPart(TypedDict):
    """A cited document: its version, its texts' hashes, and its record."""

    source: str
    version: str
    language: Language
    characters: int
    text_sha256: str
    raw_sha256: str
    record: dict[str, Any]


class EditionPart(TypedDict):
    """The edition of the library that was answered from."""

    name: str
    created: str
    documents: int
    passages: int
    embedder: str
    fingerprint: str


class ModelPart(TypedDict):
    """The language model that wrote, empty where none did, and SHA-256 of the prompts it was given."""

    name: str
    prompts: dict[str, str]


class VersionsPart(TypedDict):
    """Versions of what decides an answer: the program, how files are read, the glossary."""

    desk: str
    ingest: str
    glossary: str


class SealPart(TypedDict):
    """HMAC-SHA256 of `hash` under a desk's own key, which `key` names; both empty where there was none."""

    key: str
    hmac: str


class Packet(TypedDict):
    """The whole file. `hashes` names every value by its path, `hash` covers them all."""

    readable: ReadablePart
    kind: Literal["advisory-desk evidence packet"]
    format: Literal[1]
    created: str
    question: str
    query: str
    language: Language
    status: AnswerStatus
    text: str
    reason: str
    notes: Annotated[list[str], Field(max_length=MOST)]
    confidence: float
    statements: Annotated[list[StatementPart], Field(max_length=STATEMENTS)]
    citations: Annotated[list[CitationPart], Field(max_length=MOST)]
    documents: Annotated[list[DocumentPart], Field(max_length=MOST)]
    edition: EditionPart
    model: ModelPart
    versions: VersionsPart
    hashes: dict[str, str]
    hash: str
    seal: SealPart


#: altered: the packet is not as it was made. changed: the library or the desk is not as it was then.
#: origin: this desk cannot tell who made it. notice: worth knowing, nothing wrong.
Kind = Literal["altered", "changed", "origin", "notice"]
Status = Literal["intact", "unconfirmed", "changed", "altered"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What checking found; `place` is a path in the packet (``citations.0.start``)."""

    kind: Kind
    place: str
    ja: str
    en: str

    def words(self, language: Language) -> str:
        """The finding in one language."""
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one packet."""

    findings: tuple[Finding, ...]

    @property
    def status(self) -> Status:
        """The worst of the findings; `intact` where nothing is wrong."""
        kinds = {finding.kind for finding in self.findings}
        if "altered" in kinds:
            return "altered"
        if "changed" in kinds:
            return "changed"
        return "unconfirmed" if "origin" in kinds else "intact"


@dataclass(frozen=True, slots=True)
class Ground:
    """What packets are made from and checked against: one edition of a library, and the tools of checking."""

    manifest: Manifest
    shelved: Callable[[str], Shelved | None]
    similarity: Similarity
    translate: Translate
    #: Fingerprint of the glossary that `translate` reads.
    glossary: str
    #: The desk's key for seals; empty where it has none.
    key: bytes = b""
