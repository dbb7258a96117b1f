"""The files of a library: every document below its folders, under a name that is unique."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.readers import READERS
from ingest.types import FileReport, IngestError

#: Files that belong to a library but are no documents of it.
NOT_DOCUMENTS = frozenset({"sources.toml", "README.md"})


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """A file that can become a document. `source` is its name, with the path below the folder where two share one."""

    source: str
    path: Path
    folder: Path


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a library, by name, and a row for everything that was passed over with the reason."""

    files: tuple[LibraryFile, ...]
    reports: tuple[FileReport, ...]


def _inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _passed_over(path: Path, folder: Path) -> FileReport | None:
    """Why a file is no document of the library; None where it is one."""
    name = path.relative_to(folder).as_posix()
    if path.name in NOT_DOCUMENTS:
        return FileReport(name, "skipped", 0, "not a document", "文書ではありません")
    if not _inside(path, folder):
        return FileReport(name, "skipped", 0, "a link that leads out of the folder", "フォルダーの外へのリンクです")
    if path.suffix.lower() not in READERS:
        known = ", ".join(sorted(READERS))
        return FileReport(name, "skipped", 0, f"not a format that is read ({known})", f"対応していない形式です（{known}）")
    return None


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in order; hidden files and folders are left out."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        elif not path.is_dir():
            yield path


def _in_folder(folder: Path) -> Iterator[Path]:
    """Raises IngestError for a folder that is missing, cannot be read or holds nothing."""
    if not folder.is_dir():
        raise IngestError(f"the library folder {folder} does not exist", f"ライブラリーのフォルダー {folder} がありません")
    try:
        paths = list(_walk(folder))
    except OSError as error:
        raise IngestError(
            f"the library folder {folder} cannot be read: {error.strerror}", f"フォルダー {folder} を読めません"
        ) from None
    yield from paths


def find_files(folders: Sequence[Path]) -> Listing:
    """The documents below `folders`. Raises IngestError for a folder that is missing or cannot be read."""
    found = [(path, folder) for folder in folders for path in _in_folder(folder)]
    reports = [_passed_over(path, folder) for path, folder in found]
    taken = [pair for pair, report in zip(found, reports, strict=True) if report is None]
    shared = Counter(path.name for path, _ in taken)
    named: dict[str, LibraryFile] = {}
    for path, folder in taken:
        source = path.name if shared[path.name] == 1 else path.relative_to(folder).as_posix()
        while source in named:
            source = f"{folder.name}/{source}"
        named[source] = LibraryFile(source, path, folder)
    files = tuple(named[source] for source in sorted(named))
    return Listing(files, tuple(report for report in reports if report))
