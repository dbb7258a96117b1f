"""What kind of answer a question asks for, and what it must be about."""

import pytest

from bot.question.asked import read_question
from vectorstore.glossary import load_glossary

GLOSSARY = load_glossary()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("声明はいつ公表されましたか。", "when"),
        ("設置年を教えてください", "when"),
        ("Since when has the office been open?", "when"),
        ("What year was it founded?", "when"),
        ("事務局はどこにありますか", "where"),
        ("座長は誰ですか", "who"),
        ("Who chairs the committee?", "who"),
        ("参加校は何校ですか", "number"),
        ("予算の総額は？", "number"),
        ("How many universities take part?", "number"),
        ("支援策を三つ挙げて", "list"),
        ("Which measures are listed?", "list"),
        ("なぜ対策が必要なのですか", "why"),
        ("On what grounds is it refused?", "why"),
        ("研究インテグリティとは", "definition"),
        ("What does LERU stand for?", "definition"),
        ("費用は経費で賄えますか", "whether"),
        ("Can the costs be covered?", "whether"),
        ("リスク評価の単位を知りたい", "what"),
    ],
)
def test_kind_of_question(question: str, kind: str) -> None:
    assert kind in read_question(question, GLOSSARY).kinds


def test_an_open_question_ending_in_ka_is_not_a_yes_or_no_question() -> None:
    assert "whether" not in read_question("声明はいつ公表されましたか", GLOSSARY).kinds


def test_strategy_is_not_read_as_an_abbreviation() -> None:
    assert "definition" not in read_question("戦略的パートナーシップの目的を知りたい", GLOSSARY).kinds


@pytest.mark.parametrize(
    ("question", "count"), [("三つ挙げて", 3), ("5つの分野", 5), ("the two bodies", 2), ("理由は？", 0)]
)
def test_how_many_things_are_asked_for(question: str, count: int) -> None:
    assert read_question(question, GLOSSARY).count == count


def test_years_of_both_calendars_are_read() -> None:
    assert read_question("令和4年の声明と2023年の違い", GLOSSARY).years == (2022, 2023)


def test_a_known_body_is_a_name_in_all_its_forms() -> None:
    names = read_question("文科省の方針は？", GLOSSARY).names
    assert any("MEXT" in forms and "文部科学省" in forms for forms in names)


@pytest.mark.parametrize(
    ("question", "name"), [("架空大学院大学の規程", "架空大学院大学"), ("Does Zorbax pay?", "Zorbax")]
)
def test_an_unknown_name_is_found_by_its_form(question: str, name: str) -> None:
    assert (name,) in read_question(question, GLOSSARY).names


def test_the_first_word_of_a_question_is_no_name() -> None:
    assert read_question("Which rules apply to guests?", GLOSSARY).names == ()
