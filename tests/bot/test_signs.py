"""The signs in the evidence that can be told from words alone."""

import pytest

from bot.extract.signs import ordinals


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("第３回フォーラム", {3}),
        ("the 3rd Forum", {3}),
        ("The third Annual Meeting and the second symposium", {2, 3}),
        ("the first to sign, and his first wish", set()),
        ("第1回と第12回", {1, 12}),
    ],
)
def test_an_ordinal_of_a_series_is_its_number_in_either_language(text: str, numbers: set[int]) -> None:
    assert ordinals(text) == numbers
