"""Dates: a date of a statement is one of its source, in any calendar; it may be less precise and not more."""

from bot.checks.align import align
from bot.checks.figures import find_figures
from bot.checks.numbers import RUNS_ALIKE
from bot.checks.references import inside, references
from bot.checks.types import Finding, View
from ingest.dates import DateMention, find_dates


def agrees(ours: DateMention, theirs: DateMention) -> bool:
    """Whether every part that our date names is the same in theirs; a fiscal year is not a calendar year."""
    if ours.fiscal != theirs.fiscal:
        return False
    pairs = ((ours.year, theirs.year), (ours.month, theirs.month), (ours.day, theirs.day))
    return all(not a or a == b for a, b in pairs)


def _finding(ja: str, en: str) -> Finding:
    return Finding("dates", True, ja, en)


def _bare_years(text: str, hidden: tuple[tuple[int, int], ...]) -> frozenset[int]:
    return frozenset(
        int(f.value)
        for f in find_figures(text)
        if f.value.denominator == 1 and 1000 <= f.value < 2200 and not inside(f.start, hidden)
    )


def _known(mention: DateMention, dates: tuple[DateMention, ...], years: frozenset[int]) -> bool:
    if any(agrees(mention, other) for other in dates):
        return True
    only_year = not mention.month and not mention.day and not mention.fiscal
    return only_year and mention.year in years and not any(d.year == mention.year and d.fiscal for d in dates)


def _decades(text: str) -> frozenset[int]:
    return frozenset(int(f.value) for f in find_figures(text) if f.unit == "decade")


def _swapped(
    view: View, ours: tuple[DateMention, ...], theirs: tuple[DateMention, ...]
) -> tuple[Finding, ...]:
    alignment = align(view.statement, view.source)
    if alignment.share < RUNS_ALIKE:
        return ()
    for gap in alignment.gaps:
        here = [d for d in ours if d.end > gap.our_start and d.start < gap.our_end]
        there = [d for d in theirs if d.end > gap.their_start and d.start < gap.their_end]
        if here and there and not any(agrees(a, b) for a in here for b in there):
            written = view.statement.text[here[0].start : here[0].end]
            quoted = view.source.text[there[0].start : there[0].end]
            return (
                _finding(
                    f"引用では「{quoted}」のところが、文では「{written}」です。",
                    f"The statement has “{written}” where the quoted text has “{quoted}”.",
                ),
            )
    return ()


def check_dates(view: View) -> tuple[Finding, ...]:
    """Dates that the source does not give, or gives for something else."""
    ours, theirs = find_dates(view.statement.text), find_dates(view.source.text)
    if _decades(view.statement.text) - _decades(view.source.text) - _decades(view.context.text):
        decade = min(_decades(view.statement.text) - _decades(view.source.text))
        return (
            _finding(
                f"文の{decade}年代は引用にありません。", f"The quoted text does not speak of the {decade}s."
            ),
        )
    around = find_dates(view.context.text)
    cited, quoted = references(view.statement.text), references(view.source.text)
    missing = []
    for mention in ours:
        hidden = () if inside(mention.start, cited) else quoted
        years = _bare_years(view.source.text, hidden) | _bare_years(view.context.text, ())
        if not _known(mention, (*(d for d in theirs if not inside(d.start, hidden)), *around), years):
            missing.append(mention)
    found = [
        _finding(
            f"文の日付「{view.statement.text[m.start : m.end]}」は引用にありません。",
            f"The quoted text does not give the date “{view.statement.text[m.start : m.end]}”.",
        )
        for m in missing
    ]
    return tuple(found) or _swapped(view, ours, theirs)
