"""Crowds: the cases over a library alone and beside passages of one language."""

from pathlib import Path

import pytest

from evals.crowd import crowded, passages_in
from evals.types import Case, Gold
from tests.evals.bench_data import write_corpora
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.library import OpenEdition


def test_a_crowd_is_in_one_language_and_of_the_size_asked_for(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    crowd = passages_in(tmp_path, "ja", 2)
    assert [one.language for one in crowd] == ["ja", "ja"]
    with pytest.raises(ValueError, match="library"):
        passages_in(tmp_path, "ja", 50)


def test_cases_are_asked_with_and_without_the_crowd(
    tmp_path: Path, edition: OpenEdition, embedder: Embedder, glossary: Glossary
) -> None:
    cases = [
        Case(
            "a",
            "ja",
            "answerable",
            "answer",
            "tuning",
            "持ち出しの承認の有効期間は",
            gold=(Gold("policy", ("90日",)),),
        ),
        Case(
            "b",
            "en",
            "answerable",
            "answer",
            "tuning",
            "Who pays tuition?",
            gold=(Gold("note", ("tuition",)),),
        ),
        Case(
            "c", "en", "answerable", "answer", "tuning", "Who is the dean?", gold=(Gold("note", ("dean",)),)
        ),
    ]
    crowd = passages_in(write_corpora(tmp_path), "ja", 2)
    alone, beside = crowded(edition, [("beside", crowd)], cases, embedder, glossary)
    # The third question is about what the library does not hold, so it is not judged.
    assert (alone.japanese, alone.english) == (beside.japanese, beside.english) == (1.0, 1.0)
    assert beside.passages == alone.passages + 2
