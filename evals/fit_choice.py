"""DOOR `python -m evals.fit_choice HOME...`: fits which sentences an answer shows, on the tuning half of the
cases.

Every home is a library of its own. For each fact that a case asks for, the sentences that hold it should
stand above the others of the same question (softmax); a penalty holds the weights near the ones they start
from. Writes bot/extract/choice.json.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.ask import READ
from bot.extract.evidence import gather
from bot.extract.reading import Writing
from bot.extract.scoring import FEATURES, FILL, SHARPNESS, features, fills, kinds_shown, load_weights
from evals.cases import load_cases
from evals.judge import squeezed
from evals.tools import alone, libraries
from evals.types import Case
from vectorstore.types import Query, Search

#: Strength of the penalty per question; chosen by five-fold cross-validation among 0.003, 0.01, 0.03 and 0.1.
PENALTY = 0.01
FOLDS = 5
NAMES = (*FEATURES, FILL)
#: Preferences and no evidence: most facts of the cases stand in one language only, so these cannot be learnt
#: from them.
FIXED = frozenset({"foreign"})
_TARGET = Path(__file__).resolve().parent.parent / "bot" / "extract" / "choice.json"

Floats = NDArray[np.float64]
#: (units, features and fill) of one question, and one mask of units per fact that stands in any of them.
Example = tuple[Floats, tuple[NDArray[np.bool_], ...]]


def example(case: Case, search: Search, writing: Writing) -> Example | None:
    """The units of a case's hits and where its facts stand; None where none of them does."""
    question = alone(case, writing.glossary)
    evidence = gather(question, search(Query(question, READ)), writing)
    texts = [squeezed(unit.text) for unit in evidence.units]
    masks = [
        np.array([any(squeezed(variant) in text for variant in fact) for text in texts], dtype=bool)
        for fact in case.facts
    ]
    found = tuple(mask for mask in masks if mask.any())
    if not found:
        return None
    table, weights = features(evidence, kinds_shown(evidence, writing.glossary)), load_weights()
    scores = table @ np.array([weights[name] for name in FEATURES], np.float32)
    return np.column_stack([table, fills(evidence, writing, scores)]).astype(np.float64), found


def loss(weights: Floats, start: Floats, data: Sequence[Example]) -> tuple[float, Floats]:
    """Mean negative log probability of a sentence with the fact, with the penalty, and its gradient."""
    total, gradient = 0.0, np.zeros_like(weights)
    for table, facts in data:
        logits = SHARPNESS * table @ weights
        share = np.exp(logits - logits.max())
        share /= share.sum()
        for mask in facts:
            inside = share * mask
            mass = max(float(inside.sum()), 1e-12)
            total -= float(np.log(mass)) / len(facts)
            gradient += SHARPNESS * (share - inside / mass) @ table / len(facts)
    away = weights - start
    value = total / len(data) + PENALTY * SHARPNESS * float(away @ away)
    return value, gradient / len(data) + 2 * PENALTY * SHARPNESS * away


def fit(data: Sequence[Example], start: Floats) -> Floats:
    """The weights that minimise the loss; those in FIXED stay as they are."""
    bounds = [(w, w) if name in FIXED else (None, None) for name, w in zip(NAMES, start, strict=True)]
    found: Floats = minimize(loss, start, args=(start, data), jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


def among_first(weights: Floats, data: Sequence[Example], k: int) -> float:
    """Mean share of a question's facts that stand in its k best sentences."""
    shares = []
    for table, facts in data:
        best = np.argsort(-(table @ weights), kind="stable")[:k]
        shares.append(np.mean([mask[best].any() for mask in facts]))
    return float(np.mean(shares)) if shares else 0.0


def cross_validated(data: Sequence[tuple[str, Example]], start: Floats, k: int) -> float:
    """among_first on questions that the weights were not fitted on; the same question is in one fold in
    all libraries.
    """
    names = sorted({name for name, _ in data})
    fold_of = {name: at % FOLDS for at, name in enumerate(names)}
    found = []
    for one in range(FOLDS):
        weights = fit([e for name, e in data if fold_of[name] != one], start)
        found += [among_first(weights, [e], k) for name, e in data if fold_of[name] == one]
    return float(np.mean(found))


def main(homes: Sequence[str]) -> None:
    """Fits over every home's live library and writes the weights."""
    cases = [c for c in load_cases() if c.split == "tuning" and c.facts and c.action != "refuse"]
    data: list[tuple[str, Example]] = []
    for search, writing in libraries(homes):
        made = [(case.id, example(case, search, writing)) for case in cases]
        data += [(name, one) for name, one in made if one]
    start = np.array([load_weights()[name] for name in NAMES])
    fitted = fit([one for _, one in data], start)
    report = {
        "fitted_on": f"{len(data)} questions of the tuning half, {len(homes)} libraries",
        "facts_in_first": {
            str(k): [
                round(among_first(start, [e for _, e in data], k), 3),
                round(cross_validated(data, start, k), 3),
            ]
            for k in (1, 3, 6)
        },
        "weights": {name: round(float(w), 3) for name, w in zip(NAMES, fitted, strict=True)},
    }
    _TARGET.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
