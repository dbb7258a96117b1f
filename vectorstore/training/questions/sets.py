"""Reads the sets of questions that the last three stages learn from. Knows no model."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).parent / "sets.tsv"
#: Sets in which order and roles make the difference and askers tell their case first, for the last stage.
FURTHER = Path(__file__).parent / "further.tsv"
#: The languages of a row's questions, in this order.
LANGUAGES = ("ja", "en")
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Sets:
    """Questions in both languages. Those with the same `asks` ask the same; `of` is the set that a question belongs to,
    with its near misses, which ask something else with the same words. (n,) each.
    """

    texts: tuple[str, ...]
    of: Ints
    asks: Ints

    def pairs(self) -> tuple[Ints, Ints]:
        """(p, 2) the ordered pairs within a set that ask the same, and (q, 2) those that do not."""
        same: list[tuple[int, int]] = []
        other: list[tuple[int, int]] = []
        for of in np.unique(self.of):
            for one, two in permutations(np.flatnonzero(self.of == of).tolist(), 2):
                (same if self.asks[one] == self.asks[two] else other).append((one, two))
        return np.array(same, np.int64), np.array(other, np.int64)


def read_sets(rows: Sequence[tuple[str, str, str, str]]) -> Sets:
    """Sets from rows of set, kind, Japanese and English; every near miss asks something of its own.

    Raises ValueError where two sets have one name: they would be taken for one.
    """
    plain = [row[0] for row in rows if row[1] == "variant"]
    if doubled := {name for name, times in Counter(plain).items() if times > 1}:
        raise ValueError(f"two sets have one name: {', '.join(sorted(doubled))}")
    names = {name: at for at, name in enumerate(dict.fromkeys(row[0] for row in rows))}
    texts: list[str] = []
    of: list[int] = []
    asks: list[int] = []
    for number, (name, kind, *both) in enumerate(rows):
        for text in both:
            texts.append(text)
            of.append(names[name])
            asks.append(len(names) + number if kind == "near miss" else names[name])
    return Sets(tuple(texts), np.array(of, np.int64), np.array(asks, np.int64))


def read_rows(file: Path = FILE) -> list[tuple[str, str, str, str]]:
    """Set, kind, Japanese and English of every row of a file."""
    with open(file, encoding="utf-8", newline="") as handle:
        table = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["set"], row["kind"], row["ja"], row["en"]) for row in table]
