"""Edits of a text, and the map from an edited text back to the text it came from.

A repair says *what* to change; the one function here that changes anything also keeps the map, so no repair
can lose it. This module does not know why a text is edited.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.types import OffsetMap

IDENTITY = OffsetMap((0,), (0,))


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by `text`; an insertion has ``start == end``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A text under repair. `headings` are (raw start, raw end, level) of lines that the format marks as
    headings.
    """

    text: str
    offsets: OffsetMap = IDENTITY
    headings: tuple[tuple[int, int, int], ...] = ()

    def heading_starts(self) -> dict[int, int]:
        """Offset of each surviving heading line in the present text -> its level, 1 to 6."""
        found = {}
        for raw_start, raw_end, level in self.headings:
            at = first_at_or_after(self.offsets, raw_start, len(self.text))
            if at < len(self.text) and self.offsets.raw(at) < raw_end:
                found[at] = level
        return found


#: A repair: it looks at a draft and says what to change. Edits must be in order and must not overlap.
Step = Callable[[Draft], Sequence[Edit]]


def apply(draft: Draft, edits: Sequence[Edit]) -> Draft:
    """The draft after `edits`. Raises ValueError when edits overlap, run backwards or leave the text."""
    if not edits:
        return draft
    pieces: list[str] = []
    runs: list[tuple[int, int]] = []  # (new offset, old offset) where a run of unchanged distance begins
    at = new = 0
    for start, end, text in edits:
        if start < at or end < start or end > len(draft.text):
            raise ValueError(f"edit {start}-{end} overlaps another, or leaves the text")
        if start > at:
            pieces.append(draft.text[at:start])
            runs.append((new, at))
            new += start - at
        for step in range(len(text)):
            runs.append((new + step, start + min(step, max(end - start - 1, 0))))
        pieces.append(text)
        new, at = new + len(text), end
    pieces.append(draft.text[at:])
    runs.append((new, at))
    return Draft("".join(pieces), _compose(runs, draft.offsets, len(draft.text)), draft.headings)


def replaced(text: str, edits: Sequence[Edit]) -> str:
    """`text` after `edits`, without a map; for texts that nobody has to trace back."""
    return apply(Draft(text), edits).text


def _compose(runs: Sequence[tuple[int, int]], older: OffsetMap, old_length: int) -> OffsetMap:
    """The map from new offsets to raw offsets, from new -> old runs and the old -> raw map."""
    starts: list[int] = []
    raws: list[int] = []
    for at, (new, old) in enumerate(runs):
        length = (runs[at + 1][0] - new) if at + 1 < len(runs) else old_length - old + 1
        for part_new, raw in _raw_runs(new, old, length, older):
            if starts and raw - raws[-1] == part_new - starts[-1]:
                continue
            starts.append(part_new)
            raws.append(raw)
    return OffsetMap(tuple(starts), tuple(raws))


def _raw_runs(new: int, old: int, length: int, older: OffsetMap) -> Iterator[tuple[int, int]]:
    """The parts of one run, cut where the older map jumps: (new offset, raw offset)."""
    yield new, older.raw(old)
    after = bisect_right(older.starts, old)
    while after < len(older.starts) and older.starts[after] < old + length:
        yield new + older.starts[after] - old, older.raws[after]
        after += 1


def first_at_or_after(offsets: OffsetMap, raw: int, length: int) -> int:
    """The first offset in a text of `length` whose raw offset is at least `raw`; `length` if none is."""
    low, high = 0, length
    while low < high:
        middle = (low + high) // 2
        if offsets.raw(middle) < raw:
            low = middle + 1
        else:
            high = middle
    return low


def translate(text: str, table: dict[int, str | None]) -> Iterable[Edit]:
    """Edits for single characters, as str.translate would do them; unchanged characters give none."""
    for at, char in enumerate(text):
        wanted = table.get(ord(char), char)
        if wanted != char:
            yield Edit(at, at + 1, wanted or "")
