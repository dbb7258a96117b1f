"""DOOR: `desk eval bench`: this project beside the usual ways of searching, on the same text in one run."""

import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.console import BadInput, plain_errors
from evals.bench import Quality, measure_quality
from evals.bench_report import BenchReport, Machine, Sheet, as_dict, earlier, sheets
from evals.bench_sets import SOURCES, read_bank, read_library, read_speed_questions
from evals.bench_speed import BenchError, Speed, measure_speed
from evals.peers import PEERS, load_peer, missing_packages
from evals.peers.memory import Memory
from vectorstore.training.corpora import CorpusError

#: Questions of the speed test: one for the start, a few to warm up, the rest for the percentiles.
_SPEED_QUESTIONS = 321
_FILE = "bench.json"
#: Packages whose versions decide the figures.
_VERSIONS = (
    "chromadb",
    "sentence-transformers",
    "torch",
    "langchain-core",
    "langchain-chroma",
    "langchain-text-splitters",
    "llama-index-core",
    "rank-bm25",
    "bm25s",
    "numpy",
)

Corpora = Annotated[Path, typer.Option(help="Folder of the corpora (*.tsv.xz).")]
Names = Annotated[str, typer.Option("--systems", help=f"Which, separated by commas: {', '.join(PEERS)}.")]
Sets = Annotated[
    str, typer.Option(help="Sets of questions whose name begins so, separated by commas; - for none.")
]
Sizes = Annotated[
    str, typer.Option(help="Passages in the libraries for speed, separated by commas; - for none.")
]
Limit = Annotated[int, typer.Option(help="Largest library for the systems that embed with MiniLM: slow.")]
Out = Annotated[Path, typer.Option(help="Folder for bench.json and the picture.")]
Kept = Annotated[
    Path | None, typer.Option(help="Folder that keeps MiniLM's vectors of the sets between runs.")
]
Resume = Annotated[
    bool,
    typer.Option("--resume", help="Keep the figures of bench.json in OUT and measure only what it lacks."),
]
Picture = Annotated[str, typer.Option(help="Format of the picture: png or svg.")]


def bench(
    corpora: Corpora = Path("../shared/corpora"),
    systems: Names = ",".join(PEERS),
    sets: Sets = "",
    sizes: Sizes = "1000,20000,100000",
    minilm_limit: Limit = 1000,
    out: Out = Path("bench"),
    picture: Picture = "png",
    memory: Kept = None,
    resume: Resume = False,
) -> None:
    """Compare this project with LangChain's and LlamaIndex's defaults, BM25 and MiniLM: quality and speed."""
    console = Console(stderr=True)
    with plain_errors(), _bench_errors():
        chosen = _chosen(systems)
        missing = {name: packages for name in chosen if (packages := missing_packages(PEERS[name]))}
        present = [name for name in chosen if name not in missing]
        largest = _sizes(sizes)
        machine = _machine()
        quality, speed = _known(out) if resume else ((), ())
        limits = {name: minilm_limit if PEERS[name].minilm else max(largest, default=0) for name in present}
        limited = tuple((name, limit) for name, limit in limits.items() if limit < max(largest, default=0))
        report = BenchReport(machine, quality, speed, tuple(missing.items()), limited)
        for one in _quality(present, corpora, sets, memory, console, quality):
            report = replace(report, quality=(*report.quality, *one))
            _keep(report, out)
        for two in _speed(limits, corpora, largest, console, speed):
            report = replace(report, speed=(*report.speed, two))
            _keep(report, out)
        for sheet in sheets(report):
            Console().print(_table(sheet))
        _write(report, out, picture)


@contextmanager
def _bench_errors() -> Iterator[None]:
    try:
        yield
    except (CorpusError, BenchError, ValueError, OSError) as error:
        raise BadInput(str(error)) from None


def _chosen(names: str) -> list[str]:
    chosen = [name.strip() for name in names.split(",") if name.strip()]
    if unknown := [name for name in chosen if name not in PEERS]:
        raise BadInput(f"there is no system called {unknown[0]}; choose of {', '.join(PEERS)}")
    return chosen


def _sizes(text: str) -> list[int]:
    try:
        return [] if text == "-" else [int(part) for part in text.split(",")]
    except ValueError:
        raise BadInput(f"--sizes takes whole numbers separated by commas, not {text!r}") from None


def _machine() -> Machine:
    return Machine(
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        cores=os.cpu_count() or 0,
        load=os.getloadavg()[0],
        python=platform.python_version(),
        versions=tuple((name, _version(name)) for name in _VERSIONS),
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _quality(
    names: Sequence[str],
    corpora: Path,
    sets: str,
    vectors: Path | None,
    console: Console,
    known: Sequence[Quality],
) -> Iterator[tuple[Quality, ...]]:
    """Every system on every chosen set that is not known yet; systems with one model share its vectors."""
    have = {(one.peer, one.set) for one in known}
    wanted = tuple(sets.split(","))
    sources = [source for source in SOURCES if source.name.startswith(wanted)]
    if not sources or not names:
        return
    memory = Memory()
    if vectors:
        memory.load(vectors)
    with console.status("loading the models") as status:
        peers = [load_peer(PEERS[name], memory.wrap) for name in names]
        for source in sources:
            bank = read_bank(corpora, source)
            new = [p for p in peers if any((p.name, asked.name) not in have for asked in bank.questions)]
            yield measure_quality(new, bank, status.update)
            if vectors:
                memory.save(vectors)


def _speed(
    limits: Mapping[str, int],
    corpora: Path,
    sizes: Sequence[int],
    console: Console,
    known: Sequence[Speed],
) -> Iterator[Speed]:
    if not sizes or not limits:
        return
    have = {(one.peer, one.passages) for one in known}
    questions = read_speed_questions(corpora, _SPEED_QUESTIONS)
    whole = read_library(corpora, max(sizes))
    with console.status("reading") as status:
        libraries = [whole[:size] for size in sorted(sizes)]
        yield from measure_speed(limits, libraries, questions, status.update, known=have)


def _table(sheet: Sheet) -> Table:
    table = Table(*sheet.head, title=sheet.title)
    for row in sheet.rows:
        table.add_row(*row)
    return table


def _known(folder: Path) -> tuple[tuple[Quality, ...], tuple[Speed, ...]]:
    """The figures of an earlier run in this folder; none where there was no run."""
    path = folder / _FILE
    return earlier(path.read_text("utf-8")) if path.is_file() else ((), ())


def _keep(report: BenchReport, folder: Path) -> None:
    """Writes bench.json whole: an earlier one is replaced at the end, so that a run that is stopped leaves one."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{_FILE}.new"
    fresh.write_text(json.dumps(as_dict(report), ensure_ascii=False, indent=1) + "\n", "utf-8")
    fresh.replace(folder / _FILE)


def _write(report: BenchReport, folder: Path, picture: str) -> None:
    """Writes bench.json, and the picture where matplotlib is installed."""
    _keep(report, folder)
    typer.echo(f"{folder / _FILE}", err=True)
    if find_spec("matplotlib") is None:
        typer.echo("no picture: matplotlib is not installed (pip install 'advisory-desk[bench]')", err=True)
        return
    image = folder / f"bench.{picture}"
    import_module("evals.bench_plot").draw(report, image)
    typer.echo(f"{image}", err=True)
