"""Signs of a question and of all that was found for it, whichever place answers. Pure.

The forest reads them beside the signs of the places (`bot.extract.signs`): the same place may answer a short question and not
a long one, and where one sentence stands out as where many are alike.
"""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from bot.extract.evidence import Evidence
from bot.extract.reading import Floats
from bot.extract.scoring import odds
from bot.extract.view import View
from bot.question.asked import KINDS, Kind
from bot.question.substitute import BRACKETED
from ingest.language import language_of

#: Characters of a long question, and units of what is found for it when that is much.
LONG, MANY = 60, 100
#: A question term counts as met from this match on, and the best this many hits are asked for it.
MET, GOOD = 0.5, 5


def met(e: Evidence) -> Floats:
    """(m,) how well each term is met by the best of the good hits, with its headings."""
    around = np.maximum(e.passage, e.head)[:, :GOOD]
    return around.max(axis=1) if around.size else np.zeros(len(e.terms), np.float32)


def _unheard(v: View) -> float:
    """Share of the question that the library does not know at all and the good hits hold nothing like."""
    total = float(v.evidence.weights.sum())
    lost = v.evidence.weights[~v.evidence.known & (met(v.evidence) < MET)]
    return float(lost.sum()) / total if total > 0 else 0.0


def _weight_of_best(v: View, first: int) -> float:
    """Share of all weight (softmax of the scores) that the most direct units hold: 1 where they stand out."""
    share = odds(v.scored.scores)
    return float(np.sort(share)[-first:].sum() / share.sum())


def _scores(v: View) -> Floats:
    return np.array([hit.score for hit in v.evidence.hits], np.float32)


def _wants(v: View, kind: Kind) -> float:
    return float(v.evidence.asked.wants(kind))


#: Every sign: its name in sufficiency.json and how it is computed.
OVERALL: Mapping[str, Callable[[View], float]] = {
    **{f"wants {kind}": partial(_wants, kind=kind) for kind in KINDS},
    "continues": lambda v: float(bool(BRACKETED.search(v.evidence.asked.text))),
    "japanese": lambda v: float(language_of(v.evidence.asked.text) == "ja"),
    "length": lambda v: len(v.evidence.asked.text) / LONG,
    "asked": lambda v: float(v.evidence.asked.count),
    "known": lambda v: float(v.evidence.known.mean()),
    "unheard": _unheard,
    "found": lambda v: v.evidence.hits[0].score,
    "found_spread": lambda v: float(_scores(v).std()),
    "found_rest": lambda v: float(_scores(v)[GOOD:].mean()) if len(v.evidence.hits) > GOOD else 0.0,
    "units": lambda v: len(v.evidence.units) / MANY,
    "direct": lambda v: float(v.scored.scores.max()),
    "first": partial(_weight_of_best, first=1),
    "first_three": partial(_weight_of_best, first=3),
    "first_seven": partial(_weight_of_best, first=7),
}


def overall(v: View) -> Floats:
    """(Q,) the signs, in the order of OVERALL; the evidence has terms and units."""
    return np.array([compute(v) for compute in OVERALL.values()], np.float32)
