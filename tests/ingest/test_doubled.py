"""Doubled glyphs: repaired where a document is damaged, never where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.edits import Draft, apply
from ingest.repairs.doubled import doubled_characters, halve

#: A line that proves the damage, for tests of weaker runs.
PROOF = "国国際際共共同同研研究究のの推推進進\n"


def after(text: str) -> str:
    draft = Draft(text)
    return apply(draft, halve(draft)).text


def doubled(text: str) -> str:
    return "".join(char * 2 for char in text)


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("大大学学のの国国際際化化", "大学の国際化"),
        ("連連携携協協定定（（案案）） ：：大学間の取決め", "連携協定（案） ：大学間の取決め"),
        ("リリススクク管管理理/評評価価/対対応応", "リスク管理/評価/対応"),
        ("共共同同研研究究型型(2022年年度度開開始始））", "共同研究型(2022年度開始）"),
        ("のためのデデーータタベベーーススの整備", "のためのデータベースの整備"),
        ("ししななけけれればばななららなないい！！", "しなければならない！"),
        ("ははははのの教教ええをを守守るる", "ははの教えを守る"),
        ("UCとの繋繋ががりりのの歴歴史史", "UCとの繋がりの歴史"),
    ],
)
def test_runs_are_halved(raw: str, wanted: str) -> None:
    assert after(PROOF + raw) == "国際共同研究の推進\n" + wanted


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("1970s：：東アジアの近代化", "1970s：東アジアの近代化"),
        ("（（Nutrient source））", "（Nutrient source）"),
        ("渡渡航航型型", "渡航型"),
        ("わわるる", "わる"),
    ],
)
def test_weak_runs_are_halved_only_in_a_damaged_document(raw: str, wanted: str) -> None:
    assert after(raw) == raw
    assert after(PROOF + raw).endswith("\n" + wanted)


HONEST = (
    "ははは ああ、ちち、ここ、つつ、たたく、おおい いろいろ、ますます、様々、少々、年々、国々 "
    "日日の暮らし 人人 バナナ 2000 lll …… 〜〜 ―― 「「二重」」 www.aa.jp 11月22日 "
    "すすめる とどまる かかる 高高度 大大的 お願いいたします ちちはは"
).split()


@pytest.mark.parametrize("text", HONEST)
def test_honest_doubles_are_left_alone(text: str) -> None:
    assert after(text) == text
    assert after(f"この文書では{text}という語を使う。") == f"この文書では{text}という語を使う。"


@pytest.mark.parametrize("text", [word for word in HONEST if word not in ("ちちはは", "「「二重」」")])
def test_honest_doubles_survive_beside_damage(text: str) -> None:
    assert after(f"{PROOF}この文書では{text}という語を使う。").endswith(f"この文書では{text}という語を使う。")


def test_digits_between_runs_are_halved_only_if_all_of_them_are_doubled() -> None:
    assert after("研研究究費費のの総総額額2222億億円円をを配配分分") == "研究費の総額2222億円を配分"
    twice = (
        "第第1100回回総総会会のの開開催催 第第1122回回総総会会のの開開催催 第第1155回回総総会会のの開開催催"
    )
    assert after(twice) == "第10回総会の開催 第12回総会の開催 第15回総会の開催"


def test_the_count_of_doubled_characters() -> None:
    assert doubled_characters("普通の文書である。ここは普通の行。") == 0
    assert doubled_characters("大大学学のの国国際際化化") == 12


@given(st.text("大学研究国際連携推進のはをがにでとカタナー・（）、。", min_size=10, max_size=60))
def test_a_wholly_doubled_line_comes_back(text: str) -> None:
    if len(set(text)) >= 4:
        assert after(doubled(text)) == text


@given(st.lists(st.sampled_from([*HONEST, "研究", "安全保障", "の", "security", "2022年"]), max_size=30))
def test_a_text_without_damage_is_never_touched(words: list[str]) -> None:
    text = "、".join(words)
    assert after(text) == text
