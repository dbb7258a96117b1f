"""Which files of a folder are read, and under which names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ingest.files import find_files
from ingest.types import IngestError
from tests.ingest.makers import written

#: The user that owns nothing.
NOBODY = 65534


def names(*folders: Path) -> list[str]:
    return [file.source for file in find_files(folders).files]


def reasons(folder: Path) -> dict[str, str]:
    return {report.source: report.reason for report in find_files([folder]).reports}


def test_documents_are_found_in_order_and_the_rest_is_reported(tmp_path: Path) -> None:
    files = ["b.txt", "a.pdf", "sub/c.md", "sub/deep/d.HTML", "資料.docx", "README_old.md"]
    others = ["README.md", "sources.toml", "x.xlsx", ".hidden.txt", ".git/e.txt", "~$a.docx", "noname"]
    written(tmp_path, dict.fromkeys([*files, *others], b"x"))
    assert names(tmp_path) == sorted(name.split("/")[-1] for name in files)
    assert set(reasons(tmp_path)) == {"README.md", "sources.toml", "x.xlsx", "noname"}


def test_names_are_unique(tmp_path: Path) -> None:
    one = written(tmp_path / "one", {"a.txt": "x", "sub/a.txt": "x", "b.txt": "x"})
    two = written(tmp_path / "two", {"a.txt": "x", "c.txt": "x"})
    assert names(one, two) == ["a.txt", "b.txt", "c.txt", "sub/a.txt", "two/a.txt"]
    assert names(one, one) == ["a.txt", "b.txt", "sub/a.txt"]


def test_links_do_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    outside = written(tmp_path / "outside", {"secret.txt": "x", "folder/f.txt": "x"})
    folder = written(tmp_path / "library", {"a.txt": "x"})
    (folder / "out.txt").symlink_to(outside / "secret.txt")
    (folder / "in.txt").symlink_to(folder / "a.txt")
    (folder / "gone.txt").symlink_to(folder / "missing.txt")
    (folder / "tree").symlink_to(outside / "folder")
    (folder / "loop").symlink_to(folder)
    assert names(folder) == ["a.txt"]
    found = reasons(folder)
    assert "leads out" in found["out.txt"] and "leads out" in found["tree"]
    assert "nothing" in found["gone.txt"] and "folder" in found["loop"]


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    written(tmp_path, {"a.txt": "x"})
    os.mkfifo(tmp_path / "pipe.txt")
    assert names(tmp_path) == ["a.txt"]
    assert reasons(tmp_path) == {"pipe.txt": "not an ordinary file"}


def test_a_missing_folder_or_a_file_is_an_error_with_a_sentence(tmp_path: Path) -> None:
    written(tmp_path, {"a.txt": "x"})
    for path, words in ((tmp_path / "missing", "does not exist"), (tmp_path / "a.txt", "is a file")):
        with pytest.raises(IngestError, match=words) as error:
            find_files([path])
        assert error.value.reason_ja != error.value.reason


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Root may read everything, so a test that runs as root becomes nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_an_unreadable_folder_is_an_error() -> None:
    with TemporaryDirectory() as outer:
        os.chmod(outer, 0o755)
        locked = Path(outer) / "locked"
        locked.mkdir(mode=0)
        with ordinary_user(), pytest.raises(IngestError, match="cannot be read"):
            find_files([locked])


def test_an_empty_folder_is_a_row_of_the_report(tmp_path: Path) -> None:
    (report,) = find_files([tmp_path]).reports
    assert (report.source, report.status) == (str(tmp_path), "skipped")
    assert "no document" in report.reason and report.reason_ja


@pytest.mark.parametrize(
    "name", ["＝HYPERLINK.txt", "<img onerror=x>.txt", "改\n行.txt", "絵🙂.txt", "x" * 200 + ".txt"]
)
def test_names_are_only_names(tmp_path: Path, name: str) -> None:
    written(tmp_path, {name: "x"})
    assert names(tmp_path) == [name]
