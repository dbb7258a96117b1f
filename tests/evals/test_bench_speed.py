"""Speed figures from what two processes say, and the processes themselves."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.bench_speed import (
    WARM_UP,
    BenchError,
    Ingest,
    Serve,
    folder_mb,
    measure_one,
    measure_speed,
    run_child,
    speed_of,
)
from tests.evals.bench_data import PASSAGES

QUESTIONS = ("利益相反の申告書", "Who reviews agreements?", "贈与の報告")


def test_figures_leave_the_warm_up_out() -> None:
    times = (*[9.0] * WARM_UP, *[0.01] * 90, *[0.03] * 10)
    made = speed_of("desk", Ingest(1000, 4.0, 6.0, 300.0), Serve(1.5, times, 250.0), 12.0)
    assert (made.ingest_per_second, made.p50_ms) == pytest.approx((250.0, 10.0))
    assert 10 < made.p95_ms <= 30
    assert (made.first_seconds, made.index_mb, made.ingest_mb, made.search_mb) == (1.5, 12.0, 300.0, 250.0)


def _canned(calls: list[tuple[str, ...]]) -> object:
    def run(arguments: Sequence[str]) -> bytes:
        calls.append(tuple(arguments))
        if arguments[0] == "ingest":
            texts = json.loads(Path(arguments[3]).read_bytes())
            (Path(arguments[2]) / "index").write_bytes(b"x" * 2 * 1024**2)
            return json.dumps({"passages": len(texts), "seconds": 2, "cpu_seconds": 1, "peak_mb": 5}).encode()
        return json.dumps({"first_seconds": 1, "times": [0.1] * 30, "peak_mb": 6}).encode()

    return run


def test_a_system_is_built_first_and_asked_then_in_the_same_folder(tmp_path: Path) -> None:
    calls: list[tuple[str, ...]] = []
    made = measure_one("desk", PASSAGES, QUESTIONS, tmp_path, _canned(calls))  # type: ignore[arg-type]
    assert [call[0] for call in calls] == ["ingest", "serve"] and calls[0][2] == calls[1][2]
    assert made.passages == 6
    assert (made.index_mb, made.ingest_per_second) == pytest.approx((2.0, 3.0))


def test_a_slow_system_is_not_put_to_a_library_above_its_limit() -> None:
    calls: list[tuple[str, ...]] = []
    libraries = (PASSAGES[:2], PASSAGES)
    limits = {"desk": 6, "langchain": 2}
    made = tuple(measure_speed(limits, libraries, QUESTIONS, run=_canned(calls)))  # type: ignore[arg-type]
    assert [(one.peer, one.passages) for one in made] == [("desk", 2), ("langchain", 2), ("desk", 6)]


def test_a_real_process_measures_a_real_system(tmp_path: Path) -> None:
    made = measure_one("bm25-bigrams", PASSAGES, QUESTIONS, tmp_path)
    assert made.passages == len(PASSAGES) and made.index_mb > 0
    assert made.first_seconds > 0 and made.p95_ms >= made.p50_ms > 0
    assert made.ingest_mb > 5 and made.search_mb > 5


def test_a_process_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="ingest bm25-bigrams ended with 1: .*nowhere"):
        run_child(("ingest", "bm25-bigrams", str(tmp_path), str(tmp_path / "nowhere.json")))


def test_the_size_of_a_folder_counts_every_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"x" * 1024**2)
    assert folder_mb(tmp_path) == 1.0
