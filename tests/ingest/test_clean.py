"""Cleaning as a whole: the map back to the raw text holds whatever was repaired."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clean import LAST_STEPS, STEPS
from ingest.lines import mark_of
from tests.ingest.makers import cleaned

ALPHABET = (
    "研究の安全をが大学、。「」（）・ーーガｶﾞ①㎡™²⑴ＡＢ"
    "１２：／～⻑⽇\u3000 \n\n\n\f\r\t\0\u200b\ufeff\ufffd\ud800"
    "abCDe-. ,*|•⚫○–1234567890令和年月度"
)


def like(raw: str, text: str) -> bool:
    """Whether a cleaned character is the raw one, up to NFKC or a repair that replaces it."""
    folded = unicodedata.normalize("NFKC", raw)
    return text == raw or text in folded or (raw.isspace() and text.isspace()) or raw in "⻑\ud800"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(ALPHABET, max_size=120), min_size=1, max_size=4))
def test_every_character_is_traced_to_its_raw_one(pages: list[str]) -> None:
    made = cleaned(*pages)
    places = [made.offsets.raw(at) for at in range(len(made.text))]
    assert places == sorted(places)
    for char, place in zip(made.text, places, strict=True):
        inserted = char in " \n-•" or 0x3099 <= ord(made.raw[min(place + 1, len(made.raw) - 1)]) <= 0x309A
        assert inserted or like(made.raw[place], char) or made.raw[place] in "ｶﾞ", (char, made.raw[place])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(ALPHABET, max_size=80), min_size=1, max_size=5))
def test_pages_cover_the_text_and_breaks_lie_in_it(pages: list[str]) -> None:
    made = cleaned(*pages)
    assert [span.start for span in made.pages][0] == 0 or not made.text
    assert made.pages[-1].end == len(made.text)
    assert all(left.end == right.start for left, right in zip(made.pages, made.pages[1:], strict=False))
    assert all(0 <= at < len(made.text) for at in made.breaks)


@settings(max_examples=150, deadline=None)
@given(st.text(ALPHABET, max_size=200))
def test_cleaning_what_is_clean_keeps_every_letter(text: str) -> None:
    once = cleaned(text).text
    twice = cleaned(once).text
    assert [char for char in twice if char.isalpha()] == [
        char for char in once if char.isalpha()
    ] or "大大" in once


def test_steps_have_names_of_their_own() -> None:
    names = [name for name, _ in (*STEPS, *LAST_STEPS)]
    assert len(names) == len(set(names))


def test_marks_of_lines() -> None:
    shapes = {
        "• 項目": "bullet", "- item": "bullet", "1. 項目": "number", "(2) 項目": "number", "③項目": "number",
        "a) item": "number", "第3条 目的": "label", "Case 2: Name": "label",
        "17:30 開会": "time", "2022年11月": "date",
        "※ 注": "note", "＜取組＞": "tag", "A | B": "row",
    }  # fmt: skip
    assert {text: mark.shape for text in shapes if (mark := mark_of(text))} == shapes
    assert [
        mark_of(text)
        for text in ("3.5倍に増加", "本文である", "2238 programmes", "-5度", "1,200名", "Case studies")
    ] == [None] * 6
