"""What the API takes, with every limit, and the shapes that only it hands out. The limits are in its document too."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from typing_extensions import TypedDict

from bot.types import Turn
from ingest.types import Document, Health, Record
from vectorstore.types import Filter

#: Longest question in characters: the same as on the chat page.
QUESTION = 2_000
#: Longest earlier answer that is handed back, and how many earlier turns are read.
ANSWER, TURNS = 8_000, 6
#: Passages that one search may return.
HITS = 100

Text = Annotated[str, Field(min_length=1, max_length=QUESTION, pattern=r"\S")]
Names = Annotated[list[Annotated[str, Field(max_length=300)]], Field(max_length=50)]
Day = Annotated[str, Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$", max_length=10)]


def _whole(value: object) -> object:
    """JSON has one kind of number: 3.0 is the integer 3."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


class _Asked(BaseModel):
    """What is asked of the API: a field that it does not know is refused, so that no typing error passes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class OnlyAsked(_Asked):
    """What a search is limited to; an empty field does not limit."""

    issuers: Names = []
    kinds: Names = []
    languages: Annotated[list[Literal["ja", "en"]], Field(max_length=2)] = []
    sources: Names = []
    since: Day = Field(default="", description="ISO date or its beginning: 2024, 2024-11, 2024-11-30.")
    until: Day = Field(default="", description="The same; both ends are included.")

    def filter(self) -> Filter:
        """The same as the search takes it."""
        return Filter(
            issuers=tuple(self.issuers),
            kinds=tuple(self.kinds),
            languages=tuple(self.languages),
            sources=tuple(self.sources),
            since=self.since,
            until=self.until,
        )


class TurnAsked(_Asked):
    """An earlier question of the same conversation and the answer that it got."""

    question: Text
    answer: Annotated[str, Field(max_length=ANSWER)]

    def turn(self) -> Turn:
        """The same as the desk takes it."""
        return Turn(self.question, self.answer)


class Question(_Asked):
    """A question to answer. The API keeps no conversation: a follow-up brings its earlier turns along."""

    question: Text
    id: Annotated[str, Field(max_length=200, description="Comes back with the answer.")] = ""
    history: Annotated[list[TurnAsked], Field(max_length=TURNS, description="Oldest first.")] = []
    only: OnlyAsked = OnlyAsked()

    def turns(self) -> tuple[Turn, ...]:
        """The earlier turns as the desk takes them."""
        return tuple(turn.turn() for turn in self.history)


class Lookup(_Asked):
    """Words to look for."""

    question: Text
    k: Annotated[int, Field(ge=1, le=HITS, description="How many passages."), BeforeValidator(_whole)] = 10
    only: OnlyAsked = OnlyAsked()


class ErrorShape(TypedDict):
    """Why a request was not done, in Japanese or English by its Accept-Language header."""

    detail: str


class DocumentShape(TypedDict):
    """A document of the library. Dates are ISO, as precise as known; `quarantine` says why it may not be cited."""

    source: str
    title_ja: str
    title_en: str
    issuer_ja: str
    issuer_en: str
    date: str
    kind: str
    standing: str
    superseded_by: str
    note: str
    characters: int
    pages: int
    findings: list[str]
    quarantine: str
    #: Whether the desk asks its staff to accept documents, and nobody has accepted this one as it is now.
    unaccepted: bool


class DocumentsShape(TypedDict):
    """Every document of the live edition."""

    edition: str
    documents: list[DocumentShape]


class PageShape(TypedDict):
    """A page of a document: `text[start:end]` of its cleaned text."""

    number: int
    start: int
    end: int


class TextShape(DocumentShape):
    """A document with its cleaned text, into which the offsets of citations point."""

    version: str
    language: str
    text: str
    page_spans: list[PageShape]


def document_shape(source: str, record: Record, health: Health, unaccepted: bool = False) -> DocumentShape:
    """A line of the library as the public object."""
    return DocumentShape(
        source=source,
        title_ja=record.title_ja,
        title_en=record.title_en,
        issuer_ja=record.issuer_ja,
        issuer_en=record.issuer_en,
        date=record.date,
        kind=record.kind,
        standing=record.standing,
        superseded_by=record.superseded_by,
        note=record.note,
        characters=health.characters,
        pages=health.pages,
        findings=list(health.findings),
        quarantine=health.quarantine,
        unaccepted=unaccepted,
    )


def text_shape(document: Document, unaccepted: bool = False) -> TextShape:
    """A whole document as the public object."""
    return TextShape(
        **document_shape(document.source, document.record, document.health, unaccepted),
        version=document.version,
        language=document.language,
        text=document.text,
        page_spans=[PageShape(number=p.number, start=p.start, end=p.end) for p in document.pages],
    )
