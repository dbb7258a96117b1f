"""Editions under kills, full disks and damage: the old library or the new one, whole, and never anything else."""

import os
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import typer

from bot.console import plain_errors
from tests.conftest import ROOT, Desk, make_desk
from tests.faults import small_disk
from tests.faults.killer import POINTS, Killer, killer
from tests.faults.verifier import sound
from vectorstore import edition as editions
from vectorstore.chroma import Collection, _guarded, parse_place
from vectorstore.circuit import FAILURES, REST, Circuit
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.lock import writer_lock
from vectorstore.private import PrivateFolder
from vectorstore.repair import repair
from vectorstore.space import require
from vectorstore.types import BrokenEdition, NewerEdition, NoSpace, StoreError, StoreUnavailable


def edit(desk: Desk, number: int) -> None:
    """Another version of one document."""
    (desk.folder / "extra.md").write_text(
        f"# 追加\n\nこれは第{number}版の文書である。改訂の履歴は国際課が保管し、求めに応じて公開する。\n",
        "utf-8",
    )


@pytest.fixture(scope="module")
def killed(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, glossary: Glossary
) -> Iterator[tuple[Desk, Killer]]:
    """A desk whose ingests are killed, and the killer."""
    made = make_desk(tmp_path_factory.mktemp("killed"), embedder, glossary)
    with killer(made) as one:
        assert one.ingest()["code"] == 0
        yield made, one


@pytest.mark.fault("B2")
@pytest.mark.parametrize("point", POINTS)
def test_a_kill_at_a_point_leaves_the_old_library_or_the_new_one(
    killed: tuple[Desk, Killer], point: str
) -> None:
    desk, one = killed
    before = sound(desk)
    edit(desk, 100 + POINTS.index(point))
    assert one.ingest(point=point)["signal"] == 9
    after = sound(desk)
    new = point in ("pointed", "swept")
    assert (after.name != before.name) == new
    assert new or after.texts == before.texts
    assert one.ingest()["code"] == 0
    last = sound(desk)
    assert f"第{100 + POINTS.index(point)}版" in last.texts["extra.md"]
    assert not list(desk.home.editions.glob(".building-*"))


def _random_kills(desk: Desk, one: Killer, count: int) -> None:
    edit(desk, 0)
    whole = one.ingest()["seconds"]
    chance = random.Random(20261126)
    acknowledged = sound(desk)
    for number in range(1, count + 1):
        edit(desk, number)
        one.ingest(after=chance.uniform(0, 1.1 * whole))
        now = sound(desk)
        if now.name == acknowledged.name:
            assert now.texts == acknowledged.texts
        else:
            assert f"第{number}版" in now.texts["extra.md"]
        acknowledged = now
    assert one.ingest()["code"] == 0
    assert f"第{count}版" in sound(desk).texts["extra.md"]


@pytest.mark.fault("B1", "B3")
def test_kills_at_random_times_lose_nothing(killed: tuple[Desk, Killer]) -> None:
    _random_kills(*killed, 8)


@pytest.mark.full
@pytest.mark.fault("B1", "B3")
def test_a_hundred_kills_at_random_times_lose_nothing(killed: tuple[Desk, Killer]) -> None:
    _random_kills(*killed, 100)


@pytest.mark.fault("B4", "B6")
def test_a_second_writer_is_refused_with_a_name_and_a_code(desk: Desk) -> None:
    with writer_lock(desk.home), pytest.raises(typer.Exit) as ended, plain_errors():
        with writer_lock(desk.home, seconds=0.3):
            pass
    assert ended.value.exit_code == 3
    with writer_lock(desk.home, seconds=0.3):
        assert f"process {os.getpid()}, since 20" in (desk.home.folder / "writer.lock").read_text("utf-8")


