"""One case through one system: ask its turns, judge the last reply, keep the record. Knows no files."""

from collections.abc import Mapping
from dataclasses import replace

from bot.ask import READ
from bot.types import Turn
from evals.documents import Documents, gold_language
from evals.metrics.answers import right
from evals.metrics.table import Seen, Tools, values_of
from evals.records import Record, Reply
from evals.relevance import gold_places, judged, present
from evals.systems.types import Ask, System
from evals.types import Case

#: How many hits a record keeps: all that an answer is written from, since its citations are held against them.
DEPTH = READ


def _last(case: Case, ask: Ask) -> tuple[Reply, tuple[Turn, ...]]:
    """The reply to the last turn, and the turns before it."""
    history: tuple[Turn, ...] = ()
    for question in case.asked[:-1]:
        reply = ask(question, history)
        history = (*history, Turn(question, reply.text, reply.query))
    return ask(case.asked[-1], history), history


def direction(case: Case, documents: Documents) -> str:
    """Language of the question and of the gold passage, as in `ja→en`; empty without gold."""
    language = gold_language(case, documents)
    return f"{case.language}→{language}" if language else ""


def measure(case: Case, system: System, documents: Documents) -> Record:
    """The record of one case."""
    reply, history = _last(case, system.ask)
    reply = replace(reply, hits=reply.hits[:DEPTH])
    held = present(case, system.library, documents)
    qrels, ranking = judged(case, reply.hits, held, documents)
    seen = Seen(case, reply, qrels, ranking, Tools(system.judge, system.text_of))
    values: Mapping[str, float] = values_of(seen)
    forced = right(case, reply) if case.answering and reply.answered else None
    if case.answering and seen.holds_answer and not reply.answered and system.forced:
        forced = right(case, system.forced(case.asked[-1], history))
    if case.action == "refuse":
        forced = False
    return Record(
        case=case,
        reply=reply,
        direction=direction(case, documents),
        values=values,
        gold_at=gold_places(qrels, ranking),
        forced_right=forced if case.action == "refuse" or seen.holds_answer else None,
    )
