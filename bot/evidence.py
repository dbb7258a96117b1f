"""A question laid beside what was found: how well each of its terms is met by each sentence, heading and passage.

Both deciding whether to answer and choosing the sentences read this one table. Late interaction over words as in the
search (`vectorstore.late`), one level deeper: sentences instead of passages.
"""

from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.asked import Asked, read_question
from bot.reading import Floats, ReadPassage, Writing
from bot.units import Unit
from vectorstore.glossary import analyse
from vectorstore.late import CEILING, FLOOR
from vectorstore.types import Hit
from vectorstore.words import Term

#: Weight of a term that no passage of the library holds, in units of inverse document frequency.
UNKNOWN_IDF = 6.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """n hits, U units in all of them, m question terms. Matches lie between 0 and 1."""

    asked: Asked
    terms: tuple[Term, ...]
    #: (m,) rarity times salience, and whether the library holds the term at all.
    weights: Floats
    known: NDArray[np.bool_]
    hits: tuple[Hit, ...]
    read: tuple[ReadPassage, ...]
    units: tuple[Unit, ...]
    #: (U,) which hit a unit belongs to.
    hit_of: NDArray[np.int64]
    #: (m, U), (m, n), (m, n): matches in the unit itself, in the whole passage, in title, issuer and headings.
    body: Floats
    passage: Floats
    head: Floats
    #: (U,) cosine of question and unit.
    cosines: Floats

    def covered(self, matches: Floats) -> Floats:
        """Weighted mean of the matches over the question's terms, one value per column."""
        total = float(self.weights.sum())
        return np.asarray(self.weights @ matches / total if total > 0 else np.zeros(matches.shape[1]), np.float32)


def _question_terms(query: str, writing: Writing) -> tuple[tuple[Term, ...], Floats, NDArray[np.bool_]]:
    terms = tuple({term.key: term for term in analyse(query, writing.glossary)}.values())
    if not terms:
        return (), np.zeros(0, np.float32), np.zeros(0, bool)
    idf = [writing.rarity(term.key) for term in terms]
    salience = writing.embedder.salience([term.surface for term in terms])
    weights = np.array([UNKNOWN_IDF if one is None else one for one in idf], np.float32) * salience
    return terms, weights.astype(np.float32), np.array([one is not None for one in idf], bool)


def _similarities(terms: tuple[Term, ...], others: list[Term], writing: Writing) -> Floats:
    """(m, V) match of question terms and other terms: 1 for the same, less for a related one."""
    cosines = writing.vectors(terms) @ writing.vectors(others).T
    soft = np.clip((cosines - FLOOR) / (1 - FLOOR), 0, 1) * CEILING
    keys = np.array([term.key for term in others])
    same = np.array([term.key for term in terms])[:, None] == keys[None, :]
    return np.where(same, 1.0, soft).astype(np.float32)


def _best(similarities: Floats, lists: list[tuple[Term, ...]], column: dict[str, int]) -> Floats:
    """(m, len(lists)) best match of each question term in each list."""
    best = np.zeros((len(similarities), len(lists)), np.float32)
    for at, terms in enumerate(lists):
        if terms:
            best[:, at] = similarities[:, [column[term.key] for term in terms]].max(axis=1)
    return best


def gather(query: str, hits: tuple[Hit, ...], writing: Writing) -> Evidence:
    """The evidence table of a question and its hits. Pure but for the reader's cache."""
    terms, weights, known = _question_terms(query, writing)
    read = tuple(writing.read(hit) for hit in hits)
    unit_terms = [one for passage in read for one in passage.terms]
    heads = [passage.head for passage in read]
    distinct = list({term.key: term for term in chain(*unit_terms, *heads)}.values())
    column = {term.key: at for at, term in enumerate(distinct)}
    units = tuple(unit for passage in read for unit in passage.units)
    hit_of = np.repeat(np.arange(len(read)), [len(passage.units) for passage in read]).astype(np.int64)
    vectors = [passage.vectors for passage in read if len(passage.vectors)]
    if terms and distinct:
        similarities = _similarities(terms, distinct, writing)
    else:
        similarities = np.zeros((len(terms), max(len(distinct), 1)), np.float32)
    body = _best(similarities, unit_terms, column)
    passage = np.zeros((len(terms), len(read)), np.float32)
    for at in range(len(read)):
        if (hit_of == at).any():
            passage[:, at] = body[:, hit_of == at].max(axis=1)
    question = writing.embedder.queries([query])[0]
    return Evidence(
        asked=read_question(query, writing.glossary),
        terms=terms,
        weights=weights,
        known=known,
        hits=hits,
        read=read,
        units=units,
        hit_of=hit_of,
        body=body,
        passage=passage,
        head=_best(similarities, heads, column),
        cosines=np.concatenate(vectors) @ question if vectors else np.zeros(0, np.float32),
    )
