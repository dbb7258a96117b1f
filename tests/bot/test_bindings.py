"""Brackets stay with the name that they stand after."""

import pytest

from bot.checks.bindings import bindings, check_bindings
from tests.bot.checking import found

JAPANESE = "この事業は、科学技術振興機構（JST）と国際協力機構（JICA）が共同で行う。"
ENGLISH = "It is run by the Japan Science and Technology Agency (JST) and the Japan International Cooperation Agency (JICA)."


@pytest.mark.parametrize(
    ("statement", "source", "wrong"),
    [
        ("国際協力機構（JST）が行う。", JAPANESE, True),
        ("科学技術振興機構（JST）が行う。", JAPANESE, False),
        ("国際協力機構が行う。", JAPANESE, False),
        ("国際協力機構（独立行政法人）が行う。", JAPANESE, False),
        ("The Japan International Cooperation Agency (JST) runs it.", ENGLISH, True),
        ("The Japan Science and Technology Agency (JST) runs it.", ENGLISH, False),
        ("Science and Technology Agency (JST) runs it.", ENGLISH, False),
    ],
)
def test_brackets_of_another_name_are_noticed(statement: str, source: str, wrong: bool) -> None:
    assert found(check_bindings, statement, source) == wrong


def test_names_with_brackets_are_read_in_order() -> None:
    assert bindings("北都大学(北大)とG7(主要7か国)、the Agency of Ports (AP)") == (
        ("北都大学", "北大"),
        ("G7", "主要7か国"),
        ("Agency of Ports", "AP"),
    )
