"""Fitting: the loss, its gradient, ranks, and the sets drawn from the training corpora."""

from pathlib import Path

import numpy as np
import pytest

from evals.fit import SETS, of_bank, pulls
from evals.fit_sets import read_sets
from evals.softmax import SHARPNESS, Examples, fit, gather, joined, loss, ranks
from evals.tools import alone
from tests.evals.bench_data import JAQUAD, PARALLEL, SECTIONS, write_rows
from tests.evals.making import case
from vectorstore.embedders import Embedder
from vectorstore.features import FEATURES
from vectorstore.glossary import Glossary


@pytest.fixture
def examples() -> Examples:
    """Twenty questions of three candidates; the first feature tells the gold one, the second is noise."""
    random = np.random.default_rng(3)
    questions = []
    for at in range(20):
        gold = np.arange(3) == at % 3
        table = np.stack((gold * 0.2 + random.normal(size=3) * 0.02, random.normal(size=3)), axis=1)
        questions.append((table.astype(np.float32), gold))
    return gather(questions, 1.0)


def test_the_gradient_is_that_of_the_loss(examples: Examples) -> None:
    at, start, pull = np.array([0.3, -0.1]), np.array([0.1, 0.0]), np.array([0.4, 0.05])
    _, gradient = loss(at, start, pull, examples)
    for one in range(2):
        step = np.eye(2)[one] * 1e-6
        numeric = (
            loss(at + step, start, pull, examples)[0] - loss(at - step, start, pull, examples)[0]
        ) / 2e-6
        assert gradient[one] == pytest.approx(numeric, rel=1e-4)


def test_the_fit_trusts_what_tells_and_not_what_does_not(examples: Examples) -> None:
    fitted = fit(examples, np.zeros(2), np.full(2, 0.01))
    assert fitted[0] * SHARPNESS > 5 > abs(fitted[1] * SHARPNESS)
    assert (ranks(fitted, examples) == 1).all()


def test_a_strong_pull_keeps_a_weight_where_it_was(examples: Examples) -> None:
    assert fit(examples, np.array([0.5, 0.5]), np.array([0.01, 1e6]))[1] == pytest.approx(0.5, abs=1e-3)


def test_parts_and_joined_sets_keep_their_weight(examples: Examples) -> None:
    half = examples.part(np.arange(20) < 10)
    both = joined([half, examples])
    assert len(half) == 10 and half.shares.sum() == pytest.approx(1.0)
    assert len(both) == 30 and both.shares.sum() == pytest.approx(2.0)
    assert np.array_equal(ranks(np.array([1.0, 0.0]), both)[10:], ranks(np.array([1.0, 0.0]), examples))


def test_a_tie_counts_against_the_gold_candidate() -> None:
    tied = gather([(np.ones((3, 1), np.float32), np.array([False, True, False]))], 1.0)
    assert ranks(np.ones(1), tied).tolist() == [3]


def test_questions_without_a_gold_candidate_are_an_error_that_says_so() -> None:
    with pytest.raises(ValueError, match="is this the library of the cases"):
        gather([(np.ones((2, 1), np.float32), np.zeros(2, bool))], 1.0)


def test_sets_come_from_training_files_alone_and_every_one_has_a_weight(
    tmp_path: Path, embedder: Embedder, glossary: Glossary
) -> None:
    write_rows(tmp_path, "jaquad_train", JAQUAD)
    write_rows(tmp_path, "parallel_train", PARALLEL)
    write_rows(tmp_path, "sections_train", SECTIONS)
    write_rows(
        tmp_path,
        "paragraphs_train",
        [("Nara", "奈良", "History", "歴史", "Nara was the capital.", "奈良は都であった。")],
    )
    banks = list(read_sets(tmp_path))
    names = [questions.name for bank in banks for questions in bank.questions]
    assert len(names) == len(set(names)) == 11 and all(name.split()[0] in SETS for name in names)
    assert {passage.language for passage in banks[5].passages} == {"en", "ja"}
    made = dict(of_bank(banks[5], embedder, glossary))
    for asked in made.values():
        assert (
            [table.shape[1] for table, _ in asked]
            == [len(FEATURES)] * len(asked)
            == [len(pulls())] * len(asked)
        )
        assert all(gold.any() for _, gold in asked)


def test_a_dialogue_is_fitted_on_as_its_last_question_stands_alone(glossary: Glossary) -> None:
    dialogue = case(question="", turns=("RENKEIって何ですか。", "何校が入ってるの？"), kind="dialogue")
    assert "RENKEI" in alone(dialogue, glossary)
    assert alone(case(), glossary) == case().question
