"""Coverage: how much of what a statement says is said by its source at all. Order and claim are for the
other checks.

Within a language by units, inflection and synonyms allowed; between languages by the glossary's terms,
shared names and figures, and by the embedder, so that without either no statement is fully supported.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.checks.figures import find_figures
from bot.checks.lookup import known_terms, stands_in
from bot.checks.marks import holds
from bot.checks.synonyms import synonyms
from bot.checks.types import Finding, Text, Unit, View

#: Shares of covered units. Measured on true pairs, light paraphrases and sentences cited against another
#: passage.
HIGH, LOW = 0.7, 0.45
#: Between languages: share of covered units, in all and in each clause of `CLAUSE_UNITS` or more, and cosine of the
#: sentences. With the bundled glossary and embedder 96 % of 164 true pairs reach these, none of 476 statements about
#: another passage, and 4 % of 272 true statements to which another one was added as a clause.
CROSS_HIGH, CROSS_LOW = 0.45, 0.3
CROSS_CLAUSE, CLAUSE_UNITS = 0.3, 3
SIMILAR_HIGH, SIMILAR_LOW = 0.3, 0.15
#: Credit for a Japanese character pair whose characters stand in the source apart.
HALF = 0.5


#: Cosine from which a word of one language is taken for a word of the other: with the bundled embedder,
#: meetings and
#: 会合 0.71, sufficiently and 十分 0.57, regular and 定期的 0.38; students and 研究者 0.07, increased and
#: 減少 0.19.
WORD_SIMILAR = 0.35
#: Words of each text that are asked for; a sentence has fewer.
MOST_WORDS = 60
_CLAUSE = re.compile(r"[,;:、]|\b(?:and|but|while)\b")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*|[一-鿿々]{1,2}[ぁ-ん]{0,2}|[ァ-ヺー]+")


def _credit(unit: Unit, texts: tuple[Text, ...]) -> float:
    for text in texts:
        if holds(text.keys, unit.key) or unit.key in text.text:
            return 1.0
        if any(other in text.text for other in synonyms(unit.key) if not other.isascii()):
            return 1.0
    if len(unit.key) == 2 and not unit.key.isascii():
        return HALF * sum(any(char in text.text for text in texts) for char in unit.key) / 2
    return 0.0


def share(statement: Text, texts: tuple[Text, ...]) -> float:
    """Share of a statement's units that stand in `texts`, 0 to 1; 0 for a statement without content."""
    if not statement.units:
        return 0.0
    return sum(_credit(unit, texts) for unit in statement.units) / len(statement.units)


def _pieces(text: Text) -> tuple[tuple[str, int, int], ...]:
    """The content words of a text as an embedder knows them, with their places."""
    found = []
    for match in _WORD.finditer(text.text):
        if any(match.start() <= unit.start < match.end() for unit in text.units):
            found.append((match.group(), match.start(), match.end()))
    return tuple(found)


def _alike(view: View, covered: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words of a statement, not covered yet, that the embedder finds in the source."""
    if view.similarity is None:
        return []
    theirs = tuple(dict.fromkeys(word for word, _, _ in _pieces(view.source)))[:MOST_WORDS]
    found = []
    for word, start, end in _pieces(view.statement)[:MOST_WORDS]:
        open_still = not any(a < end and start < b for a, b in covered)
        if open_still and any(view.similarity(word, other) >= WORD_SIMILAR for other in theirs):
            found.append((start, end))
    return found


def _figures(view: View) -> list[tuple[int, int]]:
    """The figures of a statement, with their units, that the source gives however it writes them."""
    there = {figure.value for figure in find_figures(view.source.text)}
    return [
        (figure.start, figure.start + len(figure.surface))
        for figure in find_figures(view.statement.text)
        if figure.value in there
    ]


def _held_across(view: View) -> tuple[bool, ...]:
    """Of each unit of a statement, whether the source holds it by the glossary, by the embedder or as it is."""
    covered = [
        (term.start, term.end)
        for term in (known_terms(view.statement, view.translate) if view.translate else ())
        if stands_in(term, view.source) or stands_in(term, view.context)
    ]
    covered.extend(_figures(view))
    covered.extend(_alike(view, covered))
    keys = view.source.keys | view.context.keys
    return tuple(
        unit.key in keys or any(start < unit.end and unit.start < end for start, end in covered)
        for unit in view.statement.units
    )


def _mean(held: Sequence[bool]) -> float:
    return sum(held) / max(len(held), 1)


def share_across(view: View) -> float:
    """Share of a statement's units that the source in the other language holds, 0 to 1."""
    return _mean(_held_across(view))


def _clauses(text: Text) -> tuple[tuple[int, ...], ...]:
    """The numbers of the units of each clause; one of few units goes with the clause before it."""
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(text.text)), len(text.text)]
    found: list[tuple[int, ...]] = []
    for start, end in pairwise(cuts):
        units = tuple(n for n, unit in enumerate(text.units) if start <= unit.start < end)
        if found and min(len(units), len(found[-1])) < CLAUSE_UNITS:
            found[-1] += units
        else:
            found.append(units)
    return tuple(clause for clause in found if clause)


def _weakest(text: Text, held: Sequence[bool]) -> float:
    """The smallest share of a clause that is held: what is added to a true statement is held least."""
    return min((_mean([held[n] for n in clause]) for clause in _clauses(text)), default=0.0)


def _little() -> tuple[Finding, ...]:
    return (
        Finding("coverage", True, "引用はこの内容を述べていません。", "The quoted text does not say this."),
    )


def _part() -> tuple[Finding, ...]:
    return (
        Finding(
            "coverage",
            False,
            "内容の一部を引用で確かめられません。",
            "Part of this cannot be confirmed from the quoted text.",
        ),
    )


def _across(view: View) -> tuple[Finding, ...]:
    units = _held_across(view)
    held, weakest = _mean(units), _weakest(view.statement, units)
    near = view.similarity(view.statement.text, view.source.text) if view.similarity else None
    if near is None:
        good, bad = held >= CROSS_HIGH and weakest >= CROSS_CLAUSE, held < CROSS_LOW
    else:
        good = held >= CROSS_HIGH and weakest >= CROSS_CLAUSE and near >= SIMILAR_HIGH
        bad = held < CROSS_LOW or near < SIMILAR_LOW
    if good and (view.translate is not None or near is not None):
        return ()
    return _little() if bad and view.translate is not None else _part()


def check_coverage(view: View) -> tuple[Finding, ...]:
    """Content that the source does not have."""
    if view.verbatim:
        return ()
    if view.cross:
        return _across(view)
    held = share(view.statement, (view.source, view.context))
    if held >= HIGH:
        return ()
    return _little() if held < LOW else _part()
