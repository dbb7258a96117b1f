"""Small talk gets a short reply; anything that asks something does not."""

import pytest

from bot.question.courtesy import courtesy
from ingest.language import language_of


@pytest.mark.parametrize(
    "text",
    [
        "こんにちは",
        "ありがとうございました！",
        "了解です。ありがとうございます。",
        "さようなら",
        "えっと…",
        "？？？",
        "",
        "   ",
        "何ができますか？",
        "あなたは誰ですか",
        "ああああ",
        "使い方を教えてください",
        "Hello!",
        "thanks a lot",
        "Thanks! That's all for today.",
        "bye",
        "umm",
        "...",
        "🙂",
        "Who are you?",
        "help",
    ],
)
def test_small_talk_is_answered_at_once(text: str) -> None:
    assert courtesy(text, language_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "こんにちは。研究セキュリティの費用は誰が払いますか。",
        "ありがとう。では相談窓口はどこですか",
        "声明はいつ？",
        "JANU",
        "G7",
        "Hello, who issued the statement?",
        "Thanks. And since when?",
        "help desk for research security",
        "risk",
        "今日の天気は？",
    ],
)
def test_a_question_is_left_to_the_search(text: str) -> None:
    assert courtesy(text, language_of(text)) == ""


def test_the_reply_is_in_the_language_asked_for() -> None:
    assert "ようこそ" not in courtesy("hi", "en") and courtesy("hi", "en").isascii()
    assert not courtesy("やあ", "ja").isascii()
