"""BM25 over any way of cutting a text into terms, with bm25s' sparse scores; shared by two systems."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import bm25s
import numpy as np

from evals.peers.types import BenchPassage, Find, Peer

#: The constants that bm25s and Lucene's descendants use by default (Robertson and Zaragoza, 2009).
_K1, _B = 1.5, 0.75

#: Text -> terms.
Split = Callable[[str], list[str]]


def keyword_peer(name: str, split: Split) -> Peer:
    """Ranks by BM25 over the terms that `split` finds; a passage without a common term is no result."""

    def build(passages: Sequence[BenchPassage], folder: Path) -> None:
        numbers: dict[str, int] = {}
        lists = [
            [numbers.setdefault(term, len(numbers)) for term in split(passage.text)] for passage in passages
        ]
        scorer = bm25s.BM25(method="lucene", k1=_K1, b=_B)
        keyed = {str(number): number for number in range(len(numbers))}
        scorer.index((lists, keyed), show_progress=False, create_empty_token=False)
        scorer.save(str(folder / "bm25"), corpus=None)
        (folder / "terms.json").write_text(json.dumps(numbers, ensure_ascii=False), "utf-8")

    @contextmanager
    def open_folder(folder: Path) -> Iterator[Find]:
        numbers: dict[str, int] = json.loads((folder / "terms.json").read_text("utf-8"))
        scorer = bm25s.BM25.load(str(folder / "bm25"), load_corpus=False, mmap=True)

        def find(question: str, k: int) -> list[int]:
            known = [numbers[term] for term in split(question) if term in numbers]
            if not known:
                return []
            scores = np.asarray(scorer.get_scores_from_ids(known))
            return [int(row) for row in np.argsort(-scores, kind="stable")[:k] if scores[row] > 0]

        yield find

    return Peer(name, build, open_folder)
