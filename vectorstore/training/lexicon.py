"""DOOR: `python -m vectorstore.training.lexicon`: which words translate each other, learned from the aligned sentences.

IBM model 1 (Brown et al., 1993) in both directions over the terms of `vectorstore.words`, by expectation maximisation on
flat arrays. A pair is kept when one word renders the other often enough in one direction and not by chance. About 8 GB
of memory and half an hour, most of it for cutting a million sentences into words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from vectorstore.training.corpora import read_rows
from vectorstore.words import terms

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

ROUNDS = 5
#: Sentences with more terms than this on one side are left out: their links grow with the square.
LONGEST = 30
#: Terms in fewer sentences than this are left out.
SEEN = 5
#: What is kept: share in the better direction, geometric mean of both, and expected number of renderings.
SHARE, MUTUAL, SUPPORT = 0.12, 0.03, 5.0


@dataclass(frozen=True, slots=True)
class Side:
    """One language of n sentence pairs: term numbers one after another, where each sentence begins, and the terms."""

    flat: Ints
    offsets: Ints
    words: tuple[str, ...]

    def frequent(self) -> "Side":
        """The same without the terms of fewer than SEEN sentences; numbers stay."""
        counts = np.bincount(self.flat, minlength=len(self.words))
        kept = counts[self.flat] >= SEEN
        owner = np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))
        lengths = np.bincount(owner[kept], minlength=len(self.offsets) - 1)
        return Side(self.flat[kept], np.concatenate(([0], np.cumsum(lengths))), self.words)


def read_sides(pairs: Iterable[tuple[str, str]]) -> tuple[Side, Side]:
    """Aligned sentences as term numbers, each term once a sentence."""
    numbers: tuple[dict[str, int], dict[str, int]] = ({}, {})
    flats: tuple[list[int], list[int]] = ([], [])
    offsets: tuple[list[int], list[int]] = ([0], [0])
    for pair in pairs:
        found = [
            list(dict.fromkeys(known.setdefault(term.key, len(known)) for term in terms(text)))
            for text, known in zip(pair, numbers, strict=True)
        ]
        if all(0 < len(one) <= LONGEST for one in found):
            for one, flat, offset in zip(found, flats, offsets, strict=True):
                flat.extend(one)
                offset.append(len(flat))
    first, second = (
        Side(np.array(flat, np.int64), np.array(offset, np.int64), tuple(known))
        for flat, offset, known in zip(flats, offsets, numbers, strict=True)
    )
    return first, second


def links(first: Side, second: Side) -> tuple[Ints, Ints]:
    """Every place of one side with every place of the other in the same pair: two arrays of places."""
    wide = np.diff(second.offsets)
    per_pair = np.diff(first.offsets) * wide
    pair = np.repeat(np.arange(len(per_pair)), per_pair)
    within = np.arange(int(per_pair.sum())) - np.repeat(np.cumsum(per_pair) - per_pair, per_pair)
    return first.offsets[:-1][pair] + within // wide[pair], second.offsets[:-1][pair] + within % wide[pair]


def translate(pair: Ints, given: Ints, place: Ints, places: int) -> Floats:
    """(P,) share with which the given word of each distinct pair renders as the other one.

    `pair` (L,) is the distinct pair of each link, `place` (L,) the place that the link explains, `given` (P,) the number of
    the given word of each distinct pair.
    """
    count = int(given.max()) + 1
    share = (1.0 / np.bincount(given, minlength=count))[given].astype(np.float32)
    for _ in range(ROUNDS):
        weight = share[pair]
        weight /= np.bincount(place, weight, minlength=places).astype(np.float32)[place]
        expected = np.bincount(pair, weight, minlength=len(given))
        share = (expected / np.bincount(given, expected, minlength=count)[given]).astype(np.float32)
    return share


def learn(first: Side, second: Side) -> list[tuple[str, str, float]]:
    """(word of `second`, word of `first`, share) for all pairs that are kept, in order."""
    first, second = first.frequent(), second.frequent()
    one, other = links(first, second)
    distinct, pair = np.unique(first.flat[one] * len(second.words) + second.flat[other], return_inverse=True)
    left, right = distinct // len(second.words), distinct % len(second.words)
    forward = translate(pair, left, other, len(second.flat))
    backward = translate(pair, right, one, len(first.flat))
    share = np.maximum(forward, backward)
    support = np.maximum(
        forward * np.bincount(first.flat, minlength=len(first.words))[left],
        backward * np.bincount(second.flat, minlength=len(second.words))[right],
    )
    kept = (share >= SHARE) & (np.sqrt(forward * backward) >= MUTUAL) & (support >= SUPPORT)
    found = (
        (second.words[r], first.words[f], float(s))
        for f, r, s in zip(left[kept], right[kept], share[kept], strict=True)
    )
    return sorted(row for row in found if not row[0].isascii() and row[1][0].isalpha())


def write(rows: Sequence[tuple[str, str, float]], out: Path) -> None:
    """The table as tab-separated text."""
    lines = (f"{ja}\t{en}\t{share:.2f}\n" for ja, en, share in rows)
    out.write_text("ja\ten\tshare\n" + "".join(lines), "utf-8")


def main(
    corpora: Annotated[Path, typer.Option(help="Folder of the corpora.")],
    out: Annotated[Path, typer.Option(help="Where the table goes.")] = Path("vectorstore/lexicon.tsv"),
) -> None:
    """Learn the table and write it."""
    english, japanese = read_sides((row[0], row[1]) for row in read_rows(corpora, "parallel_train", 3))
    rows = learn(english, japanese)
    write(rows, out)
    typer.echo(f"{len(rows):,} pairs in {out}")


if __name__ == "__main__":
    typer.run(main)
