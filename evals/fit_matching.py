"""DOOR: `python -m evals.fit_matching`: fits when a question counts as one that an approved answer answers.

Grows a forest on the tuning splits of evals/matching.tsv, answers known by their ways to ask in both languages and in one
alone, each question beside its own answer and the nearest others; the thresholds come from answers left out in turn,
whose figures are printed. `desk eval matching` measures the others.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor
from pathlib import Path

import numpy as np

from bot.desk.decision import FEATURES, Decision, exclusive, shifted
from bot.desk.matching import NEAREST, Matcher
from bot.forest import Forest
from evals.growing import Growth, grow
from evals.matching import TUNING, WAYS, Figures, Match, Question, figures, known, questions
from evals.mutants import mutants
from ingest.types import Language
from vectorstore.embedders import load_embedder
from vectorstore.glossary import load_glossary
from vectorstore.questions import load_questions

OUT = Path(__file__).parent.parent / "bot" / "desk" / "matching.json"
GROWTH = Growth(trees=100, fewest=5, looked=0.6, seed=7)
#: Kinds of mutants that are another question.
TURNED = frozenset({"negation", "direction", "body"})
#: The precision of questions that were left out, below which a threshold is too low.
PRECISION = 0.965
#: Parts of the answers that are left out in turn.
PARTS = 12
#: Readings that are remembered: all of them, since every way to ask is compared many times.
READINGS = 1_000_000


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
    #: Whether the answer is among the nearest, so that the desk would look at it.
    near: bool = True

    @property
    def same(self) -> bool:
        """Whether the answer is the one that is asked for."""
        return self.kind in ("variant", "paraphrase") and self.own == self.answer


def pairs(matcher: Matcher, split: str, languages: Sequence[str] = ("ja", "en")) -> list[Pair]:
    """Every question of a split beside the nearest answers of it, which are known by their variants in `languages`."""
    asked = questions(split)
    ways = known(asked, languages)
    names, found = list(ways), []
    for one in [altered for question in asked for altered in alterations(question)]:
        near = [names[at] for at in matcher.candidates(one.text, list(ways.values()), NEAREST)]
        own = [one.answer] if one.answer in ways else []
        for answer in dict.fromkeys([*near, *own]):
            found.append(replace(compared(matcher, one, answer, ways[answer]), near=answer in near))
    return found


def alterations(asked: Question) -> list[Question]:
    """What is fitted on beside a question: a way to ask is reworded, and turned into near misses by one word each."""
    if asked.kind != "variant":
        return [asked]
    language: Language = "ja" if asked.language == "ja" else "en"
    turned = {one.kind: one.text for one in reversed(mutants(asked.text, language)) if one.kind in TURNED}
    return [reworded(asked), *(replace(asked, kind="mutant", text=text) for text in turned.values())]


def reworded(asked: Question) -> Question:
    """A question as it is, but a way to ask with other words of politeness: so that what changes least is fitted on too."""
    if asked.kind != "variant":
        return asked
    if asked.language == "en":
        return replace(asked, text=f"Could you tell me: {asked.text}")
    return replace(asked, text=f"{asked.text.rstrip('。？?')}、教えてください。")


def compared(matcher: Matcher, asked: Question, answer: str, ways: Sequence[str]) -> Pair:
    """A question beside the ways to ask for an answer."""
    another = matcher.another(asked.text, ways)
    return Pair(
        asked.text,
        asked.kind,
        asked.answer,
        answer,
        another,
        matcher.across(asked.text, ways),
        (0.0,) * len(FEATURES) if another else matcher.features(asked.text, ways),
    )


def grown(found: Sequence[Pair]) -> Forest:
    """A forest of what no rule decides."""
    open_ones = [pair for pair in found if not pair.another]
    return grow(
        np.array([pair.features for pair in open_ones], np.float32),
        np.array([pair.same for pair in open_ones], np.float64),
        GROWTH,
    )


def best_of(found: Sequence[tuple[Pair, float]]) -> list[Match]:
    """The best answer to each paraphrase and near miss, from pairs with their scores, the likeliest question first."""
    best: dict[str, Match] = {}
    for pair, score in found:
        if pair.kind in ("paraphrase", "near miss") and (
            pair.question not in best or score > best[pair.question].score
        ):
            best[pair.question] = Match(score, pair.same, pair.kind == "paraphrase")
    return sorted(best.values(), key=lambda match: -match.score)


def left_out(found: Sequence[Pair]) -> list[float]:
    """The share, for every pair, of a forest that never saw its question or that question's answer; 0 where a rule decides."""
    part = {own: number % PARTS for number, own in enumerate(sorted({pair.own for pair in found}))}
    forests = [
        grown([pair for pair in found if out not in (part[pair.own], part[pair.answer])])
        for out in range(PARTS)
    ]
    return [share(forests[part[pair.own]], pair) for pair in found]


