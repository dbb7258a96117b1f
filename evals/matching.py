"""How well questions are matched with the answers that they ask for, on evals/matching.tsv and as the desk does it.

Every answer there has ways to ask for it, paraphrases, which ask for the same, and near misses, which ask for something
else with the same words.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.desk.decision import THRESHOLD
from bot.desk.matching import Matcher

FILE = Path(__file__).parent / "matching.tsv"
#: Which ways to ask an answer is known by.
WAYS: Mapping[str, tuple[str, ...]] = {
    "both": ("ja", "en"),
    "Japanese only": ("ja",),
    "English only": ("en",),
}
TUNING = ("tuning", *(f"tuning-{number}" for number in range(2, 9)))
HELD_BACK = ("held-back", *(f"held-back-{number}" for number in range(2, 7)))


@dataclass(frozen=True, slots=True)
class Question:
    """A question about an answer: its kind is variant (a way to ask for it), paraphrase or near miss."""

    text: str
    kind: str
    answer: str
    language: str


@dataclass(frozen=True, slots=True)
class Match:
    """The best answer to a question: its score, whether it is the right one, and whether there is a right one."""

    score: float
    right: bool
    wanted: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the answers shown those that are right, of the paraphrases those that get theirs, and wrong answers shown."""

    precision: float
    recall: float
    false: int

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}, recall {self.recall:.3f}, {self.false} false"


def questions(split: str) -> list[Question]:
    """The questions of a split, in the order of the file."""
    with open(FILE, encoding="utf-8", newline="") as handle:
        table = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Question(row["question"], row["kind"], row["answer"], row["language"])
            for row in table
            if row["split"] == split
        ]


def known(asked: Sequence[Question], languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The ways to ask for each answer in some languages."""
    ways: dict[str, tuple[str, ...]] = {}
    for one in asked:
        if one.kind == "variant" and one.language in languages:
            ways[one.answer] = (*ways.get(one.answer, ()), one.text)
    return ways


def matches(matcher: Matcher, split: str, languages: Sequence[str] = ("ja", "en")) -> list[Match]:
    """What the desk finds for every paraphrase and near miss of a split, its answers in one library."""
    asked = questions(split)
    ways = known(asked, languages)
    names, found = list(ways), []
    for one in asked:
        if one.kind != "variant":
            at, score = matcher.nearest(one.text, list(ways.values()))[0]
            paraphrase = one.kind == "paraphrase"
            found.append(Match(score, paraphrase and names[at] == one.answer, paraphrase))
    return found


def figures(found: Sequence[Match], threshold: float = THRESHOLD) -> Figures:
    """Precision is 1 where nothing is shown; recall needs a paraphrase."""
    shown = [one.right for one in found if one.score >= threshold]
    right, wanted = sum(shown), sum(one.wanted for one in found)
    return Figures(right / len(shown) if shown else 1.0, right / wanted, len(shown) - right)
