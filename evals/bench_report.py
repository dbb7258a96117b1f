"""The bench's figures as a report: what is printed, and the values that are kept as JSON. Pure."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter

from evals.bench import Quality
from evals.bench_speed import Speed
from evals.peers import PEERS


@dataclass(frozen=True, slots=True)
class Machine:
    """Where and when the figures were made; `load` is the mean number of running processes before the run."""

    date: str
    cores: int
    load: float
    python: str
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BenchReport:
    """One run. `missing`: packages that a system lacks, so that it is in no table."""

    machine: Machine
    quality: tuple[Quality, ...]
    speed: tuple[Speed, ...]
    missing: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: The largest library that a system was measured on, where the run had larger ones.
    limits: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to print; every cell is text."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


#: Title of a table of quality -> the figure that it shows.
_QUALITY: Mapping[str, Callable[[Quality], float]] = {
    "MRR@10": lambda one: one.mrr_10,
    "recall@1": lambda one: one.recall_1,
    "recall@5": lambda one: one.recall_5,
}
#: Column of the table of speed -> the figure that it shows, with its digits.
_SPEED: Mapping[str, Callable[[Speed], str]] = {
    "ingest passages/s": lambda one: f"{one.ingest_per_second:,.1f}",
    "ingest cpu s": lambda one: f"{one.ingest_cpu_seconds:,.1f}",
    "ingest MB": lambda one: f"{one.ingest_mb:,.0f}",
    "index MB": lambda one: f"{one.index_mb:,.1f}",
    "start to first answer s": lambda one: f"{one.first_seconds:.2f}",
    "search p50 ms": lambda one: f"{one.p50_ms:.1f}",
    "search p95 ms": lambda one: f"{one.p95_ms:.1f}",
    "search MB": lambda one: f"{one.search_mb:,.0f}",
}
#: The system that ingest is compared with.
_BASE = "langchain"


def as_dict(report: BenchReport) -> dict[str, Any]:
    """The report as plain values, for JSON."""
    return {
        "machine": {**asdict(report.machine), "versions": dict(report.machine.versions)},
        "missing": {name: list(packages) for name, packages in report.missing},
        "limits": dict(report.limits),
        "quality": [asdict(one) for one in report.quality],
        "speed": [asdict(one) for one in report.speed],
    }


def earlier(text: str) -> tuple[tuple[Quality, ...], tuple[Speed, ...]]:
    """The figures of a report that `as_dict` made, from its JSON. Raises ValueError when it is no such report."""
    values = json.loads(text)
    if not isinstance(values, dict):
        raise ValueError("this is no report of the bench")
    quality = TypeAdapter(tuple[Quality, ...]).validate_python(values.get("quality", ()))
    return quality, TypeAdapter(tuple[Speed, ...]).validate_python(values.get("speed", ()))


def sheets(report: BenchReport) -> tuple[Sheet, ...]:
    """Every table of the report that has a row."""
    made = (*(_quality(report, title) for title in _QUALITY), _speed(report), _missing(report))
    return tuple(sheet for sheet in made if sheet.rows)


def _quality(report: BenchReport, title: str) -> Sheet:
    """One figure of every system on every set: a set is a row, a system a column."""
    peers = tuple(dict.fromkeys(one.peer for one in report.quality))
    values = {(one.set, one.peer): f"{_QUALITY[title](one):.3f}" for one in report.quality}
    pools = {one.set: (str(one.questions), str(one.pool)) for one in report.quality}
    rows = tuple(
        (name, *pool, *(values.get((name, peer), "") for peer in peers)) for name, pool in pools.items()
    )
    return Sheet(title, ("set", "questions", "pool", *(PEERS[peer].label for peer in peers)), rows)


def _speed(report: BenchReport) -> Sheet:
    base = {one.passages: one.ingest_per_second for one in report.speed if one.peer == _BASE}
    rows = tuple(
        (
            f"{one.passages:,}",
            PEERS[one.peer].label,
            *(show(one) for show in _SPEED.values()),
            _times(one, base),
        )
        for one in report.speed
    )
    head = ("passages", "system", *_SPEED, "ingest against LangChain")
    machine = report.machine
    return Sheet(f"speed, {machine.cores} cores, load {machine.load:.1f} before the run", head, rows)


def _times(one: Speed, base: Mapping[int, float]) -> str:
    return f"{one.ingest_per_second / base[one.passages]:.1f} ×" if one.passages in base else "not run"


def _missing(report: BenchReport) -> Sheet:
    missing = [(PEERS[peer].label, f"not installed: {', '.join(names)}") for peer, names in report.missing]
    limited = [
        (PEERS[peer].label, f"libraries of more than {size:,} passages") for peer, size in report.limits
    ]
    return Sheet("not measured", ("system", "what"), (*missing, *limited))
