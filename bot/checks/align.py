"""Lays a statement beside its source, unit by unit, and shows the gaps where they run apart.

A longest common subsequence of content units, in time proportional to the product of both lengths; both are
bounded by `verify.MAX_UNITS`.
"""

from dataclasses import dataclass
from functools import lru_cache

from bot.checks.types import Text


@dataclass(frozen=True, slots=True)
class Gap:
    """Two stretches of text between the same neighbours: offsets in the statement and in the source."""

    our_start: int
    our_end: int
    their_start: int
    their_end: int

    def holds_ours(self, start: int, end: int) -> bool:
        """Whether a span of the statement lies in the gap."""
        return self.our_start <= start and end <= self.our_end

    def holds_theirs(self, start: int, end: int) -> bool:
        """Whether a span of the source lies in the gap."""
        return self.their_start <= start and end <= self.their_end


@dataclass(frozen=True, slots=True)
class Alignment:
    """`pairs` are indices of equal units in statement and source, ascending in both."""

    pairs: tuple[tuple[int, int], ...]
    gaps: tuple[Gap, ...]
    #: Share of the statement's units that are in `pairs`.
    share: float


def _common(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    rows = [[0] * (len(theirs) + 1)]
    for key in reversed(ours):
        below, row = rows[-1], [0] * (len(theirs) + 1)
        for j in range(len(theirs) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if key == theirs[j] else max(below[j], row[j + 1])
        rows.append(row)
    rows.reverse()
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if ours[i] == theirs[j] and rows[i][j] == rows[i + 1][j + 1] + 1:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif rows[i + 1][j] >= rows[i][j + 1]:
            i += 1
        else:
            j += 1
    return tuple(pairs)


def _gaps(statement: Text, source: Text, pairs: tuple[tuple[int, int], ...]) -> tuple[Gap, ...]:
    found: list[Gap] = []
    our_at = their_at = 0
    for i, j in (*pairs, (-1, -1)):
        our_end = statement.units[i].start if i >= 0 else len(statement.text)
        their_end = source.units[j].start if j >= 0 else len(source.text)
        if our_end > our_at and their_end > their_at:
            found.append(Gap(our_at, our_end, their_at, their_end))
        our_at = statement.units[i].end if i >= 0 else our_end
        their_at = source.units[j].end if j >= 0 else their_end
    return tuple(found)


@lru_cache(maxsize=256)
def align(statement: Text, source: Text) -> Alignment:
    """The alignment of two texts by their content units; the same texts always align the same."""
    ours = tuple(unit.key for unit in statement.units)
    theirs = tuple(unit.key for unit in source.units)
    pairs = _common(ours, theirs)
    return Alignment(pairs, _gaps(statement, source, pairs), len(pairs) / max(len(ours), 1))
