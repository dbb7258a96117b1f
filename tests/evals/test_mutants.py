from collections import Counter
from functools import cache

import pytest

from bot.verify import check
from evals.mutants import KINDS, Mutant, mutants
from ingest.language import language_of, sentences
from ingest.types import Language
from tests.bot.checking import translate
from tests.conftest import ROOT
from vectorstore.glossary import load_glossary

#: Every so many sentences of the digests are taken: about sixty of each language.
STEP = {"en": 19, "ja": 17}
SHORTEST = {"en": 50, "ja": 20}


@cache
def true_sentences(language: Language) -> tuple[tuple[str, str], ...]:
    """(sentence, paragraph that holds it) from the bundled digests."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "ingest" / "library").glob(f"*.{language}.md")):
        for block in path.read_text("utf-8").split("\n\n"):
            for start, end in () if block.startswith("#") else sentences(block):
                sentence = block[start:end].removeprefix("- ")
                if (
                    len(sentence) >= SHORTEST[language]
                    and sentence[-1] in ".。"
                    and language_of(sentence) == language
                ):
                    found.setdefault(sentence, block)
    return tuple(found.items())[:: STEP[language]]


@cache
def bodies(language: Language) -> tuple[tuple[str, ...], ...]:
    """Names of one body each, as the digests write them."""
    text = "\n".join(sentence for sentence, _ in true_sentences(language))
    entries = (entry for entry in load_glossary().entries if entry.kind == "body")
    groups = (tuple(f for f in getattr(entry, language) if len(f) > 2 and f in text) for entry in entries)
    return tuple(group for group in groups if group)


@cache
def flagged(language: Language) -> tuple[Counter[str], Counter[str]]:
    """Per kind: mutants that the checker does not support, and all mutants."""
    caught: Counter[str] = Counter()
    made: Counter[str] = Counter()
    for sentence, block in true_sentences(language):
        for mutant in mutants(sentence, language, bodies(language)):
            made[mutant.kind] += 1
            caught[mutant.kind] += (
                check(mutant.text, [block], language, None, translate).verdict != "supported"
            )
    return caught, made


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
    for sentence, _ in true_sentences(language):
        made = mutants(sentence, language, bodies(language))
        assert made == mutants(sentence, language, bodies(language))
        assert sentence not in {mutant.text for mutant in made}
        assert len({mutant.text for mutant in made}) == len(made)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_checker_flags_mutants_of_every_kind(language: Language) -> None:
    caught, made = flagged(language)
    assert caught.total() >= 0.95 * made.total()
    weak = {kind: caught[kind] / made[kind] for kind in KINDS if made[kind] >= 10}
    assert min(weak.values()) >= 0.9, weak


@pytest.mark.parametrize("language", ["en", "ja"])
def test_true_sentences_are_supported_by_their_paragraph(language: Language) -> None:
    full_width = str.maketrans("0123456789%", "０１２３４５６７８９％")
    for sentence, block in true_sentences(language):
        for written in (sentence, sentence.translate(full_width), sentence.replace(" ", "  ")):
            assert check(written, [block], language, None, translate).verdict == "supported", written
