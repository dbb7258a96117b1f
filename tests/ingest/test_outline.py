"""The outline: titles, headings with levels, items, rows; on text of our own."""

import pytest

from ingest.clean import clean
from ingest.outline import outline
from ingest.types import Page
from tests.ingest.makers import outlined

TEXT = "研究の推進に当たっては、相手機関の状況を確認し、必要な手続を定めるものとする。"
PROSE = (
    "Universities that work with partners abroad agree on the purpose of each project before it begins, "
    "and write down who may use the results."
)

OUTLINES = {
    "numbers in three depths": (
        f"基本方針\n\n1. 背景\n{TEXT}\n2. 対応\n(1) 国の対応\n{TEXT}\n(2) 大学の対応\n① 体制\n{TEXT}",
        ["T 基本方針", "## 1. 背景", TEXT, "## 2. 対応",
         "### (1) 国の対応", TEXT, "### (2) 大学の対応", "#### ① 体制", TEXT],
    ),
    "a numbered list is a list": (
        "手続は次のとおりとする。\n1. 申請書の提出\n2. 部局の審査\n3. 結果の通知",
        ["手続は次のとおりとする。", "- 1. 申請書の提出", "- 2. 部局の審査", "- 3. 結果の通知"],
    ),
    "capitals over titles over cases": (
        f"SUMMARY OF FINDINGS\n{PROSE}\nFour Cases of Partnership in Three Regions\n{PROSE}\n"
        f"Case 1: The Northern Campus\n{PROSE}\nCONCLUSIONS\n{PROSE}",
        ["# SUMMARY OF FINDINGS", PROSE, "## Four Cases of Partnership in Three Regions", PROSE,
         "### Case 1: The Northern Campus", PROSE, "# CONCLUSIONS", PROSE],
    ),
    "an abbreviation is no heading": (f"{PROSE}\nRU11\n\n{PROSE}\nAPEC\n{PROSE}", None),
    "chapters and articles": (
        f"研究安全規程\n\n第1章 総則\n第1条（目的）\n{TEXT}\n第2条（定義）\n{TEXT}\n"
        f"第2章 体制\n第3条（責任者）\n{TEXT}",
        ["T 研究安全規程", "## 第1章 総則", "### 第1条（目的）", TEXT, "### 第2条（定義）", TEXT,
         "## 第2章 体制", "### 第3条（責任者）", TEXT],
    ),
    "an article on one line is text": (f"第1条 {TEXT}\n第2条 {TEXT}", [f"第1条 {TEXT}", f"第2条 {TEXT}"]),
    "bullets of two depths": (
        "取組：\n• 評価\n– 自己評価\n– 外部評価\n• 監査",
        ["取組：", "- • 評価", "-- – 自己評価", "-- – 外部評価", "- • 監査"],
    ),
    "a bullet that heads other bullets": (
        "⚫ 現状と課題\n• 法律では防げない。\n• 指針がない。\n⚫ 必要な対応\n• 体制を整える。",
        ["# ⚫ 現状と課題", "- • 法律では防げない。", "- • 指針がない。",
         "# ⚫ 必要な対応", "- • 体制を整える。"],
    ),
    "tags beside numbers": (
        f"1. 体制の整備\n⚫ 規程を整備する。\n⚫ 窓口を置く。\n＜協会の取組＞\n⚫ 声明を公表する。\n\n{TEXT}",
        ["# 1. 体制の整備", "- ⚫ 規程を整備する。", "- ⚫ 窓口を置く。",
         "# ＜協会の取組＞", "- ⚫ 声明を公表する。", TEXT],
    ),
    "two columns": (
        "○国の役割 ○大学の役割\n1. 法の整備\n⚫ 指針の策定\n2. 経費の支援\n⚫ 予算の確保\n"
        "1. 規程の整備\n⚫ 協定の見直し\n2. 連携の強化\n⚫ 情報の共有",
        ["# ○国の役割", "## 1. 法の整備", "- ⚫ 指針の策定", "## 2. 経費の支援", "- ⚫ 予算の確保",
         "# ○大学の役割", "## 1. 規程の整備", "- ⚫ 協定の見直し", "## 2. 連携の強化", "- ⚫ 情報の共有"],
    ),
    "a timeline": (
        "これまでの経緯\n\n2022年11月\n声明を公表\n\n令和5年5月\n指針を公表",
        ["T これまでの経緯", "- 2022年11月", "声明を公表", "- 令和5年5月", "指針を公表"],
    ),
    "a programme": (
        "第2回研究交流会\n17:30 開会\n18:00 講演\n国際部長\n19:00 閉会",
        ["T 第2回研究交流会", "- 17:30 開会", "- 18:00 講演", "国際部長", "- 19:00 閉会"],
    ),
    "table rows": ("区分 | 件数\n共同研究 | 12", ["| 区分 | 件数", "| 共同研究 | 12"]),
    "a figure's caption": (f"{PROSE}\nFigure 1\nPartnerships By Region And Year\n\n{PROSE}", None),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTLINES)
def test_outline(name: str) -> None:
    text, wanted = OUTLINES[name]
    found = outlined(text)
    if wanted is None:
        assert not [line for line in found if line.startswith(("#", "T "))]
    else:
        assert found == wanted


SLIDES = (
    "国際連携の戦略\n\n• 目標を定める\n• 予算を確保する",
    "Acceptance of Students\n学生の受入れ\n\n• More places\n• More grants\n\n• 定員の拡大\n• 奨学金の拡充",
    "• 表題のない頁の項目\n• その二",
)


def test_the_first_line_of_a_slide_is_its_title() -> None:
    assert outlined(*(f"{slide}\n\n{number}" for number, slide in enumerate(SLIDES, 1))) == [
        "T 国際連携の戦略", "- • 目標を定める", "- • 予算を確保する",
        "## Acceptance of Students\n学生の受入れ",
        "- • More places", "- • More grants", "- • 定員の拡大", "- • 奨学金の拡充",
        "- • 表題のない頁の項目", "- • その二",
    ]  # fmt: skip


def test_a_title_at_the_end_of_its_slide_stands_before_it() -> None:
    timeline = "2021年12月\n声明を公表\n\n2022年5月\n原則に調印\n\n2023年5月\n指針を公表\n\nこれまでの経緯"
    found = outlined(f"{TEXT}\n\n\n\n{timeline}")
    assert found[1:3] == ["# これまでの経緯", "- 2021年12月"]


def test_headings_of_the_format_count_whatever_they_look_like() -> None:
    text = f"これは見出しである。\n{TEXT}\n- 箇条の見出し\n{TEXT}"
    made = clean([Page(0, text, ((0, 1), (text.index("- "), 2)))])
    kinds = [(block.kind, block.level) for block in outline(made)]
    assert kinds == [("title", 1), ("paragraph", 0), ("heading", 2), ("paragraph", 0)]
