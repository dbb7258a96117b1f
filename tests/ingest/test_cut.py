"""Passages: exact offsets, whole sentences, sizes, one heading and one language each."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cut import AIM, pieces, top
from ingest.language import sentences
from ingest.outline import outline
from ingest.pack import packed
from tests.ingest.makers import cleaned, document_of, passages_of

SENTENCE_JA = "大学は国際共同研究の推進に当たり、相手機関の状況を確認し、必要な手続を定めるものとする。"
SENTENCE_EN = (
    "Universities that work with partners abroad agree on the purpose of each project before it begins. "
)


def many(sentence: str, times: int) -> str:
    """Sentences that differ, in paragraphs of four."""
    parts = [
        f"{number}番目に、{sentence}" if sentence is SENTENCE_JA else f"In step {number}, {sentence}"
        for number in range(times)
    ]
    return "\n\n".join("".join(parts[at : at + 4]) for at in range(0, times, 4))


@pytest.mark.parametrize(("sentence", "language"), [(SENTENCE_JA, "ja"), (SENTENCE_EN, "en")])
def test_sizes_keep_to_the_aim(sentence: str, language: str) -> None:
    found = passages_of("a.txt", many(sentence, 80))
    low, high = AIM[language]  # type: ignore[index]
    assert all(low * 0.6 <= len(passage.text) <= top(language) for passage in found)  # type: ignore[arg-type]
    assert low < sum(len(passage.text) for passage in found) / len(found) <= high


@pytest.mark.parametrize("sentence", [SENTENCE_JA, SENTENCE_EN])
def test_no_sentence_is_cut(sentence: str) -> None:
    document, found = document_of("a.txt", many(sentence, 80).replace("\n\n", ""))
    whole = set(sentences(document.text))
    for passage in found:
        for start, end in sentences(passage.text):
            assert (passage.start + start, passage.start + end) in whole


def test_nothing_is_lost_between_passages() -> None:
    document, found = document_of("a.txt", many(SENTENCE_JA, 50))
    assert "".join(passage.text for passage in found).replace("\n", "") == document.text.replace("\n", "")


def test_a_list_stays_with_the_sentence_that_introduces_it() -> None:
    items = "\n".join(
        f"{number}) 第{number}の手続を行い、その記録を五年間保存すること。" for number in range(1, 8)
    )
    text = f"{many(SENTENCE_JA, 12)}\n\n手続は次のとおりとする：\n{items}\n\n{many(SENTENCE_JA, 8)}"
    (holder,) = [passage for passage in passages_of("a.txt", text) if "次のとおり" in passage.text]
    assert "1) " in holder.text and "7) " in holder.text


def test_an_entry_of_a_timeline_keeps_its_date() -> None:
    entries = "\n\n".join(
        f"20{year}年{month}月\n第{year}{month}号の指針を公表し、{SENTENCE_JA}"
        for year in range(18, 24)
        for month in (3, 9)
    )
    for passage in passages_of("a.txt", f"経緯\n\n{entries}"):
        assert passage.text.removeprefix("経緯\n\n").startswith("20") and passage.text.endswith("。")


def test_a_passage_stays_under_one_heading_that_the_format_gives() -> None:
    text = f"# 手引き\n\n## 目的\n\n短い。\n\n## 範囲\n\n{SENTENCE_JA}\n\n### 細則\n\nなし。\n"
    assert [(passage.heading, passage.text) for passage in passages_of("a.md", text)] == [
        (("目的",), "手引き\n\n目的\n\n短い。"),
        (("範囲",), f"範囲\n\n{SENTENCE_JA}"),
        (("範囲", "細則"), "細則\n\nなし。"),
    ]


def test_small_guessed_sections_of_one_part_are_packed_and_keep_their_headings() -> None:
    first = "第1章 総則\n(1) 目的\n安全を守る。\n(2) 範囲\n全学に及ぶ。"
    text = f"基本方針\n\n{first}\n第2章 体制\n(1) 責任者\n{SENTENCE_JA * 4}"
    found = passages_of("a.txt", text)
    assert [passage.heading for passage in found] == [("第1章 総則",), ("第2章 体制", "(1) 責任者")]
    assert found[0].text.endswith(first)


def test_columns_in_two_languages_give_passages_of_one_language() -> None:
    items = [f"• {sentence.strip()}" for sentence in (SENTENCE_EN, SENTENCE_EN, SENTENCE_JA, SENTENCE_JA)]
    text = "Partners abroad\n海外の大学\n\n" + "\n".join(items)
    assert [passage.language for passage in passages_of("a.txt", text)] == ["en", "ja"]


def test_a_quoted_name_does_not_cut_a_japanese_text() -> None:
    text = (
        f"{SENTENCE_JA}副題は「The role of universities as the world emerges from it」である。{SENTENCE_JA}"
    )
    assert len(passages_of("a.txt", text.replace("。", "。\n"))) == 1


def test_pages_and_ids() -> None:
    pages = "\f".join(f"第{number}の{SENTENCE_JA * 8}" for number in (1, 2, 3))
    found = passages_of("a.txt", pages)
    assert [passage.page for passage in found] == [1, 2, 3]
    assert len({passage.id for passage in found}) == 3
    assert passages_of("a.txt", pages) == found
    assert passages_of("b.txt", pages)[0].id != found[0].id


@pytest.mark.parametrize("text", ["12\n\n－\n\n第1章 総則", "＊＊＊\n\n――\n\n" + SENTENCE_JA])
def test_no_passage_is_only_marks(text: str) -> None:
    for passage in passages_of("a.txt", text + SENTENCE_JA):
        assert sum(char.isalpha() for char in passage.text) > 10


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        "研究の安全。「」（）、\n\n\f•-1.)2（1）○⚫＜＞A bc.:：|２０令和年月17:30Cae第条?\u3000", max_size=400
    )
)
def test_any_text_is_cut_without_overlap_or_loss(text: str) -> None:
    text = "研究の安全を守るための基本的な考え方を次に示すものとする。\n" + text
    document, found = document_of("a.txt", text)
    assert all(left.end <= right.start for left, right in zip(found, found[1:], strict=False))
    held = "".join(passage.text for passage in found)
    headings = "".join(
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind in ("title", "heading")
    )
    assert all(char in held + headings for char in document.text if char.isalnum())
    for at in (0, len(document.text) // 2, len(document.text) - 1):
        assert 0 <= document.offsets.raw(at) <= len(document.raw)


@pytest.mark.parametrize(
    "unit",
    [
        "研究の安全。",
        "word ",
        "• 項目\n",
        "1. 項目\n",
        "12\n\n",
        "大大学学のの",
        "a\n",
        "「（",
        "研",
        "word2. ",
        "2022年\n事項\n",
        "i. x\n\f",
        "A | b\n",
        "RU111の",
    ],
)
def test_long_inputs_take_linear_time(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit)) + "\n研究の安全を守るための基本的な考え方。" * 3
        began = time.process_time()
        made = cleaned(*text.split("\f"))
        packed(made.text, pieces(made.text, outline(made)), frozenset())
        return time.process_time() - began

    seconds(2_000)
    bound = 24 * max(seconds(10_000), 0.05)
    # A shared machine slows one reading now and then; quadratic time is over the bound in every one.
    assert any(seconds(80_000) < bound for _ in range(3))


def test_a_text_without_any_stop_is_still_cut() -> None:
    found = passages_of("a.txt", "研究" * 20_000)
    assert max(len(passage.text) for passage in found) <= 2_500
    assert sum(len(passage.text) for passage in found) == 40_000
