"""The bilingual term list, found in texts and used across languages."""

import pytest

from vectorstore.glossary import Glossary, GlossaryError, analyse, load_glossary, parse_glossary

ROWS = [
    "kind\tja\ten",
    "body\t文部科学省 | 文科省\tMinistry of Education | MEXT",
    "concept\tガバナンス\tgovernance",
    "body\t政府\tgovernment",
    "place\tタイ\tThailand",
    "body\t名古屋大学 | 名大\tNagoya University",
    "concept\t研究セキュリティ\tresearch security",
    "concept\tセキュリティ\tsecurity",
    "concept\t研究開発\tresearch and development | R&D",
    "concept\t情報技術\tinformation technology | IT",
    "body\t科学技術振興機構\tJST",
    "unit\t日本標準時\tJST",
]


@pytest.fixture(scope="module")
def small() -> Glossary:
    return parse_glossary(ROWS)


def named(glossary: Glossary, text: str) -> list[str]:
    return [mention.entry.ja[0] for mention in glossary.mentions(text)]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("文科省の方針", ["文部科学省"]),
        ("MEXT policy", ["文部科学省"]),
        ("the governments of", ["政府"]),
        ("governance", ["ガバナンス"]),
        ("タイトルとスタイル", []),
        ("タイの大学", ["タイ"]),
        ("有名大学と名大", ["名古屋大学"]),
        ("研究セキュリティの確保", ["研究セキュリティ"]),
        ("R&D programmes", ["研究開発"]),
        ("it is IT", ["情報技術"]),
        ("JSTの事業", ["科学技術振興機構", "日本標準時"]),
    ],
)
def test_entries_are_found_as_words_and_the_longest_wins(
    small: Glossary, text: str, entries: list[str]
) -> None:
    assert named(small, text) == entries


def test_a_concept_is_one_term_in_both_languages(small: Glossary) -> None:
    japanese = {term.key for term in analyse("研究セキュリティとは", small)}
    english = {term.key for term in analyse("What is research security?", small)}
    assert {key for key in japanese & english if key.startswith("§")} == {"§5"}


def test_translations_hold_every_form(small: Glossary) -> None:
    assert {"MEXT", "文科省", "文部科学省"} <= set(small.translations("文科省とは"))


@pytest.mark.parametrize(
    ("row", "message"),
    [("concept\tだけ", "line 2: 2 columns"), ("concept\tあ | \tx", "line 2: an empty form")],
)
def test_a_bad_row_is_named_by_its_line(row: str, message: str) -> None:
    with pytest.raises(GlossaryError, match=message):
        parse_glossary([ROWS[0], row])


def test_the_bundled_glossary_is_large_and_knows_the_bodies(glossary: Glossary) -> None:
    assert len(glossary.entries) >= 800
    for one, other in [
        ("国大協", "JANU"),
        ("文科省", "MEXT"),
        ("九大", "Kyushu University"),
        ("利益相反", "COI"),
    ]:
        assert other in glossary.translations(one)


def test_a_desk_is_for_what_it_is_named_after(glossary: Glossary) -> None:
    consultation = glossary.terms("相談")[0]
    assert consultation in glossary.terms("a research security advisory desk", inner=True)
    assert consultation not in glossary.terms("研究セキュリティ相談窓口")


def test_what_is_read_holds_the_matters_within_a_longer_one_and_what_is_asked_does_not() -> None:
    glossary = load_glossary()
    for long, short in (
        ("a research security advisory desk service", "advisory desk"),
        ("倫理委員会の審査", "委員会"),
    ):
        within = {term.key for term in glossary.terms(short)}
        assert within <= {term.key for term in glossary.terms(long, inner=True)}
        assert not within & {term.key for term in glossary.terms(long)}
    assert not {term.key for term in glossary.terms("九州")} & {
        term.key for term in glossary.terms("九州大学", inner=True)
    }
