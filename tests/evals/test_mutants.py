"""Mutants of true sentences: made by rule, the same twice, and flagged by the checker; true sentences are not."""

from functools import cache

import pytest

from evals.mutant_run import UNTOUCHED, Judged, Row, failures, judged, rows
from evals.mutants import KINDS, Mutant, mutants
from evals.true_pairs import Pair, bodies_in, read_folders, true_pairs
from ingest.bundled import bundled_library
from ingest.catalogue import load_catalogue
from ingest.types import Language
from tests.bot.checking import similarity, translate
from vectorstore.glossary import load_glossary

#: Every so many statements of the digests are taken: about forty of each language.
STEP = 22


@cache
def pairs(language: Language) -> tuple[Pair, ...]:
    """True pairs of the bundled digests."""
    catalogue = load_catalogue([bundled_library() / "sources.toml"])
    found = true_pairs(read_folders([bundled_library()], catalogue))
    return tuple(pair for pair in found if pair.language == language)


@cache
def bodies(language: Language) -> tuple[tuple[str, ...], ...]:
    return bodies_in(pairs(language), language, load_glossary())


@cache
def results(language: Language) -> tuple[Judged, ...]:
    return tuple(judged(pairs(language)[::STEP], bodies(language), similarity, translate))


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("Staff must not enter.", "en", Mutant("negation", "not dropped", "Staff must enter.")),
        ("Fees rose to 1,250 yen.", "en", Mutant("number", "one more", "Fees rose to 1,251 yen.")),
        ("It opened in May 2021.", "en", Mutant("date", "month", "It opened in August 2021.")),
        ("It covers all staff.", "en", Mutant("quantifier", "all to some", "It covers some staff.")),
        ("令和4年に始めた。", "ja", Mutant("date", "era", "平成4年に始めた。")),
        ("20人以上が参加した。", "ja", Mutant("quantifier", "ge to le", "20人以下が参加した。")),
        (
            "規程を整備すべきである。",
            "ja",
            Mutant("force", "べき to できる", "規程を整備することができる。"),
        ),
        ("差別につながってはならない。", "ja", Mutant("negation", "てはならない", "差別につながってよい。")),
        ("費用が増加した。", "ja", Mutant("direction", "opposite", "費用が減少した。")),
        ("京都大学が東京大学を招く。", "ja", Mutant("body", "bodies swapped", "東京大学が京都大学を招く。")),
    ],
)
def test_a_rule_makes_its_mutant(sentence: str, language: Language, expected: Mutant) -> None:
    assert expected in mutants(sentence, language, (("京都大学",), ("東京大学",)))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_mutants_differ_from_their_sentence_and_are_made_the_same_twice(language: Language) -> None:
    for pair in pairs(language)[::STEP]:
        made = mutants(pair.statement, language, bodies(language))
        assert made == mutants(pair.statement, language, bodies(language))
        assert pair.statement not in {mutant.text for mutant in made}
        assert len({mutant.text for mutant in made}) == len(made)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_there_are_enough_true_pairs_and_each_stands_in_its_passage(language: Language) -> None:
    assert len(pairs(language)) >= 200
    assert all(one.passage.text[one.start : one.end] == one.statement for one in pairs(language))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_checker_flags_mutants_of_every_kind_and_leaves_true_sentences_alone(language: Language) -> None:
    table = {row.kind: row for row in rows(results(language))}
    assert table[UNTOUCHED].made >= 30 and table[UNTOUCHED].flagged == 0
    assert table["all mutants"].share >= 0.95
    weak = {kind: table[kind].share for kind in KINDS if table[kind].made >= 10}
    assert len(weak) >= 6 and min(weak.values()) >= 0.9, weak


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_second_run_judges_alike(language: Language) -> None:
    few = pairs(language)[:: 8 * STEP]
    again = tuple(judged(few, bodies(language), similarity, translate))
    assert again == tuple(one for one in results(language) if one.pair in few)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_true_sentence_in_other_widths_and_spaces_is_supported(language: Language) -> None:
    full_width = str.maketrans("0123456789%", "０１２３４５６７８９％")
    chosen = pairs(language)[:: 2 * STEP]
    changed = [
        Pair(text, language, pair.passage, pair.record, pair.start, pair.end)
        for pair in chosen
        for text in (pair.statement.translate(full_width), pair.statement.replace(" ", "  "))
    ]
    found = [one for one in judged(changed, (), similarity, translate) if one.kind == UNTOUCHED]
    assert [one.statement for one in found if one.flagged] == []


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ((Row("number", 10, 9), Row("all mutants", 20, 19), Row(UNTOUCHED, 20, 1)), ()),
        ((Row("number", 100, 89), Row("all mutants", 100, 94)), ("number", "all mutants")),
        ((Row(UNTOUCHED, 100, 6),), (UNTOUCHED,)),
        ((Row("number", 0, 0),), ()),
    ],
)
def test_what_does_not_hold_is_named(table: tuple[Row, ...], told: tuple[str, ...]) -> None:
    assert tuple(line.split(":")[0] for line in failures(table)) == told
