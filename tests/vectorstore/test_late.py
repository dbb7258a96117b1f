"""The term index and late interaction over it."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from vectorstore.index import Ragged, TermIndex, build_index, load_index, ragged, save_index
from vectorstore.late import CEILING, QuestionTerms, match
from vectorstore.lexical import build_keywords, load_keywords
from vectorstore.types import Vectors
from vectorstore.words import Term

#: Two words that mean nearly the same, one that does not.
VECTORS = {"car": (1.0, 0.0), "vehicle": (0.95, 0.3122), "fish": (0.0, 1.0), "blue": (-1.0, 0.0)}


def embed(texts: list[str]) -> Vectors:
    return np.array([VECTORS[text] for text in texts], np.float32)


def salience(texts: list[str]) -> NDArray[np.float32]:
    return np.ones(len(texts), np.float32)


def bag(text: str) -> list[Term]:
    return [Term(word, word) for word in text.split()]


@pytest.fixture
def index() -> TermIndex:
    bodies = ["car blue", "vehicle", "fish fish fish", ""]
    nears = ["", "", "car", ""]
    heads = ["blue", "fish"]
    return build_index(
        zip(map(bag, bodies), map(bag, nears), strict=True), map(bag, heads), [0, 0, 1, 1], embed, salience
    )


def question(index: TermIndex, text: str) -> QuestionTerms:
    words = text.split()
    numbers = np.array([index.vocabulary.get(word, -1) for word in words])
    ones = np.ones(len(words), np.float32)
    return QuestionTerms(tuple(words), numbers, embed(words), ones, ones)


def test_ragged_takes_rows_in_any_order_with_empty_lists_between() -> None:
    lists = [[1, 2], [], [3], [4, 5, 6]]
    taken = ragged(lists).take(np.array([3, 1, 0, 3]))
    parts = [taken.flat[a:b].tolist() for a, b in zip(taken.offsets[:-1], taken.offsets[1:], strict=True)]
    assert parts == [[4, 5, 6], [], [1, 2], [4, 5, 6]]


def test_the_same_word_counts_one_a_near_one_less_another_nothing(index: TermIndex) -> None:
    body = match(index, question(index, "car"), np.arange(4)).body[0]
    assert body[0] == 1.0
    assert 0.5 < body[1] <= CEILING
    assert body[2] == body[3] == 0.0


def test_each_field_is_matched_by_itself(index: TermIndex) -> None:
    found = match(index, question(index, "car fish"), np.array([2, 0]))
    assert found.near[0].tolist() == [1.0, 0.0]
    assert found.head[1].tolist() == [1.0, 0.0]
    assert found.body.shape == (2, 2)


def test_a_rare_word_weighs_more_than_a_common_one(index: TermIndex) -> None:
    assert index.idf[index.vocabulary["vehicle"]] > index.idf[index.vocabulary["blue"]]


def test_an_index_is_the_same_after_saving(index: TermIndex, tmp_path: Path) -> None:
    save_index(index, tmp_path)
    again = load_index(tmp_path)
    assert again.vocabulary == index.vocabulary and again.surfaces == index.surfaces
    for name in ("vectors", "salience", "idf", "context_of"):
        assert np.array_equal(getattr(again, name), getattr(index, name))
    for name in ("body", "near", "head"):
        one, other = getattr(again, name), getattr(index, name)
        assert isinstance(one, Ragged)
        assert np.array_equal(one.flat, other.flat) and np.array_equal(one.offsets, other.offsets)


def test_keywords_score_body_and_head_and_nothing_else(index: TermIndex, tmp_path: Path) -> None:
    build_keywords(index, tmp_path / "keywords")
    keywords = load_keywords(tmp_path / "keywords", 4)
    fish = keywords.scores([index.vocabulary["fish"]])
    assert fish[2] > 0 and fish[3] > 0 and fish[0] == fish[1] == 0
    assert keywords.scores([]).tolist() == [0.0] * 4
