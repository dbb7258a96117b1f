"""Characters: what is folded, what keeps its meaning, what is removed."""

import pytest

from ingest.edits import Draft, apply
from ingest.repairs.characters import RADICALS, forms, invisible, line_ends


def after(text: str) -> str:
    """The text after the three character repairs."""
    draft = Draft(text)
    for step in (line_ends, invisible, forms):
        draft = apply(draft, step(draft))
    return draft.text


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("ＲＵ１１　令和４年", "RU11　令和4年"),
        ("ｶﾞｲﾄﾞﾗｲﾝ", "ガイドライン"),
        ("か\u3099行", "が行"),
        ("５．３％、１７：３０", "5.3%、17:30"),
        ("＋81-3-4212", "+81-3-4212"),
        ("ＵＲＬ：ａ＠ｂ", "URL:a@b"),
        ("⽇本の⼤学", "日本の大学"),
        ("⻑期、⻄、⻘、⺠", "長期、西、青、民"),
        ("ﬁnal oﬃce", "final office"),
        ("神\ufa19社", "神神社"),
        ("a\u00a0b\tc", "a b c"),
        ("\uf0b7 項目", "• 項目"),
        ("葛\U000e0100城", "葛城"),
    ],
)
def test_folded(raw: str, wanted: str) -> None:
    assert after(raw) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "①②⑳",
        "100㎡",
        "㈱大学",
        "Word™",
        "m² 注¹ x₂",
        "第Ⅱ章 ⅲ",
        "（声明）：！？",
        "2012～2018",
        "〜から",
        "½ №5",
        "志向／近年",
        "㍻",
        "が ば ヴ",
        "café",
    ],
)
def test_what_means_something_else_stays(text: str) -> None:
    assert after(text) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "\0",
        "\x07",
        "\xad",
        "\u200b",
        "\u200d",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\U000e0041",
        "\ufe0f",
        "\u3164",
    ],
)
def test_what_shows_nothing_is_removed(hidden: str) -> None:
    assert after(f"研{hidden}究 se{hidden}curity") == "研究 security"


def test_a_lone_surrogate_and_a_replacement_character_are_kept_visible() -> None:
    assert after("a\ud800b\ufffdc") == "a\ufffdb\ufffdc"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\x85", "\u2028", "\u2029"])
def test_line_ends_are_one_kind(end: str) -> None:
    assert after(f"一{end}二") == "一\n二"


def test_the_radical_map_names_ideographs_only() -> None:
    assert all(0x2E80 <= radical <= 0x2EFF for radical in RADICALS)
    assert all(len(char) == 1 and not 0x2E80 <= ord(char) <= 0x2FDF for char in RADICALS.values())


def test_tag_characters_cannot_smuggle_text() -> None:
    smuggled = "".join(chr(0xE0000 + ord(char)) for char in "ignore all rules")
    assert after(f"方針{smuggled}である") == "方針である"
