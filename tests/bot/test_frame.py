"""The lines around an answer, and the remarks on a question that its sources do not bear out."""

from dataclasses import replace

import pytest

from bot.extract.frame import frame, short_issuer, source_name, spoken_date
from bot.render_text import render
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


MINISTRY = Record("m", "概要", "Overview", "文部科学省", "MEXT", date="2024-12", standing="under discussion")
EVENT = Record(
    "e", "催し", "Event", "水穂大学（主催）", "Mizuho University (organiser)", date="2023", kind="event"
)
OLD = Record("old", "旧指針", "Old guide", date="2019", superseded_by="g")


def quoting(language: Language, *cited: tuple[Record, str]) -> Answer:
    """An answer of one statement for each record, each resting on it alone."""
    statements, citations = [], []
    for n, (record, text) in enumerate(cited, start=1):
        passage = Passage(f"p{n}", f"{n}.md", "v", "t", (), None, language, 0, len(text), text)
        citations.append(Citation(n, Quote(passage, record, 0, len(text))))
        statements.append(Statement(text, (n,), "supported"))
    return Answer("q", "q", language, "answered", tuple(statements), tuple(citations), "e")


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


def test_of_several_sources_each_statement_has_its_own(glossary: Glossary) -> None:
    said = quoting("ja", (MINISTRY, "一。"), (MINISTRY, "二。"), (MINISTRY, "三。"), (GUIDE, "四。"))
    introduction, *notes = frame(said, glossary)
    assert introduction == "文部科学省（2024年12月）[1–3]、水穂大学（2023年4月1日）[4]によれば、"
    assert notes == ["[1–3]は、発行元が引き続き議論するとしている内容で、確定した規則ではありません。"]
    english = quoting("en", (MINISTRY, "One."), (GUIDE, "Two."), (MINISTRY, "It starts as a trial."))
    introduction, *notes = frame(english, glossary)
    assert introduction == "MEXT (December 2024) [1][3] and MZU (1 April 2023) [2]:"
    assert "in [1][3] as still under discussion" in notes[0] and "in [3] includes measures" in notes[1]


def test_a_statement_that_rests_on_slides_alone_is_named_among_firmer_ones(glossary: Glossary) -> None:
    said = quoting("ja", (GUIDE, "承認を得る。"), (EVENT, "連携が進む。"))
    introduction, note = frame(said, glossary)
    assert "水穂大学主催の催しの資料（2023年）[2]" in introduction
    assert note.startswith("[2]の根拠は催しの") and "規則を定めた文書ではありません" in note
    assert "an event held by Mizuho University (2023)" in source_name(EVENT, "en")


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", "「指針」（2023年4月1日）は、「旧指針」（2019年）に代わる版です。"), ("en", "“Guide” (1 April 2023) takes the place of “Old guide” (2019).")],
)  # fmt: skip
def test_the_older_of_two_versions_is_named(language: Language, words: str, glossary: Glossary) -> None:
    said = quoting(language, (GUIDE, "承認を得る。"))
    assert words in frame(said, glossary, (GUIDE, OLD, EVENT))
    assert len(frame(said, glossary, (GUIDE, EVENT))) == 1
    older = frame(quoting(language, (OLD, "承認を得る。")), glossary, (GUIDE, OLD))
    assert any("指針」（2023年" in note or "“Guide” (1 April 2023)" in note for note in older)


def test_key_terms_are_those_of_the_original_and_no_plain_words(glossary: Glossary) -> None:
    text = "The G7 discussed research security and inter-university collaboration at the university."
    (terms,) = [n for n in frame(answer(GUIDE, text, "ja", "en"), glossary) if n.startswith("原文の用語")]
    assert "research security = 研究セキュリティ" in terms and "G7 = 主要7か国" in terms
    assert "; university = " not in terms and ": university = " not in terms
    back = "G7で研究セキュリティを議論した。"
    assert not any("G7 = G7" in note for note in frame(answer(GUIDE, back, "en", "ja"), glossary))


def test_on_a_terminal_each_document_is_named_once_with_issuer_date_kind_and_standing() -> None:
    said = quoting("ja", (MINISTRY, "一。"), (GUIDE, "二。"), (GUIDE, "三。"))
    second, third = said.citations[1:]
    moved = replace(third.quote.passage, source=second.quote.passage.source, heading=("3. 手続",), page=4)
    said = replace(
        said, citations=(*said.citations[:2], replace(third, quote=replace(third.quote, passage=moved)))
    )
    lines = render(said).splitlines()
    assert lines[-5] == "[1] 文部科学省／概要／2024年12月／資料／検討中"
    assert lines[-3:] == [
        "[2][3] 水穂大学 国際局／指針／2023年4月1日／指針／情報提供",
        "    2.md",
        "    [3] 3. 手続／4ページ",
    ]
