"""The killer: a process that has loaded everything and starts real ingests, which end themselves or are ended.

`python -m tests.faults.killer FOLDER` reads a line of JSON for each ingest (`point`: SIGKILL when the writer reaches it;
`after`: SIGKILL after so many seconds; neither: undisturbed) and answers with one (`signal`, `code`, `seconds`, `said`).
Every ingest is a fork of it, so that a kill costs no start.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.files import find_files
from tests.conftest import ROOT, Desk, desk_in
from vectorstore.embedders import load_embedder
from vectorstore.glossary import load_glossary
from vectorstore.sync import sync

#: Every point that a writer passes, in order: what is on the disk afterwards has its name.
POINTS = (
    "locked", "read", "shelved", "embedded", "indexed", "stored", "sealed", "renamed", "pointed", "swept",
)  # fmt: skip


def _ingest(desk: Desk, order: dict[str, Any]) -> None:
    """One ingest in this process, which it does not outlive."""

    def reached(point: str) -> None:
        if point == order.get("point"):
            os.kill(os.getpid(), signal.SIGKILL)

    code = 0
    try:
        sync(replace(desk.writer, reached=reached), find_files([desk.folder]).files)
    except Exception as error:
        (desk.home.folder / "said").write_text(f"{type(error).__name__}: {error}", "utf-8")
        code = 1
    os._exit(code)


def main(folder: Path) -> None:
    """Answers orders until its input ends."""
    desk = desk_in(folder, load_embedder("bundled"), load_glossary())
    for line in sys.stdin:
        order, began = json.loads(line), time.monotonic()
        child = os.fork()
        if child == 0:
            _ingest(desk, order)
        if "after" in order:
            time.sleep(order["after"])
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        said = desk.home.folder / "said"
        answer = {
            "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
            "code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
            "seconds": time.monotonic() - began,
            "said": said.read_text("utf-8") if said.exists() else "",
        }
        said.unlink(missing_ok=True)
        print(json.dumps(answer), flush=True)


class Killer:
    """Starts ingests of one desk in processes of their own, and kills them as ordered."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ingest(self, **order: Any) -> dict[str, Any]:
        """How the ingest ended."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def killer(desk: Desk) -> Iterator[Killer]:
    """A killer for a desk that `make_desk` made."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.faults.killer", str(desk.folder.parent)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TOKENIZERS_PARALLELISM": "false"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield Killer(process)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
