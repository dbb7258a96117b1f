"""How an office is reached is told from how a person is, and one way from another."""

import pytest

from bot.question.reach import Whose, asks, reaches, whose


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("TEL: 03-0000-0000", "office"),
        ("ＴＥＬ：０３－００００－００００", "office"),
        ("電話番号：03-0000-0000", "office"),
        ("+81-3-0000-0000", "office"),
        ("1-1 Kita, Tokyo 100-0000, Japan", "office"),
        ("〒100-0000 北市南町1-1", "office"),
        ("1-1 Kita, Kyoto 600-0000", "office"),
        ("Call 03-0000-0000 in an emergency.", ""),
        ("desk@example.org", "own"),
        ("sato [at] example.org", "own"),
        ("TEL: +81 (0)90-1234-5678", "own"),
        ("sato＠example.org", "own"),
        ("携帯：090-0000-0000", "own"),
        ("Mobile: 090-0000-0000", "own"),
        ("Taro Sato 090-0000-0000", "own"),
        ("TEL: +81 90 0000 0000", "own"),
        ("Prof. Sato, TEL: 03-0000-0000", "own"),
        ("Taro Sato, home: 1-2 Kita, Kyoto 600-0000, Japan", "own"),
        ("See pages 123-1456, and the note.", ""),
        ("The hotel (in Kyoto) is near the station.", ""),
        ("iPhone 15 is on the list.", ""),
        ("The phone network opened in 2012.", ""),
    ],
)
def test_whose_a_line_is(line: str, owner: Whose) -> None:
    assert whose(line) == owner


@pytest.mark.parametrize(
    ("question", "text", "shown"),
    [
        ("窓口の電話番号は?", "TEL:03-0000-0000", True),
        ("窓口の電話番号は?", "TEL (03) 0000-0000", True),
        ("窓口の電話番号は?", "FAX:03-0000-0000", False),
        ("窓口のFAX番号は?", "FAX:03-0000-0000", True),
        ("窓口の住所は?", "TEL (212) 555-0000", False),
        ("What is the e-mail address of the office?", "1-1 Kita, Tokyo 100-0000, Japan", False),
        ("連絡先を教えてください", "TEL:03-0000-0000", True),
        ("連絡先を教えてください", "1-1 Kita, Tokyo 100-0000, Japan", True),
    ],
)
def test_the_asked_for_way_is_shown(question: str, text: str, shown: bool) -> None:
    assert reaches(question, text) is shown


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("連絡先を教えてください", True),
        ("How can I contact the office?", True),
        ("事務局の住所", True),
        ("留学生は住所変更をいつまでに届け出ますか", False),
        ("大学のメールアドレスを使う必要がありますか", False),
        ("Must I use my e-mail address of the university?", False),
    ],
)
def test_whether_a_question_asks_how_to_reach_someone(question: str, asked: bool) -> None:
    assert asks(question) is asked
