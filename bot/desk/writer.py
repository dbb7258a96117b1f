"""What the staff desk needs from the answering path, and nothing more."""

from collections.abc import Sequence
from typing import Protocol

from bot.types import Answer, Citation, Draft, Statement
from ingest.types import Document, Health, Language, Record
from vectorstore.types import Hit, Query


class Writer(Protocol):
    """Drafts answers, checks sentences, finds passages."""

    def draft(self, question: str, remarks: str = "") -> Answer:
        """A draft for the staff; sentences without support stay in it, marked."""
        ...

    def check(
        self, drafts: Sequence[Draft], language: Language
    ) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
        """Every draft against what it cites."""
        ...

    def search(self, query: Query) -> tuple[Hit, ...]:
        """The nearest passages, best first."""
        ...

    def document(self, source: str) -> Document | None:
        """A live document by its source, or None."""
        ...

    def catalogue(self) -> tuple[tuple[str, Record, Health], ...]:
        """Source, record and health of every live document."""
        ...

    def waiting(self) -> frozenset[str]:
        """The sources of the live documents that the staff has yet to accept."""
        ...

    def edition(self) -> str:
        """The name of the live edition."""
        ...

    def packet(self, answer: Answer) -> bytes:
        """An answer as an evidence packet. Raises PacketError when the library has moved on since."""
        ...
