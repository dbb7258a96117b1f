"""What the bot room hands out: statements, citations, answers, and the steps on the way to them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.types import Language, Passage, Record
from vectorstore.types import Hit

Verdict = Literal["supported", "partly", "unsupported"]
Status = Literal["answered", "refused"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation."""

    question: str
    answer: str
    #: The stand-alone form of the question, if it was rewritten.
    query: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a passage: ``passage.text[start:end]``. Offsets are within the passage."""

    passage: Passage
    record: Record
    start: int
    end: int

    @property
    def text(self) -> str:
        """The quoted words, sliced from the passage and never from anything else."""
        return self.passage.text[self.start : self.end]


#: Stands between lines of a document that are quoted as one statement.
STROKE = " / "


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement as it was written, with what it claims to rest on, before it is checked."""

    text: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A checked statement. `citations` are numbers into the answer's citations; `why` is in the answer's language."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    why: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered source of an answer. `start` and `end` are offsets in the document's cleaned text."""

    n: int
    quote: Quote

    @property
    def start(self) -> int:
        """Where the quote starts in the document."""
        return self.quote.passage.start + self.quote.start

    @property
    def end(self) -> int:
        """Where the quote ends in the document."""
        return self.quote.passage.start + self.quote.end


@dataclass(frozen=True, slots=True)
class Answer:
    """What the desk says. Answered: at least one supported statement. Refused: a reason and no citation."""

    question: str
    query: str
    language: Language
    status: Status
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    edition: str
    #: Why the desk does not answer, for the reader, in the answer's language; empty when it answers.
    reason: str = ""
    #: Sentences around the statements: who says it and when, caveats about the standing of a source.
    notes: tuple[str, ...] = ()
    #: Passages to read instead, on a refusal: shown as reading, never as citations.
    nearest: tuple[Hit, ...] = ()
    #: How sure the desk is that the documents answer the question, 0 to 1.
    confidence: float = 0.0
    #: Sources among what is cited or to be read that the staff has not accepted, where the desk asks for that.
    unaccepted: tuple[str, ...] = ()
    #: Name of the language model that wrote it; empty when none did.
    model: str = ""
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if self.status == "refused" and self.citations:
            raise ValueError("a refusal never cites")
        if self.status == "answered" and not any(s.verdict == "supported" for s in self.statements):
            raise ValueError("an answer needs at least one supported statement")

    @property
    def text(self) -> str:
        """The answer as one text with [n] marks, or the reason for not answering."""
        if self.status == "refused":
            return self.reason
        lines = [f"{s.text} {''.join(f'[{n}]' for n in s.citations)}".strip() for s in self.statements]
        return "\n".join((*self.notes[:1], *lines, *self.notes[1:]))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of answering, for a page or a log: `kind` says which of the other fields is set."""

    kind: Literal["query", "hits", "text", "answer"]
    query: str = ""
    hits: tuple[Hit, ...] = ()
    text: str = ""
    answer: Answer | None = None


#: (system text, user text) -> pieces of a model's reply.
Chat = Callable[[str, str], Iterator[str]]
#: (question, earlier turns) -> a question that stands alone.
Condense = Callable[[str, tuple[Turn, ...]], str]
#: (question, hits) -> draft statements with what they rest on.
Write = Callable[[str, tuple[Hit, ...]], tuple[Draft, ...]]
