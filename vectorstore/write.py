"""Writes the files of a new edition: shelf, vectors, term index, keywords and the Chroma collection, then checks it.

Vectors of texts that the previous edition held are taken from it, so only new words are embedded.
"""

import hashlib
import re
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ingest.types import Passage, Record
from vectorstore.chroma import BREADTHS, Breadth, Collection, Place, collection_name, folder_of, forget
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary, analyse
from vectorstore.index import Ints, build_index, save_index
from vectorstore.kept import altered_rows, lost_rows
from vectorstore.lexical import build_keywords
from vectorstore.shelf import Shelf, Shelved, write_shelf
from vectorstore.types import BrokenEdition, Embed, Vectors
from vectorstore.words import Term, terms

#: Grows when what is computed from a passage changes, so that every edition is then built anew.
INDEX_RECIPE = "7"
#: How much of the passage before is kept as context, in characters.
NEAR = 160
#: Where a passage can be cut without cutting a word.
_BREAK = re.compile(r"[\s。、．，！？]")
#: For so many passages on, the bodies and programmes that a passage names are context.
REACH = 6
_NAMES = frozenset({"body", "programme"})
#: Share of a passage's context (title, issuer, headings) in the vector that Chroma searches.
CONTEXT_SHARE = 0.35
_BATCH = 2048


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: rows, texts that were embedded anew, and the name of the Chroma collection."""

    passages: int
    embedded: int
    collection: str


def context_of(passage: Passage, record: Record) -> str:
    """What a reader knows before reading a passage: title, issuer with all its names, date, headings."""
    names = (
        record.title_ja,
        record.title_en,
        record.issuer_ja,
        record.issuer_en,
        *record.aliases,
        record.date[:4],
    )
    return "\n".join(
        part for part in (*(names if any(names) else (passage.title,)), *passage.heading) if part
    )


def _texts(shelved: Sequence[Shelved]) -> Iterator[tuple[str, str]]:
    """The text of every passage, with its context."""
    for item in shelved:
        for passage in item.passages:
            yield passage.text, context_of(passage, item.document.record)


def _end(text: str) -> int:
    """Where the last NEAR characters of a passage begin, moved to the next break, else to the one before."""
    least = len(text) - NEAR
    if least <= 0:
        return 0
    if found := _BREAK.search(text, least):
        return found.end()
    return max((found.end() for found in _BREAK.finditer(text, 0, least)), default=0)


def passage_terms(shelved: Sequence[Shelved], glossary: Glossary) -> Iterator[tuple[list[Term], list[Term]]]:
    """For every passage its own terms, and those near it: the end of the one before, the bodies named before it.

    A slide "Five areas of collaboration" does not say whose; the slides before it do.
    """
    for item in shelved:
        named: deque[list[Term]] = deque(maxlen=REACH)
        before: list[Term] = []
        for passage in item.passages:
            at, mentions = _end(passage.text), glossary.mentions(passage.text)
            rest, end = passage.text[:at], passage.text[at:]
            last = terms(end)
            near = before + list({term.key: term for names in named for term in names}.values())
            yield terms(rest) + last + glossary.terms_of(mentions, inner=True), near
            named.append([mention.entry.term for mention in mentions if mention.entry.kind in _NAMES])
            before = last + glossary.terms(end, inner=True)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class _Cache:
    """Vectors by the hash of their text, from the previous edition, and how many had to be made."""

    def __init__(self, embed: Embed, previous: Path | None) -> None:
        self._embed = embed
        self._known: dict[str, int] = {}
        self._vectors: Vectors | None = None
        self.made = 0
        if previous is not None and (previous / "texts.txt").is_file():
            hashes = (previous / "texts.txt").read_text("ascii").split()
            self._known = {value: at for at, value in enumerate(hashes)}
            pair = [np.load(previous / f"{name}.npy", allow_pickle=False) for name in ("vectors", "contexts")]
            self._vectors = np.concatenate(pair)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, d) unit vectors of `texts`; only those not known are embedded."""
        hashes = [_hash(text) for text in texts]
        missing = [at for at, value in enumerate(hashes) if value not in self._known]
        fresh = dict(zip(missing, self._embed([texts[at] for at in missing]), strict=True)) if missing else {}
        self.made += len(missing)
        rows = [
            fresh[at] if at in fresh or self._vectors is None else self._vectors[self._known[value]]
            for at, value in enumerate(hashes)
        ]
        return np.asarray(rows, np.float32)


def _encode_all(cache: _Cache, texts: Sequence[str], dimension: int) -> Vectors:
    parts = [cache.encode(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
    return np.concatenate(parts) if parts else np.zeros((0, dimension), np.float32)


def mix(vectors: Vectors, contexts: Vectors) -> Vectors:
    """The vectors that Chroma searches: passage and context, weighted, of length one again."""
    mixed = (1 - CONTEXT_SHARE) * vectors + CONTEXT_SHARE * contexts
    return np.asarray(mixed / np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), 1e-9), np.float32)


