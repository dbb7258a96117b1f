"""Intervals and differences: clustered, repeatable, and slow to call a change that chance explains."""

import numpy as np
import pytest

from evals.statistics import chances, difference, draws, estimate


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


def one_test(worse: int, better: int = 0) -> np.ndarray:
    """(60, 1) differences of as many cases of one test."""
    return np.array([[-1.0]] * worse + [[1.0]] * better + [[0.0]] * (60 - worse - better))


@pytest.mark.parametrize(
    ("worse", "better", "significant"),
    [(0, 0, False), (2, 0, False), (5, 0, False), (8, 0, True), (8, 4, False), (20, 4, True), (0, 20, False)],
)
def test_a_drop_needs_more_than_a_few_cases(worse: int, better: int, significant: bool) -> None:
    assert bool(chances(one_test(worse, better))[0] < 0.02) is significant


def test_the_chance_of_one_test_is_that_of_the_sign_test() -> None:
    assert chances(one_test(7))[0] == pytest.approx(1 / 2**7, rel=0.25)
    assert chances(one_test(7)).tolist() == chances(one_test(7)).tolist()


def test_a_test_said_twice_costs_nothing_and_other_tests_cost_their_share() -> None:
    alone = chances(one_test(7))[0]
    assert chances(np.repeat(one_test(7), 9, axis=1))[0] == pytest.approx(alone)
    noise = np.random.default_rng(5).choice((-1.0, 0.0, 1.0), size=(60, 40))
    assert chances(np.hstack((one_test(7), noise)))[0] > 5 * alone


def test_no_test_and_no_difference_have_no_chance_to_alarm() -> None:
    assert chances(np.zeros((9, 3))).tolist() == [1.0, 1.0, 1.0]
    assert chances(np.zeros((0, 0))).tolist() == []


def test_nothing_to_take_a_mean_of_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        estimate([], [])


def test_draws_of_a_constant_are_constant() -> None:
    assert np.all(draws([0.5] * 12, [str(i % 3) for i in range(12)]) == 0.5)
