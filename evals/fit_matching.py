"""DOOR: `python -m evals.fit_matching`: fits when a question counts as one that an approved answer answers.

Grows a forest on the tuning splits of evals/matching.tsv, answers known by their ways to ask in both languages and in one
alone, each question beside its own answer and the nearest others; the thresholds come from answers left out in turn.
Prints the figures of these, and with --held-back those of the others.
"""

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.desk.decision import FEATURES, THRESHOLD, Decision, shifted
from bot.desk.matching import Matcher
from bot.forest import Forest
from evals.growing import Growth, grow
from ingest.language import language_of
from vectorstore.embedders import load_embedder
from vectorstore.glossary import load_glossary
from vectorstore.questions import load_questions

FILE = Path(__file__).parent / "matching.tsv"
OUT = Path(__file__).parent.parent / "bot" / "desk" / "matching.json"
GROWTH = Growth(trees=100, fewest=5, looked=0.6, seed=7)
#: The precision of questions that were left out, below which a threshold is too low.
PRECISION = 0.97
WAYS: Mapping[str, tuple[str, ...]] = {
    "both": ("ja", "en"),
    "Japanese only": ("ja",),
    "English only": ("en",),
}
TUNING = ("tuning", "tuning-2", "tuning-3", "tuning-4", "tuning-5")
HELD_BACK = ("held-back", "held-back-2", "held-back-3", "held-back-4", "held-back-5")
#: Answers that a question is compared with, besides its own; parts that are left out in turn.
NEAREST, PARTS = 5, 12
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
        return self.kind != "near miss" and self.own == self.answer


def pairs(matcher: Matcher, split: str, languages: Sequence[str] = ("ja", "en")) -> list[Pair]:
    """Every question of a split beside the nearest answers of it, which are known by their variants in `languages`."""
    with open(FILE, encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle, delimiter="\t") if row["split"] == split]
    ways: dict[str, list[str]] = {}
    for row in rows:
        if row["kind"] == "variant" and row["language"] in languages:
            ways.setdefault(row["answer"], []).append(row["question"])
    names, known = list(ways), [tuple(variants) for variants in ways.values()]
    found = []
    for asked in map(reworded, rows):
        near = [names[at] for at in matcher.candidates(asked["question"], known, NEAREST)]
        own = [asked["answer"]] if asked["answer"] in ways else []
        found += [compared(matcher, asked, answer, ways[answer]) for answer in dict.fromkeys([*near, *own])]
    return found


def reworded(row: Mapping[str, str]) -> Mapping[str, str]:
    """A row as it is, but a way to ask with other words of politeness: so that what changes least counts as the same too."""
    if row["kind"] != "variant":
        return row
    if row["language"] == "en":
        return {**row, "question": f"Could you tell me: {row['question']}"}
    return {**row, "question": f"{row['question'].rstrip('。？?')}、教えてください。"}


def compared(matcher: Matcher, row: Mapping[str, str], answer: str, known: Sequence[str]) -> Pair:
    """The question of a row beside the ways to ask for an answer."""
    asked = row["question"]
    another = matcher.another(asked, known)
    across = all(language_of(way) != language_of(asked) for way in known)
    return Pair(
        asked,
        row["kind"],
        row["answer"],
        answer,
        another,
        across,
        (0.0,) * len(FEATURES) if another else matcher.features(asked, known),
    )


def grown(found: Sequence[Pair]) -> Forest:
    """A forest of what no rule decides."""
    open_ones = [pair for pair in found if not pair.another]
    return grow(
        np.array([pair.features for pair in open_ones], np.float32),
        np.array([pair.same for pair in open_ones], np.float64),
        GROWTH,
    )


def best_of(found: Sequence[Pair], scores: Sequence[float]) -> Best:
    """For each paraphrase and near miss: its best answer's score, whether that is right, and whether there is a right one."""
    best: dict[str, tuple[float, bool, bool]] = {}
    for pair, value in zip(found, scores, strict=True):
        if pair.kind != "variant" and value > best.get(pair.question, (-1.0,))[0]:
            best[pair.question] = (value, pair.same, pair.kind == "paraphrase")
    return sorted(best.values(), reverse=True)


