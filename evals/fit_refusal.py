"""DOOR `python -m evals.fit_refusal`: fits when the desk declines, on the tuning half of the cases.

Every home given on the command line is a library of its own (the real documents, the bundled digests); the
features of all of them are pooled. A case whose facts are not among the hits of a library is left out there.
Writes bot/extract/sufficiency.json.
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
from bot.extract.reading import Writing
from bot.extract.scoring import load_weights, score
from bot.extract.signs import FEATURES, features, widened
from bot.question.delicate import delicate
from evals.cases import load_cases
from evals.judge import facts_in
from evals.tools import libraries
from evals.types import Case
from vectorstore.types import Hit, Query, Search

Floats = NDArray[np.float64]
#: Strength of the ridge on standardised weights; chosen by cross-validation among 30, 50 and 80.
RIDGE = 50.0
#: Share of answerable tuning questions that may be declined at the operating point.
WRONGLY_DECLINED = 0.07
FOLDS = 5
#: Rounds of choosing places and fitting at most; it settles in about five.
ROUNDS = 12
_TARGET = Path(__file__).resolve().parent.parent / "bot" / "extract" / "sufficiency.json"


@dataclass(frozen=True, slots=True)
class Row:
    """One question laid beside one library's hits: (P, 2 F) widened features of the places that may answer it."""

    case: str
    values: Floats
    answerable: bool


def _row(case: Case, hits: tuple[Hit, ...], writing: Writing, answerable: bool) -> Row | None:
    """None where nothing was found or asked, which needs no weights."""
    evidence = gather(case.question, hits, writing)
    if not evidence.units or not evidence.terms:
        return None
    scored = score(evidence, writing, load_weights())
    return Row(case.id, widened(features(evidence, writing, scored)).astype(np.float64), answerable)


def _holds_facts(case: Case, hits: Iterable[Hit]) -> bool:
    return facts_in(case, "\n".join(hit.passage.text for hit in hits)) >= 1.0


def rows_of(cases: Sequence[Case], search: Search, writing: Writing) -> list[Row]:
    """The rows of one library."""
    rows: list[Row] = []
    for case in cases:
        if (
            case.turns
            or case.action not in ("answer", "correct", "both", "refuse")
            or delicate(case.question)
        ):
            continue
        hits = search(Query(case.question, READ))
        if case.action == "refuse" or (case.facts and _holds_facts(case, hits)):
            row = _row(case, hits, writing, case.action != "refuse")
            rows += [row] if row else []
    return rows


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted blend on raw features, widened."""

    bias: float
    weights: Floats

    def best(self, row: Row) -> int:
        """The place that speaks most for an answer."""
        return int(np.argmax(row.values @ self.weights))

    def logit(self, row: Row) -> float:
        """The logit of that place."""
        return float((row.values @ self.weights).max() + self.bias)


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
        found = fit(np.array([row.values[one] for row, one in zip(rows, at, strict=True)]), labels, ridge)
        best = [found.best(row) for row in rows]
        if best == at:
            break
        at = best
    return found


def out_of_fold(rows: Sequence[Row], ridge: float) -> Floats:
    """(n,) logits from folds that hold out whole questions, so that one library does not tell of the
    other.
    """
    fold_of = np.array([_fold(row.case) for row in rows])
    logits = np.zeros(len(rows))
    for one in range(FOLDS):
        found = fit_places([row for row, fold in zip(rows, fold_of, strict=True) if fold != one], ridge)
        logits[fold_of == one] = [
            found.logit(row) for row, fold in zip(rows, fold_of, strict=True) if fold == one
        ]
    return logits


def _fold(case: str) -> int:
    """The same for the same question whatever other cases there are."""
    return int(hashlib.sha256(case.encode()).hexdigest(), 16) % FOLDS


def operating_point(logits: Floats, rows: Sequence[Row]) -> float:
    """The logit below which WRONGLY_DECLINED of the answerable questions lie."""
    return float(
        np.quantile([x for x, row in zip(logits, rows, strict=True) if row.answerable], WRONGLY_DECLINED)
    )


def shares(logits: Floats, rows: Sequence[Row], point: float) -> tuple[float, float]:
    """Declined shares: of unanswerable questions, and of answerable ones."""
    declined, answerable = logits < point, np.array([row.answerable for row in rows])
    return float(declined[~answerable].mean()), float(declined[answerable].mean())


def main(homes: Sequence[str]) -> None:
    """Fits on every home's live library and writes the blend."""
    cases = [case for case in load_cases() if case.split == "tuning"]
    rows: list[Row] = []
    for search, writing in libraries(homes):
        rows += rows_of(cases, search, writing)
    logits = out_of_fold(rows, RIDGE)
    point = operating_point(logits, rows)
    final = fit_places(rows, RIDGE)
    found = shares(logits, rows, point)
    blend = {
        "fitted_on": f"{len(rows)} questions of the tuning half, {len(homes)} libraries",
        "cross_validated": dict(zip(("unanswerable", "answerable"), map(_short, found), strict=True)),
        "bias": _short(final.bias),
        "weights": dict(zip(FEATURES, map(_short, final.weights[: len(FEATURES)]), strict=True)),
        "with_gap": dict(zip(FEATURES, map(_short, final.weights[len(FEATURES) :]), strict=True)),
        "threshold": _short(1 / (1 + float(np.exp(-point)))),
    }
    _TARGET.write_text(json.dumps(blend, indent=2) + "\n", "utf-8")
    sys.stdout.write(json.dumps(blend, indent=2) + "\n")


def _short(value: float) -> float:
    return float(f"{value:.4g}")


if __name__ == "__main__":
    main(sys.argv[1:])
