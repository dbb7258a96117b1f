"""BEIR's folders: corpus.jsonl, queries.jsonl and qrels (tab-separated, with a header) -> cases. Pure but for reading.

A corpus passage becomes gold by the beginning of its own words, so that any way of cutting finds it again.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.types import Case, CaseError, Gold, Split
from ingest.language import language_of

#: Characters of a passage by which it is found again.
_TERM = 60


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), start=1):
        if line.strip():
            try:
                row = json.loads(line)
                row["_id"], row["text"]
            except json.JSONDecodeError as error:
                raise CaseError(f"{path.name}, line {number}: not JSON ({error.msg})") from None
            except (KeyError, TypeError):
                raise CaseError(f"{path.name}, line {number}: needs an object with _id and text") from None
            yield row


def _qrels(path: Path) -> dict[str, list[str]]:
    """Query -> its relevant passages, best first."""
    found: dict[str, list[tuple[int, str]]] = {}
    with open(path, encoding="utf-8", newline="") as handle:
        rows = csv.reader(handle, delimiter="\t")
        next(rows, None)
        for number, row in enumerate(rows, start=2):
            if len(row) != 3 or not row[2].lstrip("-").isdigit():
                raise CaseError(f"{path.name}, line {number}: needs query-id, corpus-id and a whole number")
            if int(row[2]) > 0:
                found.setdefault(row[0], []).append((-int(row[2]), row[1]))
    return {query: [document for _, document in sorted(rows)] for query, rows in found.items()}


def read_beir(folder: Path, qrels: Path, split: Split = "held-back") -> Iterator[Case]:
    """The cases of a BEIR folder. A passage's document is its title, or its id. Raises CaseError, OSError."""
    corpus = {str(row["_id"]): row for row in _lines(folder / "corpus.jsonl")}
    relevant = _qrels(qrels)
    for row in _lines(folder / "queries.jsonl"):
        name, text = str(row["_id"]), str(row["text"])
        gold = [corpus[one] for one in relevant.get(name, ()) if one in corpus]
        if gold:
            yield Case(
                id=f"beir-{name}",
                language=language_of(text),
                kind="answerable",
                action="answer",
                split=split,
                question=text,
                gold=tuple(
                    Gold(str(one.get("title") or one["_id"]), (str(one["text"])[:_TERM],)) for one in gold
                ),
            )
