"""A run as one HTML file: no script, no address, the plots inside; light and dark, screen and paper. Pure."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.resources import files
from types import ModuleType

from bot.ui.markup import NOTHING, Html, chip, el, join, plain
from evals.explain import Failure, failures
from evals.figures import Figure, buckets, figures, ranks, refusing, speed
from evals.metrics.table import BY_NAME
from evals.report.markdown import COLUMNS, recipe_lines
from evals.report.quotes import about, answer, passage, why
from evals.report.words import say, slice_name
from evals.runs import Run
from evals.slices import ALL
from ingest.types import Language

#: Failed cases shown in full, and passages of each.
SHOWN, PASSAGES = 60, 3
#: The metrics whose slices are drawn.
DRAWN = ("right", "success_5")


def _drawing() -> ModuleType:
    """The plots, imported by the first report: matplotlib takes half a second that the desk's start need not wait for."""
    return import_module("evals.report.plots")


def metric_name(name: str, language: Language) -> str:
    """A metric's name for people."""
    metric = BY_NAME[name]
    return metric.ja if language == "ja" else metric.en


def _number(one: Figure) -> str:
    return f"{one.estimate.mean:.{BY_NAME[one.metric].digits}f}"


def _interval(one: Figure) -> str:
    digits = BY_NAME[one.metric].digits
    return f"{one.estimate.low:.{digits}f} – {one.estimate.high:.{digits}f}"


def _all(found: Sequence[Figure], language: Language) -> Html:
    head = ("metric", "figure", "interval", "cases")
    family, rows = "", []
    for one in found:
        metric = BY_NAME[one.metric]
        if metric.family != family:
            family = metric.family
            rows.append(
                el(
                    "tr",
                    el("th", plain(say(language, family)), colspan="4", scope="colgroup"),
                    class_="family",
                )
            )
        few = "" if one.estimate.enough else "few"
        cells = (metric_name(one.metric, language), _number(one), _interval(one), str(one.estimate.cases))
        rows.append(el("tr", *(el("td", plain(cell)) for cell in cells), class_=few))
    return _table([say(language, word) for word in head], rows)


def _table(head: Sequence[str], rows: Sequence[Html]) -> Html:
    top = el("thead", el("tr", *(el("th", plain(word), scope="col") for word in head)))
    return el("div", el("table", top, el("tbody", *rows)), class_="wide", tabindex="0")


def slice_table(found: Sequence[Figure], language: Language) -> Html:
    """The metrics of COLUMNS by slice."""
    by_place = {(one.slice, one.metric): one for one in found}
    names = list(dict.fromkeys(one.slice for one in found))
    rows = []
    for name in names:
        cells = [el("th", plain(slice_name(language, name)), scope="row")]
        for metric in COLUMNS:
            one = by_place.get((name, metric))
            text = f"{_number(one)}" if one else "–"
            title = f"{_interval(one)}, {one.estimate.cases}" if one else ""
            few = "few" if one and not one.estimate.enough else ""
            cells.append(el("td", plain(text), title=title, class_=few))
        rows.append(el("tr", *cells))
    return _table([say(language, "slice"), *(metric_name(name, language) for name in COLUMNS)], rows)


def _drawn(found: Sequence[Figure], language: Language) -> Iterator[Html]:
    for metric in DRAWN:
        kept = [one for one in found if one.metric == metric]
        names = {one.slice: slice_name("en", one.slice) for one in kept}
        if kept:
            yield _picture(
                _drawing().slice_plot(kept, BY_NAME[metric].en, names), metric_name(metric, language)
            )


def _picture(svg: str, label: str) -> Html:
    return el("figure", Html(svg), el("figcaption", plain(label)))


