"""What the vectorstore room hands out: hits, and the shapes of what can stand in its places."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ingest.types import Passage, Record

#: (n, d) float32, each row of length 1.
Vectors = NDArray[np.float32]


class StoreError(Exception):
    """The store cannot be used as it stands; the message says what to run."""


class NoLibrary(StoreError):
    """Nothing has been ingested yet."""


class BrokenEdition(StoreError):
    """An edition whose files do not agree with its manifest."""


class NewerEdition(BrokenEdition):
    """An edition that a newer desk or a newer Chroma wrote."""


class NoSpace(StoreError):
    """The disk is full, or too full for what is to be written."""


class EmbedderMismatch(StoreError):
    """The edition was built with another embedder than the one asked for."""


class StoreBusy(StoreError):
    """Another process is writing."""


class StoreUnavailable(StoreError):
    """A Chroma server that does not answer."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `score` grows with relevance; it compares within one search only."""

    passage: Passage
    record: Record
    score: float
    #: Value of every feature of the blend by its name, for explaining and for fitting.
    features: tuple[tuple[str, float], ...] = field(default=())

    def feature(self, name: str) -> float:
        """The value of one feature; 0.0 where it is not known."""
        return dict(self.features).get(name, 0.0)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a search is limited to; an empty field does not limit. Dates are ISO prefixes, both ends included."""

    issuers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    def allows(self, source: str, record: Record, language: str) -> bool:
        """Whether a passage in `language` of the document `source` with `record` may be returned."""
        return (
            (not self.issuers or record.issuer_en in self.issuers or record.issuer_ja in self.issuers)
            and (not self.kinds or record.kind in self.kinds)
            and (not self.languages or language in self.languages)
            and (not self.sources or source in self.sources)
            and (not self.since or record.date >= self.since)
            and (not self.until or record.date[: len(self.until)] <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: a question that stands alone, how many hits, and what they are limited to."""

    text: str
    k: int = 10
    only: Filter = Filter()


#: Texts -> one vector each.
Embed = Callable[[Sequence[str]], Vectors]
#: A query -> at most k hits, best first.
Search = Callable[[Query], tuple[Hit, ...]]
#: (question, hits) -> the same hits in a better order.
Rerank = Callable[[str, tuple[Hit, ...]], tuple[Hit, ...]]
