"""The desk's own database -> lines of feedback: replies that staff approved, and answers that visitors marked down. Pure.

Both are questions of real people, so personal data are masked in them. A line of a reply becomes a case by itself; one
of a mark-down waits for an evaluator to say what would have been right, and holds what the visitor said.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.desk.file import File
from bot.privacy import mask
from bot.store.base import written
from bot.store.ratings import Rating

Line = Mapping[str, Any]
#: States of a ticket whose reply somebody has approved.
APPROVED = ("approved", "sent")


def replies(files: Iterable[File]) -> Iterator[Line]:
    """A line for every approved reply with a quote; an erased ticket gives none."""
    for file in files:
        letter = file.letter
        if file.ticket.state not in APPROVED or letter is None:
            continue
        used = {n for one in letter.statements for n in one.citations}
        quotes = [
            {"source": one.quote.passage.source, "quote": one.quote.text}
            for one in letter.citations
            if one.n in used
        ]
        if quotes:
            yield {
                "id": f"ticket-{file.ticket.number}",
                "question": mask(file.ticket.question).text,
                "language": file.ticket.language,
                "should": "answer",
                "quotes": quotes,
            }


def marked_down(ratings: Iterable[Rating]) -> Iterator[Line]:
    """A line for every question whose answer was marked down; the same question once."""
    seen: set[str] = set()
    for one in ratings:
        question = mask(one.question).text
        if one.liked or (folded := " ".join(question.casefold().split())) in seen:
            continue
        seen.add(folded)
        name = hashlib.sha256(f"{written(one.at)}\0{question}".encode()).hexdigest()[:8]
        yield {
            "id": f"rating-{name}",
            "question": question,
            "language": one.language,
            "feedback": "bad",
            "reason": mask(one.reason).text,
            "status": one.status,
            "sources": list(one.sources),
            "should": "",
            "quotes": [],
        }
