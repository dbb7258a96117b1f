"""Why a case failed: the reason that an evaluator reads first is the gravest."""

import pytest

from evals.explain import failures, reasons
from evals.recipe import Recipe
from evals.records import Record
from evals.report.markdown import report
from evals.runs import Run
from tests.evals.making import case, declined, record, reply


@pytest.mark.parametrize(
    ("failed", "says"),
    [
        (Record(case(facts=(("九十日",),)), reply(), "", {"right": 0.0}), "lacks: 九十日"),
        (Record(case(), declined(), "", {"right": 0.0, "over_refusal": 1.0}), "declined although"),
        (Record(case(), reply(), "", {"right": 1.0, "mrr_10": 0.0}), "no gold passage among the first ten"),
        (
            Record(case(), reply(), "", {}),
            "not judged: the library holds no document 000 with all of: 客員研",
        ),
    ],
)
def test_a_failed_case_says_why(failed: Record, says: str) -> None:
    assert reasons(failed)[0].startswith(says)
    assert reasons(failed, "ja")[0][:2] in ("必要", "資料", "最初", "判定")


def test_what_could_not_be_judged_stands_last_and_the_held_back_half_only_on_demand() -> None:
    unjudged, wrong = Record(case("a"), reply(), "", {}), Record(case("b"), reply(), "", {"spans": 0.0})
    hidden = record("c", {"spans": 0.0}, split="held-back")
    assert [one.id for one in failures((unjudged, wrong, hidden))] == ["b", "a"]
    assert [one.id for one in failures((unjudged, wrong, hidden), held_back=True)] == ["b", "c", "a"]


def test_a_report_says_so_where_nothing_failed() -> None:
    recipe = Recipe("desk", "digests", "e1", {}, "c", (), "", "e", "g", 1, {}, {}, {})
    good = Run(
        "one", recipe, (record("a", {"right": 1.0}), record("b", {"spans": 0.0}, split="held-back")), True
    )
    assert "No case of the tuning half." in report(good)
    assert "- `b` a quote is not the text" in report(good, held_back=True)
