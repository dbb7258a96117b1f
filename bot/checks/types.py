"""What the checks share: a text as content units, a mark in it, what a check is shown and what it finds."""

from collections.abc import Callable
from dataclasses import dataclass

from ingest.types import Language

#: (text, text) -> cosine of their embeddings, -1 to 1.
Similarity = Callable[[str, str], float]
#: A term -> the forms that mean the same, in both languages; empty for a term that is not known.
Translate = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of content that is compared: an English stem, a Japanese character pair, a katakana word."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text in its compared form (see `normal`), with its content units in reading order."""

    text: str
    language: Language
    units: tuple[Unit, ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that decides what a sentence claims (not, must, all, increase), with the content around it."""

    family: str
    values: frozenset[str]
    start: int
    end: int
    surface: str
    #: Up to four units before and after, nearest last and first.
    left: tuple[str, ...]
    right: tuple[str, ...]
    #: The unit that the mark bears on; empty where there is none.
    core: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a statement. A hard finding makes it unsupported, a soft one at best partly
    supported.
    """

    check: str
    hard: bool
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class View:
    """One sentence of a statement, the source sentences that it can rest on, and what else is known."""

    statement: Text
    #: The sentences of the spans that come nearest to the statement, in their order.
    source: Text
    #: All the spans.
    whole: Text
    #: Names, titles and dates of the document, as its catalogue and headings give them.
    context: Text
    #: Whether `source` holds the statement word for word.
    verbatim: bool
    translate: Translate | None = None
    similarity: Similarity | None = None

    @property
    def cross(self) -> bool:
        """Whether statement and source are in different languages."""
        return self.statement.language != self.source.language


#: What a check is.
Check = Callable[[View], tuple[Finding, ...]]
