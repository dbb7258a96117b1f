"""A model's words become sentences with their marks, free of mark-up."""

import pytest

from bot.model.assembly import Sentence, Sentences


def _read(text: str, most: int = 3) -> list[Sentence]:
    sentences = Sentences(most)
    return [one for char in text for one in sentences.feed(char)] + list(sentences.end())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一つ目の文である。[1]二つ目の文である。[2]",
            [("一つ目の文である。", (1,)), ("二つ目の文である。", (2,))],
        ),
        (
            "一つ目の文である[1]。二つ目の文である[2]。",
            [("一つ目の文である。", (1,)), ("二つ目の文である。", (2,))],
        ),
        ("It is one. [1] It is two. [2]", [("It is one.", (1,)), ("It is two.", (2,))]),
        ("It is one.[1] It is two [2].", [("It is one.", (1,)), ("It is two.", (2,))]),
        ("It is one.[1]It is two [2] .", [("It is one.", (1,)), ("It is two.", (2,))]),
        ("[1] It is one. It is two [2].", [("It is one.", (1,)), ("It is two.", (2,))]),
        ("- [1] によれば、一つである。", [("によれば、一つである。", (1,))]),
        ("It is one [1], and two [2][3].", [("It is one, and two.", (1, 2, 3))]),
        ("It is one [[1], [2]].", [("It is one.", (1, 2))]),
        ("It is one ([1]).", [("It is one.", (1,))]),
        (
            "1. **It is** _one_ `two` [1].\n2) It is [two](#x) [2].",
            [("It is one two.", (1,)), ("It is two.", (2,))],
        ),
        ("## It is one. [1]\n> It is two. [2]\n---\n***", [("It is one.", (1,)), ("It is two.", (2,))]),
        (
            "See Prof. Mori of the U.S. office, e.g. in May [1].",
            [("See Prof. Mori of the U.S. office, e.g. in May.", (1,))],
        ),
        ("「承認が要る。」と述べている[1]。", [("「承認が要る。」と述べている。", (1,))]),
        ("\n\n  \n...\n123\n", []),
    ],
)
def test_a_mark_belongs_to_the_sentence_it_stands_in_or_after(
    text: str, expected: list[tuple[str, object]]
) -> None:
    found = _read(text)
    assert [(one.text, one.numbers) for one in found] == expected
    assert all(one.whole and not one.unknown for one in found)


@pytest.mark.parametrize(
    "forbidden",
    [
        "![x](https://evil.example/p.png?q=1)",
        "![x][r]",
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
        "https://evil.example/login",
        "www.evil.example",
        "evil.example/path?d=1",
        "javascript:alert(1)",
        "mailto:a@evil.example",
        "admin@evil.example",
        "<https://evil.example>",
        "＜img src=x＞",
        "ｈｔｔｐｓ：／／evil.example",
        "&lt;b&gt;",
        "${1+1}",
        "{{x}}",
        "<form action=x><input>",
        "data:text/html;base64,AAAA",
        "<!-- x -->",
        "ftp://evil.example",
    ],
)
@pytest.mark.parametrize(
    "place", ["{} It is one. [1]", "It is {} one. [1]", "It is one. [1] {}", "それは{}一つである。[1]"]
)
def test_a_sentence_with_mark_up_or_an_address_is_not_whole(forbidden: str, place: str) -> None:
    found = _read(place.format(forbidden))
    assert not any(one.whole for one in found)
    assert not any("evil" in one.text and "＜" not in one.text and "ｈ" not in one.text for one in found)


def test_a_line_without_an_end_is_a_sentence_only_with_its_mark_at_the_end() -> None:
    assert [
        one.whole
        for one in _read("The office checks who owns it [1]\n[1] Note on partnership agreements\nOffice [1]")
    ] == [
        True,
        False,
        False,
    ]
