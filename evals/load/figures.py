"""Times as figures: percentiles by rank, without any smoothing. Pure."""

import math
from collections.abc import Sequence
from typing import TypedDict


class Figures(TypedDict):
    """Seconds of the successful ones, and how many failed by what they were told."""

    n: int
    p50: float
    p95: float
    p99: float
    most: float
    errors: dict[str, int]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all do not exceed (nearest rank); NaN for none."""
    if not values:
        return math.nan
    return sorted(values)[max(math.ceil(share * len(values)), 1) - 1]


def figures(seconds: Sequence[float], errors: Sequence[str] = ()) -> Figures:
    """The figures of one scenario."""
    p50, p95, p99, most = (round(percentile(seconds, share), 3) for share in (0.5, 0.95, 0.99, 1.0))
    counted = {error: errors.count(error) for error in sorted(set(errors))}
    return Figures(n=len(seconds), p50=p50, p95=p95, p99=p99, most=most, errors=counted)
