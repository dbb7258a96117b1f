"""Citation marks in every form, in both scripts, cut apart at every place."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.marks import Mark, Marks, marks_in, read_marks, visible, without_marks

#: Passages that were given.
MOST = 5
#: Form -> known numbers, and whether an unknown one is named.
FORMS: tuple[tuple[str, tuple[int, ...], bool], ...] = (
    ("[1]", (1,), False),
    ("[5]", (5,), False),
    ("[ 1 ]", (1,), False),
    ("[1,2]", (1, 2), False),
    ("[1, 2]", (1, 2), False),
    ("[2, 1]", (2, 1), False),
    ("[1, 2, 3]", (1, 2, 3), False),
    ("[1, 1]", (1,), False),
    ("[1 2]", (1, 2), False),
    ("[1;2]", (1, 2), False),
    ("[1/2]", (1, 2), False),
    ("[1|2]", (1, 2), False),
    ("[1&2]", (1, 2), False),
    ("[1 and 2]", (1, 2), False),
    ("[1 & 3]", (1, 3), False),
    ("[1、2]", (1, 2), False),
    ("[1，2]", (1, 2), False),
    ("[1・2]", (1, 2), False),
    ("[1と2]", (1, 2), False),
    ("[1および2]", (1, 2), False),
    ("[1-3]", (1, 2, 3), False),
    ("[1–3]", (1, 2, 3), False),
    ("[1—3]", (1, 2, 3), False),
    ("[1~3]", (1, 2, 3), False),
    ("[1〜3]", (1, 2, 3), False),
    ("[1～3]", (1, 2, 3), False),
    ("[1 to 3]", (1, 2, 3), False),
    ("[1から3]", (1, 2, 3), False),
    ("[1-2, 4]", (1, 2, 4), False),
    ("[[1]]", (1,), False),
    ("[[1, 2]]", (1, 2), False),
    ("[[1]](#kb-1)", (1,), False),
    ("[1](https://evil.example/a)", (1,), False),
    ("[1](#s1)", (1,), False),
    ("\\[1\\]", (1,), False),
    ("[^1]", (1,), False),
    ("[#1]", (1,), False),
    ("[1.]", (1,), False),
    ("[1,]", (1,), False),
    ("[source 1]", (1,), False),
    ("[Source: 2]", (2,), False),
    ("[Sources 1 and 2]", (1, 2), False),
    ("[passage 3]", (3,), False),
    ("[Doc. 2]", (2,), False),
    ("[ref 1, ref 2]", (1, 2), False),
    ("[ID:1]", (1,), False),
    ("[No. 3]", (3,), False),
    ("[№3]", (3,), False),
    ("[出典1]", (1,), False),
    ("[抜粋２]", (2,), False),
    ("[文書1、文書3]", (1, 3), False),
    ("[資料:4]", (4,), False),
    ("[第3]", (3,), False),
    ("【1】", (1,), False),
    ("【１】", (1,), False),
    ("【1、2】", (1, 2), False),
    ("【1】【2】", (1, 2), False),
    ("【3†source】", (3,), False),
    ("【3†L1-L5】", (3,), False),
    ("［1］", (1,), False),
    ("［１］", (1,), False),
    ("［１、２］", (1, 2), False),
    ("［１－３］", (1, 2, 3), False),
    ("〔2〕", (2,), False),
    ("[１】", (1,), False),
    ("【1]", (1,), False),
    ("[①]", (1,), False),
    ("[①②]", (1, 2), False),
    ("[²]", (2,), False),
    ("[٣]", (3,), False),
    ("[1\u0301]", (1,), False),
    ("[\u200b1\u200b]", (1,), False),
    ("[1][2]", (1, 2), False),
    ("[1] [2]", (1, 2), False),
    ("[6]", (), True),
    ("[0]", (), True),
    ("[99]", (), True),
    ("【９９】", (), True),
    ("［0］", (), True),
    ("[2024]", (), True),
    ("[12345678901234567890]", (), True),
    ("[1, 99]", (1,), True),
    ("[4-9]", (4, 5), True),
    ("[3-1]", (3,), True),
    ("[-1]", (1,), True),
    ("[1-]", (1,), True),
    ("[2-99999999999999]", (2,), True),
    ("[1.5]", (1,), True),
    ("【4:0†source】", (4,), True),
    ("[99](https://evil.example/99)", (), True),
)
TEXTS = (
    ("The office approves it", ". It lasts 90 days."),
    ("情報管理室が承認する", "。有効期間は90日である。"),
)


def _read(pieces: list[str]) -> tuple[str, tuple[int, ...], bool]:
    events = list(read_marks(pieces, MOST))
    marks = [event for event in events if isinstance(event, Mark)]
    text = "".join(event for event in events if isinstance(event, str))
    return text, tuple(dict.fromkeys(n for m in marks for n in m.numbers)), any(m.unknown for m in marks)


def test_there_are_at_least_sixty_forms() -> None:
    assert len({form for form, _, _ in FORMS}) == len(FORMS) >= 60


@pytest.mark.parametrize(("form", "numbers", "unknown"), FORMS, ids=[form for form, _, _ in FORMS])
def test_a_form_is_read_wherever_the_stream_cuts_it(
    form: str, numbers: tuple[int, ...], unknown: bool
) -> None:
    for before, after in TEXTS:
        whole = f"{before}{form}{after}"
        expected = (f"{before}{' ' if form == '[1] [2]' else ''}{after}", numbers, unknown)
        assert _read([whole]) == expected
        assert _read(list(whole)) == expected
        for at in range(1, len(whole)):
            assert _read([whole[:at], whole[at:]]) == expected, at


@pytest.mark.parametrize(("form", "numbers", "unknown"), FORMS, ids=[form for form, _, _ in FORMS])
def test_a_form_is_read_at_either_end_of_an_answer(
    form: str, numbers: tuple[int, ...], unknown: bool
) -> None:
    for before, after in (("", " says so."), ("と述べる。", "")):
        assert _read(list(f"{before}{form}{after}"))[1:] == (numbers, unknown)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "[a]",
        "[see 1]",
        "[注1]",
        "【令和4年】",
        "[Annex II]",
        "(1)",
        "（1）",
        "1]",
        "[1",
        "[1 ",
        "[1\n]",
        "[要確認]",
        "1~3",
        "a ~~b~~",
        "\\",
        "[research 2 security]",
        "[…]",
    ],
)
def test_what_is_no_mark_stays_as_it_is(text: str) -> None:
    for pieces in ([text], list(text), [text[:1], text[1:]]):
        assert _read(pieces) == (text, (), False)


@pytest.mark.parametrize(
    "text",
    [
        "`[1]`",
        "``[1] ` [2]``",
        "```\n[1]\n```",
        "~~~\n【1】\n~~~",
        "```python\nx[1]\n[2]\n````\n",
        "  ```\n[1]\n```",
        "`[1]",
        "```\n[1] `` [2]",
    ],
)
def test_code_is_passed_through_unread(text: str) -> None:
    for at in range(len(text) + 1):
        assert _read([text[:at], text[at:]]) == (text, (), False)


@pytest.mark.parametrize("text", ["```\n[1]\n```\n[2]", "`[1]` [2]", "`[1]\n[2]", "~ [2]", "a```b``` [2]"])
def test_marks_after_code_are_read_again(text: str) -> None:
    for at in range(len(text) + 1):
        assert _read([text[:at], text[at:]])[1] == (2,)


@given(
    st.text(alphabet="[]【】［］0123、,- \\`~()a源\n†^", max_size=60),
    st.lists(st.integers(0, 60), max_size=5),
)
def test_what_is_found_does_not_depend_on_the_pieces(text: str, cuts: list[int]) -> None:
    at = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    pieces = [text[a:b] for a, b in zip(at, at[1:], strict=False)]
    whole = list(read_marks([text], MOST))
    assert list(read_marks(pieces, MOST)) == whole == list(read_marks(list(text), MOST))


@pytest.mark.parametrize(
    "unit", ["[", "[1", "[1, ", "`", "\\", "[[1]", "[1](x", "[a", "【", "[1]", "~", "[1(", "`[1]\n"]
)
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        best = 1e9
        for _ in range(3):
            began, marks = time.process_time(), Marks(MOST)
            for char in text:
                marks.feed(char)
            marks.end()
            best = min(best, time.process_time() - began)
        return best

    # Four times the text: linear is 4, quadratic 16.
    assert seconds(6_000) < 9 * seconds(1_500) + 0.01


@pytest.mark.parametrize("tail", ["[" + "1" * 5_000, "[1](" + "x" * 5_000, "[" + "1, " * 2_000])
def test_little_is_held_back(tail: str) -> None:
    marks = Marks(MOST)
    out = "".join(event for char in tail for event in marks.feed(char) if isinstance(event, str))
    assert len(out) >= len(tail) - 600


@pytest.mark.parametrize(
    "text", ["x [9] y", "`[9]`", "［９］", "[1\u0301]", "[" + "1, " * 100 + "]", "[[2]]", "[\u200d7]"]
)
def test_marks_that_a_reader_would_see_are_noticed(text: str) -> None:
    assert marks_in(text)


@pytest.mark.parametrize("text", ["x (9) y", "【令和4年】", "[Annex II]", "", "90日"])
def test_other_brackets_are_not(text: str) -> None:
    assert not marks_in(text)


def test_marks_in_material_are_made_round() -> None:
    assert without_marks("注[1]と【２、３】は[別紙]") == "注(1)と(２、３)は[別紙]"


def test_what_nobody_sees_is_dropped() -> None:
    assert visible("あ\u200b\u202eb\ud800\x00\n\t\U000e0041\ue000葛\U000e0100") == "あb\n\t葛\U000e0100"
