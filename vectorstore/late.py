"""Late interaction over words: for each term of a question, how well the best term of a passage matches it.

After ColBERT's MaxSim (Khattab and Zaharia, 2020), with whole words instead of subwords: the same term counts 1, another
one as much as its vector is near, below a floor nothing. Vectorised over the candidates of one question.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorstore.index import Ragged, TermIndex

Floats = NDArray[np.float32]

#: Cosine at which two different words begin to count as related, and what a perfect cosine would be worth.
#: Terms in a window: about two sentences. A power of two.
WINDOW = 32
FLOOR, CEILING = 0.35, 0.9


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """The m terms of a question: numbers in the vocabulary (-1 unknown), unit vectors (m, d), weights (m,).

    `carried` (m,) says how often each kind of term comes back in an answer, 1 for most.
    """

    keys: tuple[str, ...]
    numbers: NDArray[np.int64]
    vectors: Floats
    weights: Floats
    carried: Floats
    #: (term, number in the vocabulary, similarity) of translations that the lexicon knows.
    translated: tuple[tuple[int, int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    """(m, n) best match of each question term in each candidate's fields, 0 to 1."""

    body: Floats
    head: Floats
    near: Floats
    #: (n,) best weighted share of the question's terms within WINDOW terms of the body.
    window: Floats


def _best_window(similarities: Floats, columns: NDArray[np.int64], lists: Ragged, weights: Floats) -> Floats:
    """(n,) the highest weighted share of the question's terms that one window of each list reaches.

    Lists are laid out with a gap of one window between them; the maximum over a window is built by doubling.
    """
    count = len(lists)
    lengths = np.diff(lists.offsets)
    shift = np.repeat(np.arange(count) * WINDOW, lengths)
    laid = np.full(int(lists.offsets[-1]) + count * WINDOW + 1, similarities.shape[1] - 1, dtype=np.int64)
    laid[np.arange(len(lists.flat)) + shift] = columns
    best = similarities[:, laid]
    reach = 1
    while reach < WINDOW:
        best[:, :-reach] = np.maximum(best[:, :-reach], best[:, reach:])
        reach *= 2
    total = weights.sum()
    shares = weights @ best / total if total > 0 else np.zeros(best.shape[1], np.float32)
    starts = lists.offsets[:-1] + np.arange(count) * WINDOW
    return np.maximum.reduceat(shares, starts).astype(np.float32) if count else np.zeros(0, np.float32)


def _similarities(index: TermIndex, terms: QuestionTerms, unique: NDArray[np.int64]) -> Floats:
    """(m, U + 1) similarity of the question's terms to unique vocabulary terms; the last column is zero."""
    cosines = terms.vectors @ index.vectors[unique].astype(np.float32).T
    soft = np.clip((cosines - FLOOR) / (1 - FLOOR), 0, 1) * CEILING
    for row, number, similarity in terms.translated:
        at = int(np.searchsorted(unique, number))
        if at < len(unique) and unique[at] == number:
            soft[row, at] = max(soft[row, at], similarity)
    soft[terms.numbers[:, None] == unique[None, :]] = 1.0
    return np.concatenate((soft, np.zeros((len(soft), 1), np.float32)), axis=1).astype(np.float32)


def _best(similarities: Floats, columns: NDArray[np.int64], lists: Ragged) -> Floats:
    """(m, n) maximum over each list; an empty list is 0."""
    if not len(lists):
        return np.zeros((len(similarities), 0), np.float32)
    padded = np.concatenate((columns, [similarities.shape[1] - 1]))
    starts = np.minimum(lists.offsets[:-1], len(padded) - 1)
    best = np.maximum.reduceat(similarities[:, padded], starts, axis=1)
    best[:, np.diff(lists.offsets) == 0] = 0.0
    return best


def match(index: TermIndex, terms: QuestionTerms, rows: NDArray[np.int64]) -> Matches:
    """Matches of a question's terms in the passages `rows`."""
    contexts, back = np.unique(index.context_of[rows].astype(np.int64), return_inverse=True)
    fields = (index.body.take(rows), index.head.take(contexts), index.near.take(rows))
    flat = np.concatenate([field.flat for field in fields]).astype(np.int64)
    unique, columns = np.unique(flat, return_inverse=True)
    similarities = _similarities(index, terms, unique)
    ends = np.cumsum([len(field.flat) for field in fields])
    parts = np.split(columns, ends[:-1])
    body, head, near = (_best(similarities, part, field) for part, field in zip(parts, fields, strict=True))
    window = _best_window(similarities, parts[0], fields[0], terms.weights)
    return Matches(body, head[:, back], near, window)
