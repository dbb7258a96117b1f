"""The lines around an answer, and the remarks on a question that its sources do not bear out."""

import pytest

from bot.frame import frame, short_issuer, source_name, spoken_date
from bot.types import Answer, Citation, Quote, Statement
from ingest.types import Language, Passage, Record
from vectorstore.glossary import Glossary

GUIDE = Record(
    "g",
    "指針",
    "Guide",
    "水穂大学 国際局",
    "Mizuho University (MZU), Office",
    ("水穂大学", "MZU"),
    "2023-04-01",
    "guideline",
)


def answer(record: Record, text: str, language: Language, passage_language: Language) -> Answer:
    passage = Passage("p", "a.md", "v", "t", (), None, passage_language, 0, len(text), text)
    quote = Quote(passage, record, 0, len(text))
    statement = Statement(text, (1,), "supported")
    return Answer("q", "q", language, "answered", (statement,), (Citation(1, quote),), "e")


@pytest.mark.parametrize(
    ("iso", "ja", "en"),
    [
        ("2024-12-18", "2024年12月18日", "18 December 2024"),
        ("2022-11", "2022年11月", "November 2022"),
        ("", "", ""),
    ],
)
def test_dates_are_as_precise_as_they_are_known(iso: str, ja: str, en: str) -> None:
    assert (spoken_date(iso, "ja"), spoken_date(iso, "en")) == (ja, en)


def test_the_issuer_is_named_as_people_call_it() -> None:
    assert (short_issuer(GUIDE, "ja"), short_issuer(GUIDE, "en")) == ("水穂大学", "MZU")


def test_the_introduction_says_who_and_when(glossary: Glossary) -> None:
    assert (
        frame(answer(GUIDE, "承認を得る。", "ja", "ja"), glossary)[0] == "水穂大学（2023年4月1日）によれば、"
    )
    assert frame(answer(GUIDE, "Ask first.", "en", "en"), glossary)[0] == "MZU (1 April 2023):"


def test_a_source_without_issuer_goes_by_its_title() -> None:
    assert source_name(Record("s", "現状（スライド）", date="2023-05"), "ja") == "「現状」（2023年5月）"


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (Record("s", "題", kind="slides"), "スライドだけ"),
        (Record("a", "題", kind="article"), "論文だけ"),
        (
            Record("m", "題", kind="ministry policy", standing="under discussion"),
            "確定した規則ではありません",
        ),
        (Record("j", "題", kind="association statement", standing="position"), "立場"),
        (Record("d", "題", kind="digest", digest_of="m"), "要約であり原文ではありません"),
        (Record("o", "題", superseded_by="n"), "新しい版"),
    ],
)
def test_the_standing_of_a_source_is_said(record: Record, words: str, glossary: Glossary) -> None:
    assert any(words in note for note in frame(answer(record, "承認を得る。", "ja", "ja"), glossary))


def test_a_trial_is_said_to_be_one(glossary: Glossary) -> None:
    notes = frame(answer(GUIDE, "The measures start as a trial.", "en", "en"), glossary)
    assert any("trial" in note for note in notes)


def test_a_firm_source_in_the_same_language_needs_no_caveat(glossary: Glossary) -> None:
    assert len(frame(answer(GUIDE, "承認を得る。", "ja", "ja"), glossary)) == 1


def test_a_foreign_quote_comes_with_its_key_terms(glossary: Glossary) -> None:
    notes = frame(answer(GUIDE, "Research security matters to universities.", "ja", "en"), glossary)
    assert any("research security = 研究セキュリティ" in note for note in notes)
