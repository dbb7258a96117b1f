"""How fast each system ingests, starts and answers, and what it takes: every task in a process of its own."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from evals.bench import Tell
from evals.peers.types import BenchPassage

#: Questions after the first whose times do not count: caches fill, threads start.
WARM_UP = 20


class BenchError(Exception):
    """A system failed in its own process; the message ends with what it said last."""


@dataclass(frozen=True, slots=True)
class Ingest:
    """What building took: seconds by the clock and of processor time, and the peak of memory in MB."""

    passages: int
    seconds: float
    cpu_seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Serve:
    """What searching took: seconds from the process's start to the first answer, and of every later one."""

    first_seconds: float
    times: tuple[float, ...]
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Speed:
    """Figures of one system on a library of `passages` passages; index size and memory in MB."""

    peer: str
    passages: int
    ingest_per_second: float
    ingest_cpu_seconds: float
    ingest_mb: float
    index_mb: float
    first_seconds: float
    p50_ms: float
    p95_ms: float
    search_mb: float


#: Runs one task of a system in another process: its arguments -> the JSON that it printed.
Run = Callable[[Sequence[str]], bytes]
_INGEST, _SERVE = TypeAdapter(Ingest), TypeAdapter(Serve)


def run_child(arguments: Sequence[str]) -> bytes:
    """Runs `python -m evals.bench_child` and returns the last line of its output. Raises BenchError."""
    command = [sys.executable, "-W", "ignore", "-m", "evals.bench_child", *arguments]
    done = subprocess.run(command, capture_output=True, check=False)
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        said = done.stderr.decode(errors="replace").strip().splitlines()[-3:]
        raise BenchError(f"{' '.join(arguments[:2])} ended with {done.returncode}: {' / '.join(said)}")
    return lines[-1]


def folder_mb(folder: Path) -> float:
    """Size of all files below a folder, in MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1024**2


def measure_one(
    peer: str, passages: Sequence[BenchPassage], questions: Sequence[str], work: Path, run: Run = run_child
) -> Speed:
    """Builds `peer` in one process and asks it the questions in another. Raises BenchError."""
    index, library, asked = work / "index", work / "passages.json", work / "questions.json"
    index.mkdir()
    library.write_text(json.dumps([asdict(one) for one in passages], ensure_ascii=False), "utf-8")
    asked.write_text(json.dumps(list(questions), ensure_ascii=False), "utf-8")
    ingest = _INGEST.validate_json(run(("ingest", peer, str(index), str(library))))
    serve = _SERVE.validate_json(run(("serve", peer, str(index), str(asked), repr(time.monotonic()))))
    return speed_of(peer, ingest, serve, folder_mb(index))


def speed_of(peer: str, ingest: Ingest, serve: Serve, index_mb: float) -> Speed:
    """What two processes measured, as figures; the first WARM_UP times are left out."""
    p50, p95 = np.percentile(serve.times[WARM_UP:] or serve.times, (50, 95)) * 1000
    return Speed(
        peer=peer,
        passages=ingest.passages,
        ingest_per_second=ingest.passages / ingest.seconds,
        ingest_cpu_seconds=ingest.cpu_seconds,
        ingest_mb=ingest.peak_mb,
        index_mb=index_mb,
        first_seconds=serve.first_seconds,
        p50_ms=float(p50),
        p95_ms=float(p95),
        search_mb=serve.peak_mb,
    )


def measure_speed(
    limits: Mapping[str, int],
    libraries: Sequence[Sequence[BenchPassage]],
    questions: Sequence[str],
    tell: Tell = lambda _: None,
    run: Run = run_child,
    known: Collection[tuple[str, int]] = (),
) -> Iterator[Speed]:
    """Every system of `limits` on every library that is no larger than its limit, as soon as it is measured.

    What is `known` already, by system and size, is left out. Raises BenchError.
    """
    for passages in libraries:
        for peer, limit in limits.items():
            if len(passages) > limit or (peer, len(passages)) in known:
                continue
            tell(f"{len(passages):,} passages: {peer}")
            with tempfile.TemporaryDirectory(prefix="desk-bench-", ignore_cleanup_errors=True) as work:
                yield measure_one(peer, passages, questions, Path(work), run)
