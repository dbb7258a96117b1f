"""How Chroma holds very many embedded sentences: time to add, size, time to search, and what its index misses."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from evals.bench_speed import folder_mb
from vectorstore.chroma import BREADTHS, Breadth, Collection, Place
from vectorstore.embedders import Embedder
from vectorstore.training.corpora import read_rows
from vectorstore.types import Vectors

#: Neighbours that a search asks for, and those that are compared with the exact ones.
_K, _COMPARED = 150, 10
#: Texts embedded, and vectors compared exactly, at once.
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class VectorFigures:
    """What was measured over `count` vectors; recall is that of the first ten against exact search."""

    count: int
    embed_seconds: float
    add_seconds: float
    index_mb: float
    p50_ms: float
    p95_ms: float
    recall_10: float


def sentences(corpora: Path, count: int) -> tuple[str, ...]:
    """`count` different sentences of parallel_train, English and Japanese in turn. Raises CorpusError, ValueError."""
    rows = read_rows(corpora, "parallel_train", 3)
    found = tuple(islice(dict.fromkeys(text for row in rows for text in row[:2]), count))
    if len(found) < count:
        raise ValueError(f"parallel_train holds {len(found):,} different sentences, not {count:,}")
    return found


def _embedded(texts: tuple[str, ...], embedder: Embedder) -> Iterator[Vectors]:
    for at in range(0, len(texts), _BATCH):
        yield embedder.passages(texts[at : at + _BATCH])


def _exact(vectors: Vectors, queries: Vectors) -> list[set[int]]:
    """The numbers of the nearest vectors of each query."""
    scores = np.concatenate([vectors[at : at + _BATCH] @ queries.T for at in range(0, len(vectors), _BATCH)])
    k = min(_COMPARED, len(vectors))
    return [set(map(int, np.argpartition(-one, k - 1)[:k])) for one in scores.T]


def measure_vectors(
    texts: tuple[str, ...],
    questions: tuple[str, ...],
    embedder: Embedder,
    folder: Path,
    breadth: Breadth = BREADTHS[0],
    added_some: Callable[[int], None] = lambda _: None,
) -> VectorFigures:
    """Embeds the texts, fills a collection in `folder`, opens it again and asks it the questions.

    `added_some` hears how many vectors were added since it was last called.
    """
    began = time.monotonic()
    vectors = np.concatenate(list(_embedded(texts, embedder)))
    embedded = time.monotonic()
    made = Collection.create(Place("folder"), folder, "desk-vectors", breadth)
    made.add(vectors, added_some)
    made.settle()
    made.close()
    added = time.monotonic()
    queries, times, hits = embedder.queries(questions), [], 0
    opened = Collection.open(Place("folder"), folder, "desk-vectors")
    try:
        opened.query(queries[0], _K)
        for query, nearest in zip(queries, _exact(vectors, queries), strict=True):
            start = time.perf_counter()
            rows, _ = opened.query(query, _K)
            times.append(time.perf_counter() - start)
            hits += len(nearest & set(map(int, rows[:_COMPARED])))
    finally:
        opened.close()
    p50, p95 = np.percentile(times, (50, 95)) * 1000
    compared = min(_COMPARED, len(vectors)) * len(queries)
    return VectorFigures(
        count=len(vectors),
        embed_seconds=embedded - began,
        add_seconds=added - embedded,
        index_mb=folder_mb(folder),
        p50_ms=float(p50),
        p95_ms=float(p95),
        recall_10=hits / compared,
    )
