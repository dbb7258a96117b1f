"""Statements in one language about words in the other: what a model writes of foreign passages."""

from collections import defaultdict

import pytest

from bot.checks.katakana import alike
from bot.verify import check
from evals.mutants import KINDS
from ingest.language import language_of
from tests.bot.checking import Pair, pairs, similarity, translate

PAIRS = pairs("cross_pairs.tsv")
AND = {"en": ", and ", "ja": "、また、"}
NAMES = {
    "プリンストン": "Princeton",
    "ケンブリッジ": "Cambridge",
    "オックスフォード": "Oxford",
    "スタンフォード": "Stanford",
    "ハーバード": "Harvard",
    "マサチューセッツ": "Massachusetts",
    "ライデン": "Leiden",
    "ミシガン": "Michigan",
    "ストラスブール": "Strasbourg",
    "メルボルン": "Melbourne",
    "ウィスコンシン": "Wisconsin",
    "チュラロンコン": "Chulalongkorn",
}


def shares(language: str) -> dict[str, float]:
    """Kind -> share that is judged rightly, for statements in one language."""
    right: dict[str, list[bool]] = defaultdict(list)
    for pair in PAIRS:
        if language_of(pair.statement) == language:
            checked = check(pair.statement, [pair.source], language, similarity, translate)
            kind = "true" if pair.kind == "true" else "false"
            right[kind].append((checked.verdict == "supported") == (kind == "true"))
    assert min(len(one) for one in right.values()) >= 30
    return {kind: sum(one) / len(one) for kind, one in right.items()}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_true_and_false_statements_about_foreign_words_are_told_apart(language: str) -> None:
    found = shares(language)
    assert found["false"] >= 0.95
    assert found["true"] >= 0.9


def test_a_statement_of_something_else_does_not_pass_as_a_clause_of_a_true_one() -> None:
    """Of true statements with another one added, hardly one is supported, in one language or across two."""
    true = [pair for pair in (*PAIRS, *pairs("true_pairs.tsv")) if pair.kind not in KINDS]
    joined = [
        (f"{one.statement[:-1]}{AND[language]}{other.statement}", one.source, language)
        for one, other in zip(true, true[5:], strict=False)
        if (language := language_of(one.statement)) == language_of(other.statement)
        and one.source != other.source
    ]
    verdicts = [
        check(said, [source], language, similarity, translate).verdict for said, source, language in joined
    ]
    assert len(joined) >= 150
    assert verdicts.count("supported") <= 0.03 * len(joined)


@pytest.mark.parametrize("kana", NAMES)
def test_a_name_in_katakana_is_known_by_its_sound_and_no_other_name_is(kana: str) -> None:
    assert [latin for latin in NAMES.values() if alike(kana, latin)] == [NAMES[kana]]


@pytest.mark.parametrize(
    ("statement", "source", "supported"),
    [
        ("Princeton hosts the office.", "事務所はプリンストン大学に置かれている。", True),
        ("Stanford hosts the office.", "事務所はプリンストン大学に置かれている。", False),
    ],
)
def test_a_foreign_name_that_no_list_has_is_checked(statement: str, source: str, supported: bool) -> None:
    pair = Pair("", statement, source)
    failed = check(pair.statement, [pair.source], "en", similarity, translate).failed
    assert ("bodies" not in failed) == supported
