"""Coverage: how much of what a statement says is said by its source at all. Order and claim are for the
other checks.

Within a language by units, inflection and synonyms allowed; between languages by the glossary's terms,
shared names and figures, and by the embedder, so that without either no statement is fully supported.
"""

import re

from bot.checks.figures import find_figures
from bot.checks.lookup import known_terms, stands_in
from bot.checks.marks import holds
from bot.checks.synonyms import synonyms
from bot.checks.types import Finding, Text, Unit, View

#: Shares of covered units. Measured on true pairs, light paraphrases and sentences cited against another
#: passage.
HIGH, LOW = 0.7, 0.45
#: Between languages: share of covered units, and cosine of the sentences. With the bundled glossary and
#: embedder 30
#: true pairs have at least 0.58 and 0.34; of 48 false ones none has more than 0.50 and 0.37.
CROSS_HIGH, CROSS_LOW = 0.55, 0.3
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


def share_across(view: View) -> float:
    """Share of a statement's units that the source holds by the glossary, by the embedder or as they are,
    0 to 1.
    """
    covered = [
        (term.start, term.end)
        for term in (known_terms(view.statement, view.translate) if view.translate else ())
        if stands_in(term, view.source) or stands_in(term, view.context)
    ]
    covered.extend(_figures(view))
    covered.extend(_alike(view, covered))
    keys = view.source.keys | view.context.keys
    held = sum(
        unit.key in keys or any(start < unit.end and unit.start < end for start, end in covered)
        for unit in view.statement.units
    )
    return held / max(len(view.statement.units), 1)


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
    held = share_across(view)
    near = view.similarity(view.statement.text, view.source.text) if view.similarity else None
    if near is None:
        good, bad = held >= CROSS_HIGH, held < CROSS_LOW
    else:
        good = held >= CROSS_HIGH and near >= SIMILAR_HIGH
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
