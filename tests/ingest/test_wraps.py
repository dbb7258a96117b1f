"""Wrapped lines: joined where a page broke a sentence, and only there."""

import pytest

from tests.ingest.makers import cleaned, wrapped

PARAGRAPH_JA = (
    "大学における国際共同研究は、研究者の自由な発想に基づいて行われるものであり、その推進に当たっては、"
    "研究の健全性と安全性の双方に配慮することが求められる。このため、各大学は、学内の規程を整備するとともに、"
    "相談の窓口を設け、研究者が安心して研究に取り組める環境を整えるものとする。"
)
PARAGRAPH_EN = (
    "Universities that work with partners abroad should agree on the purpose of each project before it "
    "begins, and should write down who may use the results. An office in each university keeps the "
    "agreements, answers questions from researchers, and reviews the list of partners once a year together "
    "with the faculties."
)


@pytest.mark.parametrize("columns", [40, 60, 76, 100])
@pytest.mark.parametrize("text", [PARAGRAPH_JA, PARAGRAPH_EN])
def test_a_wrapped_paragraph_comes_back(text: str, columns: int) -> None:
    assert cleaned("\n".join(wrapped(text, columns))).text == text


@pytest.mark.parametrize("columns", [24, 32])
def test_items_of_a_slide_come_back(columns: int) -> None:
    items = [
        "• 海外の大学との協定を見直し、共同研究の枠組みを整える。",
        "• 学内の相談体制を強化し、研究者の負担を軽くする。",
        "• リスクマネジメントの研修を全部局で実施する。",
    ]
    lines = [line for item in items for line in wrapped(item, columns)]
    assert cleaned("\n".join(lines)).text == "\n".join(items)
    assert cleaned("\n\n".join(lines)).text == "\n\n".join(items)


#: Lines that belong together -> the line they make.
JOINED = {
    "particle": ("⚫ 諸外国の制度を\n\n調べた結果", "⚫ 諸外国の制度を調べた結果"),
    "small kana": ("• 研究データの管理を徹底するシ\nステム", "• 研究データの管理を徹底するシステム"),
    "bracket": (
        "「共同研究の手引き（第2版\n・改訂版）」を公表",
        "「共同研究の手引き（第2版・改訂版）」を公表",
    ),
    "lower case": ("Sharing experience with\n\npartners abroad", "Sharing experience with partners abroad"),
    "small word": ("The Office of\nInternational Affairs", "The Office of International Affairs"),
    "comma": ("Osaka, Kyoto,\nTokyo and Sendai", "Osaka, Kyoto, Tokyo and Sendai"),
    "no space between Latin and Japanese": (
        "共同研究の相手はASEANの\n大学とEUの\n大学",
        "共同研究の相手はASEANの大学とEUの大学",
    ),
    "dash inside a sentence": (
        "The three cases of this study come from three different parts of the region and its neighbours\n"
        "- ASEAN, China and Mongolia. Each case is an example of another type of partnership, as shown.",
        "The three cases of this study come from three different parts of the region and its neighbours "
        "- ASEAN, China and Mongolia. Each case is an example of another type of partnership, as shown.",
    ),
}
#: Lines that do not.
APART = {
    "list": "東京大学\n京都大学\n大阪大学",
    "English list": "University of California, Davis\nUniversity of California, Santa Cruz\nReed College",
    "items": "• 評価\n• 監査\n• 報告",
    "numbers": "1. 目的\n2. 範囲\n3. 定義",
    "circled": "① 申請\n② 審査\n③ 通知",
    "articles": "第1条 この規程は、研究の安全を目的とする\n第2条 この規程で研究者とは、次の者をいう",
    "heading and text": "INTRODUCTION\nThe paper describes three cases of cooperation between universities.",
    "two languages": "Acceptance of International Students\n留学生の受入",
    "timeline": "2022年11月\n声明を公表\n2023年5月\n指針を公表",
    "programme": "17:30 開会\n17:40 講演\n19:00 閉会",
    "rows": "区分 | 件数\n共同研究 | 12",
    "finished sentence": "審査を行う。\n結果を通知する。",
    "address": "国際部\noffice@example.ac.jp\nhttps://example.ac.jp/",
    "caption": "Figure 1\nPartnerships By Region And Year\nEast Asia",
    "note": "※ 別表を参照\n※ 様式は任意",
    "two blank lines": "研究の推進に関する\n\n\n規程",
    "headings in brackets": "＜大学の取組＞\n体制の整備\n＜国の取組＞\n指針の策定",
}


@pytest.mark.parametrize("name", JOINED)
def test_joined(name: str) -> None:
    raw, wanted = JOINED[name]
    assert cleaned(raw).text == wanted


@pytest.mark.parametrize("name", APART)
def test_kept_apart(name: str) -> None:
    assert [line for line in cleaned(APART[name]).text.split("\n") if line] == [
        line for line in APART[name].split("\n") if line
    ]


def test_emphasis_marks_go_and_their_words_stay() -> None:
    text = "The aim is **not to remove** all risk. 2 ** 3 = 8, __init__ and a*b stay; **so do these\nmarks**."
    wanted = "The aim is not to remove all risk. 2 ** 3 = 8, __init__ and a*b stay; so do these marks."
    assert cleaned(text).text == wanted


def test_white_space_is_tidied() -> None:
    assert cleaned("  一  行\u3000目 \n\n\n\n 「 二 」行目 、終 ").text == "一 行 目\n\n「二」行目、終"
