"""Numbers: every figure of a statement stands in its source with the same value, unit and place."""

import re
from fractions import Fraction

from bot.checks.align import align
from bot.checks.figures import Figure, find_figures
from bot.checks.references import inside, references
from bot.checks.types import Finding, View
from ingest.dates import find_dates

#: Share of a statement's units that must run alike with the source before a figure in another place counts
#: as swapped.
RUNS_ALIKE = 0.6
#: Units that mean the same beside a number.
_SAME_UNITS = tuple(
    map(frozenset, (("part", "%"), ("year", "age"), ("year", "fiscal"), ("times", "occasion")))
)

#: What 件 counts in Japanese has a word of its own in English.
_COUNTED = tuple(
    frozenset({"case", unit}) for unit in ("project", "program", "institution", "company", "occasion")
)


_BOTH = re.compile(r"両(?=[国者大校機社])|両方|双方|\bboth\b", re.I)


def _value(figure: Figure) -> Fraction:
    return figure.value / 100 if figure.unit == "%" else figure.value


def _same(ours: Figure, theirs: Figure, cross: bool = False) -> bool:
    if ours.unit and theirs.unit and ours.unit != theirs.unit:
        both = frozenset({ours.unit, theirs.unit})
        if (
            both not in _SAME_UNITS
            and not (cross and both in _COUNTED)
            or "fiscal" in (ours.unit, theirs.unit)
        ):
            return False
    return _value(ours) == _value(theirs)


def _outside(figures: tuple[Figure, ...], spans: tuple[tuple[int, int], ...]) -> tuple[Figure, ...]:
    return tuple(f for f in figures if not any(start <= f.start < end for start, end in spans))


def _dated(text: str) -> tuple[Figure, ...]:
    """The years, months and days that a text's dates name, as figures: 令和4年 gives 2022."""
    return tuple(
        Figure(Fraction(value), "", mention.start, mention.end, text[mention.start : mention.end])
        for mention in find_dates(text)
        for value in (mention.year, mention.month, mention.day)
        if value
    )


def _two(text: str) -> tuple[Figure, ...]:
    """両大学 and both are two, which another text may say in figures."""
    return tuple(Figure(Fraction(2), "", *m.span(), m.group()) for m in _BOTH.finditer(text))


def _missing(figure: Figure) -> Finding:
    return Finding(
        "numbers",
        True,
        f"文の数「{figure.surface}」は引用にありません。",
        f"The quoted text does not give the number “{figure.surface}”.",
    )


def _is_plain_first(figure: Figure, theirs: tuple[Figure, ...]) -> bool:
    """`first` is mostly an adverb: it counts only against a source that ranks something otherwise."""
    return figure.unit == "ordinal" and figure.value == 1 and not any(f.unit == "ordinal" for f in theirs)


def _swapped(view: View, ours: tuple[Figure, ...], theirs: tuple[Figure, ...]) -> tuple[Finding, ...]:
    """A figure where the source has another one, the words around them being the same."""
    alignment = align(view.statement, view.source)
    if alignment.share < RUNS_ALIKE:
        return ()
    for gap in alignment.gaps:
        here = [f for f in ours if gap.holds_ours(f.start, f.end)]
        there = [f for f in theirs if gap.holds_theirs(f.start, f.end)]
        if here and there and not any(_same(a, b) for a in here for b in there):
            a, b = here[0], there[0]
            return (
                Finding(
                    "numbers",
                    True,
                    f"引用では「{b.surface}」のところが、文では「{a.surface}」です。",
                    f"The statement has “{a.surface}” where the quoted text has “{b.surface}”.",
                ),
            )
    return ()


def check_numbers(view: View) -> tuple[Finding, ...]:
    """Figures that the source does not give, gives with another unit, or gives for something else."""
    dates = tuple((mention.start, mention.end) for mention in find_dates(view.statement.text))
    ours = _outside(find_figures(view.statement.text), dates)
    theirs = (*find_figures(view.source.text), *_dated(view.source.text), *_two(view.source.text))
    around = (*find_figures(view.context.text), *_dated(view.context.text))
    cited, quoted = references(view.statement.text), references(view.source.text)
    found = []
    for figure in ours:
        own = not inside(figure.start, cited)
        known = (*(f for f in theirs if not (own and inside(f.start, quoted))), *around)
        if not any(_same(figure, other, view.cross) for other in known) and not _is_plain_first(
            figure, theirs
        ):
            found.append(_missing(figure))
    return tuple(found) or _swapped(view, ours, theirs)
