"""A model as a second judge: it sees the sentence beside its sources, and its agreement is what the formulas give."""

import pytest

from evals.model_judge import Judged, judge_agreement, judge_sentences
from evals.records import Record
from tests.evals.making import case, declined, reply


def test_the_model_is_shown_the_statement_and_what_it_cites() -> None:
    seen = []

    def chat(system: str, user: str):  # type: ignore[no-untyped-def]
        seen.append(user)
        yield "Supp"
        yield "orted."

    records = [Record(case(), reply(), "", {}), Record(case("a-2"), declined(), "", {})]
    (judged,) = judge_sentences(records, chat, 5)
    assert (judged.checker, judged.model) == ("supported", "supported")
    assert "1| 客員研究員は届け出る。" in seen[0]
    assert "S| 客員研究員は届け出る。" in seen[0]


def test_agreement_beyond_chance() -> None:
    words = [("supported", "supported")] * 3 + [("partly", "supported"), ("supported", "")]
    found = judge_agreement([Judged("c", "s", a, b) for a, b in words])
    assert found is not None
    assert (found.sentences, found.unread, found.share) == (4, 1, 0.75)
    # By chance: both say supported 3/4 x 4/4 of the time.
    assert found.kappa == pytest.approx((0.75 - 0.75) / 0.25)
    assert judge_agreement([]) is None
