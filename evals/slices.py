"""The slices that figures are given for: language, direction, document, kind and half. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from evals.records import Record
from evals.types import KINDS

ALL = "all"


def slices_of(record: Record) -> Iterator[str]:
    """The names of the slices that a record is in."""
    yield ALL
    yield f"language {record.case.language}"
    if record.direction:
        first, last = record.direction.split("→")
        yield "same language" if first == last else "across languages"
        yield f"direction {record.direction}"
        yield f"document {record.case.gold[0].document}"
    yield f"kind {record.case.kind}"
    yield f"half {record.case.split}"


def _place(name: str) -> tuple[int, int, str]:
    order = ("all", "language", "same", "across", "direction", "document", "kind", "half")
    family, _, rest = name.partition(" ")
    kind = KINDS.index(rest) if rest in KINDS else 0
    return order.index(family), kind, name


def sliced(records: Sequence[Record]) -> Mapping[str, tuple[Record, ...]]:
    """Slice -> its records, in the order in which they are shown."""
    found: dict[str, list[Record]] = {}
    for record in records:
        for name in slices_of(record):
            found.setdefault(name, []).append(record)
    return {name: tuple(found[name]) for name in sorted(found, key=_place)}
