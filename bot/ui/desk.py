"""What the pages need from the desk, and nothing more."""

from collections.abc import Iterator
from typing import Protocol

from bot.packet.types import Report
from bot.types import Answer, Step, Turn
from ingest.types import Document, Health, Record
from vectorstore.glossary import Glossary
from vectorstore.types import Filter, Hit, Query


class Desk(Protocol):
    """The desk as the pages see it."""

    def steps(self, question: str, history: tuple[Turn, ...] = (), only: Filter = Filter()) -> Iterator[Step]:
        """The steps of answering: query, hits, pieces of text, and the answer last."""
        ...

    def writer(self) -> str:
        """Name of the language model that writes; empty where none does and an answer comes at once."""
        ...

    def document(self, source: str) -> Document | None:
        """A live document by its source, or None."""
        ...

    def catalogue(self) -> tuple[tuple[str, Record, Health], ...]:
        """Source, record and health of every live document."""
        ...

    def waiting(self) -> frozenset[str]:
        """The live documents that the staff has yet to accept, by source; none where nobody asks for that."""
        ...

    def edition(self) -> str:
        """The name of the live edition. Raises StoreError when there is none."""
        ...

    def search(self, query: Query) -> tuple[Hit, ...]:
        """The nearest passages, best first."""
        ...

    def packet(self, answer: Answer) -> bytes:
        """The answer as an evidence packet. Raises PacketError when the library has moved on since."""
        ...

    def verify(self, packet: bytes) -> Report:
        """What is not as the packet says. Raises PacketError for what is no packet."""
        ...

    def glossary(self) -> Glossary:
        """The bilingual term list that the desk reads with."""
        ...


class Staff(Protocol):
    """The staff desk as the pages see it."""

    def escalate(
        self,
        question: str,
        *,
        contact: str = "",
        context: str = "",
        channel: str = "chat",
        by: str = "visitor",
    ) -> int:
        """A ticket with a question for the staff; its number. `context` is what the desk said so far."""
        ...

    def rate(self, answer: Answer, liked: bool, reason: str = "") -> None:
        """Keeps what a visitor thought of an answer."""
        ...
