"""The only writer: brings the library in line with its folders and publishes a new edition.

plan -> read what changed -> embed what is new -> write beside the live edition -> verify -> publish -> sweep.
A file that fails keeps its old version; an unchanged library writes and embeds nothing.
"""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from ingest.catalogue import Catalogue
from ingest.files import LibraryFile, read_file
from ingest.pipeline import Read, read_document
from ingest.readers import read_pages
from ingest.recipe import recipe
from ingest.types import FileReport, IngestError, QuarantinedDocument, Record
from vectorstore import edition as editions
from vectorstore.chroma import CHROMA, Place, forget
from vectorstore.edition import FileEntry, Home, Manifest
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.lock import writer_lock
from vectorstore.shelf import Shelf, Shelved
from vectorstore.space import full_disk_said, needed, require
from vectorstore.types import BrokenEdition, NewerEdition, NoLibrary
from vectorstore.write import INDEX_RECIPE, Written, write_edition

_RECORD = TypeAdapter(Record)
SHELF = "shelf.sqlite"
_VECTORS = frozenset({"vectors.npy", "contexts.npy", "texts.txt"})

#: (what is being done, done so far, how many in all)
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Writer:
    """What an ingest needs, made once by the door."""

    home: Home
    place: Place
    embedder: Embedder
    glossary: Glossary
    catalogue: Catalogue
    keep: int = 3
    #: How a file is read; a door hands in a sandbox.
    read: Read = read_pages
    #: Called at every step that leaves something on the disk, by its name; tests stop or kill the writer there.
    reached: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one ingest did: a row per file, the live edition, and how much was embedded."""

    edition: str
    published: bool
    files: tuple[FileReport, ...]
    passages: int
    embedded: int
    seconds: float

    @property
    def failed(self) -> bool:
        """Whether any file could not be taken in its newest version."""
        return any(row.status in ("failed", "quarantined") for row in self.files)


@dataclass(frozen=True, slots=True)
class Old:
    """The edition that a new one builds on; empty before the first ingest."""

    manifest: Manifest | None
    shelf: Shelf | None
    #: Its files that are not as they were sealed; one more where it is not the live edition.
    damaged: frozenset[str] = frozenset()

    @property
    def entries(self) -> dict[str, FileEntry]:
        return {entry.source: entry for entry in self.manifest.files} if self.manifest else {}

    def vectors(self, home: Home, fingerprint: str) -> Path | None:
        """Its folder, if the vectors in it are sound and from the same embedder."""
        if self.manifest is None or self.manifest.fingerprint != fingerprint or self.damaged & _VECTORS:
            return None
        return home.edition(self.manifest.name)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A file of the next edition: its entry, its content, and the row for the report."""

    entry: FileEntry | None
    shelved: Shelved | None
    report: FileReport


def _old(home: Home) -> Old:
    """The live edition or, where that is too damaged, the newest one whose documents are sound; else nothing."""
    try:
        live = editions.live_name(home)
    except NoLibrary:
        return Old(None, None)
    except BrokenEdition:
        live = ""
    for name in (live, *reversed(editions.names(home))) if live else reversed(editions.names(home)):
        try:
            damaged = frozenset(editions.damage(home, name))
            if SHELF not in damaged:
                elsewhere = frozenset() if name == live else frozenset({"CURRENT"})
                shelf = Shelf(home.edition(name) / SHELF)
                return Old(editions.read_manifest(home, name), shelf, damaged | elsewhere)
        except NewerEdition:
            raise
        except BrokenEdition:
            continue
    return Old(None, None)


def _key(data: bytes, catalogue: Catalogue) -> str:
    """Changes with the file's bytes, with how files are read, and with the catalogue that describes them."""
    return hashlib.sha256(b"\0".join((data, recipe().encode(), repr(catalogue.entries).encode()))).hexdigest()


def _kept(old: Old, source: str, report: FileReport, reason: str) -> _Taken:
    """The old version of a file that cannot be taken now, if there is one."""
    entry = old.entries.get(source)
    shelved = old.shelf.shelved(source) if old.shelf and entry else None
    if entry is None or shelved is None:
        return _Taken(None, None, report)
    return _Taken(replace(entry, key="", reason=reason), shelved, report)


def _failure(error: IngestError, source: str, kept: bool) -> FileReport:
    status: Literal["quarantined", "failed"] = (
        "quarantined" if isinstance(error, QuarantinedDocument) else "failed"
    )
    tail, tail_ja = ("; its old version stays", "（旧版を使い続けます）") if kept else ("", "")
    return FileReport(source, status, 0, f"{error}{tail}", f"{error.reason_ja}{tail_ja}")


