"""The bench's figures as a picture: quality by set, speed by size of library. The home of matplotlib."""

from collections.abc import Callable, Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evals.bench import Quality
from evals.bench_report import BenchReport
from evals.bench_speed import Speed
from evals.peers import PEERS

#: Title of a speed panel and the figure that it shows.
_PANELS: tuple[tuple[str, Callable[[Speed], float]], ...] = (
    ("ingest, passages per second", lambda one: one.ingest_per_second),
    ("search p95, ms", lambda one: one.p95_ms),
    ("start to first answer, s", lambda one: one.first_seconds),
    ("memory while searching, MB", lambda one: one.search_mb),
)
_INCHES = (14.0, 10.0)
#: One colour per system, told apart with any colour vision (Okabe and Ito, 2008).
_COLOURS = ("#0072B2", "#D55E00", "#CC79A7", "#E69F00", "#999999", "#56B4E9", "#009E73")


def _colour(peer: str) -> str:
    return _COLOURS[list(PEERS).index(peer) % len(_COLOURS)]


def _bars(axes: Axes, quality: Sequence[Quality]) -> None:
    """MRR@10: a group of bars for every set, a bar for every system."""
    sets = list(dict.fromkeys(one.set for one in quality))
    peers = list(dict.fromkeys(one.peer for one in quality))
    width = 0.8 / max(len(peers), 1)
    for place, peer in enumerate(peers):
        mine = [one for one in quality if one.peer == peer]
        at = [sets.index(one.set) + (place - (len(peers) - 1) / 2) * width for one in mine]
        axes.bar(at, [one.mrr_10 for one in mine], width, label=PEERS[peer].label, color=_colour(peer))
    axes.set_xticks(range(len(sets)), [name.replace(" ", "\n") for name in sets], fontsize=7)
    axes.set_ylim(0, 1)
    axes.set_title("MRR@10")
    axes.legend(fontsize=7, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.16))


def _lines(axes: Axes, speed: Sequence[Speed], title: str, figure: Callable[[Speed], float]) -> None:
    """One figure by the size of the library, both on logarithmic axes."""
    for peer in dict.fromkeys(one.peer for one in speed):
        mine = [one for one in speed if one.peer == peer]
        axes.plot(
            [one.passages for one in mine],
            [figure(one) for one in mine],
            marker="o",
            label=PEERS[peer].label,
            color=_colour(peer),
        )
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_title(title, fontsize=9)
    axes.set_xlabel("passages in the library", fontsize=8)
    axes.grid(alpha=0.3)


def draw(report: BenchReport, path: Path) -> None:
    """Writes the picture; the suffix of `path` (.png, .svg) chooses the format."""
    figure = Figure(figsize=_INCHES, layout="constrained")
    grid = figure.add_gridspec(2, len(_PANELS), height_ratios=(1.2, 1))
    _bars(figure.add_subplot(grid[0, :]), report.quality)
    for place, (title, value) in enumerate(_PANELS):
        axes = figure.add_subplot(grid[1, place])
        _lines(axes, report.speed, title, value)
        if not place and report.speed:
            axes.legend(fontsize=6)
    figure.savefig(path, dpi=130)
