"""Runs cases through a search or a desk and sums up what came of them. Knows no files."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.types import Answer, Turn
from evals.judge import facts_in, forbidden_in, gold_rank
from evals.types import Case
from vectorstore.types import Query, Search

#: How deep a search is looked at.
DEPTH = 10

Ask = Callable[[str, tuple[Turn, ...]], Answer]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search returned for a case: the rank of the first gold passage, 0 where it is not among DEPTH."""

    case: Case
    rank: int
    crossing: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """What the desk said to a case."""

    case: Case
    answer: Answer
    facts: float
    forbidden: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Answered with every fact and nothing forbidden, or declined where the case asks for that."""
        if self.case.action in ("refuse", "chat"):
            return self.answer.status == "refused" and not self.forbidden
        return self.answer.status == "answered" and self.facts == 1.0 and not self.forbidden


def run_search(
    cases: Iterable[Case], search: Search, language_of: Callable[[Case], str]
) -> tuple[Found, ...]:
    """The rank of the gold passage for every case that has one; `language_of` tells the gold passage's language."""
    return tuple(
        Found(case, gold_rank(case, search(Query(case.asked[-1], DEPTH))), language_of(case) != case.language)
        for case in cases
        if case.gold and not case.turns
    )


def run_answers(cases: Iterable[Case], ask: Ask) -> tuple[Answered, ...]:
    """What the desk says to every case; the earlier turns of a dialogue are asked first."""
    results = []
    for case in cases:
        history: tuple[Turn, ...] = ()
        for turn in case.asked:
            answer = ask(turn, history)
            history = (*history, Turn(turn, answer.text, answer.query))
        text = "\n".join((answer.text, *(citation.quote.text for citation in answer.citations)))
        results.append(Answered(case, answer, facts_in(case, text), forbidden_in(case, text)))
    return tuple(results)


def recall(found: Sequence[Found], k: int) -> float:
    """Share of cases with a gold passage among the first k."""
    return sum(0 < one.rank <= k for one in found) / len(found) if found else 0.0


def reciprocal_rank(found: Sequence[Found]) -> float:
    """Mean reciprocal rank of the first gold passage among DEPTH."""
    return sum(1 / one.rank for one in found if one.rank) / len(found) if found else 0.0
