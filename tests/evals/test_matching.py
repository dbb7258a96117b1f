"""Matching on the sets that were held back: paraphrases get their approved answer, near misses none."""

import pytest
from typer.testing import CliRunner

from bot.desk.matching import Matcher
from evals.__main__ import app
from evals.fit_matching import Pair, alterations, beside, best_of, chosen, reworded
from evals.matching import HELD_BACK, TUNING, Match, Question, figures, known, matches, questions
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.questions import load_questions

#: Split -> how many paraphrases it has, and near misses: sixty each, and a set of about sixty answers.
SIXTY = {"held-back-3": (60, 60), "held-back-4": (60, 60), "held-back-6": (348, 232)}


@pytest.mark.parametrize("split", SIXTY)
def test_paraphrases_match_their_answer_and_near_misses_none(
    split: str, embedder: Embedder, glossary: Glossary
) -> None:
    found = matches(Matcher(embedder, glossary, load_questions), split)
    wanted = sum(one.wanted for one in found)
    assert (wanted, len(found) - wanted) == SIXTY[split]
    got = figures(found)
    assert got.precision >= 0.95 and got.recall >= 0.7, str(got)


def test_every_answer_is_asked_for_in_both_languages_and_no_question_stands_twice() -> None:
    for split in TUNING + HELD_BACK:
        asked = questions(split)
        assert len({one.text for one in asked}) == len(asked)
        japanese, english = known(asked, ["ja"]), known(asked, ["en"])
        assert japanese.keys() == english.keys() == {one.answer for one in asked}


def test_precision_recall_and_threshold_on_a_handful() -> None:
    found = [
        Match(0.9, True, True),
        Match(0.8, False, False),
        Match(0.7, True, True),
        Match(0.1, False, True),
    ]
    got = figures(found, 0.5)
    assert (got.precision, got.recall, got.false) == pytest.approx((2 / 3, 2 / 3, 1))
    assert figures(found, 0.95).precision == 1.0
    assert chosen(found) == 0.9


def test_the_best_answer_to_a_question_counts_and_ways_to_ask_do_not() -> None:
    def pair(kind: str, own: str, answer: str) -> Pair:
        return Pair(f"{kind} of {own}", kind, own, answer, False, False, ())

    best = best_of(
        [
            (pair("paraphrase", "a", "b"), 0.2),
            (pair("paraphrase", "a", "a"), 0.6),
            (pair("near miss", "a", "a"), 0.7),
            (pair("variant", "a", "a"), 0.9),
        ]
    )
    assert best == [Match(0.7, False, False), Match(0.6, True, True)]


def test_the_share_of_an_answer_stands_beside_those_of_others_to_the_same_question() -> None:
    def pair(question: str, answer: str, another: bool = False) -> Pair:
        return Pair(question, "paraphrase", "a", answer, another, False, ())

    found = [(pair("x", "a"), 0.8), (pair("x", "b"), 0.8), (pair("y", "a"), 0.8), (pair("y", "b", True), 0.0)]
    scores = [score for _, score in beside(found)]
    assert scores[0] == scores[1] < 0.5 < scores[2] <= 0.8 and scores[3] == 0.0


def test_a_way_to_ask_is_fitted_on_in_other_words_of_politeness() -> None:
    way = Question("鍵は誰が持っていますか。", "variant", "a", "ja")
    assert reworded(way).text == "鍵は誰が持っていますか、教えてください。"
    near = Question("Who has the lock?", "near miss", "a", "en")
    assert reworded(near) is near and alterations(near) == [near]


def test_a_way_to_ask_is_turned_into_near_misses_by_one_word() -> None:
    way = Question("May joint research begin before the contract is concluded?", "variant", "a", "en")
    first, *turned = alterations(way)
    assert first.kind == "variant" and turned and {one.kind for one in turned} == {"mutant"}
    assert any("after the contract" in one.text for one in turned)


def test_the_command_measures_a_split_and_names_those_that_there_are() -> None:
    ran = CliRunner().invoke(app, ["matching", "--split", "held-back"])
    assert ran.exit_code == 0 and "held-back" in ran.stdout and "precision" in ran.stdout
    wrong = CliRunner().invoke(app, ["matching", "--split", "none"])
    assert wrong.exit_code == 2 and "tuning-5" in wrong.output
