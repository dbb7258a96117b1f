"""What users said of answers, and replies that staff approved -> cases. JSON Lines, a line an answer:

    {"id", "question", "language", "feedback": "good|bad|", "quotes": [{"source", "quote"}],
     "should": "answer|refuse", "forbidden": []}

`feedback` bad without `should` cannot become a case by itself: nobody has said yet what would have been right. Such
lines are given back, for an evaluator to complete. The quotes are the gold, and a right answer holds one of them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.types import Case, CaseError, Gold, Split
from ingest.language import language_of

#: Characters of a quote by which its passage is found again.
_TERM = 80


@dataclass(frozen=True, slots=True)
class Feedback:
    """The cases that could be made, and the lines that somebody has to complete."""

    cases: tuple[Case, ...]
    open: tuple[Mapping[str, Any], ...]


def feedback_lines(path: Path) -> Iterator[Mapping[str, Any]]:
    """The lines of a file. Raises CaseError, OSError."""
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            row["id"], row["question"]
            [(one["source"], one["quote"]) for one in row.get("quotes") or ()]
        except (json.JSONDecodeError, TypeError, KeyError, AttributeError):
            raise CaseError(
                f"{path.name}, line {number}: an object with `id` and `question` is needed, and each of `quotes` "
                "with `source` and `quote`"
            ) from None
        if row.get("should") not in (None, "", "answer", "refuse"):
            raise CaseError(f"{path.name}, line {number}: `should` is answer or refuse")
        yield row


def _case(row: Mapping[str, Any], split: Split) -> Case | None:
    question, quotes = str(row["question"]), row.get("quotes") or []
    should = row.get("should") or ("answer" if row.get("feedback") == "good" and quotes else "")
    if not should or (should == "answer" and not quotes):
        return None
    answering = should == "answer"
    texts = tuple(dict.fromkeys(str(one["quote"]) for one in quotes))
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
        facts=(texts,) if answering else (),
        forbidden=tuple(map(str, row.get("forbidden") or ())),
    )


def read_feedback(rows: Iterable[Mapping[str, Any]], split: Split = "tuning") -> Feedback:
    """The cases of lines of feedback."""
    made = [(row, _case(row, split)) for row in rows]
    return Feedback(tuple(case for _, case in made if case), tuple(row for row, case in made if not case))
