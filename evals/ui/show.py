"""What the evaluators' page shows, as inert HTML for a Markdown component: figures, a case, a comparison. Pure."""

from collections.abc import Sequence

from bot.ui.markup import NOTHING, Html, el, join, plain
from evals.compare import changes, moved, values_of_run
from evals.figures import Figure, figures
from evals.gate import drops
from evals.labels import Agreement
from evals.metrics.table import BY_NAME
from evals.records import Record
from evals.report.html import metric_name, overview, slice_table
from evals.report.markdown import COLUMNS
from evals.report.quotes import about, answer, passage, why
from evals.report.words import slice_name
from evals.runs import Run
from evals.slices import ALL
from evals.ui.words import say
from ingest.types import Language

#: Passages of a case that are shown.
PASSAGES = 5
#: Cases listed in a comparison.
LISTED = 40


def figures_shown(run: Run, language: Language) -> Html:
    """A run's figures over all cases and by slice."""
    by_slice = figures(run.records, COLUMNS)
    warning = NOTHING if run.complete else el("p", plain(say(language, "incomplete")), class_="warn")
    heading = el("h3", plain(say(language, "slices")))
    return el(
        "div", warning, overview(run, language), heading, slice_table(by_slice, language), class_="evals"
    )


def case_shown(record: Record, language: Language) -> Html:
    """A case with its reply beside the passages."""
    hits = (
        passage(hit, place, record, language) for place, hit in enumerate(record.reply.hits[:PASSAGES], 1)
    )
    said = el("h4", plain(say(language, "said")))
    left = el("section", why(record, language), about(record, language), said, answer(record))
    right = el("section", el("h4", plain(say(language, "passages"))), *hits)
    return el("div", el("div", left, right, class_="pair"), class_="evals")


def agreement_shown(found: Agreement | None, language: Language) -> Html:
    """How far the metrics agree with people."""
    if found is None:
        return el("p", plain(say(language, "e_no_labels")))
    words = say(language, "e_agree", n=found.cases, share=f"{found.share:.0%}", kappa=f"{found.kappa:.2f}")
    return el("p", plain(words))


def _change_rows(before: Run, after: Run, language: Language) -> Html:
    found = changes(values_of_run(before.records), after.records)
    marked = set(map(id, drops([one for one in found if one.metric.gated])))
    rows = []
    for one in found:
        held, digits = one.difference.estimate, BY_NAME[one.metric.name].digits
        if one.slice != ALL and id(one) not in marked:
            continue
        cells = (
            metric_name(one.metric.name, language),
            slice_name(language, one.slice),
            f"{one.before:.{digits}f}",
            f"{one.after:.{digits}f}",
            f"{held.low:+.{digits}f} – {held.high:+.{digits}f}",
        )
        rows.append(
            el("tr", *(el("td", plain(cell)) for cell in cells), class_="drop" if id(one) in marked else "")
        )
    head = (say(language, key) for key in ("metric", "slice", "e_before", "e_after", "interval"))
    top = el("thead", el("tr", *(el("th", plain(word), scope="col") for word in head)))
    return el("div", el("table", top, el("tbody", *rows)), class_="wide named", tabindex="0")


def _listed(title: str, records: Sequence[Record]) -> Html:
    if not records:
        return NOTHING
    items = (
        el("li", el("code", plain(one.case.id)), Html(" "), plain(one.case.asked[-1]))
        for one in records[:LISTED]
    )
    return join((el("h3", plain(f"{title} ({len(records)})")), el("ul", *items)))


def comparison_shown(before: Run, after: Run, language: Language, held_back: bool) -> Html:
    """Two runs side by side: what moved over all cases and where it dropped, and the cases that changed."""
    found = [
        one
        for one in moved(values_of_run(before.records), after.records)
        if held_back or one.record.case.split == "tuning"
    ]
    worse = [one.record for one in found if one.after < one.before]
    better = [one.record for one in found if one.after > one.before]
    tail = (_listed(say(language, "e_worse"), worse), _listed(say(language, "e_better"), better))
    none = NOTHING if found else el("p", plain(say(language, "e_same")))
    return el("div", _change_rows(before, after, language), *tail, none, class_="evals")


def trend_shown(
    runs: Sequence[tuple[Run, Sequence[Figure]]], metrics: Sequence[str], language: Language
) -> Html:
    """A row a run, oldest first: each metric's figure, drawn as a bar beside its number."""
    rows = []
    for run, found in runs:
        by_name = {one.metric: one.estimate.mean for one in found}
        named = (el("td", plain(cell)) for cell in (run.name, run.recipe.library))
        rows.append(el("tr", *named, *(_drawn(by_name.get(name)) for name in metrics)))
    words = (
        say(language, "e_run"),
        say(language, "e_library"),
        *(metric_name(name, language) for name in metrics),
    )
    top = el("thead", el("tr", *(el("th", plain(word), scope="col") for word in words)))
    return el(
        "div",
        el("div", el("table", top, el("tbody", *rows)), class_="wide named", tabindex="0"),
        class_="evals",
    )


def _drawn(value: float | None) -> Html:
    """A cell with a share of one as a bar and as a number."""
    return (
        el("td", plain("–"))
        if value is None
        else el("td", bar(value), plain(f" {value:.3f}"), class_="drawn")
    )


def bar(share: float) -> Html:
    """A share of one as a bar of twenty steps; room.css has a class for each."""
    return el("span", el("span", class_=f"bar b{min(max(round(20 * share), 0), 20)}"), class_="track")
