"""DOOR `python -m evals.fit_refusal`: fits when the desk declines, on the tuning half of the cases.

Every home given on the command line is a library of its own (the real documents, the bundled digests); the
features of all of them are pooled. A case whose facts are not among the hits of a library is left out there.
Writes bot/extract/sufficiency.json.
"""

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
from bot.extract.signs import FEATURES, features
from bot.question.delicate import delicate
from evals.cases import load_cases
from evals.judge import facts_in
from evals.tools import libraries
from evals.types import Case
from vectorstore.types import Hit, Query, Search

Floats = NDArray[np.float64]
#: Strength of the ridge on standardised weights; chosen by cross-validation among 1, 3, 10 and 30.
RIDGE = 10.0
#: Share of answerable tuning questions that may be declined at the operating point.
WRONGLY_DECLINED = 0.065
FOLDS = 5
_TARGET = Path(__file__).resolve().parent.parent / "bot" / "extract" / "sufficiency.json"


@dataclass(frozen=True, slots=True)
class Row:
    """One question laid beside one library's hits."""

    case: str
    values: tuple[float, ...]
    answerable: bool


def _row(case: Case, hits: tuple[Hit, ...], writing: Writing, answerable: bool) -> Row:
    values = features(gather(case.asked[-1], hits, writing), writing)
    return Row(case.id, tuple(map(float, values)), answerable)


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
            rows.append(_row(case, hits, writing, case.action != "refuse"))
    return rows


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted blend on raw features."""

    bias: float
    weights: Floats

    def logits(self, values: Floats) -> Floats:
        return np.asarray(values @ self.weights + self.bias, np.float64)


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


def _arrays(rows: Sequence[Row]) -> tuple[Floats, Floats]:
    return np.array([row.values for row in rows]), np.array([float(row.answerable) for row in rows])


def out_of_fold(rows: Sequence[Row], ridge: float) -> Floats:
    """(n,) logits from folds that hold out whole questions, so that one library does not tell of the
    other.
    """
    values, labels = _arrays(rows)
    names = sorted({row.case for row in rows})
    fold_of = np.array([names.index(row.case) % FOLDS for row in rows])
    logits = np.zeros(len(rows))
    for one in range(FOLDS):
        held = fold_of == one
        logits[held] = fit(values[~held], labels[~held], ridge).logits(values[held])
    return logits


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
    values, labels = _arrays(rows)
    final = fit(values, labels, RIDGE)
    found = shares(logits, rows, point)
    blend = {
        "fitted_on": f"{len(rows)} questions of the tuning half, {len(homes)} libraries",
        "cross_validated": dict(zip(("unanswerable", "answerable"), map(_short, found), strict=True)),
        "bias": _short(final.bias),
        "weights": {name: _short(w) for name, w in zip(FEATURES, final.weights, strict=True)},
        "threshold": _short(1 / (1 + float(np.exp(-point)))),
    }
    _TARGET.write_text(json.dumps(blend, indent=2) + "\n", "utf-8")
    sys.stdout.write(json.dumps(blend, indent=2) + "\n")


def _short(value: float) -> float:
    return float(f"{value:.4g}")


if __name__ == "__main__":
    main(sys.argv[1:])
