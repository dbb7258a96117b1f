"""Search over a small real library: the right passage, in either language, filtered, explained."""

from dataclasses import replace

import pytest

from tests.conftest import Desk
from vectorstore.embedders import Embedder
from vectorstore.features import FEATURES
from vectorstore.glossary import Glossary
from vectorstore.library import OpenEdition
from vectorstore.search import load_blend, load_carry, make_search, place_of
from vectorstore.types import Filter, Hit, Query, Search


@pytest.fixture(scope="module")
def search(edition: OpenEdition, embedder: Embedder, glossary: Glossary) -> Search:
    return make_search(edition, embedder, glossary, load_blend())


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("データを学外に持ち出すには誰の許可が要りますか", "情報管理室の承認"),
        ("Does the policy apply to visiting researchers?", "客員研究員にも"),
        ("How long is an approval to take data out valid?", "90日"),
        ("協定を結ぶ前に何を確認すべきか", "ownership and funding"),
        ("交換留学生は授業料を払うのか", "do not pay tuition"),
        ("Who may carry personal data outside?", "個人情報を含む"),
    ],
)
def test_the_passage_that_answers_comes_first_also_across_languages(
    search: Search, question: str, words: str
) -> None:
    assert words in search(Query(question, 3))[0].passage.text


def test_hits_are_ordered_distinct_and_at_most_k(search: Search) -> None:
    hits = search(Query("研究データ", 4))
    assert 0 < len(hits) <= 4
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({(hit.passage.source, hit.passage.start) for hit in hits}) == len(hits)


def test_a_hit_is_an_exact_slice_of_its_document(search: Search, edition: OpenEdition) -> None:
    for hit in search(Query("agreement", 10)):
        document = edition.shelf.document(hit.passage.source)
        assert document is not None
        assert document.text[hit.passage.start : hit.passage.end] == hit.passage.text


@pytest.mark.parametrize("question", ["", "   ", "？？？", "!!!"])
def test_a_question_without_words_does_not_fail(search: Search, question: str) -> None:
    assert isinstance(search(Query(question, 3)), tuple)


@pytest.mark.parametrize(
    ("only", "sources"),
    [
        (Filter(languages=("en",)), {"note.md"}),
        (Filter(kinds=("guideline",)), {"policy.md"}),
        (Filter(issuers=("みずほ平大学",)), {"policy.md"}),
        (Filter(sources=("note.md",)), {"note.md"}),
        (Filter(since="2023"), {"policy.md"}),
        (Filter(since="2030"), set()),
    ],
)
def test_a_filter_limits_the_hits(search: Search, only: Filter, sources: set[str]) -> None:
    assert {
        hit.passage.source for hit in search(Query("研究データと協定 agreement data", 20, only))
    } == sources


def test_a_short_section_is_shown_whole(edition: OpenEdition) -> None:
    for row in range(edition.passages):
        first, last = place_of(edition, row)
        assert first <= row <= last
        assert edition.document_of[first] == edition.document_of[last]


def test_every_feature_has_a_weight_and_explains_its_hit(search: Search) -> None:
    hit = search(Query("客員研究員の届出", 1))[0]
    assert [name for name, _ in hit.features] == list(FEATURES) == list(load_blend())
    assert hit.feature("exact") > 0 and hit.feature("no such feature") == 0.0


def test_words_that_only_ask_count_less_than_words_that_answer() -> None:
    carry = load_carry()
    assert carry["理由"] < 0.6 and carry["sort"] < 0.6 and "協定" not in carry


def test_a_reranker_has_the_last_word(edition: OpenEdition, embedder: Embedder, glossary: Glossary) -> None:
    def backwards(question: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        return hits[::-1]

    plain = make_search(edition, embedder, glossary, load_blend())(Query("研究データ", 3))
    reranked = make_search(edition, embedder, glossary, load_blend(), backwards)(Query("研究データ", 3))
    assert reranked == plain[::-1]


@pytest.mark.parametrize(
    "lesser",
    [{"digest_of": "data-policy", "kind": "digest"}, {"superseded_by": "data-policy", "date": "2019"}],
)
def test_an_original_comes_before_its_digest_and_a_new_version_before_the_old_one(
    desk: Desk, embedder: Embedder, glossary: Glossary, lesser: dict[str, str]
) -> None:
    """The same words in both: the original, or the newer one, ranks first."""
    text = (desk.folder / "policy.md").read_text("utf-8")
    (desk.folder / "digest.md").write_text(text, "utf-8")
    entry = desk.writer.catalogue.entries[0]
    shadow = replace(
        entry,
        names=("digest.md",),
        record=replace(entry.record, key="d", **lesser),
    )
    catalogue = replace(desk.writer.catalogue, entries=(*desk.writer.catalogue.entries, shadow))
    desk = replace(desk, writer=replace(desk.writer, catalogue=catalogue))
    desk.sync()
    library = desk.open()
    hits = make_search(library.edition(), embedder, glossary, load_blend())(Query("持ち出しの承認", 2))
    assert [hit.passage.source for hit in hits] == ["policy.md", "digest.md"]
    library.close()


def test_of_two_language_versions_of_a_work_the_one_in_the_questions_language_comes_first(
    desk: Desk, embedder: Embedder, glossary: Glossary
) -> None:
    english = (
        "# Data policy\n\n## Taking data out\nWhoever takes research data off campus needs prior approval.\n"
    )
    (desk.folder / "policy.en.md").write_text(english, "utf-8")
    entry = replace(desk.writer.catalogue.entries[0], names=("policy.md", "policy.en.md"))
    desk = replace(
        desk, writer=replace(desk.writer, catalogue=replace(desk.writer.catalogue, entries=(entry,)))
    )
    desk.sync()
    library = desk.open()
    search = make_search(library.edition(), embedder, glossary, load_blend())
    for question, source in [
        ("研究データの持ち出しの承認", "policy.md"),
        ("approval to take data out", "policy.en.md"),
    ]:
        assert search(Query(question, 1))[0].passage.source == source
    library.close()
