"""The library as it is searched: the live edition, opened in a private copy, and swapped when a new one is published.

Chroma writes into any folder that it opens, and a file that is mapped into memory ends the process when somebody cuts it
short. So a sealed edition is never opened itself: this process works on a copy, which goes when the process ends.
"""

import logging
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore import edition as editions
from vectorstore.chroma import Collection, Place, check_version, folder_of, private_copy
from vectorstore.edition import Home, Manifest
from vectorstore.embedders import Embedder
from vectorstore.heap import give_back
from vectorstore.index import TermIndex, load_index
from vectorstore.kept import lost_rows
from vectorstore.lexical import Keywords, load_keywords
from vectorstore.private import PrivateFolder
from vectorstore.shelf import Shelf
from vectorstore.space import full_disk_said
from vectorstore.types import BrokenEdition, EmbedderMismatch, StoreError, Vectors
from vectorstore.write import mix

LOG = logging.getLogger("desk.library")

#: A running desk looks this often whether a new edition was published.
POLL_SECONDS = 2.0
#: Vectors that must find themselves when an edition is opened whose Chroma files are not sealed with it.
SAMPLE = 200


@dataclass(frozen=True)
class OpenEdition:
    """Everything that a search reads, for n passages of one edition. Row numbers are shared by all of it."""

    manifest: Manifest
    shelf: Shelf
    collection: Collection
    index: TermIndex
    keywords: Keywords
    #: (n, d) vectors of the passages alone, and (m, d) of their contexts.
    vectors: Vectors
    contexts: Vectors
    document_of: NDArray[np.int64]
    japanese: NDArray[np.bool_]
    #: (n, 2) where every passage starts and ends in its document.
    bounds: NDArray[np.int64]
    #: Per document: a digest whose original is in the library too, or an older version of a document in it; the
    #: other one then comes first.
    digest_shadowed: NDArray[np.bool_]
    #: (documents, 2) whether the same work is also there as a document in English, in Japanese.
    twins: NDArray[np.bool_]
    private: PrivateFolder

    @property
    def name(self) -> str:
        """The edition's name."""
        return self.manifest.name

    @property
    def passages(self) -> int:
        """How many passages the edition holds."""
        return self.manifest.passages

    def close(self) -> None:
        """Closes every file and removes the private copy."""
        self.collection.close()
        self.shelf.close()
        self.private.remove()


def check_embedder(manifest: Manifest, embedder: Embedder) -> None:
    """Raises EmbedderMismatch when the edition's vectors come from another embedder."""
    if manifest.fingerprint != embedder.fingerprint:
        raise EmbedderMismatch(
            f"the library was embedded with {manifest.embedder} ({manifest.fingerprint}), but DESK_EMBEDDER is "
            f"{embedder.name} ({embedder.fingerprint}); run `desk ingest` to embed it again, or set DESK_EMBEDDER back"
        )


def _shadowed(shelf: Shelf) -> NDArray[np.bool_]:
    present = {record.key for record in shelf.records}
    return np.array(
        [record.digest_of in present or record.superseded_by in present for record in shelf.records],
        dtype=bool,
    )


