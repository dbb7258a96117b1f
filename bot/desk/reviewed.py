"""The desk as the chat sees it, with its library of approved answers in front: a matching one comes first.

An approved answer holds only for a question that stands alone, and only while every sentence of it is supported; what a
person let pass with a reason is for the letter that it was written in. Everything else is the desk itself.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.acceptance import marked
from bot.desk.approved import Reviewed
from bot.desk.letter import to_answer
from bot.extract.frame import introduces, introduction
from bot.packet.types import Report
from bot.types import Answer, Step, Turn
from bot.ui.desk import Desk
from ingest.types import Document, Health, Language, Record
from vectorstore.glossary import Glossary
from vectorstore.types import Filter, Hit, Query

_NOTE = {
    "ja": "相談デスクの担当者が確認した回答です（{0.year}年{0.month}月{0.day}日承認）。",
    "en": "Reviewed by the advisory desk's staff (approved on {0.day} {0:%B} {0.year}).",
}


class Approved(Protocol):
    """Approved answers as this file needs them."""

    def match(self, question: str) -> Reviewed | None:
        """The approved answer to a question, None where none surely is."""
        ...


def as_answer(reviewed: Reviewed, question: str, edition: str) -> Answer | None:
    """The approved answer to `question` as the desk's own, marked as reviewed; None where a sentence is not supported."""
    letter = reviewed.letter
    if not letter.statements or letter.unsupported:
        return None
    answer = to_answer(letter, question, edition)
    said = (noted(reviewed.approved, letter.language), introduction(answer.citations, letter.language))
    notes = ("\n".join(said), *(note for note in letter.notes if not introduces(note)))
    return replace(answer, notes=notes, confidence=min(reviewed.score, 1.0), model="")


def noted(approved: datetime, language: Language) -> str:
    """What is said above an approved answer."""
    return _NOTE[language].format(approved)


class ReviewedDesk:
    """A desk that answers from its approved answers first."""

    def __init__(self, desk: Desk, approved: Approved) -> None:
        self._desk = desk
        self._approved = approved

    def steps(self, question: str, history: tuple[Turn, ...] = (), only: Filter = Filter()) -> Iterator[Step]:
        """The steps of answering; those of a matching approved answer are its text and itself."""
        reviewed = self._approved.match(question) if not history and only == Filter() else None
        answer = as_answer(reviewed, question, self._desk.edition()) if reviewed else None
        if answer is None:
            yield from self._desk.steps(question, history, only)
            return
        answer = marked(answer, self._desk.waiting())
        yield Step("query", query=question)
        yield Step("text", text=answer.text)
        yield Step("answer", answer=answer)

    def writer(self) -> str:
        """Name of the language model that writes; empty where none does."""
        return self._desk.writer()

    def document(self, source: str) -> Document | None:
        """A live document by its source, or None."""
        return self._desk.document(source)

    def catalogue(self) -> tuple[tuple[str, Record, Health], ...]:
        """Source, record and health of every live document."""
        return self._desk.catalogue()

    def waiting(self) -> frozenset[str]:
        """The live documents that the staff has yet to accept, by source."""
        return self._desk.waiting()

    def edition(self) -> str:
        """The name of the live edition."""
        return self._desk.edition()

    def search(self, query: Query) -> tuple[Hit, ...]:
        """The nearest passages, best first."""
        return self._desk.search(query)

    def packet(self, answer: Answer) -> bytes:
        """The answer as an evidence packet."""
        return self._desk.packet(answer)

    def verify(self, packet: bytes) -> Report:
        """What is not as the packet says."""
        return self._desk.verify(packet)

    def glossary(self) -> Glossary:
        """The bilingual term list that the desk reads with."""
        return self._desk.glossary()
