"""A run as Markdown: what it was, its figures by slice with intervals, and the cases that failed. Pure."""

from collections.abc import Iterator, Sequence

from evals.explain import failures
from evals.figures import COVERAGE, Figure, buckets, figures, refusing, speed
from evals.metrics.table import BY_NAME
from evals.runs import Run
from evals.slices import ALL, sliced

#: The metrics of the slice table.
COLUMNS = ("success_5", "mrr_10", "ndcg_10", "right", "facts", "refusal_recall", "over_refusal")
#: Failed cases that a Markdown report lists.
LISTED = 40


def cell(figure: Figure | None) -> str:
    """A figure with its interval, and a mark where the cases are few."""
    if figure is None:
        return "–"
    one, digits = figure.estimate, BY_NAME[figure.metric].digits
    few = "" if one.enough else " *"
    return f"{one.mean:.{digits}f} [{one.low:.{digits}f}, {one.high:.{digits}f}] {one.cases}{few}"


def _rows(found: Sequence[Figure]) -> Iterator[str]:
    yield "| metric | figure [95 %] cases |"
    yield "|---|---|"
    for one in found:
        yield f"| {BY_NAME[one.metric].en} | {cell(one)} |"


def summary(run: Run) -> str:
    """The figures over all cases."""
    held, quick = buckets(run.records), speed(run.records)
    lines = [f"# {run.name}", "", *_rows(figures(run.records, only=(ALL,))), ""]
    lines.append(
        f"correct {held.correct}, declined {held.declined}, wrong {held.wrong}, unsupported {held.unsupported}"
    )
    if certainty := refusing(run.records):
        lines.append(
            f"risk at {COVERAGE:.0%} coverage {certainty.risk:.3f}; answered {certainty.shown:.0%} of the questions"
        )
    lines.append(f"p50 {1000 * quick.p50:.0f} ms, p95 {1000 * quick.p95:.0f} ms")
    if quick.tokens_in:
        lines.append(f"about {quick.tokens_in:,} tokens in, {quick.tokens_out:,} out")
    if not run.complete:
        lines.append(f"NOT COMPLETE: go on with `desk eval run --name {run.name}` and the same options")
    return "\n".join(lines)


def report(run: Run, held_back: bool = False) -> str:
    """The whole report; cases of the held-back half are listed on demand only."""
    by_place = {(one.slice, one.metric): one for one in figures(run.records, COLUMNS)}
    head = " | ".join(BY_NAME[name].en for name in COLUMNS)
    lines = [summary(run), "", "## By slice", "", f"| slice | {head} |", "|---" * (len(COLUMNS) + 1) + "|"]
    for name in sliced(run.records):
        cells = " | ".join(cell(by_place.get((name, metric))) for metric in COLUMNS)
        lines.append(f"| {name} | {cells} |")
    lines += ["", "\\* fewer than 30 cases: too few to build on.", "", "## What failed", ""]
    failed = failures(run.records, held_back)
    lines += [f"- `{one.id}` {'; '.join(one.reasons)}" for one in failed[:LISTED]]
    if not failed:
        lines.append("No case." if held_back else "No case of the tuning half.")
    if len(failed) > LISTED:
        lines.append(f"- and {len(failed) - LISTED} more: the HTML report lists them all")
    lines += ["", "## Recipe", "", *(f"- {name}: {value}" for name, value in recipe_lines(run))]
    return "\n".join(lines) + "\n"


def recipe_lines(run: Run) -> Iterator[tuple[str, str]]:
    """The recipe in words."""
    recipe = run.recipe
    yield "system", recipe.system
    yield "library", f"{recipe.library}, edition {recipe.edition}"
    yield "documents", ", ".join(f"{source} ({count})" for source, count in recipe.sources.items())
    yield "changes", ", ".join(recipe.changes) or "none"
    yield "model", recipe.model or "none"
    yield "embedder, glossary, cases", f"{recipe.embedder}, {recipe.glossary}, {recipe.cases}"
    yield "prompts", ", ".join(f"{name} {value}" for name, value in recipe.prompts.items())
    yield "fitted", ", ".join(f"{name} {value}" for name, value in recipe.fitted.items())
    yield "versions", ", ".join(f"{name} {value}" for name, value in recipe.versions.items())
    yield "seed of the intervals", str(recipe.seed)
