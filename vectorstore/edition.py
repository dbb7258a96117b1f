"""Editions: the library as it stood after one ingest, sealed, and the one pointer that says which is live.

    HOME/CURRENT               name of the live edition; written last, by rename
    HOME/writer.lock           held by the one process that writes (vectorstore/lock.py)
    HOME/added/                files given one by one
    HOME/editions/NAME/        shelf.sqlite, index/, vectors.npy, chroma/, manifest.json (written last)

A crash leaves the old pointer, so the old edition, or the new one. Knows neither files nor embedders.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from vectorstore.types import BrokenEdition, NewerEdition, NoLibrary, StoreError

#: Grows when the files of an edition change their meaning; an older desk refuses a newer edition.
FORMAT = 2
#: What to do about an edition that does not verify.
REPAIR = "run `desk doctor --repair`"
_BUILDING = ".building-"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the library as this edition holds it. `key` covers its bytes, its record and the ingest recipe."""

    source: str
    key: str
    passages: int
    #: Why the newest bytes of the file are not what is held, if they are not.
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an edition is made of; `sealed` maps every file in it to its SHA-256."""

    format: int
    name: str
    created: str
    embedder: str
    fingerprint: str
    dimension: int
    recipe: str
    collection: str
    passages: int
    documents: int
    files: tuple[FileEntry, ...]
    sealed: dict[str, str]
    #: The version of Chroma that wrote the collection; an older one may not open it.
    chroma: str = ""
    #: SHA-256 of this manifest with this field empty; empty in editions from before there was one.
    digest: str = ""

    def own_digest(self) -> str:
        """What `digest` is when nothing was changed."""
        return hashlib.sha256(_MANIFEST.dump_json(replace(self, digest=""))).hexdigest()


_MANIFEST = TypeAdapter(Manifest)


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that the desk keeps its library in."""

    folder: Path

    @property
    def editions(self) -> Path:
        """The folder of all editions."""
        return self.folder / "editions"

    @property
    def pointer(self) -> Path:
        """The file that names the live edition."""
        return self.folder / "CURRENT"

    @property
    def added(self) -> Path:
        """The folder of files that were added one by one."""
        return self.folder / "added"

    def edition(self, name: str) -> Path:
        """The folder of one edition."""
        return self.editions / name

    def make(self) -> None:
        """Makes the folders, readable by their owner alone. Raises StoreError when it cannot."""
        try:
            for folder in (self.folder, self.editions, self.added):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"{self.folder} cannot be written ({error.strerror}); set DESK_HOME to a folder that can"
            ) from None


def new_name(now: datetime | None = None) -> str:
    """A name for a new edition: its moment in UTC, to the microsecond; names sort by age."""
    return (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%S%fZ")


@contextmanager
def building(home: Home, name: str) -> Iterator[Path]:
    """A folder to build edition `name` in, beside the live one; removed again when the building fails."""
    folder = home.editions / f"{_BUILDING}{name}"
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as handle:
        while block := handle.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below `folder` but the manifest, by its path in it."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json")
    return {p.relative_to(folder).as_posix(): _digest(p) for p in files}


