"""The public JSON shapes of answers and searches, version 1. Programs rely on them: a field is added, never changed.

`desk ask --schema` and `desk search --schema` print them as JSON Schema.
"""

from typing import Any

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from bot.packet.types import Report
from bot.types import Answer, Citation
from vectorstore.types import Hit

#: Grows when a field changes its meaning; a new field does not change it.
VERSION = 1


class StatementShape(TypedDict):
    """A checked statement and the numbers of what it cites."""

    text: str
    citations: list[int]
    verdict: str


class CitationShape(TypedDict):
    """A cited passage; `start` and `end` are the quote's offsets in the document's cleaned text.

    `unaccepted`: the desk asks its staff to accept documents, and nobody has accepted this version of this one.
    """

    n: int
    source: str
    title: str
    issuer: str
    date: str
    kind: str
    page: int | None
    start: int
    end: int
    quote: str
    passage: str
    standing: str
    unaccepted: bool


class AnswerShape(TypedDict):
    """One answer. `status` is answered or refused; a refusal has a reason and no citation."""

    id: str
    question: str
    language: str
    status: str
    text: str
    statements: list[StatementShape]
    citations: list[CitationShape]
    reason: str
    edition: str
    seconds: float


class HitShape(TypedDict):
    """A passage that was found; `start` and `end` are its offsets in the document's cleaned text."""

    source: str
    title: str
    heading: list[str]
    start: int
    end: int
    text: str
    score: float


class SearchShape(TypedDict):
    """The hits of one question, best first."""

    question: str
    hits: list[HitShape]


class NamedSearchShape(SearchShape):
    """The same for a line of a batch, with its id first."""

    id: str


class FindingShape(TypedDict):
    """What checking a packet found, in both languages; `place` is a path in the packet (``citations.0.start``)."""

    kind: str
    place: str
    ja: str
    en: str


class ReportShape(TypedDict):
    """`status` is intact, unconfirmed (another desk may have made it), changed (the library since) or altered."""

    status: str
    findings: list[FindingShape]


def _citation(citation: Citation, answer: Answer) -> CitationShape:
    quote, language = citation.quote, answer.language
    return CitationShape(
        n=citation.n,
        source=quote.passage.source,
        title=quote.record.title(language),
        issuer=quote.record.issuer(language),
        date=quote.record.date,
        kind=quote.record.kind,
        page=quote.passage.page,
        start=citation.start,
        end=citation.end,
        quote=quote.text,
        passage=quote.passage.text,
        standing=quote.record.standing,
        unaccepted=quote.passage.source in answer.unaccepted,
    )


def answer_shape(answer: Answer, name: str = "") -> AnswerShape:
    """An answer as the public object; `name` is the id that its question came with."""
    return AnswerShape(
        id=name,
        question=answer.question,
        language=answer.language,
        status=answer.status,
        text=answer.text,
        statements=[
            StatementShape(text=s.text, citations=list(s.citations), verdict=s.verdict)
            for s in answer.statements
        ],
        citations=[_citation(citation, answer) for citation in answer.citations],
        reason=answer.reason,
        edition=answer.edition,
        seconds=round(answer.seconds, 4),
    )


def search_shape(question: str, hits: tuple[Hit, ...]) -> SearchShape:
    """The hits of one question as the public object."""
    return SearchShape(
        question=question,
        hits=[
            HitShape(
                source=hit.passage.source,
                title=hit.passage.title,
                heading=list(hit.passage.heading),
                start=hit.passage.start,
                end=hit.passage.end,
                text=hit.passage.text,
                score=round(hit.score, 5),
            )
            for hit in hits
        ],
    )


def report_shape(report: Report) -> ReportShape:
    """What a packet was found to be as the public object."""
    return ReportShape(
        status=report.status,
        findings=[FindingShape(kind=f.kind, place=f.place, ja=f.ja, en=f.en) for f in report.findings],
    )


def schema(shape: type) -> dict[str, Any]:
    """JSON Schema of one of the shapes, with the version."""
    return {"$comment": f"version {VERSION}", **TypeAdapter(shape).json_schema()}