def _twins(shelf: Shelf, document_of: NDArray[np.int64], japanese: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(documents, 2) whether another document with the same record is mostly in English, in Japanese."""
    count = len(shelf.records)
    passages = np.bincount(document_of, minlength=count)
    mostly = np.bincount(document_of, weights=japanese, minlength=count) * 2 > passages
    works: dict[str, list[int]] = {}
    for number, record in enumerate(shelf.records):
        if record.listed:
            works.setdefault(record.key, []).append(number)
    twins = np.zeros((count, 2), dtype=bool)
    for numbers in works.values():
        for one in numbers:
            for language in (0, 1):
                twins[one, language] = any(mostly[other] == language for other in numbers if other != one)
    return twins


def open_edition(home: Home, place: Place, name: str, embedder: Embedder) -> OpenEdition:
    """Opens a sealed edition after comparing its files with the manifest.

    Raises BrokenEdition, EmbedderMismatch, StoreError.
    """
    manifest = editions.read_manifest(home, name)
    editions.check_format(manifest)
    check_embedder(manifest, embedder)
    check_version(manifest.chroma, name)
    if problems := editions.verify(home, name):
        raise BrokenEdition(f"edition {name} is damaged: {problems[0]}; {editions.REPAIR}")
    folder = home.edition(name)
    with full_disk_said(home.folder):
        private = PrivateFolder()
        try:
            return _opened(folder, place, manifest, private)
        except BaseException:
            private.remove()
            raise


def _collection(folder: Path, place: Place, manifest: Manifest, private: PrivateFolder) -> Collection:
    """The collection of the edition whose copy is `folder`. Raises BrokenEdition, StoreError."""
    name, chroma = manifest.name, folder / "chroma"
    if place.kind == "folder":
        kept = folder_of(place, folder, name)
        if not kept.is_dir():
            raise BrokenEdition(f"edition {name}: {kept} is missing; {editions.REPAIR}")
        if kept != chroma:
            private_copy(kept, chroma)
    collection = Collection.open(place, chroma, manifest.collection)
    # The last answer that still searches an edition ends its copy, also when a newer one was taken up meanwhile.
    weakref.finalize(collection, private.remove)
    if (count := collection.count()) != manifest.passages:
        raise BrokenEdition(
            f"edition {name}: Chroma holds {count} vectors of {manifest.passages}; {editions.REPAIR}"
        )
    return collection


def _check_sample(edition: OpenEdition, place: Place) -> None:
    """Some vectors must find themselves where Chroma's files are not among those that were sealed."""
    if place.kind == "folder" and place.folder is None:
        return
    spread = np.linspace(0, max(edition.passages - 1, 0), SAMPLE).astype(np.int64)
    rows = np.unique(spread)[: edition.passages]
    vectors = mix(edition.vectors[rows], edition.contexts[edition.index.context_of[rows]])
    if lost := lost_rows(edition.collection, vectors, rows.tolist()):
        raise BrokenEdition(
            f"edition {edition.name}: {len(lost)} of {len(vectors)} vectors do not find themselves; {editions.REPAIR}"
        )


def _opened(folder: Path, place: Place, manifest: Manifest, private: PrivateFolder) -> OpenEdition:
    """An edition whose files were compared with its manifest. Raises BrokenEdition, StoreError."""
    folder = private_copy(folder, private.path / "edition")
    collection = _collection(folder, place, manifest, private)
    shelf = Shelf(folder / "shelf.sqlite")
    document_of = np.load(folder / "document_of.npy", allow_pickle=False)
    japanese = np.load(folder / "japanese.npy", allow_pickle=False)
    edition = OpenEdition(
        manifest=manifest,
        shelf=shelf,
        collection=collection,
        index=load_index(folder / "index"),
        keywords=load_keywords(folder / "keywords", manifest.passages),
        vectors=np.asarray(np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False)),
        contexts=np.asarray(np.load(folder / "contexts.npy", mmap_mode="r", allow_pickle=False)),
        document_of=document_of,
        japanese=japanese,
        bounds=np.load(folder / "bounds.npy", allow_pickle=False),
        digest_shadowed=_shadowed(shelf),
        twins=_twins(shelf, document_of, japanese),
        private=private,
    )
    _check_sample(edition, place)
    return edition


class Library:
    """The live edition of a home, for many threads: `edition()` gives the newest published one."""

    def __init__(self, open_live: Callable[[str], OpenEdition], home: Home) -> None:
        self._open = open_live
        self._home = home
        self._lock = threading.Lock()
        self._current = open_live(editions.live_name(home))
        self._looked = time.monotonic()
        #: Why the newest published edition was not taken up; empty when it was.
        self.problem = ""

    def edition(self) -> OpenEdition:
        """The live edition; a new one is opened at most POLL_SECONDS after it was published.

        An edition that cannot be opened is passed over, and the old one stays.
        """
        if time.monotonic() - self._looked > POLL_SECONDS and self._lock.acquire(blocking=False):
            try:
                self._looked = time.monotonic()
                self._take_up()
            finally:
                self._lock.release()
        return self._current

    def _take_up(self) -> None:
        """Takes up a new edition; whatever is wrong with it, the one that is open goes on answering."""
        try:
            name = editions.live_name(self._home)
            if name != self._current.name:
                self._current = self._open(name)
                give_back()
            self.problem = ""
        except (StoreError, OSError, sqlite3.Error, ValueError) as error:
            if str(error) != self.problem:
                LOG.warning("the newest edition was not taken up: %s", error)
            self.problem = str(error)

    def close(self) -> None:
        """Closes the current edition; one that an answer still reads ends with that answer."""
        self._current.close()