def _sync_to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_whole(path: Path, text: str) -> None:
    """Replaces a small file so that a reader or a crash sees the old text or the new one."""
    fresh = path.with_name(f".{path.name}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with open(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(handle)
    os.replace(fresh, path)
    _sync_to_disk(path.parent)


def seal(folder: Path, manifest: Manifest) -> None:
    """Settles every file on disk, readable by its owner alone, and writes the manifest, whose presence means that the edition is complete."""
    for path in folder.rglob("*"):
        os.chmod(path, 0o700 if path.is_dir() else 0o600)
        _sync_to_disk(path)
    whole = replace(manifest, digest=manifest.own_digest())
    _write_whole(folder / "manifest.json", _MANIFEST.dump_json(whole, indent=1).decode())


def publish(home: Home, folder: Path, name: str, reached: Callable[[str], None] = lambda _: None) -> None:
    """Moves a sealed building folder to its place and points CURRENT at it, last."""
    os.rename(folder, home.edition(name))
    _sync_to_disk(home.editions)
    reached("renamed")
    point_at(home, name)


def point_at(home: Home, name: str) -> None:
    """Makes `name` the live edition. Raises BrokenEdition when it does not verify."""
    if problems := verify(home, name):
        raise BrokenEdition(f"edition {name} does not verify: {problems[0]}")
    _write_whole(home.pointer, name)


def names(home: Home) -> tuple[str, ...]:
    """Every sealed edition, oldest first."""
    if not home.editions.is_dir():
        return ()
    folders = (p for p in home.editions.iterdir() if not p.name.startswith("."))
    return tuple(sorted(p.name for p in folders if (p / "manifest.json").is_file()))


def live_name(home: Home) -> str:
    """The name of the live edition. Raises NoLibrary when nothing was ingested yet."""
    try:
        name = home.pointer.read_text("utf-8").strip()
    except FileNotFoundError:
        if names(home):
            raise BrokenEdition(f"{home.pointer} is gone, but there are editions; {REPAIR}") from None
        raise NoLibrary(f"there is no library in {home.folder} yet; run `desk ingest`") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenEdition(f"{home.pointer} cannot be read ({error}); {REPAIR}") from None
    if not name or "/" in name or name.startswith("."):
        raise BrokenEdition(f"{home.pointer} does not name an edition; {REPAIR}")
    return name


def read_manifest(home: Home, name: str) -> Manifest:
    """The manifest of one edition. Raises BrokenEdition."""
    path = home.edition(name) / "manifest.json"
    try:
        manifest = _MANIFEST.validate_json(path.read_bytes())
    except FileNotFoundError:
        raise BrokenEdition(f"edition {name} is not there or not complete; {REPAIR}") from None
    except ValidationError:
        raise BrokenEdition(f"the manifest of edition {name} is damaged; {REPAIR}") from None
    except OSError as error:
        raise StoreError(f"edition {name} cannot be read: {error.strerror}") from None
    if manifest.format > FORMAT:
        raise NewerEdition(
            f"edition {name} has format {manifest.format}; this desk reads up to {FORMAT}: update it"
        )
    if manifest.digest and manifest.digest != manifest.own_digest():
        raise BrokenEdition(f"the manifest of edition {name} was changed; {REPAIR}")
    return manifest


def check_format(manifest: Manifest) -> None:
    """Raises BrokenEdition for an edition that an older desk wrote: its documents are read, its index is not."""
    if manifest.format < FORMAT:
        raise BrokenEdition(
            f"edition {manifest.name} was written by an older desk; {REPAIR} to index it anew"
        )


def damage(home: Home, name: str) -> dict[str, str]:
    """Path in the edition -> what is wrong with it: missing, changed or foreign. Raises BrokenEdition."""
    sealed = read_manifest(home, name).sealed
    try:
        found = digests(home.edition(name))
    except OSError as error:
        raise BrokenEdition(f"edition {name} cannot be read: {error.strerror}; {REPAIR}") from None
    missing = {path: "is missing" for path in sealed if path not in found}
    changed = {
        path: "was changed" if path in sealed else "does not belong there"
        for path, value in found.items()
        if sealed.get(path) != value
    }
    return missing | changed


def verify(home: Home, name: str) -> list[str]:
    """What differs between an edition's files and its manifest; empty when nothing does."""
    return [f"{path} {what}" for path, what in damage(home, name).items()]


def sweep(home: Home, keep: int) -> tuple[str, ...]:
    """Removes all but the live edition and the `keep` newest, and what a killed ingest left. Needs the lock."""
    live = live_name(home)
    kept = {live, *names(home)[-keep:]} if keep else {live}
    gone = tuple(name for name in names(home) if name not in kept)
    for name in gone:
        shutil.rmtree(home.edition(name), ignore_errors=True)
    for leftover in home.editions.glob(f"{_BUILDING}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    return gone