def beside(found: Sequence[tuple[Pair, float]]) -> list[tuple[Pair, float]]:
    """The pairs that the desk would look at, with their shares beside those of the other answers to the same question; 0
    where a rule decides.
    """
    asked: dict[tuple[str, str], list[float]] = {}
    seen = [(pair, value) for pair, value in found if pair.near]
    for pair, value in seen:
        asked.setdefault((pair.question, pair.kind), []).append(value)
    whole = []
    for pair, value in seen:
        others = list(asked[pair.question, pair.kind])
        others.remove(value)
        whole.append((pair, 0.0 if pair.another else exclusive(value, others)))
    return whole


def share(forest: Forest, pair: Pair) -> float:
    """The share of a forest that takes a pair for the same."""
    return 0.0 if pair.another else forest.probability(np.array(pair.features, np.float32))


def chosen(best: Sequence[Match]) -> float:
    """The least threshold that keeps PRECISION: a false match costs more than a missed one."""
    kept = [one.score for one in best if one.score > 0 and figures(best, one.score).precision >= PRECISION]
    return min(kept, default=1.0)


def fit(found: Mapping[tuple[str, str], Sequence[Pair]]) -> Decision:
    """The forest of all answers, with the thresholds that answers left out ask for; prints their figures."""
    everything = [pair for known in found.values() for pair in known]
    shares = iter(left_out(everything))
    scored = {name: beside([(pair, next(shares)) for pair in known]) for name, known in found.items()}
    thresholds = []
    for across in (False, True):
        best: list[Match] = []
        for of in scored.values():
            best += best_of([(pair, value) for pair, value in of if pair.across == across])
        thresholds.append(chosen(best))
        where = "across" if across else "within"
        say(f"answers left out, {where} at {thresholds[-1]:.3f}", figures(best, thresholds[-1]))
    for (split, ways), of in scored.items():
        best = best_of(
            [(pair, shifted(value, thresholds[pair.across]) if value else 0.0) for pair, value in of]
        )
        say(f"{split}, answers left out, {ways}", figures(best))
    return Decision(grown(everything), *thresholds)


def say(name: str, told: Figures) -> None:
    """Prints the figures of one measurement."""
    sys.stdout.write(f"{name}: {told}\n")


def main() -> None:
    """Fits, writes the decision, prints the figures of answers left out."""
    nothing = Decision(
        Forest(np.zeros(0, np.int16), np.zeros(0, np.float32), *2 * [np.zeros(0, np.int32)]), 0.5, 0.5
    )
    matcher = Matcher(load_embedder("bundled"), load_glossary(), load_questions, nothing, remembered=READINGS)
    decision = fit(
        {(split, name): pairs(matcher, split, ways) for split in TUNING for name, ways in WAYS.items()}
    )
    held = {
        "features": list(FEATURES),
        "within": floor(decision.within * 1e4) / 1e4,
        "across": floor(decision.across * 1e4) / 1e4,
    }
    OUT.write_text(json.dumps(held, indent=2) + "\n")
    decision.forest.save(OUT.with_suffix(".npz"))


if __name__ == "__main__":
    main()
