"""Which files of the library folders are to be read, under which names, and their bytes."""

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.readers import READERS
from ingest.readers.kinds import LARGEST_FILE, too_large
from ingest.types import FileReport, IngestError

#: Files that belong to a library but are no documents of it.
NOT_DOCUMENTS = frozenset({"sources.toml", "README.md"})
#: A folder with more files than this is no library of guidelines but a mistake in the path.
MOST_FILES = 100_000


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """A file to read. `source` is unique: the file's name, or its path below the folder where two share a
    name.
    """

    source: str
    path: Path
    folder: Path


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a library, by name, and a row for everything that was passed over, with the reason."""

    files: tuple[LibraryFile, ...]
    reports: tuple[FileReport, ...]


def find_files(folders: Sequence[Path]) -> Listing:
    """The documents below `folders`, recursively; hidden files are left out without a word.

    Raises IngestError for a folder that is missing or cannot be read: taken for empty, it would empty the
    library.
    """
    found = [(path, folder) for folder in folders for path in _in_folder(folder)]
    reports = [_passed_over(path, folder) for path, folder in found]
    taken = _once([pair for pair, report in zip(found, reports, strict=True) if report is None])
    filled = {folder for _, folder in taken}
    empty = [
        FileReport(
            str(folder),
            "skipped",
            0,
            "the folder holds no document that can be read",
            "読める文書がありません",
        )
        for folder in folders
        if folder not in filled
    ]
    return Listing(_named(taken), (*(report for report in reports if report), *empty))


def _in_folder(folder: Path) -> list[Path]:
    try:
        mode = folder.stat().st_mode
        if not stat.S_ISDIR(mode):
            raise IngestError(
                f"{folder} is a file, not a library folder", f"{folder} はフォルダーではありません"
            )
        paths = list(_walk(folder))
    except FileNotFoundError:
        raise IngestError(
            f"the library folder {folder} does not exist; check the path",
            f"ライブラリーのフォルダー {folder} がありません",
        ) from None
    except OSError as error:
        raise IngestError(
            f"the library folder {folder} cannot be read ({error.strerror}); check its permissions",
            f"フォルダー {folder} を読めません（権限を確認してください）",
        ) from None
    if len(paths) > MOST_FILES:
        raise IngestError(
            f"{folder} holds more than {MOST_FILES} files; is it the right folder?",
            f"{folder} のファイルが多すぎます（{MOST_FILES} を超過）。フォルダーを確認してください",
        )
    return paths


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in order, without following links to folders."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        else:
            yield path


def _passed_over(path: Path, folder: Path) -> FileReport | None:
    """Why a file is no document of the library; None where it is one."""
    reasons = _refusal(path, folder)
    return FileReport(path.relative_to(folder).as_posix(), "skipped", 0, *reasons) if reasons else None


def _refusal(path: Path, folder: Path) -> tuple[str, str] | None:
    if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
        return "a link that leads out of the folder", "フォルダーの外へのリンクです"
    try:
        mode = path.stat().st_mode
    except OSError:
        return "a link to nothing, or not to be looked at", "リンク先がないか、権限がありません"
    if stat.S_ISDIR(mode):
        return "a link to a folder, which is not followed", "フォルダーへのリンクはたどりません"
    if not stat.S_ISREG(mode):
        return "not an ordinary file", "通常のファイルではありません"
    if path.name in NOT_DOCUMENTS:
        return "not a document", "文書ではありません"
    if path.suffix.lower() not in READERS:
        known = ", ".join(sorted(READERS))
        return f"not a format that is read ({known})", f"対応していない形式です（{known}）"
    return None


def _once(pairs: Sequence[tuple[Path, Path]]) -> list[tuple[Path, Path]]:
    """Each file once, also where folders overlap or a link inside a folder names a file of it."""
    seen: dict[Path, tuple[Path, Path]] = {}
    for path, folder in pairs:
        seen.setdefault(path.resolve(), (path, folder))
    return list(seen.values())


def _named(pairs: Sequence[tuple[Path, Path]]) -> tuple[LibraryFile, ...]:
    shared = Counter(path.name for path, _ in pairs)
    named: dict[str, LibraryFile] = {}
    for path, folder in pairs:
        source = path.name if shared[path.name] == 1 else path.relative_to(folder).as_posix()
        while source in named:
            source = f"{folder.name}/{source}"
        named[source] = LibraryFile(source, path, folder)
    return tuple(named[source] for source in sorted(named))


def read_file(path: Path) -> bytes:
    """The bytes of an ordinary file, which is looked at again when it is open: it may have become another.

    Raises UnreadableFile for a file that is too large, IngestError for one that cannot be read; never waits.
    """
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as handle:
            found = os.fstat(handle.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise IngestError(f"{path.name} is not an ordinary file", "通常のファイルではありません")
            if found.st_size > LARGEST_FILE:
                raise too_large(found.st_size)
            return handle.read(LARGEST_FILE + 1)
    except OSError as error:
        raise IngestError(
            f"{path.name} cannot be read: {error.strerror}; check the file and its permissions",
            "ファイルを読み込めません。ファイルと権限を確認してください",
        ) from None
