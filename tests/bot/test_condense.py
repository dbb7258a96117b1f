"""Follow-ups carry their subject over; a question with its own subject, or a change of topic, does not."""

import pytest

from bot.question.condense import condense
from bot.types import Turn
from vectorstore.glossary import load_glossary

GLOSSARY = load_glossary()


def carried(earlier: str, question: str) -> str:
    return condense(question, (Turn(earlier, "", earlier),), GLOSSARY)


@pytest.mark.parametrize(
    ("earlier", "question", "subject"),
    [
        ("国立大学協会の声明には何が書かれていますか。", "それは誰が決めたのですか？", "国立大学協会"),
        ("国立大学協会の声明には何が書かれていますか。", "いつ出たの？", "国立大学協会"),
        ("研究者は研修を受ける必要がありますか。", "同じことは学生にも？", "研修"),
        ("文部科学省の支援策を教えて", "費用は？", "文部科学省"),
        ("When was the Leiden Principles document signed?", "And by whom?", "Leiden Principles"),
        ("What does MEXT plan for training?", "Is it final?", "MEXT"),
        ("Where does RENKEI have its office?", "Since when?", "RENKEI"),
        ("国立大学協会の会合はどこでありますか。", "How often are they held?", "国立大学協会"),
        ("What is the budget of RU11?", "その使い道は？", "RU11"),
        ("What does RENKEI do?", "Does Kyoto University belong to it?", "RENKEI"),
        ("RENKEIって何ですか。", "文科省はそれについて何と言っていますか。", "RENKEI"),
        (
            "RENKEIって何ですか。",
            "その活動で各大学の若手の研究者に求められている具体的な情報管理の対応は何ですか。",
            "RENKEI",
        ),
        ("What does RENKEI do?", "What is its budget?", "RENKEI"),
        ("RENKEIって何ですか。", "違う件数を教えて", "RENKEI"),
        ("MIRAIのシードファンドに応募したいです。", "日本側だと1件いくらぐらい出るんですか？", "MIRAI"),
        (
            "Japan lets universities run joint degrees.",
            "How many got started in the first five years?",
            "joint degrees",
        ),
    ],
)
def test_a_follow_up_carries_its_subject(earlier: str, question: str, subject: str) -> None:
    found = carried(earlier, question)
    assert subject in found and found.startswith(question[:3])


@pytest.mark.parametrize(
    ("earlier", "question"),
    [
        ("国立大学協会の声明には何が書かれていますか。", "文部科学省の相談窓口はどこですか。"),
        ("RENKEIって何ですか。", "留学ビザの更新手続きに必要な書類と提出先は何ですか。"),
        ("RENKEIって何ですか。", "クロスアポイントメントとは何ですか。"),
        ("What does RENKEI do?", "What is open science?"),
        (
            "What does RENKEI do?",
            "Since when does the Osaka University ASEAN Campus exist, and who are its partners?",
        ),
        ("What does RENKEI do?", "Which universities take part in the student exchange with Nepal and Laos?"),
        (
            "RENKEIって何ですか。",
            "企業と組んだ若手教員が海外で得た成果とその扱いを決めるのは学内の誰でしょう。",
        ),
        (
            "What does RENKEI do?",
            "Who decides whether young teachers keep their own results and such data after leaving?",
        ),
    ],
)
def test_a_question_of_its_own_stands_alone(earlier: str, question: str) -> None:
    assert carried(earlier, question) == question


@pytest.mark.parametrize(
    "question",
    [
        "ところで、事務局の場所は？",
        "あ、別件で。事務局の場所は？",
        "全然違う話ですけど、場所は？",
        "話題を変えます。場所は？",
        "なるほど。次の質問ですが、場所は？",
        "By the way, who pays for it?",
        "moving on: who pays for it?",
        "ok, forget that. who pays for it?",
        "a different question: who pays for it?",
    ],
)
def test_a_change_of_topic_lets_go(question: str) -> None:
    assert "国立大学協会" not in carried("国立大学協会の声明は？", question)


