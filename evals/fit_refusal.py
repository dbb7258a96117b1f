"""DOOR `python -m evals.fit_refusal`: fits when the desk declines, on the tuning half of the cases.

Every home given on the command line is a library of its own (the real documents, the bundled digests); the
features of all of them are pooled. A case whose facts are not among the hits of a library is left out there.
Writes bot/extract/sufficiency.json and sufficiency.npz.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.ask import READ
from bot.extract.evidence import gather
from bot.extract.overall import OVERALL, overall
from bot.extract.reading import Writing
from bot.extract.scoring import load_weights, score
from bot.extract.signs import FEATURES, features, widened
from bot.extract.sufficient import summed
from bot.extract.view import view
from bot.forest import Forest
from bot.question.delicate import delicate
from evals.cases import load_cases
from evals.growing import Growth, grow
from evals.judge import facts_in
from evals.tools import alone, libraries
from evals.types import Case
from vectorstore.types import Hit, Query, Search

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]
#: Strength of the ridge on standardised weights; chosen by cross-validation among 30, 50 and 80.
RIDGE = 50.0
#: Share of answerable tuning questions that may be declined at the operating point: with those not among the hits about one in ten
#: of the questions that were written blind (evals/LOG.md, 2026-11-27).
WRONGLY_DECLINED = 0.08
FOLDS = 5
#: Rounds of choosing places and fitting at most; it settles in about five.
ROUNDS = 12
GROWTH = Growth(trees=200, fewest=2, looked=0.5, seed=7)
_TARGET = Path(__file__).resolve().parent.parent / "bot" / "extract" / "sufficiency.json"


@dataclass(frozen=True, slots=True)
class Row:
    """One question laid beside one library's hits: the signs of all of it (Q,), and the features of the places that may answer
    it, (P, F) and widened.
    """

    case: str
    signs: Floats32
    values: Floats
    widened: Floats
    answerable: bool


def _row(case: Case, question: str, hits: tuple[Hit, ...], writing: Writing) -> Row | None:
    """None where nothing was found or asked, which needs no weights."""
    evidence = gather(question, hits, writing)
    if not evidence.units or not evidence.terms:
        return None
    scored = score(evidence, writing, load_weights())
    seen = view(evidence, writing, scored)
    values = features(seen, writing)
    wide = widened(values).astype(np.float64)
    return Row(case.id, overall(seen), values.astype(np.float64), wide, case.action != "refuse")


def _holds_facts(case: Case, hits: Iterable[Hit]) -> bool:
    return facts_in(case, "\n".join(hit.passage.text for hit in hits)) >= 1.0


def rows_of(cases: Sequence[Case], search: Search, writing: Writing) -> list[Row]:
    """The rows of one library."""
    rows: list[Row] = []
    for case in cases:
        if case.action not in ("answer", "correct", "both", "refuse") or delicate(case.asked[-1]):
            continue
        question = alone(case, writing.glossary)
        hits = search(Query(question, READ))
        if case.action == "refuse" or (case.facts and _holds_facts(case, hits)):
            row = _row(case, question, hits, writing)
            rows += [row] if row else []
    return rows


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted blend on raw features, widened."""

    bias: float
    weights: Floats

    def best(self, row: Row) -> int:
        """The place that speaks most for an answer."""
        return int(np.argmax(row.widened @ self.weights))

    def summed(self, row: Row) -> Floats32:
        """The row as the forest reads it."""
        logits = row.widened @ self.weights + self.bias
        return summed(row.signs, row.values.astype(np.float32), logits.astype(np.float32))


def fit(values: Floats, labels: Floats, ridge: float) -> Fit:
    """Ridge logistic regression by Newton's method, classes balanced. (n, F), (n,)."""
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    design = np.column_stack([np.ones(len(values)), (values - mean) / spread])
    importance = np.where(labels > 0, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))
    penalty = np.diag([0.0] + [ridge] * values.shape[1])
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ beta))
        gradient = design.T @ (importance * (labels - p)) - penalty @ beta
        hessian = (design * (importance * p * (1 - p))[:, None]).T @ design + penalty
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    raw = beta[1:] / spread
    return Fit(float(beta[0] - raw @ mean), raw)


