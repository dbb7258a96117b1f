"""The library as it is searched: the live edition, opened in a private copy, and swapped when a new one is published.

Chroma writes into any folder that it opens, so a sealed edition is never opened itself: this process works on a copy
of its Chroma folder, which goes when the process ends.
"""

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore import edition as editions
from vectorstore.chroma import Collection, Place, folder_of, private_copy
from vectorstore.edition import Home, Manifest
from vectorstore.embedders import Embedder
from vectorstore.index import TermIndex, load_index
from vectorstore.lexical import Keywords, load_keywords
from vectorstore.shelf import Shelf
from vectorstore.types import BrokenEdition, EmbedderMismatch, Vectors

#: A running desk looks this often whether a new edition was published.
POLL_SECONDS = 2.0


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
    private: Path

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
        shutil.rmtree(self.private, ignore_errors=True)


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
    check_embedder(manifest, embedder)
    if problems := editions.verify(home, name):
        raise BrokenEdition(f"edition {name} is damaged: {problems[0]}; run `desk doctor --repair`")
    folder = home.edition(name)
    private = Path(tempfile.mkdtemp(prefix=f"desk-{os.getpid()}-"))
    try:
        chroma = (
            private_copy(folder_of(place, folder, name), private / "chroma")
            if place.kind == "folder"
            else private
        )
        collection = Collection.open(place, chroma, manifest.collection)
        if (count := collection.count()) != manifest.passages:
            raise BrokenEdition(f"edition {name}: Chroma holds {count} vectors of {manifest.passages}")
        shelf = Shelf(folder / "shelf.sqlite")
        document_of = np.load(folder / "document_of.npy", allow_pickle=False)
        japanese = np.load(folder / "japanese.npy", allow_pickle=False)
        return OpenEdition(
            manifest=manifest,
            shelf=shelf,
            collection=collection,
            index=load_index(folder / "index"),
            keywords=load_keywords(folder / "keywords", manifest.passages),
            vectors=np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False),
            contexts=np.load(folder / "contexts.npy", mmap_mode="r", allow_pickle=False),
            document_of=document_of,
            japanese=japanese,
            bounds=np.load(folder / "bounds.npy", allow_pickle=False),
            digest_shadowed=_shadowed(shelf),
            twins=_twins(shelf, document_of, japanese),
            private=private,
        )
    except BaseException:
        shutil.rmtree(private, ignore_errors=True)
        raise


class Library:
    """The live edition of a home, for many threads: `edition()` gives the newest published one."""

    def __init__(self, open_live: Callable[[str], OpenEdition], home: Home) -> None:
        self._open = open_live
        self._home = home
        self._lock = threading.Lock()
        self._current = open_live(editions.live_name(home))
        self._retired: OpenEdition | None = None
        self._looked = time.monotonic()

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
        name = editions.live_name(self._home)
        if name == self._current.name:
            return
        try:
            fresh = self._open(name)
        except BrokenEdition:
            return
        if self._retired is not None:
            self._retired.close()
        self._retired, self._current = self._current, fresh

    def close(self) -> None:
        """Closes the current and the last edition."""
        for one in (self._current, self._retired):
            if one is not None:
                one.close()
