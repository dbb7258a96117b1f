"""Health: what is counted, what is said, what is quarantined."""

import pytest

from ingest.health import examine, told
from tests.ingest.makers import cleaned

TEXT = "大学は国際共同研究の推進に当たり、相手機関の状況を確認し、必要な手続を定めるものとする。"


def test_a_sound_text_has_no_findings() -> None:
    health = examine(cleaned(TEXT * 3))
    assert (health.findings, health.quarantine, health.mojibake, health.doubled_raw) == ((), "", 0.0, 0.0)
    assert (health.pages, health.empty_pages, health.characters) == (1, 0, len(TEXT) * 3)
    assert health.japanese > 0.8


def test_doubled_characters_are_counted_before_and_after_repair() -> None:
    health = examine(cleaned("".join(char * 2 for char in TEXT) + "\n" + TEXT))
    assert 0.5 < health.doubled_raw < 0.8 and health.doubled == 0
    assert "stood twice" in health.findings[0] and health.quarantine == ""


def test_few_broken_characters_are_a_finding_many_a_quarantine() -> None:
    few, many = examine(cleaned(TEXT * 10 + "\ufffd")), examine(cleaned(TEXT + "\ufffd" * 3))
    assert few.quarantine == "" and "broken" in few.findings[0]
    assert "broken" in many.quarantine


def test_empty_pages_are_counted() -> None:
    health = examine(cleaned(TEXT, "", TEXT))
    assert (health.pages, health.empty_pages, health.quarantine) == (3, 1, "")
    assert health.findings == told(health, "en") == ("1 of 3 pages have no text.",)
    assert told(health, "ja") == ("全 3 ページのうち 1 ページに文字がありません。",)


@pytest.mark.parametrize("text", ["", "12 34", "a b c", "・・・"])
def test_hardly_any_text_is_quarantined(text: str) -> None:
    assert "Hardly any text" in examine(cleaned(text)).quarantine


@pytest.mark.parametrize(
    "text", ["蜿菌の研究 " + TEXT * 3, "Ünïcödé and naïve café " * 5, "ÂÄÃ letters in Vietnamese Ãn " * 3]
)
def test_rare_but_honest_characters_are_no_damage(text: str) -> None:
    assert examine(cleaned(text * 3)).quarantine == ""
