"""Edits and the map from an edited text back to the raw text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.edits import Draft, Edit, apply, first_at_or_after


def test_an_edit_keeps_the_map() -> None:
    draft = apply(Draft("大大学学の"), [Edit(1, 2, ""), Edit(3, 4, "")])
    assert draft.text == "大学の"
    assert [draft.offsets.raw(at) for at in range(3)] == [0, 2, 4]


def test_an_insertion_maps_to_where_it_was_put() -> None:
    draft = apply(Draft("DUTRU"), [Edit(3, 3, "-")])
    assert draft.text == "DUT-RU"
    assert [draft.offsets.raw(at) for at in range(6)] == [0, 1, 2, 3, 3, 4]


@pytest.mark.parametrize(
    "edits", [[Edit(2, 3, ""), Edit(1, 2, "")], [Edit(0, 2, ""), Edit(1, 3, "")], [Edit(2, 9, "")]]
)
def test_edits_that_overlap_or_leave_the_text_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError):
        apply(Draft("abcd"), edits)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Draft, Draft]:
    """A draft of distinct characters, and the same after two rounds of random edits."""
    raw = Draft("".join(chr(0x4E00 + at) for at in range(draw(st.integers(0, 60)))))
    draft = raw
    for _ in range(2):
        cuts = sorted(draw(st.lists(st.integers(0, len(draft.text)), max_size=8)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        draft = apply(draft, [Edit(a, b, draw(st.sampled_from(["", "x", "yz"]))) for a, b in pairs])
    return raw, draft


@given(edited())
def test_every_kept_character_knows_its_place(pair: tuple[Draft, Draft]) -> None:
    raw, draft = pair
    places = [draft.offsets.raw(at) for at in range(len(draft.text))]
    assert places == sorted(places)
    assert all(
        raw.text[place] == char for place, char in zip(places, draft.text, strict=True) if char not in "xyz"
    )


@given(edited())
def test_a_raw_place_is_found_again(pair: tuple[Draft, Draft]) -> None:
    _, draft = pair
    for at, char in enumerate(draft.text):
        if char not in "xyz":
            found = first_at_or_after(draft.offsets, draft.offsets.raw(at), len(draft.text))
            assert found <= at and draft.offsets.raw(found) == draft.offsets.raw(at)
