"""What a bench hands to a search system, and the one shape that every such system is put into."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.types import Language


@dataclass(frozen=True, slots=True)
class BenchPassage:
    """A ready-made passage; its number in the library is its place in the sequence that holds it.

    Passages that name the same `document` stand in it in their order; one that names none stands alone.
    """

    text: str
    language: Language
    title: str = ""
    document: str = ""


#: (question, k) -> numbers of at most k different passages, best first.
Find = Callable[[str, int], list[int]]
#: Texts -> (n, d) unit vectors.
Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Peer:
    """A search system with its models loaded.

    `build` takes passages into an empty folder; `open` searches what `build` left there, also in another
    process, and closes it when its block ends.
    A system that keeps no index of its own leaves its texts there and indexes them when it is opened.
    """

    name: str
    build: Callable[[Sequence[BenchPassage], Path], None]
    open: Callable[[Path], AbstractContextManager[Find]]


def first_rows(rows: Sequence[int], k: int) -> list[int]:
    """The first k different numbers of `rows`, in order: several chunks may come from one passage."""
    return list(dict.fromkeys(rows))[:k]
