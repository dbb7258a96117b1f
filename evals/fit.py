"""DOOR: `python -m evals.fit`: fits the weights of the search features on the tuning half of the cases.

The loss is the softmax of each question's candidates: the best gold passage should stand above the rest. A penalty
holds the weights near the ones they start from, since a hundred questions are few for a dozen features.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.console import plain_errors
from bot.settings import Settings
from bot.wiring import library_of
from evals.cases import load_cases
from evals.judge import holds
from evals.types import Case
from vectorstore.embedders import Embedder, load_embedder
from vectorstore.features import FEATURES, features
from vectorstore.glossary import Glossary, load_glossary
from vectorstore.library import OpenEdition
from vectorstore.search import load_blend, score_candidates
from vectorstore.types import Filter

#: Strength of the penalty per question, chosen by five-fold cross-validation on the tuning half.
PENALTY = 0.02
#: Scores are multiplied by this before the softmax, so that weights of about 1 give sharp choices.
SHARPNESS = 20.0

Floats = NDArray[np.float64]
#: (candidates, features) of one question and which candidates are gold.
Example = tuple[Floats, NDArray[np.bool_]]


def examples(
    cases: Sequence[Case], edition: OpenEdition, embedder: Embedder, glossary: Glossary
) -> list[Example]:
    """One example for every case whose gold passage is among the candidates."""
    made: list[Example] = []
    for case in cases:
        if not case.gold or case.turns:
            continue
        rows, scored = score_candidates(case.question, edition, embedder, glossary, Filter())
        passages = edition.shelf.passages([int(row) for row in rows])
        gold = np.array([any(holds(g, p.source, p.text) for g in case.gold) for p in passages], dtype=bool)
        if gold.any():
            made.append((features(scored).astype(np.float64), gold))
    return made


def loss(weights: Floats, start: Floats, data: Sequence[Example]) -> tuple[float, Floats]:
    """Mean negative log probability of a gold candidate, with the penalty, and its gradient."""
    total, gradient = 0.0, np.zeros_like(weights)
    for table, gold in data:
        logits = SHARPNESS * table @ weights
        logits -= logits.max()
        share = np.exp(logits)
        share /= share.sum()
        inside = share * gold
        total -= np.log(max(inside.sum(), 1e-12))
        gradient += SHARPNESS * (share - inside / max(inside.sum(), 1e-12)) @ table
    away = weights - start
    pull = PENALTY * SHARPNESS
    value = float(total / len(data) + pull * away @ away)
    return value, np.asarray(gradient / len(data) + 2 * pull * away)


def fit(data: Sequence[Example], start: Floats) -> Floats:
    """The weights that minimise the loss."""
    found = minimize(loss, start, args=(start, data), jac=True, method="L-BFGS-B")
    fitted: Floats = found.x
    return fitted


def hit_rate(weights: Floats, data: Sequence[Example], k: int) -> float:
    """Share of examples with a gold candidate among the first k."""
    hits = [gold[np.argsort(-(table @ weights), kind="stable")[:k]].any() for table, gold in data]
    return float(np.mean(hits)) if hits else 0.0


def cross_validated(data: Sequence[Example], start: Floats, folds: int = 5) -> float:
    """Mean first-five rate on the part that each fit did not see."""
    rates = []
    for fold in range(folds):
        train = [one for at, one in enumerate(data) if at % folds != fold]
        rates.append(hit_rate(fit(train, start), data[fold::folds], 5))
    return float(np.mean(rates))


def main(
    out: Annotated[Path | None, typer.Option(help="Where the weights go; only shown without it.")] = None,
) -> None:
    """Fit on the tuning half of the cases over the live library and show what it does there."""
    with plain_errors():
        edition = library_of(Settings()).edition()
        cases = [case for case in load_cases() if case.split == "tuning"]
        data = examples(cases, edition, load_embedder(Settings().embedder), load_glossary())
        start = np.array([load_blend()[name] for name in FEATURES])
        fitted = fit(data, start)
        typer.echo(
            f"{len(data)} examples; first five: start {hit_rate(start, data, 5):.3f}, "
            f"cross-validated {cross_validated(data, start):.3f}, fitted {hit_rate(fitted, data, 5):.3f}"
        )
        weights = {name: round(float(value), 4) for name, value in zip(FEATURES, fitted, strict=True)}
        typer.echo(json.dumps(weights, indent=1))
        if out:
            about = "Weights of the search features, fitted by `python -m evals.fit` on the tuning half of the cases."
            out.write_text(json.dumps({"about": about, "weights": weights}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
