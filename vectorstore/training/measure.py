"""How well a model finds what belongs together, on text that training never saw.

Every set is a pool of texts and questions with one or more right answers in that pool. A question whose
wording occurs twice has all the answers of both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.training.corpora import read_rows

QUESTIONS = 1_000  # of the question sets, drawn once with SAMPLE
SAMPLE = 11  # seed of that draw: the same questions for every model
CUT = 10  # MRR looks at the first ten
FEW = 5  # recall looks at the first five

Scores = NDArray[np.float32]
Score = Callable[[Sequence[str], Sequence[str]], Scores]
"""(questions, pool) -> similarities of shape (questions, pool)."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One measurement: the file, its columns, which of them asks and which answers, how many questions."""

    name: str
    file: str
    columns: int
    question: int
    answer: int
    questions: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What came out: shares between 0 and 1 over `questions` questions and a pool of `pool` texts."""

    name: str
    questions: int
    pool: int
    first: float
    mrr: float
    recall: float


ASKS = (
    Ask("question to passage, Japanese", "jaquad_dev", 2, 0, 1, QUESTIONS),
    Ask("question to passage, English", "squad_dev_en", 2, 0, 1, QUESTIONS),
    Ask("translation, English to Japanese", "parallel_dev", 3, 0, 1),
    Ask("translation, Japanese to English", "parallel_dev", 3, 1, 0),
    Ask("heading to passage, English", "sections_dev", 6, 0, 4),
    Ask("heading to passage, Japanese", "sections_dev", 6, 1, 5),
    Ask("heading to passage, English to Japanese", "sections_dev", 6, 0, 5),
    Ask("heading to passage, Japanese to English", "sections_dev", 6, 1, 4),
)


def measure(score: Score, corpora: Path, asks: Sequence[Ask] = ASKS) -> tuple[Figures, ...]:
    """Figures of `score` on every set of `asks`; raises CorpusError where a file is missing."""
    return tuple(_measure_one(score, corpora, ask) for ask in asks)


def _measure_one(score: Score, corpora: Path, ask: Ask) -> Figures:
    rows = tuple(read_rows(corpora, ask.file, ask.columns))
    pool = {text: place for place, text in enumerate(dict.fromkeys(row[ask.answer] for row in rows))}
    answers: dict[str, set[int]] = {}
    for row in rows:
        answers.setdefault(row[ask.question], set()).add(pool[row[ask.answer]])
    questions = _draw(tuple(answers), ask.questions)
    ranks = best_ranks(score(questions, tuple(pool)), [answers[question] for question in questions])
    return Figures(ask.name, len(questions), len(pool), *summary(ranks))


def _draw(questions: tuple[str, ...], count: int | None) -> tuple[str, ...]:
    if count is None or count >= len(questions):
        return questions
    chosen = np.random.default_rng(SAMPLE).choice(len(questions), count, replace=False)
    return tuple(questions[place] for place in sorted(chosen))


def best_ranks(scores: Scores, answers: Sequence[set[int]]) -> NDArray[np.int64]:
    """Rank, from 1, of the best right answer of each row; a tie counts against it."""
    best = [row[sorted(right)].max() for row, right in zip(scores, answers, strict=True)]
    wrong = scores.copy()
    for row, right in zip(wrong, answers, strict=True):
        row[sorted(right)] = -np.inf
    ahead: NDArray[np.int64] = (wrong >= np.array(best)[:, None]).sum(axis=1, dtype=np.int64)
    return ahead + 1


def summary(ranks: NDArray[np.int64]) -> tuple[float, float, float]:
    """Share ranked first, mean reciprocal rank within the first ten, share within the first five."""
    reciprocal = np.where(ranks <= CUT, 1 / ranks, 0.0)
    return float((ranks == 1).mean()), float(reciprocal.mean()), float((ranks <= FEW).mean())
