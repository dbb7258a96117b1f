"""DOOR: `python -m evals.fit_matching`: fits when a question counts as one that an approved answer answers.

Fits on the tuning splits of evals/matching.tsv, answers known by their ways to ask in both languages and in one alone, each
question beside its own answer and the nearest others; the threshold comes from answers left out in turn. Prints the
figures of these, and with --held-back those of the others.
"""

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.desk.matching import FEATURES, THRESHOLD, WITHIN_ACROSS, Matcher, Weights
from vectorstore.embedders import load_embedder
from vectorstore.glossary import load_glossary

FILE = Path(__file__).parent / "matching.tsv"
OUT = Path(__file__).parent.parent / "bot" / "desk" / "matching.json"
RIDGE = 5.0
#: Less than this no feature is taken to vary.
SPREAD = 0.02
#: The precision of questions that were left out, below which a threshold is too low.
PRECISION = 0.96
WAYS: Mapping[str, tuple[str, ...]] = {
    "both": ("ja", "en"),
    "Japanese only": ("ja",),
    "English only": ("en",),
}
#: tuning-3 and tuning-4 are blind sets of 60 answers each that were looked at and, as evals/LOG.md says, not fitted on.
TUNING = ("tuning", "tuning-2")
HELD_BACK = ("held-back", "held-back-2", "held-back-3", "held-back-4")
#: Answers by cosine that a question is compared with, and its own; parts that are left out in turn.
NEAREST, PARTS = 20, 12
Floats = NDArray[np.float64]
Both = tuple[Weights, Weights]
Best = list[tuple[float, bool, bool]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question beside the ways to ask for one answer; `same` where it asks for that answer, `another` where a rule says
    that it does not.
    """

    question: str
    kind: str
    own: str
    answer: str
    another: bool
    across: bool
    features: tuple[float, ...]

    @property
    def same(self) -> bool:
        """Whether the answer is the one that is asked for."""
        return self.kind == "paraphrase" and self.own == self.answer


def pairs(matcher: Matcher, split: str, languages: Sequence[str] = ("ja", "en")) -> list[Pair]:
    """Every question of a split beside the nearest answers of it, which are known by their variants in `languages`."""
    with open(FILE, encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle, delimiter="\t") if row["split"] == split]
    ways: dict[str, list[str]] = {}
    for row in rows:
        if row["kind"] == "variant" and row["language"] in languages:
            ways.setdefault(row["answer"], []).append(row["question"])
    found = []
    for row in rows:
        if row["kind"] != "variant":
            near = nearest(matcher, row["question"], ways) | ({row["answer"]} & ways.keys())
            found += [compared(matcher, row, answer, ways[answer]) for answer in ways if answer in near]
    return found


def nearest(matcher: Matcher, question: str, ways: Mapping[str, Sequence[str]]) -> set[str]:
    """The NEAREST answers, by the cosine of the question with their ways to ask."""
    asked, *others = matcher.vectors([question, *(way for known in ways.values() for way in known)])
    names = [answer for answer, known in ways.items() for _ in known]
    best = sorted(zip((float(asked @ other) for other in others), names, strict=True), reverse=True)
    return set(list(dict.fromkeys(name for _, name in best))[:NEAREST])


def compared(matcher: Matcher, row: Mapping[str, str], answer: str, known: Sequence[str]) -> Pair:
    """The question of a row beside the ways to ask for an answer."""
    asked = row["question"]
    another = matcher.another(asked, known)
    return Pair(
        asked,
        row["kind"],
        row["answer"],
        answer,
        another,
        matcher.across(asked, known),
        (0.0,) * len(FEATURES) if another else matcher.features(asked, known),
    )


def fitted(found: Sequence[Pair]) -> Weights:
    """Logistic regression with a ridge on standardised features, of what no rule decides; no threshold yet."""
    open_ones = [pair for pair in found if not pair.another]
    values = np.array([pair.features for pair in open_ones])
    same = np.array([pair.same for pair in open_ones])
    mean, scale = values.mean(axis=0), np.maximum(values.std(axis=0), SPREAD)
    table = (values - mean) / scale

    def loss(at: Floats) -> tuple[float, Floats]:
        z = table @ at[:-1] + at[-1]
        off = 1 / (1 + np.exp(-np.clip(z, -50, 50))) - same
        value = (np.logaddexp(0, -z) * same + np.logaddexp(0, z) * ~same).sum() + RIDGE * (at[:-1] ** 2).sum()
        return float(value), np.append(table.T @ off + 2 * RIDGE * at[:-1], off.sum())

    best = minimize(loss, np.zeros(len(FEATURES) + 1), jac=True, method="L-BFGS-B").x
    weights = best[:-1] / scale
    return Weights(tuple(map(float, weights)), float(best[-1] - weights @ mean))


def both_fitted(found: Sequence[Pair]) -> Both:
    """The weights within a language and across the two."""
    return fitted([pair for pair in found if not pair.across]), fitted(
        [pair for pair in found if pair.across]
    )


def score(weights: Both, pair: Pair) -> float:
    """The score of a pair as the desk gives it."""
    return 0.0 if pair.another else weights[pair.across].score(pair.features)


def best_of(found: Sequence[Pair], scores: Sequence[float]) -> Best:
    """For each question: its best answer's score, whether that is right, and whether there is a right one."""
    best: dict[str, tuple[float, bool, bool]] = {}
    for pair, value in zip(found, scores, strict=True):
        if pair.question not in best or value > best[pair.question][0]:
            best[pair.question] = (value, pair.same, pair.kind == "paraphrase")
    return sorted(best.values(), reverse=True)


def left_out(found: Sequence[Pair]) -> list[float]:
    """The score of every pair by weights that saw neither its question nor its answer."""
    part = {own: number % PARTS for number, own in enumerate(sorted({pair.own for pair in found}))}
    weights = [
        both_fitted([pair for pair in found if out not in (part[pair.own], part[pair.answer])])
        for out in range(PARTS)
    ]
    return [score(weights[part[pair.own]], pair) for pair in found]


def shifted(weights: Weights, threshold: float) -> Weights:
    """The weights with a bias that makes a score of `threshold` one of THRESHOLD."""
    return Weights(weights.weights, weights.bias - log(threshold / (1 - threshold)))


def at_threshold(best: Best, threshold: float) -> tuple[float, float, int]:
    """Precision, recall and false matches at a threshold."""
    fired = [right for value, right, _ in best if value >= threshold]
    wanted = sum(paraphrase for _, _, paraphrase in best)
    return (sum(fired) / len(fired) if fired else 1.0, sum(fired) / wanted, len(fired) - sum(fired))


def chosen(best: Best) -> float:
    """The least threshold that keeps PRECISION: a false match costs more than a missed one."""
    kept = [value for value, _, _ in best if value > 0 and at_threshold(best, value)[0] >= PRECISION]
    return min(kept, default=1.0)


def report(name: str, found: Sequence[Pair], weights: Both) -> None:
    """Prints the figures of one measurement."""
    say(name, at_threshold(best_of(found, [score(weights, pair) for pair in found]), THRESHOLD))


def say(name: str, figures: tuple[float, float, int]) -> None:
    """Prints precision, recall and false matches."""
    precision, recall, false = figures
    sys.stdout.write(f"{name}: precision {precision:.3f}, recall {recall:.3f}, {false} false matches\n")


def fit(found: Mapping[tuple[str, str], Sequence[Pair]]) -> Both:
    """The weights, each with the threshold that its answers that were left out ask for; prints their figures."""
    everything = [pair for known in found.values() for pair in known]
    values, made = iter(left_out(everything)), []
    scored = {name: [(pair, next(values)) for pair in known] for name, known in found.items()}
    for across, weights in enumerate(both_fitted(everything)):
        best: Best = []
        for known in scored.values():
            of = [(pair, value) for pair, value in known if pair.across == across]
            best += best_of(*zip(*of, strict=True)) if of else []
        threshold = chosen(best)
        say(
            f"tuning, answers left out, {WITHIN_ACROSS[across]} at {threshold:.3f}",
            at_threshold(best, threshold),
        )
        made.append((shifted(weights, threshold), log(threshold / (1 - threshold))))
    for (split, name), known in scored.items():
        best = best_of(
            [pair for pair, _ in known],
            [
                value if not value else 1 / (1 + exp(made[pair.across][1] - log(value / (1 - value))))
                for pair, value in known
            ],
        )
        say(f"{split}, answers left out, {name}", at_threshold(best, THRESHOLD))
    return made[0][0], made[1][0]


def main(arguments: Sequence[str]) -> None:
    """Fits, writes the weights, prints the figures."""
    nothing = Weights((0.0,) * len(FEATURES), 0.0)
    blank = Matcher(load_embedder("bundled"), load_glossary(), (nothing, nothing))
    splits = {(split, name): pairs(blank, split, ways) for split in TUNING for name, ways in WAYS.items()}
    weights = fit(splits)
    held = {
        name: {
            "weights": dict(zip(FEATURES, (round(w, 4) for w in of.weights), strict=True)),
            "bias": round(of.bias, 4),
        }
        for name, of in zip(WITHIN_ACROSS, weights, strict=True)
    }
    OUT.write_text(json.dumps(held, indent=2) + "\n")
    for split in HELD_BACK if "--held-back" in arguments else ():
        for name, languages in WAYS.items():
            report(f"{split}, {name}", pairs(blank, split, languages), weights)


if __name__ == "__main__":
    main(sys.argv[1:])