def left_out(found: Sequence[Pair]) -> list[float]:
    """The share of a forest, for every pair, that saw neither its question nor its answer; 0 where a rule decides."""
    part = {own: number % PARTS for number, own in enumerate(sorted({pair.own for pair in found}))}
    forests = [
        grown([pair for pair in found if out not in (part[pair.own], part[pair.answer])])
        for out in range(PARTS)
    ]
    return [share(forests[part[pair.own]], pair) for pair in found]


def share(forest: Forest, pair: Pair) -> float:
    """The share of a forest that takes a pair for the same."""
    return 0.0 if pair.another else forest.probability(np.array(pair.features, np.float32))


def at_threshold(best: Best, threshold: float) -> tuple[float, float, int]:
    """Precision, recall and false matches at a threshold."""
    fired = [right for value, right, _ in best if value >= threshold]
    wanted = sum(paraphrase for _, _, paraphrase in best)
    return (sum(fired) / len(fired) if fired else 1.0, sum(fired) / wanted, len(fired) - sum(fired))


def chosen(best: Best) -> float:
    """The least threshold that keeps PRECISION: a false match costs more than a missed one."""
    kept = [value for value, _, _ in best if value > 0 and at_threshold(best, value)[0] >= PRECISION]
    return min(kept, default=1.0)


def say(name: str, figures: tuple[float, float, int]) -> None:
    """Prints precision, recall and false matches."""
    precision, recall, false = figures
    sys.stdout.write(f"{name}: precision {precision:.3f}, recall {recall:.3f}, {false} false matches\n")


def fit(found: Mapping[tuple[str, str], Sequence[Pair]]) -> Decision:
    """The forest of all answers, with the thresholds that answers left out ask for; prints their figures."""
    everything = [pair for known in found.values() for pair in known]
    shares = iter(left_out(everything))
    scored = {name: [(pair, next(shares)) for pair in known] for name, known in found.items()}
    thresholds = []
    for across in (False, True):
        best: Best = []
        for known in scored.values():
            of = [(pair, value) for pair, value in known if pair.across == across]
            best += best_of(*zip(*of, strict=True)) if of else []
        thresholds.append(chosen(best))
        name = f"tuning, answers left out, {'across' if across else 'within'} at {thresholds[-1]:.3f}"
        say(name, at_threshold(best, thresholds[-1]))
    for (split, ways), known in scored.items():
        values = [shifted(value, thresholds[pair.across]) if value else 0.0 for pair, value in known]
        best = best_of([pair for pair, _ in known], values)
        say(f"{split}, answers left out, {ways}", at_threshold(best, THRESHOLD))
    return Decision(grown(everything), *thresholds)


def main(arguments: Sequence[str]) -> None:
    """Fits, writes the decision, prints the figures."""
    nothing = Decision(
        Forest(np.zeros(0, np.int16), np.zeros(0, np.float32), *2 * [np.zeros(0, np.int32)]), 0.5, 0.5
    )
    matcher = Matcher(load_embedder("bundled"), load_glossary(), load_questions, nothing)
    decision = fit(
        {(split, name): pairs(matcher, split, ways) for split in TUNING for name, ways in WAYS.items()}
    )
    held = {
        "features": list(FEATURES),
        "within": round(decision.within, 4),
        "across": round(decision.across, 4),
    }
    OUT.write_text(json.dumps(held, indent=2) + "\n")
    decision.forest.save(OUT.with_suffix(".npz"))
    for split in HELD_BACK if "--held-back" in arguments else ():
        for name, languages in WAYS.items():
            found = pairs(matcher, split, languages)
            scores = [0.0 if pair.another else decision.score(pair.features) for pair in found]
            say(f"{split}, {name}", at_threshold(best_of(found, scores), THRESHOLD))


if __name__ == "__main__":
    main(sys.argv[1:])
