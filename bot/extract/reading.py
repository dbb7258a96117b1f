"""What questions and passages are read with: the embedder, the glossary, and how rare a term is in the
library.

Holds a bounded cache of read passages, so that a passage is cut and embedded once however often it is found.
Safe to use from many threads: a lost race reads a passage twice and nothing more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.extract.units import Unit, UnitKind, units
from ingest.types import Passage, Record
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary, analyse
from vectorstore.library import OpenEdition
from vectorstore.types import Hit
from vectorstore.words import Term

Floats = NDArray[np.float32]
#: A term's key -> its inverse document frequency in the library, None for a term that the library does not
#: hold.
Rarity = Callable[[str], float | None]
#: Passages kept as they were read, about 20 kB each, and terms with their vectors, 1 kB each: also those of questions.
KEPT, TERMS = 2_000, 10_000


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage in units: `terms` has one tuple per unit, `vectors` is (units, d), `head` the terms
    around it.
    """

    units: tuple[Unit, ...]
    terms: tuple[tuple[Term, ...], ...]
    vectors: Floats
    head: tuple[Term, ...]

    def without(self, kind: UnitKind) -> "ReadPassage":
        """The same without the units of a kind."""
        kept = [at for at, unit in enumerate(self.units) if unit.kind != kind]
        if len(kept) == len(self.units):
            return self
        units, terms = [self.units[at] for at in kept], [self.terms[at] for at in kept]
        return ReadPassage(tuple(units), tuple(terms), self.vectors[kept], self.head)


def head_text(passage: Passage, record: Record) -> str:
    """Title, issuer in all its names, date and headings of a passage as one text."""
    names = (*record.names, record.date)
    return "\n".join(dict.fromkeys(name for name in (passage.title, *names, *passage.heading) if name))


class Writing:
    """The tools of reading and writing without a language model, for one edition of a library."""

    def __init__(self, embedder: Embedder, glossary: Glossary, rarity: Rarity) -> None:
        self.embedder = embedder
        self.glossary = glossary
        self.rarity = rarity
        self._passages: dict[tuple[str, str], ReadPassage] = {}
        self._terms: dict[str, Floats] = {}
        self._translations: dict[str, tuple[str, ...]] = {}

    def similarity(self, one: str, other: str) -> float:
        """Cosine of two texts, -1 to 1."""
        vectors = self.embedder.passages([one, other])
        return float(vectors[0] @ vectors[1])

    def translate(self, term: str) -> tuple[str, ...]:
        """The forms in both languages of what the glossary knows in `term`."""
        found = self._translations.get(term)
        if found is None:
            if len(self._translations) > TERMS:
                self._translations.clear()
            found = self._translations[term] = self.glossary.translations(term)
        return found

    def read(self, hit: Hit) -> ReadPassage:
        """The units of a hit's passage with their terms and vectors."""
        key = (hit.passage.id, hit.passage.version)
        found = self._passages.get(key)
        if found is None:
            if len(self._passages) >= KEPT:
                self._passages.clear()
            found = self._passages[key] = self._fresh(hit)
        return found

    def _fresh(self, hit: Hit) -> ReadPassage:
        cut = units(hit.passage)
        texts = [unit.text for unit in cut]
        vectors = (
            self.embedder.passages(texts) if texts else np.zeros((0, self.embedder.dimension), np.float32)
        )
        return ReadPassage(
            units=cut,
            terms=tuple(tuple(analyse(text, self.glossary, inner=True)) for text in texts),
            vectors=vectors,
            head=tuple(analyse(head_text(hit.passage, hit.record), self.glossary, inner=True)),
        )

    def vectors(self, terms: Sequence[Term]) -> Floats:
        """(n, d) vectors of terms, by their surfaces."""
        if not terms:
            return np.zeros((0, self.embedder.dimension), np.float32)
        if len(self._terms) > TERMS:
            self._terms.clear()
        new = list(dict.fromkeys(term.surface for term in terms if term.surface not in self._terms))
        if new:
            self._terms.update(zip(new, self.embedder.queries(new), strict=True))
        table = self._terms
        return np.stack([table[term.surface] if term.surface in table else self._one(term) for term in terms])

    def _one(self, term: Term) -> Floats:
        return np.asarray(self.embedder.queries([term.surface])[0], np.float32)


def writing_for(edition: OpenEdition, embedder: Embedder, glossary: Glossary) -> Writing:
    """The reading tools of one open edition, whose index tells how rare a term is."""
    index = edition.index

    def rarity(key: str) -> float | None:
        number = index.vocabulary.get(key)
        return None if number is None else float(index.idf[number])

    return Writing(embedder, glossary, rarity)
