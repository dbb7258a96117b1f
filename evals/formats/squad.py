"""SQuAD-style JSON (1.1, 2.0, JaQuAD, JSQuAD) -> cases: the answer is the fact, and what stands around it the gold."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.types import Case, CaseError, Gold, Split
from ingest.language import language_of

#: Characters before and after the answer by which its passage is found again.
_AROUND = 20


def _case(title: str, context: str, asked: Mapping[str, Any], split: Split) -> Case:
    answers, question = asked.get("answers") or [], str(asked["question"])
    if asked.get("is_impossible") or not answers:
        return Case(
            id=f"squad-{asked['id']}",
            language=language_of(question),
            kind="unanswerable",
            action="refuse",
            split=split,
            question=question,
        )
    first = answers[0]
    start, text = int(first["answer_start"]), str(first["text"])
    around = context[max(start - _AROUND, 0) : start + len(text) + _AROUND].strip()
    return Case(
        id=f"squad-{asked['id']}",
        language=language_of(question),
        kind="answerable",
        action="answer",
        split=split,
        question=question,
        gold=(Gold(title, (around,)),),
        facts=(tuple(dict.fromkeys(str(one["text"]) for one in answers)),),
    )


def read_squad(path: Path, split: Split = "held-back") -> Iterator[Case]:
    """The cases of a SQuAD file; its title is the name that the document has in the library. Raises CaseError."""
    try:
        for article in json.loads(path.read_text("utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                for asked in paragraph["qas"]:
                    yield _case(str(article.get("title", "")), str(paragraph["context"]), asked, split)
    except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise CaseError(f"{path.name} is not SQuAD-style JSON: {type(error).__name__} {error}") from None
