"""Matching a question with approved answers: what is asked for, what it is about, and what makes it another question."""

import pytest

from bot.desk.concepts import read
from bot.desk.kinds import asked_for, denies
from bot.desk.matching import THRESHOLD, Matcher
from ingest.language import fold
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary


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
    near, far = (Matcher(embedder, glossary).scores(asked, [(way,)])[0] for asked in (same, other))
    assert near > far and far < THRESHOLD


def test_a_name_in_the_place_of_another_is_another_question(embedder: Embedder, glossary: Glossary) -> None:
    matcher, way = Matcher(embedder, glossary), "京都大学の海外事務所は何か所ありますか。"
    assert matcher.scores(way.replace("京都", "東北"), [(way,)]) == (0.0,)
    assert matcher.scores(way, [(way,)])[0] >= THRESHOLD


def test_an_answer_without_a_way_to_ask_matches_nothing(embedder: Embedder, glossary: Glossary) -> None:
    assert Matcher(embedder, glossary).scores("協定は更新できますか。", [()]) == (0.0,)