@pytest.mark.parametrize("question", ["Great, and when was it founded?", "わかりました。いつ始まったの？"])
def test_what_is_said_before_a_follow_up_is_left_out(question: str) -> None:
    found = carried("What does RENKEI do?", question)
    assert "RENKEI" in found and not found.startswith(question[:4])


def test_what_was_carried_over_is_carried_on_piece_by_piece() -> None:
    found = carried("And in 2020? (students, China, Japan)", "And from Vietnam?")
    assert "students" in found and "Japan" in found and "China" not in found


def test_the_first_question_is_left_as_it_is() -> None:
    assert condense("それは何ですか", (), GLOSSARY) == "それは何ですか"


def test_a_subject_is_carried_over_two_turns() -> None:
    history: tuple[Turn, ...] = ()
    for question in ("MIRAIとは何ですか。", "会議はどこで？"):
        history = (*history, Turn(question, "", condense(question, history, GLOSSARY)))
    assert "MIRAI" in condense("何人来た？", history, GLOSSARY)


def test_a_new_name_in_an_elliptic_question_joins_the_old_matter() -> None:
    found = carried("Which country sent most students to Japan in 2020?", "And Laos?")
    assert found.startswith("And Laos?") and "students" in found


@pytest.mark.parametrize(
    ("earlier", "question", "kept", "gone"),
    [
        ("2020年に中国から来た留学生は何人？", "ベトナムは？", "留学生", "中国"),
        ("E-JUSTはいつ設立されましたか。", "MJIITは？", "設立", "E-JUST"),
        ("What are the research fields of RENKEI?", "And MIRAI?", "research fields", "RENKEI"),
    ],
)
def test_a_new_name_takes_the_place_of_the_old_one(earlier: str, question: str, kept: str, gone: str) -> None:
    found = carried(earlier, question)
    assert kept in found and gone not in found


@pytest.mark.parametrize(
    ("earlier", "question", "whole"),
    [
        (
            "APRUには日本からどこが入っていますか。",
            "じゃあMIRAIは？",
            "MIRAIには日本からどこが入っていますか。",
        ),
        (
            "UCLは東北大とどんな分野で連携していますか。",
            "阪大とは？",
            "UCLは阪大とどんな分野で連携していますか。",
        ),
        ("創価大のCOSMOSはどこの国の事業？", "EARTHのほうはどこですか。", "創価大のEARTHはどこの国の事業？"),
        (
            "How many students went from Japan to China?",
            "And to Vietnam?",
            "How many students went from Japan to Vietnam?",
        ),
        ("When was E-JUST founded?", "And what about the MJIIT?", "When was MJIIT founded?"),
        ("When was E-JUST founded?（エジプト）", "MJIITはどうですか", "When was MJIIT founded?"),
        (
            "How many did China send in 2020? (Japan, foreign students)",
            "And Vietnam?",
            "How many did Vietnam send in 2020? (foreign students)",
        ),
    ],
)
def test_a_follow_up_that_only_names_another_thing_asks_the_same_of_it(
    earlier: str, question: str, whole: str
) -> None:
    assert carried(earlier, question) == whole


@pytest.mark.parametrize(
    ("earlier", "question"),
    [
        ("Where is UCL?", "MJIITはいつですか？"),
        ("大連理工大との連携はいつ始まりましたか", "モンゴルとは？"),
        ("留学生が一番多いのはどの国ですか。中国ですか。", "ベトナムは？"),
        ("When was E-JUST founded?", "And who leads the MJIIT?"),
    ],
)
def test_no_name_is_put_where_it_makes_another_question(earlier: str, question: str) -> None:
    assert carried(earlier, question).startswith(question[:5])


def test_empty_verbs_are_not_carried() -> None:
    found = carried("Who gave the opening address at the symposium?", "And the closing remarks?")
    assert "gave" not in found and "symposium" in found
