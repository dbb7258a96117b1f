"""DOOR: `python -m evals.fit_matching`: fits when a question counts as one that an approved answer answers.

Fits on the tuning half of evals/matching.tsv, where the weights come from all of it and the threshold from answers left
out in turn (the strictest one that keeps a recall of 0.75); prints the figures of that half, and with --held-back those of the other one.
"""

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.desk.matching import FEATURES, Matcher, Weights
from vectorstore.embedders import load_embedder
from vectorstore.glossary import load_glossary

FILE = Path(__file__).parent / "matching.tsv"
OUT = Path(__file__).parent.parent / "bot" / "desk" / "matching.json"
RIDGE = 0.3
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question beside the ways to ask for one answer; `same` where it asks for that answer."""

    question: str
    kind: str
    own: str
    answer: str
    features: tuple[float, ...]

    @property
    def same(self) -> bool:
        """Whether the answer is the one that is asked for."""
        return self.kind == "paraphrase" and self.own == self.answer


def pairs(matcher: Matcher, split: str, languages: Sequence[str] = ("ja", "en")) -> list[Pair]:
    """Every question of a split beside every answer of it, the answers known by their variants in `languages`."""
    with open(FILE, encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle, delimiter="\t") if row["split"] == split]
    ways: dict[str, list[str]] = {}
    for row in rows:
        if row["kind"] == "variant" and row["language"] in languages:
            ways.setdefault(row["answer"], []).append(row["question"])
    return [
        Pair(row["question"], row["kind"], row["answer"], answer, matcher.features(row["question"], variants))
        for row in rows
        if row["kind"] != "variant"
        for answer, variants in ways.items()
    ]


def fitted(found: Sequence[Pair]) -> Weights:
    """Logistic regression with a ridge on standardised features; no threshold yet."""
    values = np.array([pair.features for pair in found])
    same = np.array([pair.same for pair in found])
    mean, scale = values.mean(axis=0), values.std(axis=0) + 1e-9
    table = (values - mean) / scale

    def loss(at: Floats) -> float:
        z = table @ at[:-1] + at[-1]
        return float(
            (np.logaddexp(0, -z) * same + np.logaddexp(0, z) * ~same).sum() + RIDGE * (at[:-1] ** 2).sum()
        )

    best = minimize(loss, np.zeros(len(FEATURES) + 1)).x
    weights = best[:-1] / scale
    return Weights(tuple(map(float, weights)), float(best[-1] - weights @ mean), 1.0)


def best_of(found: Sequence[Pair], score: Sequence[float]) -> list[tuple[float, bool, bool]]:
    """For each question: its best answer's score, whether that is right, and whether there is a right one."""
    best: dict[str, tuple[float, bool, bool]] = {}
    for pair, value in zip(found, score, strict=True):
        if pair.question not in best or value > best[pair.question][0]:
            best[pair.question] = (value, pair.same, pair.kind == "paraphrase")
    return sorted(best.values(), reverse=True)


def left_out(found: Sequence[Pair]) -> list[float]:
    """The score of every pair by weights that saw neither its question nor its answer."""
    scores = [0.0] * len(found)
    for own in {pair.own for pair in found}:
        weights = fitted([pair for pair in found if own not in (pair.own, pair.answer)])
        for at, pair in enumerate(found):
            if pair.own == own:
                scores[at] = weights.score(pair.features)
    return scores


def at_threshold(best: Sequence[tuple[float, bool, bool]], threshold: float) -> tuple[float, float, int]:
    """Precision, recall and false matches at a threshold."""
    fired = [right for score, right, _ in best if score >= threshold]
    wanted = sum(paraphrase for _, _, paraphrase in best)
    return (sum(fired) / len(fired) if fired else 1.0, sum(fired) / wanted, len(fired) - sum(fired))


def chosen(best: Sequence[tuple[float, bool, bool]]) -> float:
    """The least threshold at which nothing false matches: a false match costs more than a missed one."""
    false = max((score for score, right, _ in best if not right), default=0.0)
    return min((score for score, right, _ in best if right and score > false), default=1.0)


def lines(name: str, best: Sequence[tuple[float, bool, bool]], threshold: float) -> Iterator[str]:
    """The figures of one measurement, and what other thresholds would give."""
    for tried in (threshold, 0.3, 0.5, 0.7, 0.9):
        precision, recall, false = at_threshold(best, tried)
        yield f"{name} at {tried:.3f}: precision {precision:.3f}, recall {recall:.3f}, {false} false matches"


def main(arguments: Sequence[str]) -> None:
    """Fits, writes the weights, prints the figures."""
    embedder, glossary = load_embedder("bundled"), load_glossary()
    blank = Matcher(embedder, glossary, Weights((0.0,) * len(FEATURES), 0.0, 1.0))
    found = pairs(blank, "tuning")
    best = best_of(found, left_out(found))
    threshold = floor(chosen(best) * 10_000) / 10_000
    weights = fitted(found)
    held = {"weights": dict(zip(FEATURES, (round(w, 4) for w in weights.weights), strict=True))}
    OUT.write_text(
        json.dumps({**held, "bias": round(weights.bias, 4), "threshold": threshold}, indent=2) + "\n"
    )
    sys.stdout.write("\n".join(lines("tuning, answers left out", best, threshold)) + "\n")
    if "--held-back" in arguments:
        for name, languages in (
            ("both", ("ja", "en")),
            ("Japanese only", ("ja",)),
            ("English only", ("en",)),
        ):
            other = pairs(blank, "held-back", languages)
            scored = best_of(other, [weights.score(pair.features) for pair in other])
            sys.stdout.write("\n".join(lines(f"held-back, variants {name}", scored, threshold)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