@pytest.mark.fault("B5")
def test_a_reader_sees_no_failure_while_editions_change(
    killed: tuple[Desk, Killer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.library.POLL_SECONDS", 0.05)
    desk, one = killed
    library, failures, asked = desk.open(), [], 0
    seen, stop = set(), threading.Event()

    def read() -> None:
        nonlocal asked
        while not stop.is_set():
            try:
                edition = library.edition()
                seen.add(edition.name)
                rows, _ = edition.collection.query(edition.vectors[0], 3)
                assert len(edition.shelf.passages(rows.tolist())) == 3
            except Exception as error:
                failures.append(repr(error))
            asked += 1

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in (501, 502, 503):
        edit(desk, number)
        assert one.ingest()["code"] == 0
        until = time.monotonic() + 30
        while editions.live_name(desk.home) not in seen and time.monotonic() < until:
            time.sleep(0.02)
    stop.set()
    for thread in threads:
        thread.join()
    library.close()
    assert failures == [] and asked > 100 and len(seen) >= 4


@pytest.mark.fault("B5", "B11")
def test_an_edition_that_cannot_be_opened_is_passed_over_while_running(
    desk: Desk, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.library.POLL_SECONDS", 0.0)
    first = desk.sync().edition
    library = desk.open()
    other = replace(
        desk, writer=replace(desk.writer, embedder=replace(embedder, name="other", fingerprint="o-1"))
    )
    other.sync()
    assert library.edition().name == first and "DESK_EMBEDDER" in library.problem
    desk.home.pointer.write_text("", "utf-8")
    assert library.edition().name == first and library.problem
    library.close()


@pytest.mark.fault("B7")
def test_a_full_disk_at_every_step_stops_cleanly(
    tmp_path: Path, embedder: Embedder, glossary: Glossary
) -> None:
    if shutil.which("unshare") is None or os.system("unshare -rm true 2>/dev/null") != 0:
        pytest.fail("mount namespaces are needed: unshare -rm")
    make_desk(tmp_path, embedder, glossary)
    lines = small_disk.run(tmp_path)
    assert [line["point"] for line in lines] == [*POINTS[:8], "before"]
    for line in lines:
        assert line["left"] == [] and line["answers"] == 1 and line["sound"] and line["again"], line
        if line["said"]:
            assert line["said"].startswith("NoSpace") and line["same"], line
    assert [bool(line["said"]) for line in lines[:6]] == [True] * 6
    assert "MB are needed" in lines[-1]["said"] and "full" in lines[-1]["start"]


@pytest.mark.fault("B7")
def test_room_is_asked_for_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(typer.Exit) as ended, plain_errors():
        require(tmp_path, 1 << 60)
    assert ended.value.exit_code == 5
    with pytest.raises(NoSpace, match="MB are needed and .* MB are free"):
        require(tmp_path, 1 << 60)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, glossary: Glossary) -> Desk:
    """A desk with so many passages that Chroma keeps its index in files."""
    made = make_desk(tmp_path_factory.mktemp("large"), embedder, glossary)
    sections = (
        f"## 第{n}条 様式{n}\n様式{n}は第{n * 7 % 997}課が保管し、{n}日以内に届け出るものとする。\n"
        for n in range(1_100)
    )
    (made.folder / "long.md").write_text("# 様式集\n\n" + "\n".join(sections), "utf-8")
    assert made.sync().passages > 1_000
    return made


#: (file in the Chroma folder, what is done to it): the corruption table.
DAMAGE = [
    *((name, how) for name in ("data_level0.bin", "header.bin", "link_lists.bin", "length.bin") for how in ("flip", "gone")),
    *(("index_metadata.pickle", how) for how in ("cut", "gone")),
    *(("chroma.sqlite3", how) for how in ("head", "middle", "cut", "gone")),
    ("segment", "gone"),
]  # fmt: skip


@contextmanager
def damaged(folder: Path, name: str, how: str) -> Iterator[None]:
    """The edition with one file of Chroma's damaged; afterwards whole again."""
    chroma = folder / "chroma"
    path = (
        chroma / name if name == "chroma.sqlite3" else next(chroma.glob("*/data_level0.bin")).with_name(name)
    )
    path = path.parent if name == "segment" else path
    kept = folder.parent / ".kept"
    shutil.copytree(chroma, kept)
    try:
        if path.is_dir():
            shutil.rmtree(path)
        elif how == "gone":
            path.unlink()
        else:
            data = bytearray(path.read_bytes() or b"\0")
            at = {"head": 20, "middle": len(data) // 2, "flip": len(data) // 2}.get(how, 0)
            if how == "cut":
                del data[len(data) // 2 :]
            else:
                data[at] ^= 0xFF
            path.write_bytes(data)
        yield
    finally:
        shutil.rmtree(chroma)
        kept.rename(chroma)


@pytest.mark.fault("B8")
@pytest.mark.parametrize(("name", "how"), DAMAGE)
def test_every_damage_is_found_at_the_start(large: Desk, name: str, how: str) -> None:
    with damaged(large.home.edition(editions.live_name(large.home)), name, how):
        with pytest.raises(BrokenEdition, match="doctor --repair"):
            large.open()
    assert not editions.damage(large.home, editions.live_name(large.home))


#: Opens a library, cuts every file of its edition to nothing, and searches it.
CUT_SHORT = """
import os, sys
from pathlib import Path
from tests.conftest import desk_in
from vectorstore.embedders import load_embedder
from vectorstore.glossary import load_glossary
from vectorstore.search import load_blend, make_search
from vectorstore.types import Query
embedder, glossary = load_embedder("bundled"), load_glossary()
desk = desk_in(Path(sys.argv[1]), embedder, glossary)
library = desk.open()
edition = library.edition()
for path in desk.home.edition(edition.name).rglob("*"):
    if path.is_file():
        os.truncate(path, 0)
hits = make_search(edition, embedder, glossary, load_blend(), None)(Query("持ち出しの承認", 3))
near, _ = edition.collection.query(edition.vectors[0], 3)
print(len(hits), len(near), float(edition.contexts.sum()), edition.shelf.integrity())
library.close()
"""


@pytest.mark.fault("B8")
def test_a_running_desk_outlives_files_that_are_cut_short(desk: Desk) -> None:
    desk.sync()
    command = [sys.executable, "-c", CUT_SHORT, str(desk.folder.parent)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, (ran.returncode, ran.stderr)
    assert ran.stdout.startswith("3 3 ") and ran.stdout.endswith("ok\n"), ran.stdout


@pytest.mark.fault("B8")
def test_a_foreign_file_and_a_changed_manifest_are_found(desk: Desk) -> None:
    folder = desk.home.edition(desk.sync().edition)
    (folder / "chroma" / "more.bin").write_bytes(b"x")
    with pytest.raises(BrokenEdition, match="does not belong"):
        desk.open()
    (folder / "chroma" / "more.bin").unlink()
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"documents": 2', '"documents": 3'), "utf-8")
    with pytest.raises(BrokenEdition, match="changed"):
        desk.open()


@pytest.mark.fault("B8", "B10")
@pytest.mark.parametrize("part", ["chroma", "vectors.npy", "index"])
def test_a_repair_needs_no_source(desk: Desk, part: str) -> None:
    name = desk.sync().edition
    before = sound(desk)
    target = desk.home.edition(name) / part
    shutil.rmtree(target) if target.is_dir() else target.write_bytes(b"")
    shutil.rmtree(desk.folder)
    done = repair(desk.writer)
    assert done.edition != name and "built again" in done.done
    assert sound(desk).texts == before.texts
    assert "nothing to repair" in repair(desk.writer).done
    assert repair(desk.writer, force=True).edition != done.edition


@pytest.mark.fault("B8")
def test_without_a_sound_shelf_the_repair_goes_back_and_then_ingest_mends(desk: Desk) -> None:
    first = desk.sync().edition
    edit(desk, 1)
    second = desk.sync().edition
    (desk.home.edition(second) / "shelf.sqlite").write_bytes(b"SQLite format 3\0")
    assert repair(desk.writer).edition == first
    assert desk.sync().published
    assert "extra.md" in sound(desk).texts
    desk.home.pointer.unlink()
    with pytest.raises(BrokenEdition, match="repair"):
        desk.open()
    assert repair(desk.writer).edition


@pytest.mark.fault("B8")
def test_an_ingest_of_unchanged_files_mends_a_damaged_edition(desk: Desk) -> None:
    name = desk.sync().edition
    (desk.home.edition(name) / "bounds.npy").write_bytes(b"")
    report = desk.sync()
    assert report.published and report.embedded == 0
    assert {row.status for row in report.files} == {"unchanged"}
    sound(desk)


@pytest.mark.fault("B10")
def test_an_edition_of_an_older_desk_is_refused_until_it_is_indexed_anew(desk: Desk) -> None:
    name = desk.sync().edition
    before, folder = sound(desk), desk.home.edition(name)
    editions.seal(folder, replace(editions.read_manifest(desk.home, name), format=editions.FORMAT - 1))
    with pytest.raises(BrokenEdition, match="written by an older desk; run `desk doctor --repair`"):
        desk.open()
    shutil.rmtree(desk.folder)
    assert repair(desk.writer).edition != name
    assert sound(desk).texts == before.texts


@pytest.mark.fault("B11")
def test_an_edition_of_a_newer_chroma_is_refused_untouched(desk: Desk) -> None:
    name = desk.sync().edition
    folder = desk.home.edition(name)
    editions.seal(folder, replace(editions.read_manifest(desk.home, name), chroma="99.1.0"))
    before = editions.digests(folder)
    with pytest.raises(typer.Exit) as ended, plain_errors():
        desk.open()
    assert ended.value.exit_code == 4
    with pytest.raises(NewerEdition, match=r"written by Chroma 99.1.0 and this is"):
        desk.open()
    assert editions.digests(folder) == before


@pytest.mark.fault("B11")
def test_a_panic_below_python_is_a_plain_error() -> None:
    class PanicException(BaseException):
        """As the binding raises it: no Exception."""

    with pytest.raises(StoreError, match="PanicException"), _guarded("open"):
        raise PanicException("range end index out of range")
    with pytest.raises(KeyboardInterrupt), _guarded("open"):
        raise KeyboardInterrupt


class _Faulty(BaseHTTPRequestHandler):
    status = 500

    def do_GET(self) -> None:
        self.send_response(type(self).status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.mark.fault("B14")
@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_a_server_that_refuses_is_said_to_be_unavailable(tmp_path: Path, status: int) -> None:
    handler = type("Faulty", (_Faulty,), {"status": status})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with pytest.raises(StoreUnavailable, match="does not answer"):
            Collection.open(parse_place(f"http://127.0.0.1:{server.server_port}"), tmp_path, "desk-x")
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.fault("B14")
def test_a_server_that_hangs_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.chroma.ANSWER", 0.3)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(StoreUnavailable, match="start it, or set DESK_CHROMA"):
            Collection.open(parse_place(f"http://127.0.0.1:{silent.getsockname()[1]}"), tmp_path, "desk-x")


@pytest.mark.fault("B14")
def test_a_circuit_opens_after_failures_and_tries_again_later() -> None:
    clock = [0.0]
    circuit = Circuit(lambda: clock[0])
    for _ in range(FAILURES):
        assert circuit.allows()
        circuit.failed()
    assert not circuit.allows()
    clock[0] = REST + 1
    assert circuit.allows() and not circuit.allows()
    circuit.worked()
    assert circuit.allows() and circuit.allows()


@pytest.mark.fault("E8")
def test_private_copies_go_with_their_process_or_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = tmp_path / "desk-copy-left"
    left.mkdir()
    (left / "lock").touch()
    one = PrivateFolder()
    assert not left.exists() and one.path.stat().st_mode & 0o777 == 0o700
    two = PrivateFolder()
    assert one.path.is_dir()
    one.remove()
    two.remove()
    assert list(tmp_path.iterdir()) == []
