"""The term index of an edition: which terms stand in which passage, and a vector for every term.

Three fields: `body` (the passage's own words), `head` (title, issuer with all its names, heading path; shared by the
passages under one heading) and `near` (the end of the passage before it). Keyword search and late interaction both
read it. Arrays on disk are plain .npy, memory-mapped.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.types import Embed
from vectorstore.words import Term

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Lists of term numbers of different lengths: list i is ``flat[offsets[i]:offsets[i + 1]]``."""

    flat: Ints
    offsets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def take(self, rows: NDArray[np.int64]) -> "Ragged":
        """The lists of `rows`, in that order. Vectorised."""
        starts, stops = self.offsets[rows], self.offsets[rows + 1]
        lengths = stops - starts
        offsets = np.concatenate(([0], np.cumsum(lengths)))
        positions = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], lengths)
        return Ragged(self.flat[positions], offsets)


def ragged(lists: Iterable[Sequence[int]]) -> Ragged:
    """Lists of numbers as one Ragged."""
    made = [np.asarray(one, dtype=np.int32) for one in lists]
    offsets = np.concatenate(([0], np.cumsum([len(one) for one in made]))).astype(np.int64)
    return Ragged(np.concatenate(made) if made else np.zeros(0, np.int32), offsets)


@dataclass(frozen=True, slots=True)
class TermIndex:
    """Terms of an edition: `vectors` (V, d) times `scales` (V,), `salience` and `idf` (V,), `context_of` (n,) into `head`.

    The vectors are bytes: a search reads thousands of them, and turning half floats into floats took a fifth of its time.
    """

    vocabulary: dict[str, int]
    surfaces: tuple[str, ...]
    vectors: NDArray[np.int8]
    scales: NDArray[np.float32]
    salience: NDArray[np.float32]
    idf: NDArray[np.float32]
    body: Ragged
    near: Ragged
    head: Ragged
    context_of: Ints

    def cosines(self, vectors: NDArray[np.float32], terms: NDArray[np.int64]) -> NDArray[np.float32]:
        """(m, k) cosines of (m, d) unit vectors with the terms of these numbers, to within .002."""
        products = vectors @ self.vectors[terms].astype(np.float32).T
        return np.asarray(products * self.scales[terms], np.float32)

    def terms_of(self, field: Ragged, at: int) -> list[Term]:
        """The terms of one list of a field, for carrying an unchanged passage into the next edition."""
        keys = list(self.vocabulary)
        numbers = field.flat[field.offsets[at] : field.offsets[at + 1]]
        return [Term(keys[number], self.surfaces[number]) for number in numbers]


def quantised(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """(V, d) bytes and (V,) scales whose product is `vectors`, each row's largest number being 127."""
    scales = np.maximum(np.abs(vectors).max(axis=1, initial=0.0), 1e-9) / 127
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)


class _Vocabulary:
    """Numbers terms as they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.surfaces: list[str] = []

    def number(self, terms: Sequence[Term]) -> list[int]:
        for term in terms:
            if term.key not in self.numbers:
                self.numbers[term.key] = len(self.surfaces)
                self.surfaces.append(term.surface)
        return [self.numbers[term.key] for term in terms]


def _idf(size: int, body: Ragged, head: Ragged, context_of: Ints) -> NDArray[np.float32]:
    """ln(1 + (n - df + 0.5) / (df + 0.5)) over passages, body and head together (Robertson and Sparck Jones)."""
    count = len(body)
    owner = np.repeat(np.arange(count), np.diff(body.offsets))
    pairs = [owner * size + body.flat]
    heads = head.take(context_of.astype(np.int64))
    pairs.append(np.repeat(np.arange(count), np.diff(heads.offsets)) * size + heads.flat)
    seen = np.unique(np.concatenate(pairs)) % size if count else np.zeros(0, np.int64)
    df = np.bincount(seen, minlength=size)
    return np.log1p((count - df + 0.5) / (df + 0.5)).astype(np.float32)


def build_index(
    passages: Iterable[tuple[Sequence[Term], Sequence[Term]]],
    head: Iterable[Sequence[Term]],
    context_of: Sequence[int] | Ints,
    embed: Embed,
    salience: Callable[[Sequence[str]], NDArray[np.float32]],
) -> TermIndex:
    """The index of n passages, each a (body, near), under m contexts. `embed` and `salience` see each term once."""
    vocabulary = _Vocabulary()
    fields = [(vocabulary.number(body), vocabulary.number(near)) for body, near in passages]
    bodies, nears = ragged(body for body, _ in fields), ragged(near for _, near in fields)
    heads = ragged(vocabulary.number(terms) for terms in head)
    contexts = np.asarray(context_of, dtype=np.int32)
    surfaces = vocabulary.surfaces or [""]
    vectors, scales = quantised(embed(surfaces))
    return TermIndex(
        vocabulary=vocabulary.numbers,
        surfaces=tuple(vocabulary.surfaces),
        vectors=vectors,
        scales=scales,
        salience=salience(surfaces),
        idf=_idf(max(len(vocabulary.surfaces), 1), bodies, heads, contexts),
        body=bodies,
        near=nears,
        head=heads,
        context_of=contexts,
    )


_FIELDS = ("body", "near", "head")


def save_index(index: TermIndex, folder: Path) -> None:
    """Writes the index as .npy and .json files into an existing folder."""
    np.save(folder / "term_vectors.npy", index.vectors)
    np.save(folder / "term_scales.npy", index.scales)
    np.save(folder / "salience.npy", index.salience)
    np.save(folder / "idf.npy", index.idf)
    np.save(folder / "context_of.npy", index.context_of)
    for name in _FIELDS:
        field: Ragged = getattr(index, name)
        np.save(folder / f"{name}.npy", field.flat)
        np.save(folder / f"{name}_offsets.npy", field.offsets)
    terms = [[key, index.surfaces[number]] for key, number in index.vocabulary.items()]
    (folder / "terms.json").write_text(json.dumps(terms, ensure_ascii=False), "utf-8")


def load_index(folder: Path) -> TermIndex:
    """Reads an index; large arrays are memory-mapped."""

    def array(name: str) -> NDArray[np.float32]:
        # A plain view of the map: every index into a memmap costs its bookkeeping, thousands of times a search.
        return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))

    terms = json.loads((folder / "terms.json").read_text("utf-8"))
    fields = {
        name: Ragged(array(name).view(np.int32), array(f"{name}_offsets").view(np.int64)) for name in _FIELDS
    }
    return TermIndex(
        vocabulary={key: number for number, (key, _) in enumerate(terms)},
        surfaces=tuple(surface for _, surface in terms),
        vectors=array("term_vectors").view(np.int8),
        scales=array("term_scales"),
        salience=array("salience"),
        idf=array("idf"),
        context_of=array("context_of").view(np.int32),
        **fields,
    )
