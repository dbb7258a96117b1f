"""Older characters become today's, one for one."""

import pytest

from vectorstore.variants import today


@pytest.mark.parametrize(
    ("old", "new"),
    [("國立大學協會", "国立大学協会"), ("﨑・髙・邊", "崎・高・辺"), ("data 2022", "data 2022")],
)
def test_older_characters_become_todays_and_offsets_hold(old: str, new: str) -> None:
    assert today(old) == new and len(old) == len(new)


def test_todays_characters_stay() -> None:
    assert today(today("學術と權利の變遷")) == today("學術と權利の變遷") == "学術と権利の変遷"
