"""Decides from what two questions are like whether the one asks what the other asks: a fitted forest and its thresholds."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np

from bot.desk.compared import SIGNS
from bot.forest import Forest, load_forest

#: What the model of questions says of a question and the ways to ask for an answer, and the signs beside it.
FEATURES = ("alone", "together", "together at least", *SIGNS)
#: The least score at which a reviewed answer is shown.
THRESHOLD = 0.5
#: Closer to 0 or 1 no share of trees is taken to be.
_EDGE = 1e-3


@dataclass(frozen=True, slots=True)
class Decision:
    """A forest over FEATURES, and the share of it, beside those for other answers, from which on a question asks the same:
    where some way to ask is in the question's language, and where none is.
    """

    forest: Forest
    within: float
    across: float

    def share(self, features: Sequence[float]) -> float:
        """The share of the trees that take it for the same."""
        return self.forest.probability(np.array(features, np.float32))

    def score(self, share: float, others: Sequence[float], across: bool) -> float:
        """How surely, 0 to 1, beside the shares of the `others` that may be asked for; THRESHOLD at the fitted threshold."""
        return shifted(exclusive(share, others), self.across if across else self.within)


def exclusive(share: float, others: Sequence[float]) -> float:
    """A share of trees where at most one of several answers is asked for: its odds beside theirs and those of none."""
    odds = [_odds(one) for one in (share, *others)]
    return odds[0] / (1 + sum(odds))


def shifted(share: float, threshold: float) -> float:
    """A share of trees as odds beside those of the threshold, so that the threshold becomes THRESHOLD."""
    ours, theirs = _odds(share), _odds(threshold)
    return ours / (ours + theirs)


def _odds(share: float) -> float:
    kept = min(max(share, _EDGE), 1 - _EDGE)
    return kept / (1 - kept)


def load_decision() -> Decision:
    """The fitted decision. Raises OSError, or ValueError where it is of other features."""
    folder = files("bot").joinpath("desk")
    held = json.loads(folder.joinpath("matching.json").read_text("utf-8"))
    if tuple(held["features"]) != FEATURES:
        raise ValueError("matching.json is of other features; run `python -m evals.fit_matching`")
    with as_file(folder.joinpath("matching.npz")) as file:
        return Decision(load_forest(file), held["within"], held["across"])
