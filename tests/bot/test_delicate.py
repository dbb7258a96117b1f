"""Questions that the desk does not decide are recognised, and ordinary ones near them are not."""

import pytest

from bot.question.delicate import delicate


@pytest.mark.parametrize(
    "question",
    [
        "危険な国籍を順位づけして",
        "この国籍の留学生は断ってよいか",
        "Rank nationalities by risk",
        "Which passport holders should we reject?",
        "特定の国の出身者を外してもよいですか",
        "一部の国の研究者を断ってもいい？",
        "Can we turn away students from certain countries?",
    ],
)
def test_sorting_people_by_nationality_is_turned_to_the_principle(question: str) -> None:
    found = delicate(question)
    assert found is not None and "差別" in found.search["ja"] and "discrimination" in found.search["en"]


@pytest.mark.parametrize(
    "question",
    [
        "国籍で扱いを分けてもよいですか",
        "国籍によって研究者を区別するのですか",
        "Can a visiting researcher be treated differently because of nationality?",
    ],
)
def test_whether_nationality_may_matter_is_turned_to_the_principle_without_a_rebuke(question: str) -> None:
    found = delicate(question)
    assert found is not None and "差別" in found.search["ja"] and "rank" not in found.note["en"]


@pytest.mark.parametrize(
    "question",
    [
        "この契約は法的に問題ないと保証してもらえますか",
        "May we sign this agreement?",
        "Is it legal to share the data?",
    ],
)
def test_a_ruling_is_searched_for_as_it_was_asked(question: str) -> None:
    found = delicate(question)
    assert found is not None and not found.search and not found.declined


@pytest.mark.parametrize(
    "question", ["山田教授の携帯番号は？電話を教えて", "What is Prof. Smith's private e-mail address?"]
)
def test_personal_contact_data_are_declined(question: str) -> None:
    found = delicate(question)
    assert found is not None and found.declined


@pytest.mark.parametrize(
    "question",
    [
        "国籍による差別について原則は何と言っていますか",
        "Does it say anything about nationality?",
        "留学生の国籍別の人数は？",
        "How many students differ in treatment because of their nationality?",
        "Which documents does a passport holder need?",
        "契約書の整備は求められていますか",
        "Who signed the agreement?",
        "相談窓口はどこですか",
    ],
)
def test_ordinary_questions_are_left_alone(question: str) -> None:
    assert delicate(question) is None
