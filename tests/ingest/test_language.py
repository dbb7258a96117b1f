"""Language by script, sentences of both languages, and the folded form."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language import fold, language_of, sentences


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("研究セキュリティとは何か", "ja"),
        ("What is research security?", "en"),
        ("What is 返品?", "ja"),
        ("MEXTのresearch security policyは?", "ja"),
        ("G7", "en"),
        ("輸出管理", "ja"),
        ("12345", "en"),
        ("", "en"),
        ("副題は「The role of universities as the world emerges from the pandemic」である。", "ja"),
        ("Professor Tsuchiya (土屋) of Keio University spoke about partnerships in several countries.", "en"),
        ("ｶﾞｲﾄﾞﾗｲﾝ", "ja"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["研究を推進する。", "安全を確保する。"],
        ["本当か？", "本当だ！", "そうか！？"],
        ["「安全である。よい。」と述べた。", "次に進む。"],
        ["（詳細は別紙を参照。）", "次の項に進む。"],
        ["『手引き』を公表した。", "（注）"],
        ["声明は「協力を強める。」とする。"],
        ["The office met Prof. Rees.", "He spoke at 5.30 p.m. in Tokyo."],
        ["See Smith et al. (2019), p. 14, e.g. Fig. 2.", "It is clear."],
        ["The U.S. universities agreed.", "Costs rose by 3.5 percent."],
        ["It lies in the U.S.", "The other one does not."],
        ["J. Sakurai taught chemistry.", "So did I.", "He left."],
        ["A talk (Tohoku U.) on risk, with Osaka U. on data.", "It was in March."],
        ["Is it safe?", "It is."],
        ["First (see No. 5, i.e. the annex).", "Second."],
        ["Founded in 2013.", "In 2020, it grew."],
        ["They work in science, etc. and in trade.", "Good."],
        ["全学で実施する．", "費用は1.5倍とする．"],
        ["MEXTはdeskを置く.", "次へ。"],
    ],
)
@pytest.mark.parametrize("glue", [" ", "\n"])
def test_sentences(parts: list[str], glue: str) -> None:
    assert said(glue.join(parts)) == parts


@pytest.mark.parametrize(
    "text", ["1. 目的を定める。", "a) Sending a message.", "(1) 申請する。", "2.1 Scope of work."]
)
def test_a_list_label_is_part_of_its_sentence(text: str) -> None:
    assert said(text) == [text]


def test_japanese_sentences_need_no_space_between_them() -> None:
    assert said("推進する。安全を「守る。」という。終わり") == [
        "推進する。",
        "安全を「守る。」という。",
        "終わり",
    ]


def test_a_line_end_ends_a_sentence() -> None:
    assert said("見出し\n• 項目一\n• 項目二。続き") == ["見出し", "• 項目一", "• 項目二。", "続き"]


def test_open_brackets_do_not_swallow_the_text() -> None:
    assert said("「開いたまま。次の文。その次") == ["「開いたまま。", "次の文。", "その次"]


@given(st.text(max_size=200))
def test_sentences_are_in_order_and_lose_nothing(text: str) -> None:
    spans = sentences(text)
    assert list(spans) == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in zip(spans, spans[1:], strict=False))
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())


@pytest.mark.parametrize("unit", ["研究。", "a. ", "「", "」。", "e.g. ", "。「", "A.B.", "（。"])
def test_sentences_take_linear_time(unit: str) -> None:
    def seconds(times: int) -> float:
        text, best = unit * times, 1e9
        for _ in range(3):
            began = time.process_time()
            sentences(text)
            best = min(best, time.process_time() - began)
        return best

    seconds(1_000)
    assert seconds(80_000) < 20 * max(seconds(10_000), 0.01)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ＲＵ１１ の　会議", "ru11 の 会議"),
        ("Research\n  Security", "research security"),
        ("ｶﾞ", "ガ"),
        ("①", "1"),
        ("ẞ", "ss"),
    ],
)
def test_fold(left: str, right: str) -> None:
    assert fold(left) == fold(right)
