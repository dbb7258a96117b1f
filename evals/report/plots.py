"""The plots of a report as SVG text, drawn without a display. The only file of the reports that imports matplotlib."""

import io
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from evals.figures import Figure, Refusing

#: One colour that reads on a light and on a dark ground, and its companion.
BLUE, GREY = "#3d7ab5", "#8a94a0"


def _svg(canvas: Canvas) -> str:
    held = io.StringIO()
    # Fixed metadata and hash salt: one run gives one file.
    canvas.savefig(held, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = held.getvalue()
    return text[text.index("<svg") :]


def _quiet(axes: Axes, title: str) -> None:
    axes.set_title(title, fontsize=11, color=GREY, loc="left")
    axes.tick_params(labelsize=9, colors=GREY)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(GREY)


def slice_plot(figures: Sequence[Figure], title: str, names: Mapping[str, str]) -> str:
    """A metric by slice with intervals; `names` are the slices' names for people."""
    canvas = Canvas(figsize=(7, 0.7 + 0.28 * len(figures)), layout="constrained")
    axes = canvas.add_subplot()
    places = range(len(figures))
    for place, one in zip(places, reversed(figures), strict=True):
        colour = BLUE if one.estimate.enough else GREY
        axes.plot([one.estimate.low, one.estimate.high], [place, place], color=colour, linewidth=2, alpha=0.5)
        axes.plot([one.estimate.mean], [place], "o", color=colour)
    axes.set_yticks(places, [names.get(one.slice, one.slice) for one in reversed(figures)])
    axes.set_xlim(-0.02, 1.02)
    axes.grid(axis="x", alpha=0.25)
    _quiet(axes, title)
    return _svg(canvas)


def reliability_plot(refusing: Refusing, title: str, across: str, up: str) -> str:
    """How often an answer of some certainty is right: tenths of the cases against the line of a perfect score."""
    canvas = Canvas(figsize=(4.6, 4.2), layout="constrained")
    axes = canvas.add_subplot()
    axes.plot([0, 1], [0, 1], "--", color=GREY, linewidth=1)
    axes.plot([x for x, _, _ in refusing.bins], [y for _, y, _ in refusing.bins], "o-", color=BLUE)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel(across, fontsize=9, color=GREY)
    axes.set_ylabel(up, fontsize=9, color=GREY)
    _quiet(axes, title)
    return _svg(canvas)


def rank_plot(ranks: Mapping[str, int], title: str) -> str:
    """How often the first gold passage stood at each place."""
    canvas = Canvas(figsize=(4.6, 4.2), layout="constrained")
    axes = canvas.add_subplot()
    bars = axes.bar(list(ranks), list(ranks.values()), color=BLUE)
    bars[-1].set_color(GREY)
    axes.bar_label(bars, fontsize=8, color=GREY)
    _quiet(axes, title)
    return _svg(canvas)
