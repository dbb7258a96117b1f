"""Intervals and differences: clustered, repeatable, and slow to call a change that chance explains."""

import numpy as np
import pytest

from evals.statistics import difference, discoveries, draws, estimate


def test_an_interval_holds_its_mean_and_is_the_same_for_one_seed() -> None:
    values, clusters = [0.0, 1.0] * 50, [str(i % 5) for i in range(100)]
    one = estimate(values, clusters)
    assert one == estimate(values, clusters)
    assert one.low < one.mean == 0.5 < one.high
    assert one.enough
    assert not estimate([1.0] * 29, ["a"] * 29).enough


def test_the_interval_of_independent_cases_is_the_one_of_the_formula() -> None:
    values = [1.0] * 80 + [0.0] * 20
    found = estimate(values, [str(i) for i in range(100)])
    assert found.high - found.low == pytest.approx(2 * 1.96 * (0.8 * 0.2 / 100) ** 0.5, rel=0.1)


def test_cases_of_one_document_say_less_than_as_many_of_many() -> None:
    values = [1.0] * 50 + [0.0] * 50
    together = draws(values, [str(i // 10) for i in range(100)])
    alone = draws(values, [str(i) for i in range(100)])
    assert together.std() > 2 * alone.std()


def test_a_difference_counts_what_got_better_and_worse() -> None:
    found = difference([1, 1, 0, 0.5], [1, 0, 1, 1], ["a", "b", "c", "d"])
    assert (found.better, found.worse, found.estimate.mean) == (2, 1, pytest.approx(0.125))
    assert found.p_drop == 1.0


@pytest.mark.parametrize(
    ("worse", "significant"), [(0, False), (2, False), (4, False), (8, True), (20, True)]
)
def test_a_drop_needs_more_than_a_few_cases(worse: int, significant: bool) -> None:
    after = [0.0] * worse + [1.0] * (60 - worse)
    assert (difference([1.0] * 60, after, [str(i) for i in range(60)]).p_drop < 0.01) is significant


def test_false_discoveries_are_bounded() -> None:
    assert discoveries([0.001, 0.2, 0.03, 0.9], 0.05) == [True, False, False, False]
    assert discoveries([0.01, 0.02, 0.03], 0.05) == [True, True, True]
    assert discoveries([], 0.05) == []


def test_nothing_to_take_a_mean_of_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        estimate([], [])


def test_draws_of_a_constant_are_constant() -> None:
    assert np.all(draws([0.5] * 12, [str(i % 3) for i in range(12)]) == 0.5)
