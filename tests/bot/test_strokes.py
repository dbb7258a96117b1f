"""Lines that are quoted as one statement are held against the lines that they were, and nothing else is."""

import pytest

from bot.verify import check

SLIDE = "Research fields:\n⚫ Ageing\n⚫ Materials / metals\n2. Visits in 2021\n⚫ Staff may not lead a project\n責任者は任命しない"


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("Research fields: / Ageing / Materials / metals", "supported"),
        ("Research fields: / Ageing / 2. Visits in 2021", "supported"),
        ("Ageing / 責任者は任命しない", "supported"),
        ("Research fields: / Ageing / 2. Visits in 2022", "unsupported"),
        ("Ageing / 3. Visits in 2021", "unsupported"),
        ("Ageing / Staff may lead a project", "unsupported"),
        ("Ageing / 責任者は任命する", "unsupported"),
        ("Ageing / Robots", "unsupported"),
    ],
)
def test_every_line_must_stand_in_the_quote(statement: str, verdict: str) -> None:
    found = check(statement, [SLIDE], "en").verdict
    assert found == verdict if verdict == "supported" else found != "supported"
