"""The load rig: figures by rank, and visitors who measure a real server."""

import math

import pytest

from evals.load.figures import figures, percentile


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([3.0, 1.0, 2.0], 0.5, 2.0),
        ([1.0], 0.99, 1.0),
        (list(range(1, 101)), 0.95, 95),
        ([1.0, 2.0], 1.0, 2.0),
    ],
)
def test_a_percentile_is_a_value_that_was_seen(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == expected


def test_nothing_seen_is_no_figure_and_errors_are_counted() -> None:
    found = figures([], ["429", "503", "429"])
    assert math.isnan(found["p95"]) and found["errors"] == {"429": 2, "503": 1}
