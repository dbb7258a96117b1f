"""The small disk: `python -m tests.faults.small_disk FOLDER`, in a mount namespace of its own, tries a full disk at every
step of an ingest and prints what came of each as a line of JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.conftest import ROOT, desk_in
from tests.faults.killer import POINTS
from tests.faults.verifier import sound
from vectorstore import edition as editions
from vectorstore.embedders import load_embedder
from vectorstore.glossary import load_glossary
from vectorstore.types import NoSpace, StoreError

SIZE = 24


def _fill(folder: Path) -> Path:
    """Takes every byte that is left."""
    filler = folder / "filler"
    with open(filler, "wb", buffering=0) as handle:
        for block in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    handle.write(b"\0" * block)
            except OSError:
                continue
    return filler


def main(folder: Path) -> None:
    """Every case on a disk of a few megabytes that is `folder`/home."""
    (folder / "home").mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", str(folder / "home")], check=True)
    desk = desk_in(folder, load_embedder("bundled"), load_glossary())
    desk = replace(desk, writer=replace(desk.writer, keep=1))
    desk.sync()
    library = desk.open()
    note = desk.folder / "note.md"
    for number, point in enumerate((*POINTS[:8], "before")):
        note.write_text(note.read_text("utf-8").replace("five years", f"five years ({number})"), "utf-8")
        old = editions.live_name(desk.home)

        def reached(name: str, wanted: str = point) -> None:
            if name == wanted:
                _fill(desk.home.folder)

        if point == "before":
            _fill(desk.home.folder)
        said = ""
        try:
            replace(desk, writer=replace(desk.writer, reached=reached)).sync()
        except StoreError as error:
            said = f"{type(error).__name__}: {error}"
        same = editions.live_name(desk.home) == old
        left = [path.name for path in desk.home.editions.glob(".building-*")]
        answers = len(library.edition().shelf.passages([0]))
        cannot_start = _start(desk) if point == "before" else ""
        (desk.home.folder / "filler").unlink(missing_ok=True)
        report: dict[str, Any] = {
            "point": point,
            "said": said,
            "same": same,
            "left": left,
            "answers": answers,
        }
        again = desk.sync()
        print(
            json.dumps(
                {
                    **report,
                    "start": cannot_start,
                    "again": again.published or same is False,
                    "sound": sound(desk).name == editions.live_name(desk.home),
                }
            ),
            flush=True,
        )
    library.close()


def _start(desk: Any) -> str:
    """What a start says whose own copy has no room."""
    temporary = tempfile.tempdir
    tempfile.tempdir = str(desk.home.folder)
    try:
        desk.open().close()
    except NoSpace as error:
        return str(error)
    finally:
        tempfile.tempdir = temporary
    return ""


def run(folder: Path) -> list[dict[str, Any]]:
    """The program's lines, from a namespace where mounting needs no rights."""
    ran = subprocess.run(
        ["unshare", "-rm", sys.executable, "-W", "ignore", "-m", "tests.faults.small_disk", str(folder)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return [json.loads(line) for line in ran.stdout.splitlines()]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
