"""Triage marks what needs care, in both languages, and leaves ordinary questions alone."""

import pytest

from bot.desk.triage import triage


@pytest.mark.parametrize(
    ("question", "marks"),
    [
        ("測定装置を持ち出すとき、該非判定は必要ですか。", {"export control"}),
        ("Does the deemed export rule apply to a visiting student?", {"export control"}),
        ("青葉川大学との共同研究を始めてよいですか。", {"named partner"}),
        ("May we sign with Northlake University?", {"named partner"}),
        ("山田太郎氏を客員研究員として招いてよいですか。", {"named person"}),
        ("Can we host Dr. Miller next year?", {"named person"}),
        ("私の研究室に留学生を受け入れたいのですが。", {"personal case"}),
        ("My lab received an offer of funding. What should I check?", {"personal case"}),
        ("申告しないと違法ですか。", {"legal advice"}),
        ("Is it illegal to share the data?", {"legal advice"}),
        ("締切は金曜です。", {"deadline"}),
        ("We need an answer by Friday.", {"deadline"}),
    ],
)
def test_what_needs_care_is_marked(question: str, marks: set[str]) -> None:
    assert marks <= set(triage(question))


@pytest.mark.parametrize(
    "question",
    [
        "研究セキュリティとは何ですか。",
        "海外の大学との連携ではどのような点に注意しますか。",
        "国立大学の国際化の目標を教えてください。",
        "客員教授の受入れの手続は何ですか。",
        "What is research integrity?",
        "How do universities check a foreign university before an agreement?",
        "Which documents describe the role of the ministry?",
    ],
)
def test_an_ordinary_question_has_no_mark(question: str) -> None:
    assert triage(question) == ()
