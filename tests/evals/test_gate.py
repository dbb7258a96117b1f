"""The gate: drops are found in their slice, noise passes, hard rules hold, and a lost document is no excuse."""

from xml.etree import ElementTree

import numpy as np
import pytest

from evals.alarms import mixed
from evals.baseline import Baseline, Kept, kept, read_baseline, write_baseline
from evals.ci import annotations, junit
from evals.compare import moved, values_of_run
from evals.gate import gate
from evals.recipe import Recipe
from evals.records import Record
from evals.runs import Run, RunError
from tests.evals.making import record

RECIPE = Recipe("desk", "test", "e1", {}, "c", (), "", "e", "g", 1, {}, {}, {})
METRICS = ("right", "mrr_10", "over_refusal", "mutants")


def run(right) -> tuple[Record, ...]:  # type: ignore[no-untyped-def]
    """Two hundred records over five documents; `right(number, document)` is whether each is right."""
    return tuple(
        record(
            f"a-{number}",
            {"right": float(right(number, number % 5)), "mrr_10": 1.0, "over_refusal": 0.0, "mutants": 1.0},
            f"00{number % 5}",
            language="ja" if number % 2 else "en",
        )
        for number in range(200)
    )


def baseline(records: tuple[Record, ...]) -> Kept:
    return kept(Run("r", RECIPE, records, True), METRICS)


GOOD = run(lambda number, document: number % 10 != 0)


def test_the_same_run_passes_with_a_hundred_seeds() -> None:
    held = baseline(GOOD)
    assert all(gate(held, GOOD, seed).passed for seed in range(100))


def erring(seed: int) -> tuple[Record, ...]:
    """A run that errs in a tenth of its cases, drawn anew."""
    wrong = np.random.default_rng(seed).random(200) < 0.1
    return run(lambda number, document: not wrong[number])


def test_an_equal_system_that_errs_elsewhere_passes_at_least_95_times_of_100() -> None:
    """Two runs that differ in chance alone, a hundred times."""
    passed = sum(gate(baseline(erring(seed)), erring(seed + 1000), seed).passed for seed in range(100))
    assert passed >= 95


def test_mixtures_of_a_good_and_a_bad_run_pass_at_least_95_times_of_100() -> None:
    """As `desk eval alarms` does with runs on disk; the bad run itself fails."""
    bad = run(lambda number, document: number % 3 != 0)
    one, other = (Run("r", RECIPE, records, True) for records in (GOOD, bad))
    assert not gate(baseline(GOOD), bad).passed
    pairs = [mixed(one, other, seed) for seed in range(100)]
    assert sum(gate(kept(a), b.records, seed).passed for seed, (a, b) in enumerate(pairs)) >= 95
    assert all(len(a.records) == len(b.records) == len(GOOD) for a, b in pairs)


@pytest.mark.parametrize(
    ("worse", "named"),
    [
        (lambda number, document: document != 3, "document 003"),
        (lambda number, document: number % 2 == 0 or number % 3 == 0, "language ja"),
        (lambda number, document: number % 3 == 0, "all"),
    ],
)
def test_a_planted_drop_is_found_in_its_slice(worse, named: str) -> None:  # type: ignore[no-untyped-def]
    verdict = gate(baseline(GOOD), run(lambda n, d: n % 10 != 0 and worse(n, d)))
    assert not verdict.passed
    assert named in {one.slice for one in verdict.drops if one.metric.name == "right"}


def test_of_a_metric_that_should_be_low_a_rise_is_the_drop() -> None:
    values = {"right": 1.0, "mrr_10": 1.0, "over_refusal": 1.0, "mutants": 1.0}
    timid = tuple(
        record(f"a-{n}", values, f"00{n % 5}", language=one.case.language) for n, one in enumerate(GOOD)
    )
    assert {one.metric.name for one in gate(baseline(GOOD), timid).drops} == {"over_refusal"}


@pytest.mark.parametrize(("rule", "value"), [("forbidden", 1.0), ("foreign", 2.0), ("spans", 0.5)])
def test_one_broken_hard_rule_fails_the_gate(rule: str, value: float) -> None:
    bad = record("a-7", {"right": 1.0, rule: value}, "002")
    verdict = gate(baseline(GOOD), (*GOOD[:7], bad, *GOOD[8:]))
    assert [(one.case, one.rule) for one in verdict.breaches] == [("a-7", rule)]
    assert not verdict.passed


def test_cases_that_a_lost_document_leaves_unjudged_count_as_wrong() -> None:
    lost = tuple(
        record(one.case.id, {}, "004", language=one.case.language) if one.cluster == "004" else one
        for one in GOOD
    )
    assert "document 004" in {one.slice for one in gate(baseline(GOOD), lost).drops}


def test_new_and_changed_cases_are_not_compared() -> None:
    changed = record("a-1", {"right": 0.0}, "001", language="ja", question="別の質問")
    verdict = gate(baseline(GOOD), (*GOOD[:1], changed, *GOOD[2:-1], record("new", {"right": 0.0})))
    assert verdict.passed
    assert (verdict.new, verdict.gone, verdict.compared) == (("a-1", "new"), ("a-199",), 198)


def test_a_baseline_is_read_as_it_was_written(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path, held = tmp_path / "baseline.json", Baseline({"test": baseline(GOOD)})
    write_baseline(path, held)
    assert read_baseline(path) == held
    assert "客員" not in path.read_text("utf-8")
    path.write_text("{")
    with pytest.raises(RunError, match="desk eval baseline"):
        read_baseline(path)


def test_the_verdict_for_machines_names_every_problem() -> None:
    bad = record("a-7", {"right": 1.0, "forbidden": 1.0}, "002")
    verdict = gate(baseline(GOOD), (*GOOD[:7], bad, *GOOD[8:]))
    suite = ElementTree.fromstring(junit("digests", verdict))
    assert (suite.get("failures"), suite.get("tests")) == ("1", "1")
    assert next(suite.iter("failure")).get("message") == "case a-7 says what it must not"
    assert list(annotations("digests", verdict)) == [
        "::error title=digests%3A hard rule forbidden%2C case a-7::case a-7 says what it must not"
    ]
    passed = ElementTree.fromstring(junit("digests", gate(baseline(GOOD), GOOD)))
    assert (passed.get("failures"), passed.get("tests")) == ("0", "1")


def test_what_moved_is_listed_worst_first() -> None:
    after = run(lambda number, document: number != 1)
    assert [one.record.case.id for one in moved(values_of_run(GOOD), after)][:2] == ["a-1", "a-0"]
