"""The table of translations: learned from aligned sentences, used by late interaction across languages."""

import numpy as np
import pytest

from vectorstore.index import build_index
from vectorstore.late import QuestionTerms, match
from vectorstore.lexicon import load_lexicon, parse_lexicon
from vectorstore.training.lexicon import learn, read_sides
from vectorstore.words import Term, terms


def _known(word: str) -> set[str]:
    return {other for key in terms(word) for other, _ in load_lexicon().translations.get(key.key, ())}


@pytest.mark.parametrize(
    ("ja", "en"), [("予算", "budget"), ("締め切り", "deadline"), ("会員", "member"), ("設立", "establish")]
)
def test_ordinary_words_are_known_in_both_directions(ja: str, en: str) -> None:
    assert terms(en)[0].key in _known(ja)
    assert terms(ja)[0].key in _known(en)


def test_a_word_is_learned_from_the_sentences_that_it_stands_in() -> None:
    pairs = [
        ("red apple", "赤い林檎"),
        ("red house", "赤い家"),
        ("green apple", "緑の林檎"),
        ("green house", "緑の家"),
    ]
    learned = {(ja, en) for ja, en, share in learn(*read_sides(pairs * 5)) if share > 0.5}
    assert learned == {("赤い", "red"), ("緑", "green"), ("林檎", "appl"), ("家", "hous")}


def test_a_translation_counts_in_late_interaction_though_its_vector_is_far() -> None:
    def embed(texts: object) -> np.ndarray:
        return np.array([[1.0, 0.0] if one == "予算" else [0.0, 1.0] for one in texts], np.float32)  # type: ignore[attr-defined]

    passages = [([Term("budget", "budget")], []), ([Term("hous", "house")], [])]
    index = build_index(passages, [[]], [0, 0], embed, lambda texts: np.ones(len(texts), np.float32))
    lexicon = parse_lexicon(["ja\ten\tshare", "予算\tbudget\t0.90"])
    one = np.ones(1, np.float32)
    plain = QuestionTerms(("予算",), np.array([-1]), embed(["予算"]), one, one)
    known = QuestionTerms(
        ("予算",), np.array([-1]), embed(["予算"]), one, one, tuple(lexicon.pairs(["予算"], index.vocabulary))
    )
    rows = np.arange(2)
    assert match(index, plain, rows).body.tolist() == [[0.0, 0.0]]
    assert match(index, known, rows).body[0] == pytest.approx([0.9**0.45, 0.0])
