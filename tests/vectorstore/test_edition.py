"""Editions: sealed, verified, published by one pointer; one writer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Desk
from vectorstore import edition as editions
from vectorstore.lock import writer_lock
from vectorstore.types import BrokenEdition, NoLibrary, StoreBusy


def test_before_the_first_ingest_there_is_no_library(desk: Desk) -> None:
    with pytest.raises(NoLibrary, match="desk ingest"):
        editions.live_name(desk.home)


def test_a_published_edition_verifies_and_is_private(desk: Desk) -> None:
    report = desk.sync()
    assert editions.live_name(desk.home) == report.edition
    assert editions.verify(desk.home, report.edition) == []
    assert desk.home.edition(report.edition).stat().st_mode & 0o077 == 0


def test_every_damaged_or_missing_file_is_found(desk: Desk) -> None:
    name = desk.sync().edition
    folder = desk.home.edition(name)
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json"):
        data = path.read_bytes()
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if data else b"x")
        assert editions.verify(desk.home, name), path
        path.unlink()
        assert editions.verify(desk.home, name), path
        path.write_bytes(data)
    assert editions.verify(desk.home, name) == []


@pytest.mark.parametrize("text", ["", "../elsewhere", ".building-x"])
def test_a_pointer_that_names_no_edition_is_refused(desk: Desk, text: str) -> None:
    desk.home.make()
    desk.home.pointer.write_text(text, "utf-8")
    with pytest.raises(BrokenEdition):
        editions.live_name(desk.home)


def test_a_newer_format_is_refused_by_an_older_desk(desk: Desk) -> None:
    name = desk.sync().edition
    path = desk.home.edition(name) / "manifest.json"
    path.write_text(path.read_text("utf-8").replace(f'"format": {editions.FORMAT}', '"format": 99'), "utf-8")
    with pytest.raises(BrokenEdition, match="update"):
        editions.read_manifest(desk.home, name)


def test_a_second_writer_is_told_who_holds_the_lock(desk: Desk) -> None:
    with writer_lock(desk.home), pytest.raises(StoreBusy, match=str(os.getpid())):
        with writer_lock(desk.home, seconds=0.2):
            pass


def test_the_lock_of_a_dead_process_is_taken_over(desk: Desk) -> None:
    program = (
        "import sys, os; from pathlib import Path; from vectorstore.edition import Home; from vectorstore.lock import writer_lock\n"
        "with writer_lock(Home(Path(sys.argv[1]))): os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", program, str(desk.home.folder)], cwd=ROOT, check=False)
    with writer_lock(desk.home, seconds=0.5):
        pass


def test_old_editions_are_kept_by_count_and_can_be_made_live(desk: Desk) -> None:
    made = []
    for number in range(5):
        (desk.folder / "extra.md").write_text(
            f"# 追加\n\nこれは第{number}版の文書である。改訂の履歴は国際課が保管し、求めに応じて公開する。\n",
            "utf-8",
        )
        made.append(desk.sync().edition)
    assert editions.names(desk.home) == tuple(made[-3:])
    editions.point_at(desk.home, made[-2])
    assert editions.live_name(desk.home) == made[-2]


def test_what_a_killed_ingest_left_is_swept(desk: Desk) -> None:
    desk.home.make()
    leftover = desk.home.editions / ".building-old"
    leftover.mkdir()
    desk.sync()
    assert not leftover.exists()


def test_a_home_that_cannot_be_written_says_what_to_set(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", "utf-8")
    with pytest.raises(editions.StoreError, match="DESK_HOME"):
        editions.Home(blocked / "home").make()
