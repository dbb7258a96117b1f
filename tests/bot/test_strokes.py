"""Lines that are quoted as one statement are held against the lines that they were, and nothing else is."""

import pytest

from bot.strokes import shown
from bot.verify import check

SLIDE = "2020\nOpened in May\nResearch fields:\n⚫ Ageing\n⚫ Materials / metals\n2. Visits in 2021\n⚫ Staff may not lead a project\n責任者は任命しない"


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("Research fields: / Ageing / Materials / metals", "supported"),
        ("Research fields: / Ageing / 2. Visits in 2021", "supported"),
        ("Ageing / 責任者は任命しない", "supported"),
        ("Research fields: / Ageing / 2. Visits in 2022", "unsupported"),
        ("Ageing / Staff may lead a project", "unsupported"),
        ("Ageing / 責任者は任命する", "unsupported"),
        ("Ageing / Robots", "unsupported"),
        ("Opened in May / Research fields:", "supported"),
        ("Closed in May / Research fields:", "unsupported"),
        ("Research fields: / Ageing / Opened in May", "unsupported"),
        ("2021 / Opened in May", "unsupported"),
    ],
)
def test_every_line_must_stand_in_the_quote(statement: str, verdict: str) -> None:
    found = check(statement, [SLIDE], "en").verdict
    assert found == verdict if verdict == "supported" else found != "supported"


@pytest.mark.parametrize(
    ("statement", "read"),
    [
        ("Research fields: / Ageing / Materials", "Research fields: Ageing / Materials"),
        ("研究分野： / 加齢 / 材料", "研究分野：加齢 / 材料"),
        ("Ageing / Materials / metals", "Ageing / Materials / metals"),
        ("at 10:30 / Friday", "at 10:30 / Friday"),
    ],
)
def test_a_stroke_after_a_colon_is_not_shown(statement: str, read: str) -> None:
    assert shown(statement) == read