def write_edition(
    folder: Path,
    name: str,
    shelved: Sequence[Shelved],
    embedder: Embedder,
    glossary: Glossary,
    place: Place,
    previous: Path | None,
    reached: Callable[[str], None] = lambda _: None,
) -> Written:
    """Writes everything but the manifest into `folder`. Raises BrokenEdition when what was written does not verify."""
    rows = list(_texts(shelved))
    texts = [text for text, _ in rows]
    passages = write_shelf(folder / "shelf.sqlite", shelved)
    reached("shelved")
    contexts = list(dict.fromkeys(context for _, context in rows))
    numbers = {context: number for number, context in enumerate(contexts)}
    belongs = np.array([numbers[context] for _, context in rows], dtype=np.int32)
    (folder / "texts.txt").write_text("\n".join(map(_hash, (*texts, *contexts))), "ascii")
    _write_rows(folder, shelved)
    cache = _Cache(embedder.passages, previous)

    def write_vectors() -> Vectors:
        mixed = _write_vectors(folder, cache, texts, contexts, belongs, embedder.dimension)
        reached("embedded")
        return mixed

    # The embedder and Chroma work outside of Python's lock: their part is done while the terms are cut.
    with ThreadPoolExecutor(1) as pool:
        embedded = pool.submit(write_vectors)
        filled = pool.submit(lambda: _write_chroma(folder, name, place, embedded.result()))

        def embed(surfaces: Sequence[str]) -> Vectors:
            embedded.result()  # an embedder serves one thread at a time
            return embedder.passages(surfaces)

        _write_terms(folder, shelved, contexts, belongs, replace(embedder, passages=embed), glossary)
        reached("indexed")
        collection = filled.result()
    reached("stored")
    _check(folder, passages, len(embedded.result()))
    return Written(passages, cache.made, collection)


def _write_vectors(
    folder: Path, cache: _Cache, texts: Sequence[str], contexts: Sequence[str], belongs: Ints, dimension: int
) -> Vectors:
    """Embeds passages and contexts and writes both; (n, d) the vectors that Chroma is to search."""
    vectors, heads = _encode_all(cache, texts, dimension), _encode_all(cache, contexts, dimension)
    heads[[not context for context in contexts]] = 0.0  # no context says nothing, not what an empty text says
    np.save(folder / "vectors.npy", vectors)
    np.save(folder / "contexts.npy", heads)
    return mix(vectors, heads[belongs])


def _write_rows(folder: Path, shelved: Sequence[Shelved]) -> None:
    """Which document and language every row has, and where in its document it stands."""
    counts = [len(item.passages) for item in shelved]
    np.save(folder / "document_of.npy", np.repeat(np.arange(len(shelved)), counts))
    japanese = [passage.language == "ja" for item in shelved for passage in item.passages]
    np.save(folder / "japanese.npy", np.array(japanese, dtype=bool))
    bounds = [(passage.start, passage.end) for item in shelved for passage in item.passages]
    np.save(folder / "bounds.npy", np.array(bounds, dtype=np.int64).reshape(-1, 2))


def _write_terms(
    folder: Path,
    shelved: Sequence[Shelved],
    contexts: Sequence[str],
    belongs: Ints,
    embedder: Embedder,
    glossary: Glossary,
) -> None:
    index = build_index(
        passages=passage_terms(shelved, glossary),
        head=(analyse(context, glossary, inner=True) for context in contexts),
        context_of=belongs,
        embed=embedder.passages,
        salience=embedder.salience,
    )
    (folder / "index").mkdir()
    save_index(index, folder / "index")
    build_keywords(index, folder / "keywords")


def _write_chroma(folder: Path, name: str, place: Place, vectors: Vectors) -> str:
    """Fills a new collection and makes sure that every vector is kept and finds itself; the collection's name.

    Among texts that are nearly alike the usual breadth of the index loses some, and a wider one is built instead.
    """
    lost: list[int] = []
    for breadth in BREADTHS:
        lost = _filled(folder, name, place, vectors, breadth)
        if not lost:
            return collection_name(name)
        forget(place, [name])
        shutil.rmtree(folder / "chroma", ignore_errors=True)
    raise BrokenEdition(f"{len(lost)} of {len(vectors)} vectors do not find themselves in Chroma")


def _filled(folder: Path, name: str, place: Place, vectors: Vectors, breadth: Breadth) -> list[int]:
    """The rows of a new collection of this breadth that do not find themselves. Raises BrokenEdition, StoreError."""
    collection = Collection.create(place, folder_of(place, folder, name), collection_name(name), breadth)
    try:
        collection.add(vectors)
        if (count := collection.count()) != len(vectors):
            raise BrokenEdition(f"Chroma holds {count} vectors of {len(vectors)}")
        if altered := altered_rows(collection, vectors):
            raise BrokenEdition(
                f"{len(altered)} of {len(vectors)} vectors are not kept as they are in Chroma"
            )
        doubtful = lost_rows(collection, vectors)
        collection.settle()
    finally:
        collection.close()
    return _still_lost(folder, name, place, vectors, doubtful) if doubtful else []


def _still_lost(
    folder: Path, name: str, place: Place, vectors: Vectors, doubtful: Sequence[int]
) -> list[int]:
    """Of the rows that the quick check missed, those that the view that searches have does not find either."""
    collection = Collection.open(place, folder_of(place, folder, name), collection_name(name))
    try:
        return lost_rows(collection, vectors[doubtful], doubtful)
    finally:
        collection.close()


def _check(folder: Path, passages: int, vectors: int) -> None:
    shelf = Shelf(folder / "shelf.sqlite")
    try:
        if shelf.integrity() != "ok" or passages != vectors:
            raise BrokenEdition(f"the new edition does not verify: {passages} passages, {vectors} vectors")
    finally:
        shelf.close()
