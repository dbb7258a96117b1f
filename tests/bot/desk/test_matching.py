"""Matching a question with approved answers: what is asked for, what it is about, and what makes it another question."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.desk.concepts import read
from bot.desk.decision import FEATURES, THRESHOLD, Decision, exclusive, shifted
from bot.desk.kinds import asked_for, denies
from bot.desk.matching import FIRST, NEAREST, Matcher
from bot.desk.memo import Memo
from bot.forest import Forest
from ingest.language import fold
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.questions import load_questions


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("観測船の鍵は誰が預かりますか。", "who"),
        ("天文台の望遠鏡は何年まで使えますか。", "how long"),
        ("温室の鍵の貸出は申請が必要ですか。", "yes or no"),
        ("標本庫の開館日を教えてください。", "what"),
        ("誰でも温室に入れますか。", "yes or no"),
        ("Whom do I ask about the greenhouse?", "who"),
        ("Do students who sail need a life jacket?", "yes or no"),
        ("By what date is the logbook due?", "when"),
    ],
)
def test_what_a_question_asks_for_is_read_from_its_words(question: str, kind: str) -> None:
    assert kind in asked_for(fold(question))


@pytest.mark.parametrize(
    ("question", "denied"),
    [
        ("届け出なくても構わないのはどんなときですか。", True),
        ("届け出ないといけませんか。", False),
        ("届け出なければならないのでしょうか。", False),
        ("Which boats are not insured?", True),
        ("Which boats are not allowed?", False),
    ],
)
def test_duty_and_politeness_are_no_denial(question: str, denied: bool) -> None:
    assert denies(fold(question)) is denied


def test_the_two_languages_share_the_senses_of_words_and_the_longest_form_says_what_is_meant() -> None:
    ja, en = read("留学生は寮に住めますか。"), read("Can foreign students live in a dormitory?")
    assert {("role", "student"), ("thing", "housing")} <= ja.senses & en.senses
    assert ("deed", "export") not in read("みなし輸出管理とは何ですか。").senses


@pytest.mark.parametrize(
    ("way", "same", "other"),
    [
        ("客員研究員は温室の鍵を借りられますか。", "訪問研究者に温室の鍵を貸してもらえますか。", "客員研究員は温室の鍵を売ってもよいですか。"),
        ("学外の講演者への謝金はいくらですか。", "外部の講師に払う謝礼の額を教えてください。", "学外の講演者への謝金は誰が払いますか。"),
        ("Who approves trips abroad?", "Whose permission is needed for travel overseas?", "Who approves trips within Japan?"),
    ],
)  # fmt: skip
def test_another_wording_scores_above_another_question(
    embedder: Embedder, glossary: Glossary, way: str, same: str, other: str
) -> None:
    near, far = (Matcher(embedder, glossary, load_questions).score(asked, [way]) for asked in (same, other))
    assert near > far and far < THRESHOLD


def test_a_name_in_the_place_of_another_is_another_question(embedder: Embedder, glossary: Glossary) -> None:
    matcher, way = Matcher(embedder, glossary, load_questions), "京都大学の海外事務所は何か所ありますか。"
    assert matcher.score(way.replace("京都", "東北"), [way]) == 0.0
    assert matcher.score(way, [way]) >= THRESHOLD


def test_an_answer_without_a_way_to_ask_matches_nothing(embedder: Embedder, glossary: Glossary) -> None:
    matcher = Matcher(embedder, glossary, load_questions)
    assert matcher.nearest("協定は更新できますか。", [(), ()]) == matcher.nearest("鍵", []) == ()
    assert matcher.score("協定は更新できますか。", []) == 0.0


def test_the_answer_that_is_asked_for_is_found_among_many_and_comes_first(
    embedder: Embedder, glossary: Glossary
) -> None:
    things = ("鍵", "望遠鏡", "顕微鏡", "会議室", "自転車", "温室", "書庫", "実験台", "冷凍庫", "講義室")
    asks = (
        "{}は誰が管理していますか。",
        "{}はいつまで使えますか。",
        "{}の使用料はいくらですか。",
        "{}の予約はどこでしますか。",
        "{}は学生も使えますか。",
    )
    answers = [(ask.format(thing),) for thing in things for ask in asks]
    matcher = Matcher(embedder, glossary, load_questions)
    assert len(answers) > FIRST
    for at in (3, 22, 46):
        near = matcher.nearest(answers[at][0], answers)
        assert len(near) == NEAREST and near[0][0] == at and near[0][1] >= THRESHOLD
        assert [score for _, score in near] == sorted((score for _, score in near), reverse=True)


def test_what_is_remembered_is_worked_out_once_and_the_oldest_is_forgotten() -> None:
    worked: list[str] = []

    def lengths(texts: Sequence[str]) -> NDArray[np.float32]:
        worked.extend(texts)
        return np.array([len(text) for text in texts], np.float32)

    memo = Memo[str](lengths, 2)
    assert memo(["a", "bb", "a"]).tolist() == [1, 2, 1] and worked == ["a", "bb"]
    assert memo(["bb"]).tolist() == [2] and worked == ["a", "bb"]
    memo(["ccc"])
    assert memo(["a", "ccc"]).tolist() == [1, 3] and worked == ["a", "bb", "ccc", "a"]


@pytest.mark.parametrize(
    ("way", "asked", "another"),
    [
        ("滞在が30日以内の研究員は届出だけでよいですか。", "滞在が90日以内の研究員は届出だけでよいですか。", True),
        ("研究員の受入申請は、いつまでに出しますか。", "9月に研究員が来ます。受入申請はいつまでに出しますか。", False),
        ("10,000円までの謝金は誰が決めますか。", "10000円までの謝金は誰が決めますか", False),
        ("Who is eligible for the travel grant?", "Who is not eligible for the travel grant?", True),
        ("旅費の補助を申請できるのは誰ですか。", "旅費の補助を申請できないのは誰ですか。", True),
        ("How many students go to Germany?", "Which students did not go to France?", True),
        ("May a report be made without a name?", "Is it possible to stay anonymous when I report something?", False),
    ],
)  # fmt: skip
def test_what_stands_in_the_place_of_a_figure_or_turns_the_same_words_round_is_another_question(
    embedder: Embedder, glossary: Glossary, way: str, asked: str, another: bool
) -> None:
    assert Matcher(embedder, glossary, load_questions).another(asked, [way]) is another


@pytest.mark.parametrize(
    ("way", "asked", "same"),
    [
        ("C++の講習会はいつですか。", "ｃ++の講習会は、いつですか？", True),
        ("C++の講習会はいつですか。", "C#の講習会はいつですか。", False),
        ("Is the lab at -20 degrees?", "Is the lab at 20 degrees?", False),
        ("10,000円までですか。", "10000円までですか", True),
    ],
)
def test_word_for_word_means_every_sign_that_says_something(
    embedder: Embedder, glossary: Glossary, way: str, asked: str, same: bool
) -> None:
    matcher = Matcher(embedder, glossary, load_questions)
    assert matcher.verbatim(asked, [way]) is same
    assert not same or matcher.score(asked, [way]) == 1.0


@pytest.mark.parametrize(
    ("way", "asked"),
    [
        ("May samples be sent from France to Germany?", "May samples be sent from Germany to France?"),
        ("申請は3月1日から4月1日まで受け付けますか。", "申請は4月1日から3月1日まで受け付けますか。"),
        ("学生が教員に贈り物をしてもよいですか。", "教員が学生に贈り物をしてもよいですか。"),
    ],
)
def test_the_same_words_the_other_way_round_are_not_shown_as_reviewed(
    embedder: Embedder, glossary: Glossary, way: str, asked: str
) -> None:
    assert Matcher(embedder, glossary, load_questions).score(asked, [way]) < THRESHOLD


def test_what_one_thread_works_out_another_waits_for() -> None:
    worked: list[str] = []

    def slowly(texts: Sequence[str]) -> NDArray[np.float32]:
        worked.extend(texts)
        sleep(0.05)
        return np.array([[len(text)] for text in texts], np.float32)

    memo = Memo[str](slowly, 10)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(memo, [["a", "bb"]] * 8))
    assert sorted(worked) == ["a", "bb"] and all(one.tolist() == [[1], [2]] for one in found)
    assert Memo[str](slowly, 1)(["ccc", "a", "ccc"]).tolist() == [[3], [1], [3]]


def test_the_threshold_is_that_of_the_languages_that_can_be_compared() -> None:
    half = Forest(np.full(1, -1, np.int16), np.full(1, 0.7, np.float32), *2 * [np.zeros(1, np.int32)])
    decision = Decision(half, within=0.6, across=0.8)
    share = decision.share([0.0] * len(FEATURES))
    assert decision.score(share, (), across=False) > THRESHOLD > decision.score(share, (), across=True)


def test_what_speaks_for_another_answer_speaks_against_this_one() -> None:
    assert exclusive(0.7, ()) == pytest.approx(0.7)
    assert exclusive(0.9, (0.9,)) < 0.5 < exclusive(0.9, (0.3,)) < exclusive(0.9, (0.0,)) < 0.9


def test_of_answers_to_other_questions_each_speaks_against_the_others_and_of_the_same_none_does(
    embedder: Embedder, glossary: Glossary
) -> None:
    matcher = Matcher(embedder, glossary, load_questions)
    asked = "海外の大学とのMOUって、うちでは誰がサインするんですか。"
    ways = ("海外の大学との覚書には誰が署名しますか。", "Who signs an MOU with a university abroad?")
    twin = ("海外大学とのMOUの署名者は誰ですか。", "Which person signs an MOU with a foreign university?")
    rival = ("共同研究契約には誰が署名しますか。", "Who signs a joint research contract?")
    alone = matcher.score(asked, ways)
    assert alone > THRESHOLD and matcher.score(asked, twin) > THRESHOLD
    assert dict(matcher.nearest(asked, [ways, rival]))[0] < alone
    assert max(score for _, score in matcher.nearest(asked, [ways, twin])) >= min(
        alone, matcher.score(asked, twin)
    )


def test_a_share_of_trees_at_the_threshold_is_the_threshold() -> None:
    assert shifted(0.7, 0.7) == pytest.approx(THRESHOLD)
    assert shifted(0.0, 0.7) < 0.01 < 0.99 < shifted(1.0, 0.7)
