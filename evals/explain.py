"""Why a case failed, in words, from its record alone. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.judge import forbidden_in, squeezed
from evals.records import Record
from evals.report.words import say
from ingest.types import Language


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


def _forbidden(record: Record, language: Language) -> str:
    held = forbidden_in(record.case, record.reply.shown)
    return say(language, "why_forbidden", words=", ".join(held)) if held else ""


def _foreign(record: Record, language: Language) -> str:
    return say(language, "why_foreign") if record.values.get("foreign") else ""


def _spans(record: Record, language: Language) -> str:
    return say(language, "why_spans") if record.values.get("spans", 1.0) < 1 else ""


def _answered(record: Record, language: Language) -> str:
    wrong = not record.case.answering and record.reply.answered
    return say(language, "why_answered") if wrong else ""


def _unsupported(record: Record, language: Language) -> str:
    return say(language, "why_unsupported") if record.values.get("citation_recall", 1.0) < 1 else ""


def _declined(record: Record, language: Language) -> str:
    if record.reply.answered or not record.values.get("over_refusal"):
        return ""
    key = {True: "why_declined_right", False: "why_declined_wrong", None: "why_declined"}[record.forced_right]
    return say(language, key, certainty=f"{record.reply.confidence:.2f}")


def _facts(record: Record, language: Language) -> str:
    lacking = missing_facts(record) if record.reply.answered and record.values.get("right") == 0.0 else ()
    return say(language, "why_lacks", facts="; ".join(lacking)) if lacking and record.case.answering else ""


def _not_held(record: Record, language: Language) -> str:
    if not record.case.answering or not record.case.gold or "right" in record.values:
        return ""
    gold = record.case.gold[0]
    return say(language, "why_not_held", document=gold.document, terms="; ".join(gold.terms))


def _ranked(record: Record, language: Language) -> str:
    if "mrr_10" not in record.values and "rewriting" not in record.values:
        return ""
    if not record.gold_at:
        return say(language, "why_no_gold")
    return say(language, "why_gold_late", place=record.gold_at[0]) if record.gold_at[0] > 5 else ""


def _rewritten(record: Record, language: Language) -> str:
    failed = record.values.get("rewriting") == 0.0
    return say(language, "why_rewritten", query=record.reply.query) if failed else ""


def _language(record: Record, language: Language) -> str:
    return "" if record.values.get("language", 1.0) else say(language, "why_language")


def _let_through(record: Record, language: Language) -> str:
    passed = record.reply.probe.passed
    return say(language, "why_let_through", sentence=passed[0]) if passed else ""


#: Every reason that a case can fail for, the gravest first.
REASONS: tuple[Callable[[Record, Language], str], ...] = (
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


def reasons(record: Record, language: Language = "en") -> tuple[str, ...]:
    """Why the case failed; empty where it did not."""
    return tuple(reason for reason in (one(record, language) for one in REASONS) if reason)


def failures(
    records: Sequence[Record], held_back: bool = False, language: Language = "en"
) -> tuple[Failure, ...]:
    """The cases that failed, worst first; those of the held-back half, which nobody tunes on, only on demand."""
    found = []
    for record in records:
        if (held_back or record.case.split == "tuning") and (said := reasons(record, language)):
            gravity = min(place for place, one in enumerate(REASONS) if one(record, language))
            found.append(Failure(record.case.id, record, said, gravity))
    return tuple(sorted(found, key=lambda one: (one.gravity, one.id)))
