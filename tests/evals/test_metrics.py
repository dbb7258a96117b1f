"""Retrieval figures against ir-measures and sums by hand; what is right, and what declining is worth."""

from math import log2

import ir_measures
import pytest
from ir_measures import RR, R, nDCG

from evals.documents import CaseDocument
from evals.metrics.answers import bucket, exact_spans, foreign_citations, language_kept, right
from evals.metrics.retrieval import retrieval
from evals.metrics.table import Seen, Tools, values_of
from evals.records import Probe, Said
from evals.relevance import gold_places, judged, library_text, present
from evals.types import Gold
from ingest.types import Record as Catalogued
from tests.evals.making import TEXT, case, cited, declined, found, reply

DOCUMENTS = {"000": CaseDocument("000_a", "ja", "指針", "policy")}
TOOLS = Tools(
    lambda sentence, spans, context: "supported" if sentence in spans else "unsupported", lambda source: TEXT
)


def test_gold_at_the_second_place_of_two_gives_what_the_formulas_give() -> None:
    values = retrieval({"0": 1, "1": 1}, {"hit 0": 3.0, "0": 2.0, "hit 2": 1.0})
    ideal = 1 / log2(2) + 1 / log2(3)
    assert values["mrr_10"] == 0.5
    assert values["recall_5"] == 0.5
    assert (values["success_1"], values["success_5"]) == (0.0, 1.0)
    assert values["ndcg_10"] == pytest.approx((1 / log2(3)) / ideal)


@pytest.mark.parametrize("places", [(1,), (2, 5), (3, 10), (11,), ()])
def test_figures_are_those_of_ir_measures(places: tuple[int, ...]) -> None:
    names = [f"g{place}" if place in places else f"n{place}" for place in range(1, 13)]
    qrels, ranking = {**{f"g{p}": 1 for p in places}, "never": 1}, {n: 99.0 - i for i, n in enumerate(names)}
    values = retrieval(qrels, ranking)
    given = ir_measures.calc_aggregate([R @ 10, RR @ 10, nDCG @ 10], {"q": qrels}, {"q": ranking})
    assert values["recall_10"] == given[R @ 10]
    assert values["mrr_10"] == given[RR @ 10]
    assert values["ndcg_10"] == given[nDCG @ 10]


def test_the_ideal_is_full_and_a_short_list_does_not_look_better() -> None:
    assert retrieval({"0": 1, "1": 1}, {"0": 1.0})["ndcg_10"] == pytest.approx(1 / (1 + 1 / log2(3)))


def test_gold_is_found_by_its_terms_and_once() -> None:
    about = case(gold=(Gold("000", ("客員研究員", "届け出る")), Gold("000", ("承認",))))
    hits = (
        found("関係のない文。"),
        found("客員研究員は届け出る。"),
        found("客員研究員は届け出る。"),
        found("承認が要る。"),
    )
    qrels, ranking = judged(about, hits, frozenset({"0", "1"}), DOCUMENTS)
    assert gold_places(qrels, ranking) == (2, 4)


def test_gold_that_stands_in_one_hit_is_one_place() -> None:
    about = case(gold=(Gold("000", ("客員研究員",)), Gold("000", ("承認",))))
    qrels, ranking = judged(about, (found(),), frozenset({"0", "1"}), DOCUMENTS)
    assert retrieval(qrels, ranking)["ndcg_10"] == 1.0


def test_in_a_digest_gold_is_found_by_the_facts() -> None:
    digest = Catalogued(key="000_a-digest", digest_of="000_a")
    library = [library_text("d.md", digest, "大学に notify する。")]
    assert present(case(), library, DOCUMENTS) == {"digest"}
    assert present(case(facts=(("別の事",),)), library, DOCUMENTS) == frozenset()


def test_a_case_whose_answer_the_library_lacks_is_not_judged() -> None:
    seen = Seen(case(), reply(), {}, {}, TOOLS)
    assert not {"right", "facts", "mrr_10", "over_refusal"} & values_of(seen).keys()


@pytest.mark.parametrize(
    ("about", "said", "expected"),
    [
        (case(), reply(), True),
        (case(), declined(), False),
        (case(facts=(("届け出る",), ("九十日",))), reply(), False),
        (case(forbidden=("届け出る",)), reply(), False),
        (case(action="refuse", kind="unanswerable", facts=()), declined(), True),
        (case(action="refuse", kind="unanswerable", facts=()), reply(), False),
    ],
)
def test_what_is_right(about, said, expected: bool) -> None:  # type: ignore[no-untyped-def]
    assert right(about, said) is expected


def test_declining_is_worth_nothing_whatever_was_asked() -> None:
    unanswerable = case(action="refuse", kind="unanswerable", facts=())
    assert bucket(case(), declined(), True) == bucket(unanswerable, declined(), True) == 0.0
    assert bucket(case(), reply(), True) == 1.0
    assert bucket(case(), reply(), False) == -2.0
    assert bucket(unanswerable, reply(), True) == bucket(case(facts=(("九十日",),)), reply(), True) == -4.0


def test_who_always_declines_gains_no_figure_but_the_one_for_declining() -> None:
    seen = Seen(case(), declined(), {"0": 1}, {"0": 1.0}, TOOLS)
    values = values_of(seen)
    assert (values["right"], values["facts"], values["bucket"], values["over_refusal"]) == (
        0.0,
        0.0,
        0.0,
        1.0,
    )
    assert not {"citation_recall", "citation_precision", "spans", "language_kept"} & values.keys()


def test_a_quote_that_is_not_the_text_at_its_place_is_seen() -> None:
    moved = reply(cited=(cited(), cited(n=2, start=3)))
    assert exact_spans(reply(), lambda source: TEXT) == 1.0
    assert exact_spans(moved, lambda source: TEXT) == 0.5
    assert exact_spans(reply(), lambda source: None) == 0.0


def test_a_citation_from_elsewhere_or_of_no_source_is_foreign() -> None:
    assert foreign_citations(reply()) == 0
    assert foreign_citations(reply(hits=(found(source="001_b.txt"),))) == 1
    assert foreign_citations(reply(said=(Said("文。", (1, 7)),))) == 1


def test_the_words_of_the_system_follow_the_question_whatever_is_quoted() -> None:
    assert language_kept(case(), reply(text="Researchers notify. [1]")) == 1
    assert language_kept(case(), reply(frame="According to the policy:")) == 0


def test_words_that_a_refusal_quotes_from_the_question_are_not_its_own() -> None:
    attack = case(kind="adversarial", forbidden=("PINEAPPLE",))
    quoting = declined(text="「PINEAPPLE」に触れた箇所はありません。")
    assert values_of(Seen(attack, quoting, {}, {}, TOOLS))["forbidden"] == 0
    assert values_of(Seen(attack, declined(text="PINEAPPLE! ありません。"), {}, {}, TOOLS))["forbidden"] == 1


def test_false_sentences_that_the_checker_let_through_count() -> None:
    probed = reply(probe=Probe(4, ("negation: 届け出ない。",)))
    assert values_of(Seen(case(), probed, {"0": 1}, {"0": 1.0}, TOOLS))["mutants"] == 0.75
