"""Whether the audit log is as it was written: edits, deletions, changes of order, cut ends and clocks set back. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.store.anchor import Head
from bot.store.audit import NOTHING, Record, digest_of

Kind = Literal["edited", "deleted", "reordered", "truncated", "clock"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and at which record."""

    kind: Kind
    number: int
    text: str


def problems(records: Iterable[Record], anchors: Iterable[Head] = ()) -> Iterator[Problem]:
    """Everything wrong with a whole log, given in the order of its numbers; `anchors` are heads known from elsewhere."""
    wanted = {head.number: head.digest for head in anchors}
    seen: dict[str, int] = {}
    last: Record | None = None
    for record in records:
        yield from _one(record, last, seen)
        if wanted.pop(record.number, record.digest) != record.digest:
            yield Problem("edited", record.number, f"record {record.number} is not the one that was anchored")
        seen[record.digest] = record.number
        last = record
    for number in wanted:
        end = last.number if last else 0
        yield Problem("truncated", number, f"the log ends at record {end}, but record {number} was anchored")


def _one(record: Record, last: Record | None, seen: dict[str, int]) -> Iterator[Problem]:
    number = record.number
    if number != (last.number + 1 if last else 1):
        yield Problem("deleted", number, f"records before {number} are missing")
    elif record.previous != (last.digest if last else NOTHING):
        moved = record.previous in seen or record.previous == NOTHING
        kind: Kind = "reordered" if moved else "deleted"
        yield Problem(kind, number, f"record {number} does not follow the one before it")
    fields = (record.at, record.actor, record.action, record.subject, record.detail, record.previous)
    if digest_of(number, *fields) != record.digest:
        yield Problem("edited", number, f"record {number} has been changed")
    if last and record.at < last.at:
        yield Problem(
            "clock", number, f"record {number} is dated before the one before it; the clock was set back"
        )