def fit_places(rows: Sequence[Row], ridge: float) -> Fit:
    """A blend by which the best place of each question decides.

    Which place that is, is not known: it is chosen by the blend so far and the blend fitted again, until neither
    changes (Andrews, Tsochantaridis and Hofmann, 2003, with a logistic loss).
    """
    labels = np.array([float(row.answerable) for row in rows])
    at = [0] * len(rows)
    for _ in range(ROUNDS):
        found = fit(np.array([row.widened[one] for row, one in zip(rows, at, strict=True)]), labels, ridge)
        best = [found.best(row) for row in rows]
        if best == at:
            break
        at = best
    return found


def two_stages(rows: Sequence[Row]) -> tuple[Fit, Forest]:
    """The blend that finds the place, and the forest that decides, which learns from blends that had not seen the question."""
    fold_of = np.array([_fold(row.case) for row in rows])
    table = np.zeros((len(rows), len(OVERALL) + 3 * len(FEATURES) + 4), np.float32)
    for one in sorted(set(fold_of)):
        blend = fit_places([row for row, fold in zip(rows, fold_of, strict=True) if fold != one], RIDGE)
        table[fold_of == one] = [
            blend.summed(r) for r, fold in zip(rows, fold_of, strict=True) if fold == one
        ]
    labels = np.array([row.answerable for row in rows], np.float64)
    return fit_places(rows, RIDGE), grow(table, labels, GROWTH)


def out_of_fold(rows: Sequence[Row]) -> Floats:
    """(n,) confidences from folds that hold out whole questions, so that one library does not tell of the other."""
    fold_of = np.array([_fold(row.case) for row in rows])
    found = np.zeros(len(rows))
    for one in range(FOLDS):
        blend, forest = two_stages([row for row, fold in zip(rows, fold_of, strict=True) if fold != one])
        for at, row in enumerate(rows):
            if fold_of[at] == one:
                found[at] = forest.probability(blend.summed(row))
    return found


def _fold(case: str) -> int:
    """The same for the same question whatever other cases there are."""
    return int(hashlib.sha256(case.encode()).hexdigest(), 16) % FOLDS


def operating_point(confidences: Floats, rows: Sequence[Row]) -> float:
    """The confidence below which WRONGLY_DECLINED of the answerable questions lie."""
    answerable = [x for x, row in zip(confidences, rows, strict=True) if row.answerable]
    return float(np.quantile(answerable, WRONGLY_DECLINED))


def shares(confidences: Floats, rows: Sequence[Row], point: float) -> tuple[float, float]:
    """Declined shares: of unanswerable questions, and of answerable ones."""
    declined, answerable = confidences < point, np.array([row.answerable for row in rows])
    return float(declined[~answerable].mean()), float(declined[answerable].mean())


def main(homes: Sequence[str]) -> None:
    """Fits on every home's live library and writes the blend."""
    cases = [case for case in load_cases() if case.split == "tuning"]
    rows: list[Row] = []
    for search, writing in libraries(homes):
        rows += rows_of(cases, search, writing)
    confidences = out_of_fold(rows)
    point = operating_point(confidences, rows)
    final, forest = two_stages(rows)
    found = shares(confidences, rows, point)
    blend = {
        "fitted_on": f"{len(rows)} questions of the tuning half, {len(homes)} libraries",
        "cross_validated": dict(zip(("unanswerable", "answerable"), map(_short, found), strict=True)),
        "bias": _short(final.bias),
        "weights": dict(zip(FEATURES, map(_short, final.weights[: len(FEATURES)]), strict=True)),
        "with_gap": dict(zip(FEATURES, map(_short, final.weights[len(FEATURES) :]), strict=True)),
        "overall": list(OVERALL),
        "threshold": _short(point),
    }
    forest.save(_TARGET.with_suffix(".npz"))
    _TARGET.write_text(json.dumps(blend, indent=2) + "\n", "utf-8")
    sys.stdout.write(json.dumps(blend, indent=2) + "\n")


def _short(value: float) -> float:
    return float(f"{value:.4g}")


if __name__ == "__main__":
    main(sys.argv[1:])
