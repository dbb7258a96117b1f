"""DOOR: `python -m evals.bench_child`: one task of one system in a process of its own; prints its figures.

A process of its own is what makes peak memory and the time from the start to the first answer mean something.
"""

import json
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter

from evals.bench_speed import Ingest, Serve
from evals.peers import PEERS, load_peer
from evals.peers.types import BenchPassage, Find

app = typer.Typer(add_completion=False)
_PASSAGES = TypeAdapter(tuple[BenchPassage, ...])
_QUESTIONS = TypeAdapter(tuple[str, ...])
_K = 10

Folder = Annotated[Path, typer.Argument()]
File = Annotated[Path, typer.Argument()]


def peak_mb() -> float:
    """The most memory that this process ever held, in MB.

    Linux tells it per program; its `ru_maxrss` would still carry what the parent held before the start.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(one for one in status.read_text("ascii").splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


@app.command()
def ingest(peer: str, folder: Folder, passages: File) -> None:
    """Build the index of the passages; the model's loading is not counted."""
    texts = _PASSAGES.validate_json(passages.read_bytes())
    system = load_peer(PEERS[peer])
    began, cpu = time.monotonic(), time.process_time()
    system.build(texts, folder)
    seconds, cpu_seconds = time.monotonic() - began, time.process_time() - cpu
    typer.echo(json.dumps(asdict(Ingest(len(texts), seconds, cpu_seconds, peak_mb()))))


@app.command()
def serve(peer: str, folder: Folder, questions: File, started: float) -> None:
    """Open the index and ask; `started` is the monotonic clock when this process was started."""
    first, *rest = _QUESTIONS.validate_json(questions.read_bytes())
    with load_peer(PEERS[peer]).open(folder) as find:
        find(first, _K)
        until_answer = time.monotonic() - started
        times = tuple(_times(find, rest))
    typer.echo(json.dumps(asdict(Serve(until_answer, times, peak_mb()))))


def _times(find: Find, questions: Sequence[str]) -> list[float]:
    times = []
    for question in questions:
        began = time.perf_counter()
        find(question, _K)
        times.append(time.perf_counter() - began)
    return times


if __name__ == "__main__":
    app()
