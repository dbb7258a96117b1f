"""`--set name=value`: every part can be turned off and on again, and what is unknown is answered with what is known."""

import pytest

from evals.changes import PARTS, SETTINGS, ChangeError, parse_changes


def test_words_become_changes_and_the_last_word_counts() -> None:
    found = parse_changes(
        [
            "keywords=off",
            "glossary = OFF",
            "glossary=on",
            "drop=004, 002",
            "blend.cosine=0.5",
            "model=openai:x",
        ]
    )
    assert (found.off, found.drop) == ({"keywords"}, ("004", "002"))
    assert (found.blend, found.settings) == ({"cosine": 0.5}, {"model": "openai:x"})
    assert found.given[0] == "keywords=off"
    assert parse_changes(["refusal.threshold=0.4"]).threshold == 0.4


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_turned_off(part: str) -> None:
    assert parse_changes([f"{part}=off"]).off == {part}
    assert parse_changes([f"{part}=no", f"{part}=yes"]).off == frozenset()


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ChangeError, match="'keyword' cannot be set") as error:
        parse_changes(["keyword=off"])
    assert all(
        name in str(error.value) for name in (*PARTS, *SETTINGS, "drop", "refusal.threshold", "blend.")
    )


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("keywords", "'keywords' is not of the form name=value"),
        ("checker=maybe", "checker is on or off, not 'maybe'"),
        ("blend.cosine=much", "blend.cosine takes a number, not 'much'"),
        ("refusal.threshold=nan", "refusal.threshold takes a number, not 'nan'"),
        ("drop=", "drop names the documents"),
        ("model=", "model takes a value"),
    ],
)
def test_a_bad_value_is_said_in_words(word: str, says: str) -> None:
    with pytest.raises(ChangeError, match=says):
        parse_changes([word])
