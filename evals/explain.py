"""Why a case failed, in words, from its record alone. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.judge import forbidden_in, squeezed
from evals.records import Record


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed case with its reasons, the gravest first."""

    id: str
    record: Record
    reasons: tuple[str, ...]
    gravity: int


def missing_facts(record: Record) -> tuple[str, ...]:
    """The facts that the reply lacks, each by its first variant."""
    shown = squeezed(record.reply.shown)
    return tuple(fact[0] for fact in record.case.facts if not any(squeezed(one) in shown for one in fact))


def _forbidden(record: Record) -> str:
    held = forbidden_in(record.case, record.reply.shown)
    return f"says what it must not: {', '.join(held)}" if held else ""


def _foreign(record: Record) -> str:
    return "cites what was not found for this question" if record.values.get("foreign") else ""


def _spans(record: Record) -> str:
    return "a quote is not the text at its place" if record.values.get("spans", 1.0) < 1 else ""


def _answered(record: Record) -> str:
    wrong = not record.case.answering and record.reply.answered
    return "answered what the documents do not answer" if wrong else ""


def _unsupported(record: Record) -> str:
    return (
        "a sentence is not supported by what it cites"
        if record.values.get("citation_recall", 1.0) < 1
        else ""
    )


def _declined(record: Record) -> str:
    if record.reply.answered or not record.values.get("over_refusal"):
        return ""
    would = {True: ", and would have been right", False: ", and would have been wrong", None: ""}[
        record.forced_right
    ]
    return f"declined although the library holds the answer (certainty {record.reply.confidence:.2f}{would})"


def _facts(record: Record) -> str:
    lacking = missing_facts(record) if record.reply.answered and record.values.get("right") == 0.0 else ()
    return f"lacks: {'; '.join(lacking)}" if lacking and record.case.answering else ""


def _not_held(record: Record) -> str:
    if not record.case.answering or not record.case.gold or "right" in record.values:
        return ""
    gold = record.case.gold[0]
    return (
        f"not judged: the library holds no document {gold.document} with all of: {'; '.join(gold.terms)} "
        "(and no digest of it with all the facts)"
    )


def _ranked(record: Record) -> str:
    if "mrr_10" not in record.values and "rewriting" not in record.values:
        return ""
    if not record.gold_at:
        return "no gold passage among the first ten"
    return f"the first gold passage is at place {record.gold_at[0]}" if record.gold_at[0] > 5 else ""


def _rewritten(record: Record) -> str:
    failed = record.values.get("rewriting") == 0.0
    return f"the follow-up was searched for as: {record.reply.query}" if failed else ""


def _language(record: Record) -> str:
    return "" if record.values.get("language", 1.0) else "speaks another language than the question"


def _let_through(record: Record) -> str:
    passed = record.reply.probe.passed
    return f"the checker let through: {passed[0]}" if passed else ""


#: Every reason that a case can fail for, the gravest first.
REASONS: tuple[Callable[[Record], str], ...] = (
    _forbidden,
    _foreign,
    _spans,
    _answered,
    _unsupported,
    _facts,
    _declined,
    _ranked,
    _rewritten,
    _language,
    _let_through,
    _not_held,
)


def reasons(record: Record) -> tuple[str, ...]:
    """Why the case failed; empty where it did not."""
    return tuple(reason for reason in (one(record) for one in REASONS) if reason)


def failures(records: Sequence[Record], held_back: bool = False) -> tuple[Failure, ...]:
    """The cases that failed, worst first; those of the held-back half, which nobody tunes on, only on demand."""
    found = []
    for record in records:
        if (held_back or record.case.split == "tuning") and (said := reasons(record)):
            gravity = min(place for place, one in enumerate(REASONS) if one(record))
            found.append(Failure(record.case.id, record, said, gravity))
    return tuple(sorted(found, key=lambda one: (one.gravity, one.id)))