def _take(file: LibraryFile, old: Old, writer: Writer) -> _Taken:
    """Reads one file, or finds that it has not changed, or keeps its old version and says why."""
    source, entry = file.source, old.entries.get(file.source)
    try:
        data = read_file(file.path)
        key = _key(data, writer.catalogue)
        if entry and old.shelf and entry.key == key and (shelved := old.shelf.shelved(source)):
            return _Taken(entry, shelved, FileReport(source, "unchanged", entry.passages))
        document, passages = read_document(source, data, writer.catalogue, writer.read)
    except IngestError as error:
        return _kept(old, source, _failure(error, source, entry is not None), str(error))
    report = FileReport(
        source,
        "changed" if entry else "added",
        len(passages),
        "; ".join(document.health.findings),
        health=document.health,
        notes=()
        if document.record.listed
        else ("no catalogue entry: title, date and language read off the text",),
    )
    return _Taken(FileEntry(source, key, len(passages)), Shelved(document, passages), report)


def _recipe(embedder: Embedder, glossary: Glossary) -> str:
    return f"{INDEX_RECIPE}-{embedder.fingerprint}-{glossary.fingerprint}"


def _same(old: Old, entries: Sequence[FileEntry], recipe: str) -> bool:
    manifest = old.manifest
    if manifest is None or old.damaged:
        return False
    return manifest.files == tuple(entries) and manifest.recipe == recipe


def sync(writer: Writer, files: Sequence[LibraryFile], progress: Progress = lambda *_: None) -> IngestReport:
    """Makes the library hold exactly `files`. Raises StoreBusy, StoreError; a bad file is a row of the report."""
    began = time.monotonic()
    with writer_lock(writer.home):
        writer.reached("locked")
        old = _old(writer.home)
        taken: list[_Taken] = []
        for at, file in enumerate(files):
            progress(f"reading {file.source}", at, len(files))
            taken.append(_take(file, old, writer))
        present = {file.source for file in files}
        gone = [FileReport(source, "removed") for source in old.entries if source not in present]
        entries = [one.entry for one in taken if one.entry]
        built = _recipe(writer.embedder, writer.glossary)
        reports = (*(one.report for one in taken), *gone)
        if old.manifest and _same(old, entries, built):
            seconds = time.monotonic() - began
            return IngestReport(old.manifest.name, False, reports, old.manifest.passages, 0, seconds)
        writer.reached("read")
        progress("writing the new edition", len(files), len(files))
        new = publish_edition(writer, old, [one.shelved for one in taken if one.shelved], entries)
    return IngestReport(new.name, True, reports, new.passages, new.embedded, time.monotonic() - began)


@dataclass(frozen=True, slots=True)
class Published:
    """The edition that became live: its name, its passages, and how many texts were embedded for it."""

    name: str
    passages: int
    embedded: int


def publish_edition(
    writer: Writer, old: Old, shelved: Sequence[Shelved], entries: Sequence[FileEntry]
) -> Published:
    """Writes, seals, verifies and publishes the next edition; needs the lock. Raises NoSpace, BrokenEdition, StoreError."""
    home, name = writer.home, editions.new_name()
    previous = old.vectors(home, writer.embedder.fingerprint)
    require(home.folder, needed(shelved, writer.embedder.dimension))
    with full_disk_said(home.folder), editions.building(home, name) as folder:
        written = write_edition(
            folder, name, shelved, writer.embedder, writer.glossary, writer.place, previous, writer.reached
        )
        editions.seal(folder, _manifest(writer, name, written, shelved, entries, editions.digests(folder)))
        writer.reached("sealed")
        editions.publish(home, folder, name, writer.reached)
        writer.reached("pointed")
    if old.shelf is not None:
        old.shelf.close()
    forget(writer.place, editions.sweep(home, writer.keep))
    writer.reached("swept")
    return Published(name, written.passages, written.embedded)


def _manifest(
    writer: Writer,
    name: str,
    written: Written,
    shelved: Sequence[Shelved],
    entries: Sequence[FileEntry],
    sealed: dict[str, str],
) -> Manifest:
    return Manifest(
        format=editions.FORMAT,
        name=name,
        created=name,
        embedder=writer.embedder.name,
        fingerprint=writer.embedder.fingerprint,
        dimension=writer.embedder.dimension,
        recipe=_recipe(writer.embedder, writer.glossary),
        collection=written.collection,
        passages=written.passages,
        documents=len(shelved),
        files=tuple(entries),
        sealed=sealed,
        chroma=CHROMA,
    )
