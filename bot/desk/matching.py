"""Whether a question asks what an approved answer answers, within a language and across the two. Pure but for the
embedder, the glossary and the model of questions that it is given.

Of all answers the embedder lets forty through, by the nearest way to ask for each; of these the model of questions, which
reads every question alone, the nearest three. Figures or names in the place of others, a denial in nearly the same
words, and the same words in another order make it another question; the very words of a way to ask make it the same. Otherwise a fitted forest decides
(decision.py): by what the model says that reads a question and a way to ask together; cosines; late interaction over the
terms, both ways; whether the two differ in one term alone, which is then what they differ about; what both ask for
(kinds.py); and the concepts in which they meet, that the question adds and that it leaves out (concepts.py). Of answers
that ask for something else at most one is asked for, so what speaks for one speaks against the others. A question that only
comes near gets no reviewed answer.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from bot.desk.compared import Floats, Reader, across, another, signs, verbatim
from bot.desk.decision import THRESHOLD, Decision, load_decision
from bot.desk.memo import Memo
from ingest.language import language_of
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.questions import QuestionModel

#: Answers that the embedder lets through, and how many of them are compared in full.
FIRST, NEAREST = 40, 3
#: From this share of the trees on, below any threshold, an answer may be asked for: two such are compared with each other.
ASKED = 0.5
#: Questions, and pairs of them, whose reading by the model is remembered.
REMEMBERED = 8_192
#: Libraries of approved answers whose tables are remembered: the one before a change and the one after.
TABLES = 2

Ways = tuple[str, ...]


class Matcher:
    """Compares questions with the ways to ask for answers.

    `model` gives the model of questions when the first question is compared: a desk without approved answers needs none.
    """

    def __init__(
        self,
        embedder: Embedder,
        glossary: Glossary,
        model: Callable[[], QuestionModel],
        decision: Decision | None = None,
        remembered: int = REMEMBERED,
    ) -> None:
        self._embedder = embedder
        self._reader = Reader(embedder, glossary)
        self._decision = decision or load_decision()
        self._table: Callable[[tuple[Ways, ...]], Floats] = lru_cache(maxsize=TABLES)(
            lambda answers: self.vectors([way for ways in answers for way in ways])
        )
        self._alone = Memo[str](lambda texts: model().alone(texts), remembered)
        self._together = Memo[tuple[str, str]](lambda pairs: model().together(pairs), remembered)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """(n, d) the embedder's vectors of questions, for a look at very many of them."""
        return self._embedder.queries(list(texts))

    def nearest(
        self, question: str, answers: Sequence[Ways], most: int = NEAREST
    ) -> tuple[tuple[int, float], ...]:
        """The answers, given as the ways to ask for each, that come nearest: at most `most` of them, the likeliest first,
        each by its place and with how surely the question asks for it, 0 to 1. One without a way to ask is never near.
        """
        chosen = self.candidates(question, answers, most)
        ruled = {at: self._ruled(question, answers[at]) for at in chosen}
        shares = self._shares(question, {at: answers[at] for at in chosen if ruled[at] is None})
        every = shares | {at: score for at, score in ruled.items() if score is not None}
        rivals = sorted(every, key=lambda at: -every[at])[:NEAREST]
        scored = []
        for at, score in ruled.items():
            if score is None:
                others = [
                    every[other]
                    for other in rivals
                    if other != at
                    and not (
                        min(every[at], every[other]) >= ASKED and self._same(answers[at], answers[other])
                    )
                ]
                score = self._decision.score(shares[at], others, self.across(question, answers[at]))
            scored.append((at, score))
        return tuple(sorted(scored, key=lambda found: -found[1]))

    def candidates(self, question: str, answers: Sequence[Ways], most: int) -> list[int]:
        """The places of the answers nearest to the question when it is read alone, at most `most`, the nearest first."""
        there = [at for at, ways in enumerate(answers) if ways]
        if len(there) <= most:
            return there
        known = tuple(answers[at] for at in there)
        cosines = self._table(known) @ self.vectors([question])[0]
        begins = np.cumsum([0, *map(len, known)])
        best = [begin + int(np.argmax(cosines[begin:end])) for begin, end in pairwise(begins)]
        first = np.argsort(-cosines[best], kind="stable")[: max(FIRST, most)]
        every = [way for ways in known for way in ways]
        near = self._cosines(question, [every[best[place]] for place in first])
        return [there[first[place]] for place in np.argsort(-near, kind="stable")[:most]]

    def score(self, question: str, ways: Sequence[str]) -> float:
        """How surely a question asks for the one answer that `ways` ask for, 0 to 1."""
        ruled = self._ruled(question, ways)
        if ruled is not None:
            return ruled
        share = self._shares(question, {0: tuple(ways)})[0]
        return self._decision.score(share, (), self.across(question, ways))

    def _shares(self, question: str, answers: Mapping[int, Ways]) -> dict[int, float]:
        """The share of the trees that take the question for one that each of some answers answers."""
        if pairs := [pair for ways in answers.values() for pair in self._pairs(question, ways)]:
            self._together(pairs)  # all at once, which is faster; `features` finds them remembered
        return {at: self._decision.share(self.features(question, ways)) for at, ways in answers.items()}

    def _same(self, ways: Ways, others: Ways) -> bool:
        """Whether two answers are asked for by the same question, so that neither speaks against the other."""
        return any(self.score(way, others) >= THRESHOLD for way in ways)

    def _ruled(self, question: str, ways: Sequence[str]) -> float | None:
        """The score where a rule decides, None where none does."""
        if self.another(question, ways):
            return 0.0
        return 1.0 if self.verbatim(question, ways) else None

    def verbatim(self, question: str, ways: Sequence[str]) -> bool:
        """Whether the question is one of the ways to ask, word for word."""
        return verbatim(self._reader.read(question), [self._reader.read(way) for way in ways])

    def another(self, question: str, ways: Sequence[str]) -> bool:
        """Whether a rule makes it another question, whatever else is alike. True where there is no way to ask."""
        return another(self._reader.read(question), [self._reader.read(way) for way in ways])

    def across(self, question: str, ways: Sequence[str]) -> bool:
        """Whether no way to ask is in the language of the question."""
        return across(self._reader.read(question), [self._reader.read(way) for way in ways])

    def features(self, question: str, ways: Sequence[str]) -> tuple[float, ...]:
        """The values of FEATURES (decision.py) for a question and the ways to ask for one answer, at least one."""
        together = self._together(self._pairs(question, ways))
        return (
            float(self._cosines(question, ways).max()),
            float(together.max()),
            float(together.min()),
            *signs(self._reader.read(question), [self._reader.read(way) for way in ways]),
        )

    def _pairs(self, question: str, ways: Sequence[str]) -> list[tuple[str, str]]:
        """The question with the way to ask that is nearest to it in each language."""
        best: dict[str, str] = {}
        for at in np.argsort(-self._cosines(question, ways), kind="stable"):
            best.setdefault(language_of(ways[at]), ways[at])
        return [(question, way) for way in best.values()]

    def _cosines(self, question: str, ways: Sequence[str]) -> Floats:
        """(n,) how near the question and each way to ask are, both read alone."""
        table = self._alone([question, *ways])
        return np.asarray(table[1:] @ table[0], np.float32)
