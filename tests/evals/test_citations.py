"""ALCE's citation figures on examples worked by hand, with the marks and full stops of both languages."""

import pytest

from evals.metrics.citations import CitationFigures, citation_figures, cited_sentences, figures_of
from evals.records import Said
from tests.evals.making import cited, declined, reply


def supporting(*pairs: tuple[str, set[int]]):  # type: ignore[no-untyped-def]
    """A judge: a sentence is supported by any set of sources that holds one of the sets given for it."""
    return lambda sentence, numbers: any(s == sentence and needed <= set(numbers) for s, needed in pairs)


def test_every_sentence_supported_by_its_one_source() -> None:
    said = (Said("A.", (1,)), Said("B.", (2,)))
    found = citation_figures(said, frozenset({1, 2}), supporting(("A.", {1}), ("B.", {2})))
    assert (found.recall, found.precision, found.f1) == (1.0, 1.0, 1.0)


def test_a_source_that_adds_nothing_is_imprecise() -> None:
    # [2] alone does not support A and [1] does without it: 1 of 2 citations bears.
    found = citation_figures((Said("A.", (1, 2)),), frozenset({1, 2}), supporting(("A.", {1})))
    assert found == CitationFigures(1.0, 0.5)
    assert found.f1 == pytest.approx(2 / 3)


def test_two_sources_that_support_only_together_are_both_precise() -> None:
    found = citation_figures((Said("A.", (1, 2)),), frozenset({1, 2}), supporting(("A.", {1, 2})))
    assert found == CitationFigures(1.0, 1.0)


def test_two_sources_that_each_support_alone_are_both_precise() -> None:
    found = citation_figures((Said("A.", (1, 2)),), frozenset({1, 2}), supporting(("A.", {1}), ("A.", {2})))
    assert found == CitationFigures(1.0, 1.0)


def test_the_citations_of_an_unsupported_sentence_are_all_imprecise() -> None:
    # Sentences: A supported, B not, C without a citation. Recall 1/3; of three citations one bears.
    said = (Said("A.", (1,)), Said("B.", (1, 2)), Said("C."))
    found = citation_figures(said, frozenset({1, 2}), supporting(("A.", {1})))
    assert (found.recall, found.precision) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert found.f1 == pytest.approx(1 / 3)


def test_a_sentence_that_cites_a_source_that_was_not_given_has_no_recall() -> None:
    assert citation_figures((Said("A.", (1, 9)),), frozenset({1}), supporting(("A.", {1}))).recall == 0.0


def test_an_answer_without_a_citation_has_neither() -> None:
    assert citation_figures((Said("A."),), frozenset({1}), supporting()) == CitationFigures(0.0, 0.0)


def test_a_reply_that_declines_has_no_figures() -> None:
    assert figures_of(declined(), lambda sentence, spans, context: "supported") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "研究者は届け出る【１】。大学は支援する。［2］［3］",
            (("研究者は届け出る。", (1,)), ("大学は支援する。", (2, 3))),
        ),
        ("承認を得る[1-3]。", (("承認を得る。", (1, 2, 3)),)),
        ("承認を得る。［出典1、2］以上である。", (("承認を得る。", (1, 2)), ("以上である。", ()))),
        ("A is so [1]. B holds.[2][3] C too.", (("A is so.", (1,)), ("B holds.", (2, 3)), ("C too.", ()))),
    ],
)
def test_marks_of_both_languages_belong_to_their_sentence(
    text: str, expected: tuple[tuple[str, tuple[int, ...]]]
) -> None:
    assert tuple((one.text, one.citations) for one in cited_sentences(text)) == expected


def test_a_japanese_answer_worked_by_hand() -> None:
    # 1: supported by [1]; [2] adds nothing. 2: not supported. Recall 1/2, precision 1/3.
    said = cited_sentences("客員研究員は届け出る【１】【２】。学生は届け出ない［3］。")
    found = citation_figures(said, frozenset({1, 2, 3}), supporting(("客員研究員は届け出る。", {1})))
    assert (found.recall, found.precision) == (0.5, pytest.approx(1 / 3))


def test_the_judge_is_shown_the_whole_sentences_of_what_is_cited() -> None:
    seen = []

    def judge(sentence, spans, context):  # type: ignore[no-untyped-def]
        seen.append((sentence, tuple(spans)))
        return "supported"

    values = figures_of(reply(cited=(cited(),)), judge)
    assert seen == [("客員研究員は届け出る。", ("客員研究員は届け出る。",))]
    assert values == {"citation_recall": 1.0, "citation_precision": 1.0, "citation_f1": 1.0}
