"""Very many vectors, here a few: figures that hang together."""

from pathlib import Path

import pytest

from evals.vectors import measure_vectors, sentences
from tests.evals.bench_data import write_rows
from vectorstore.embedders import Embedder


def test_different_sentences_are_drawn_in_both_languages(tmp_path: Path) -> None:
    write_rows(tmp_path, "parallel_train", [("One.", "一。", "x"), ("One.", "二。", "x")])
    assert sentences(tmp_path, 3) == ("One.", "一。", "二。")
    with pytest.raises(ValueError, match="3 different sentences, not 4"):
        sentences(tmp_path, 4)


def test_few_vectors_are_all_found(tmp_path: Path, embedder: Embedder) -> None:
    texts = tuple(f"研究 {number} partnership {number * 7}" for number in range(60))
    figures = measure_vectors(texts, ("研究 3", "partnership 21"), embedder, tmp_path / "chroma")
    assert (figures.count, figures.recall_10) == (60, 1.0)
    assert figures.index_mb > 0 and 0 < figures.p50_ms <= figures.p95_ms
