"""Places among several documents: one document does not fill the first places while another has something to say. Pure.

A document that was written to match questions, or that says one thing many times, would else crowd out all others.
The numbers are from evals/LOG.md: "Places of one document".
"""

import math
from collections.abc import Callable, Iterator
from typing import TypeVar

Value = TypeVar("Value")

#: Of the first PLACES hits at most SHARE come from one document, as long as another one is relevant.
PLACES, SHARE = 5, 2
#: Another document is relevant when its score reaches this share of what it goes before, or this score by itself: a
#: document that repeats the question scores beyond any honest one.
NEAR, RELEVANT = 0.8, 0.45
#: From this cosine on two passages of one document say the same; the third waits until nothing else is left.
ALIKE = 0.75


def spread(
    ranked: Iterator[Value],
    document: Callable[[Value], int],
    score: Callable[[Value], float],
    cosine: Callable[[Value, Value], float],
    k: int,
) -> list[Value]:
    """The first k of a ranking, best first, as far as no document takes more than its share of the places.

    Reads no further into `ranked` than it has to.
    """
    ahead: list[Value] = []
    chosen: list[Value] = []

    def there(at: int) -> bool:
        """Whether there is one at this place of what waits; draws it from the ranking if need be."""
        if at == len(ahead):
            ahead.extend(value for value in (next(ranked, None),) if value is not None)
        return at < len(ahead)

    def least(value: Value) -> float | None:
        """The score from which on another document's passage goes first; None where this one need not wait."""
        same = [one for one in chosen if document(one) == document(value)]
        if len(same) < SHARE:
            return None
        if sum(cosine(one, value) >= ALIKE for one in same) >= SHARE:
            return -math.inf
        return min(NEAR * score(value), RELEVANT) if len(chosen) < PLACES else None

    def first() -> int:
        """The place of what comes next; the best where nothing else is good enough."""
        need, at = least(ahead[0]), 1
        while need is not None and there(at) and score(ahead[at]) >= need:
            if least(ahead[at]) is None:
                return at
            at += 1
        return 0

    while len(chosen) < k and there(0):
        chosen.append(ahead.pop(first()))
    return chosen