def _facts(run: Run, language: Language) -> Html:
    held, quick = buckets(run.records), speed(run.records)
    words = ("correct", "declined", "wrong", "unsupported")
    tiles = [(say(language, word), str(getattr(held, word)), word) for word in words]
    tiles.append(("p50 / p95", f"{1000 * quick.p50:.0f} / {1000 * quick.p95:.0f} ms", ""))
    if quick.tokens_in:
        tiles.append((say(language, "tokens"), f"{quick.tokens_in:,} + {quick.tokens_out:,}", ""))
    if certainty := refusing(run.records):
        tiles.append((say(language, "risk"), f"{certainty.risk:.3f}", ""))
        tiles.append((say(language, "answered"), f"{certainty.shown:.0%}", ""))
    return el(
        "div",
        *(
            el("div", el("b", plain(value)), el("span", plain(name)), class_=f"tile {kind}")
            for name, value, kind in tiles
        ),
        class_="tiles",
    )


def _case(failure: Failure, language: Language) -> Html:
    record = failure.record
    head = el(
        "summary",
        el("code", plain(failure.id)),
        chip(slice_name(language, f"kind {record.case.kind}")),
        el("span", plain(record.case.asked[-1])),
    )
    shown = (
        passage(hit, place, record, language) for place, hit in enumerate(record.reply.hits[:PASSAGES], 1)
    )
    left = el(
        "section",
        why(record, language),
        about(record, language),
        el("h4", plain(say(language, "said"))),
        answer(record),
    )
    right = el("section", el("h4", plain(say(language, "passages"))), *shown)
    return el("details", head, el("div", left, right, class_="pair"))


def _failed(run: Run, language: Language, held_back: bool) -> Html:
    found = failures(run.records, held_back, language)
    if not found:
        return el("p", plain(say(language, "none_failed")))
    more = len(found) - SHOWN
    tail = el("p", plain(say(language, "more", n=more))) if more > 0 else NOTHING
    rest = el(
        "ul",
        *(el("li", el("code", plain(one.id)), plain(f" {'; '.join(one.reasons)}")) for one in found[SHOWN:]),
    )
    return join((*(_case(one, language) for one in found[:SHOWN]), tail, rest if more > 0 else NOTHING))


def _plots(run: Run, found: Sequence[Figure], language: Language) -> Html:
    pictures = list(_drawn(found, language))
    if certainty := refusing(run.records):
        svg = _drawing().reliability_plot(
            certainty, "Reliability", say("en", "certainty"), say("en", "share_right")
        )
        pictures.append(_picture(svg, say(language, "reliability")))
    pictures.append(
        _picture(
            _drawing().rank_plot(ranks(run.records), "Rank of the first gold passage"), say(language, "ranks")
        )
    )
    return el("div", *pictures, class_="plots")


def overview(run: Run, language: Language) -> Html:
    """A run's figures over all cases."""
    return join((_facts(run, language), _all(figures(run.records, only=(ALL,)), language)))


def _section(title: str, *inside: Html) -> Html:
    return el("section", el("h2", plain(title)), *inside)


def html_report(run: Run, language: Language = "en", held_back: bool = False) -> str:
    """The whole file; cases of the held-back half are shown on demand only."""
    style = files("evals.report").joinpath("report.css").read_text("utf-8")
    by_slice = figures(run.records, tuple(dict.fromkeys((*COLUMNS, *DRAWN))))
    body = (
        el("h1", plain(say(language, "title"))),
        el("p", plain(run.name), class_="name"),
        NOTHING if run.complete else el("p", plain(say(language, "incomplete")), class_="warn"),
        _section(
            say(language, "figures"),
            overview(run, language),
            el("p", plain(say(language, "few")), class_="note"),
        ),
        _section(say(language, "slices"), slice_table(by_slice, language), _plots(run, by_slice, language)),
        _section(say(language, "failed"), _failed(run, language, held_back)),
        _section(
            say(language, "recipe"),
            el(
                "dl",
                *(join((el("dt", plain(name)), el("dd", plain(value)))) for name, value in recipe_lines(run)),
            ),
        ),
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{plain(run.name)}</title><style>{style}</style></head><body>{join(body)}</body></html>"
    )
