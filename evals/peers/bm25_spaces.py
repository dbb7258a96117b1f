"""BM25 as LangChain's retriever ships it: rank_bm25's Okapi scores of texts split at spaces, in memory."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from rank_bm25 import BM25Okapi

from evals.peers.types import BenchPassage, Find, Peer

_FILE = "texts.json"


def make() -> Peer:
    """The retriever. It keeps no index on disk, so opening it indexes the texts again."""

    def build(passages: Sequence[BenchPassage], folder: Path) -> None:
        texts = [passage.text for passage in passages]
        (folder / _FILE).write_text(json.dumps(texts, ensure_ascii=False), "utf-8")
        _index(texts)

    @contextmanager
    def open_folder(folder: Path) -> Iterator[Find]:
        scorer = _index(json.loads((folder / _FILE).read_text("utf-8")))

        def find(question: str, k: int) -> list[int]:
            scores = np.asarray(scorer.get_scores(question.split()))
            return [int(row) for row in np.argsort(-scores, kind="stable")[:k] if scores[row] > 0]

        yield find

    return Peer("bm25-spaces", build, open_folder)


def _index(texts: Sequence[str]) -> BM25Okapi:
    return BM25Okapi([text.split() for text in texts])
