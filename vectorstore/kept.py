"""Whether a Chroma collection holds what it was given: every vector as it is, and found by itself.

Count and ids look right in a store that has lost its vectors, so both are looked at, for every row.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from vectorstore.chroma import Collection, Found
from vectorstore.types import Vectors

#: Vectors per self-query call, and vectors read back per call.
_SELF_QUERY, _READ = 256, 2048
#: Cosines closer than this count as equal: two passages may hold the same words.
_TIE = 1e-4
_THREADS = 2


def altered_rows(collection: Collection, vectors: Vectors) -> list[int]:
    """The rows whose vector is missing or is not the one given, to float32's last places. Exhaustive."""
    altered: list[int] = []
    for at in range(0, len(vectors), _READ):
        part = vectors[at : at + _READ]
        kept = collection.stored(range(at, at + len(part)))
        same = np.isclose(kept, part, rtol=0, atol=1e-6).all(axis=1) if kept.shape == part.shape else [False]
        altered.extend((np.flatnonzero(~np.broadcast_to(same, len(part))) + at).tolist())
    return altered


def lost_rows(collection: Collection, vectors: Vectors, named: Sequence[int] | None = None) -> list[int]:
    """The rows that their own vector does not bring to the top, ties within 1e-4 allowed.

    The vectors are those of the rows `named`; of all rows, in order, where it is None.
    """
    numbers = range(len(vectors)) if named is None else named

    def lost(at: int) -> list[int]:
        found = collection.query_many(vectors[at : at + _SELF_QUERY], 10)
        asked = numbers[at : at + _SELF_QUERY]
        return [row for row, one in zip(asked, found, strict=True) if not _finds(row, one)]

    # Chroma works outside of Python's lock, so that threads share the work.
    with ThreadPoolExecutor(_THREADS) as pool:
        return [row for part in pool.map(lost, range(0, len(vectors), _SELF_QUERY)) for row in part]


def _finds(row: int, found: Found) -> bool:
    rows, cosines = found
    if not len(rows):
        return False
    place = np.flatnonzero(rows == row)
    reached: float = cosines[place[0]] if len(place) else cosines[-1]
    return bool(reached >= cosines[0] - _TIE)
