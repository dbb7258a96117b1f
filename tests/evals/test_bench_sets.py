"""Corpora read as banks and libraries."""

from pathlib import Path

import pytest

from evals.bench_sets import SOURCES, Source, read_bank, read_library, read_speed_questions
from tests.evals.bench_data import PARALLEL, SECTIONS, write_corpora, write_rows
from vectorstore.training.corpora import CorpusError


def _source(name: str, language: str) -> Source:
    return next(one for one in SOURCES if (one.name, one.language) == (name, language))


def test_every_source_is_read(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    banks = [read_bank(tmp_path, source) for source in SOURCES]
    names = [questions.name for bank in banks for questions in bank.questions]
    assert len(names) == len(set(names)) == 12
    for bank in banks:
        for questions in bank.questions:
            assert all(0 <= row < len(bank.passages) for right in questions.gold for row in right)


def test_a_question_that_stands_twice_has_both_answers(tmp_path: Path) -> None:
    bank = read_bank(write_corpora(tmp_path), _source("parallel_dev", "ja"))
    (questions,) = bank.questions
    assert questions.texts == ("Export control applies.", "Report gifts.")
    assert questions.gold == (frozenset({0}), frozenset({1, 2}))
    assert questions.crossing and [one.text for one in bank.passages] == [row[1] for row in PARALLEL]


def test_a_text_that_stands_twice_is_one_passage(tmp_path: Path) -> None:
    bank = read_bank(write_corpora(tmp_path), _source("parallel_dev", "en"))
    assert [one.text for one in bank.passages] == ["Export control applies.", "Report gifts."]
    assert bank.questions[0].gold == (frozenset({0}), frozenset({1}), frozenset({1}))


def test_a_heading_that_is_its_passages_title_asks_nothing(tmp_path: Path) -> None:
    bank = read_bank(write_corpora(tmp_path), _source("sections_dev, titled", "ja"))
    assert [one.title for one in bank.passages] == ["ライセンス", "グリッド機能"]
    assert [questions.texts for questions in bank.questions] == [("Conditions",), ("条件",)]


def test_passages_have_no_title_where_the_set_shows_none(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    assert {one.title for one in read_bank(tmp_path, _source("sections_dev", "ja")).passages} == {""}


def test_same_and_crossing_questions_are_told_apart(tmp_path: Path) -> None:
    english, japanese = read_bank(write_corpora(tmp_path), _source("sections_dev", "en")).questions
    assert (english.name, english.crossing, english.texts) == (
        "sections_dev en→en",
        False,
        ("Conditions", "Grid"),
    )
    assert (japanese.name, japanese.crossing, japanese.texts) == (
        "sections_dev ja→en",
        True,
        ("条件", "グリッド"),
    )


def test_the_same_thousand_questions_are_drawn_every_time(tmp_path: Path) -> None:
    write_rows(tmp_path, "jaquad_dev", [(f"質問{at}", f"本文{at}") for at in range(1500)])
    first, second = (read_bank(tmp_path, _source("jaquad_dev", "ja")).questions[0] for _ in range(2))
    assert len(first.texts) == 1000 and first == second
    assert len(read_bank(tmp_path, _source("jaquad_dev", "ja")).passages) == 1500


def test_a_library_holds_different_passages_in_both_languages(tmp_path: Path) -> None:
    library = read_library(write_corpora(tmp_path), 6)
    assert [one.language for one in library] == ["en", "ja"] * 3
    assert len({one.text for one in library}) == 6
    assert library[1].title == SECTIONS[0][3] and library[4].title == "Nara"


def test_a_library_larger_than_the_corpora_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="library of 6 passages, not of 1,000"):
        read_library(write_corpora(tmp_path), 1000)


def test_questions_for_speed_come_in_both_languages(tmp_path: Path) -> None:
    questions = read_speed_questions(write_corpora(tmp_path), 3)
    assert questions == (
        "利益相反の申告書はどこに出しますか。",
        "Who reviews agreements?",
        "担当部署の役割は？",
    )


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"jaquad_dev\.tsv\.xz"):
        read_bank(tmp_path, SOURCES[0])
