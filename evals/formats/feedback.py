"""What users said of answers, and tickets that staff closed -> cases. JSON Lines, a line an answer:

    {"id", "question", "language", "feedback": "good|bad|", "answer", "quotes": [{"source", "quote"}],
     "should": "answer|refuse", "forbidden": []}

`feedback` bad without `should` cannot become a case by itself: nobody has said yet what would have been right. Such
lines are given back, for an evaluator to complete. `answer` is what staff approved, its quotes are the gold.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.types import Case, CaseError, Gold, Split
from ingest.language import language_of

#: Characters of a quote by which its passage is found again.
_TERM = 80


@dataclass(frozen=True, slots=True)
class Feedback:
    """The cases that could be made, and the ids of the lines that somebody has to complete."""

    cases: tuple[Case, ...]
    open: tuple[str, ...]


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            row["id"], row["question"]
        except (json.JSONDecodeError, TypeError, KeyError):
            raise CaseError(
                f"{path.name}, line {number}: an object with `id` and `question` is needed"
            ) from None
        yield row


def _case(row: Mapping[str, Any], split: Split) -> Case | None:
    question, quotes = str(row["question"]), row.get("quotes") or []
    should = row.get("should") or ("answer" if row.get("feedback") == "good" and quotes else "")
    if should not in ("answer", "refuse") or (should == "answer" and not quotes):
        return None
    answering = should == "answer"
    return Case(
        id=f"desk-{row['id']}",
        language=row.get("language") or language_of(question),
        kind="answerable" if answering else "unanswerable",
        action="answer" if answering else "refuse",
        split=split,
        question=question,
        gold=tuple(Gold(str(one["source"]), (str(one["quote"])[:_TERM],)) for one in quotes)
        if answering
        else (),
        facts=((str(quotes[0]["quote"]),),) if answering else (),
        forbidden=tuple(map(str, row.get("forbidden") or ())),
    )


def read_feedback(path: Path, split: Split = "tuning") -> Feedback:
    """The cases of an export. Raises CaseError."""
    made = [(str(row["id"]), _case(row, split)) for row in _rows(path)]
    return Feedback(tuple(case for _, case in made if case), tuple(name for name, case in made if not case))
