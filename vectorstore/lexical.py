"""Keyword search over exactly the live passages: BM25 on the terms of the index, in both languages at once.

Japanese and English meet in it through the glossary's terms. Scores come from bm25s, which keeps them in a sparse
matrix; nothing here is linear in Python over the library.
"""

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from vectorstore.index import TermIndex

#: BM25's usual constants (Robertson and Zaragoza, 2009); length matters less for passages cut alike.
_K1, _B = 1.2, 0.6


class Keywords:
    """BM25 over one edition."""

    def __init__(self, model: bm25s.BM25 | None, passages: int) -> None:
        self._model = model
        self._passages = passages

    def scores(self, terms: Sequence[int]) -> NDArray[np.float32]:
        """(n,) BM25 scores of a bag of term numbers; zero where nothing matches."""
        if not terms or self._model is None:
            return np.zeros(self._passages, np.float32)
        found: NDArray[np.float32] = self._model.get_scores_from_ids(list(terms))
        return found


def build_keywords(index: TermIndex, folder: Path) -> None:
    """Builds BM25 over body and head of every passage and saves it into `folder`; nothing for an empty library."""
    if not len(index.body):
        return
    heads = index.head.take(index.context_of.astype(np.int64))
    lists = [
        np.concatenate((index.body.flat[a:b], heads.flat[c:d])).tolist()
        for a, b, c, d in zip(
            index.body.offsets[:-1],
            index.body.offsets[1:],
            heads.offsets[:-1],
            heads.offsets[1:],
            strict=True,
        )
    ]
    model = bm25s.BM25(method="lucene", k1=_K1, b=_B)
    vocabulary = {str(number): number for number in range(len(index.surfaces))}
    model.index((lists, vocabulary), show_progress=False, create_empty_token=False)
    model.save(str(folder), corpus=None)


def load_keywords(folder: Path, passages: int) -> Keywords:
    """Reads what `build_keywords` saved, memory-mapped."""
    if not passages:
        return Keywords(None, 0)
    return Keywords(bm25s.BM25.load(str(folder), load_corpus=False, mmap=True), passages)
