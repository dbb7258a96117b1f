"""The very thing that a question asks for."""

import pytest

from bot.question.phrases import phrases
from bot.question.target import target


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("調査会の委員長は誰ですか。", "委員長"),
        ("共同基金の総額は？", "総額"),
        ("相談窓口の電話番号を教えてください。", "電話番号"),
        ("届出について教えて", "届出"),
        ("この大学にはどんな罰則がありますか。", "罰則"),
        ("声明は旅行保険に触れていますか。", "旅行保険"),
        ("持ち出しには誰の承認が必要ですか", "承認"),
        ("違反した大学には、なにかペナルティがあるんでしょうか", "ペナルティ"),
        ("食べすぎたときの副作用はあるのでしょうか", "副作用"),
        ("加わった動機は何ですか", ""),
        ("何年にできましたか", ""),
        ("一覧を見せてください", ""),
    ],
)
def test_japanese(question: str, thing: str) -> None:
    assert target(question, japanese=True) == thing


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("What is the annual budget of the office?", "annual budget"),
        ("How many students did the project accept?", "students"),
        ("Who is the director of the campus?", "director"),
        ("Is there an age limit for the programme?", "age limit"),
        ("What's the maximum amount per project?", "maximum amount"),
        ("What year was it founded?", ""),
    ],
)
def test_english(question: str, thing: str) -> None:
    assert target(question, japanese=False) == thing


def test_phrases_are_as_written() -> None:
    assert phrases("国大協の研究インテグリティは誰が担当？", "ja") == ("国大協", "研究インテグリティ", "担当")
    assert phrases("When was the Leiden Principles document signed?", "en") == (
        "Leiden Principles document signed",
    )
