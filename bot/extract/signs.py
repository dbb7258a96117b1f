"""What speaks for and against an answer at each place of the evidence: the features of the decision whether to answer. Pure.

The weakest asked-for term counts, not only the average: a near miss holds everything but the very thing asked for.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

import numpy as np

from bot.extract.extent import is_line
from bot.extract.reading import Floats, Writing, head_text
from bot.extract.view import Place, View, places, squeezed
from bot.question.asked import Kind
from ingest.dates import find_dates
from ingest.language import language_of

#: A match below this is no match.
LOST = 0.5
#: A match from here on is the same thing in other words, or the term itself in a heading.
SOLID = 0.75
#: A name is met from this match on: by itself, or in a heading.
NAMED_BY = 0.9
#: The best this many hits are asked whether they hold a name or a concept.
GOOD = 5
#: Value of a feature of what the question does not have: a known concept, a target.
NO_CONCEPT, NO_TARGET = 0.5, 0.6
#: The weight of a heavy term, which brings features that are not shares to about 1.
HEAVY = 20.0
#: The language of the best this many hits is compared with that of the question.
FIRST = 3
#: Characters of a long unit, and new terms of one that tells much.
LONG, NEWS = 300, 20
#: The hits that the best one is compared with: the next two, and those from the fifth on.
NEXT, REST = slice(1, 3), slice(4, None)
_RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
#: An ordinal that tells one of a series from the others (第3回, the 3rd forum, the third Annual Meeting), not the first to do a thing.
_ORDINAL = re.compile(
    r"第(?P<ja>\d+)[^\W\d_]|\b(?P<en>\d+)(?:st|nd|rd|th) (?=[A-Za-z])|"
    rf"\b(?P<word>{'|'.join(_RANKS)}|{'|'.join(map(str.title, _RANKS))}) (?=[A-Z]|(?:\w+ )?(?:symposium|meeting|conference|forum|round|session|edition|"
    r"lecture|phase|term|year|stage|principle)\b)"
)


_NAMES_IN_A_ROW = re.compile(r"[A-Z][a-z]+|大学|[、・,]")
_WORD = re.compile(r"\w+")


def _concepts(v: View) -> float:
    """Share of the glossary's concepts in the question that one hit holds, best of them."""
    weights = v.evidence.weights * v.concepts
    total = float(weights.sum())
    return float((weights @ (v.around >= 1.0)).max(initial=0.0)) / total if total > 0 else NO_CONCEPT


def _concepts_missing(v: View) -> float:
    """Share of the question that is a known concept and in no good hit."""
    return float((v.shares * v.concepts) @ (v.around[:, :GOOD].max(axis=1) < SOLID))


def _concepts_apart(v: View, at: Place) -> float:
    """Share of the question that is a known concept and not with the unit."""
    return float((v.shares * v.concepts) @ (v.window[:, at.unit] < SOLID))


def _apart(v: View, at: Place) -> float:
    """Share of the question that is not with the unit."""
    return float(v.shares @ (v.window[:, at.unit] < LOST))


def _unknown(v: View) -> float:
    """Share of the question that stands nowhere in the library, nor anything like it in the hits."""
    return float(v.shares @ (~v.evidence.known & (v.around.max(axis=1) < SOLID)))


def _target_unknown(v: View) -> float:
    """1 where the library does not know the asked-for thing, nor the hits anything like it."""
    rows = list(v.evidence.target)
    known = v.evidence.known[rows].any() or _target(v, v.around) >= LOST
    return float(bool(rows) and not known)


def _names_here(v: View, at: Place) -> float:
    """Share of the question's names that the hit holds in any form; 1 where it names nothing."""
    names = v.evidence.asked.names
    text = v.texts[at.hit]
    found = [any(squeezed(form) in text for form in forms) for forms in names]
    return sum(found) / len(found) if found else 1.0


def _years_elsewhere(v: View, at: Place) -> float:
    """Share of the question's years that do not stand in the hit."""
    years = v.evidence.asked.years
    return sum(str(year) not in v.texts[at.hit] for year in years) / len(years) if years else 0.0


def _other_years(v: View, at: Place) -> float:
    """1 where the unit speaks of years, and of none that the question names."""
    asked = v.evidence.asked.years
    found = (
        {date.year for date in find_dates(v.evidence.units[at.unit].text) if date.year} if asked else set()
    )
    return float(bool(found) and found.isdisjoint(asked))


def _listed(v: View, at: Place) -> float:
    """Names and the marks between them, per word of the unit: a list of members tells nothing of what they do."""
    text = v.evidence.units[at.unit].text
    return len(_NAMES_IN_A_ROW.findall(text)) / (1 + len(_WORD.findall(text)))


def ordinals(text: str) -> set[int]:
    """The numbers of a text's ordinals, however they are written."""
    found = _ORDINAL.finditer(unicodedata.normalize("NFKC", text))
    return {
        _RANKS.index(one["word"].lower()) + 1 if one["word"] else int(one["ja"] or one["en"]) for one in found
    }


def _ordinals_missing(v: View) -> float:
    """Share of the question's ordinals (第3回, the third forum) that no good hit holds, in either language."""
    asked, good = ordinals(v.evidence.asked.text), v.evidence.hits[:GOOD]
    if not asked:  # most questions have none, and the passages are long
        return 0.0
    found = set[int]().union(
        *(ordinals(f"{head_text(hit.passage, hit.record)}\n{hit.passage.text}") for hit in good)
    )
    return len(asked - found) / len(asked)


def _shown_near(v: View, at: Place) -> float:
    """The share of the asked-for kinds that the unit or one beside it shows."""
    return float(v.scored.kinds[max(at.unit - 1, 0) : at.unit + 2].max(initial=0.0))


def _not_shown(v: View, at: Place, kind: Kind) -> float:
    """1 where a question of this kind finds no date or figure near the unit."""
    return float(v.evidence.asked.wants(kind)) * (1 - _shown_near(v, at))


def _gap(v: View, at: Place) -> float:
    """How much worse the unit, as far as it fills the question's gap, covers it than the best; 0 where it asks openly."""
    return float(v.cover.max() - v.cover[at.unit] * at.fill) if v.evidence.slot else 0.0


def _behind(values: Floats, at: int) -> float:
    return float(values.max() - values[at])


def _target(v: View, table: Floats) -> float:
    """The best match of the asked-for thing in a table of matches."""
    rows = list(v.evidence.target)
    return float(table[rows].max(initial=0.0)) if rows else NO_TARGET


def _foreign(v: View) -> float:
    language = language_of(v.evidence.asked.text)
    return float(np.mean([hit.passage.language != language for hit in v.evidence.hits[:FIRST]]))


def _vague(v: View, at: Place) -> float:
    """1 for a fragment or a heading, which does not answer by itself."""
    unit = v.evidence.units[at.unit]
    return float(not unit.whole or unit.kind in ("heading", "lead", "label"))


def _ahead(v: View, others: slice) -> float:
    """How far the best hit's score lies ahead of the mean of others."""
    scores = np.array([hit.score for hit in v.evidence.hits], np.float32)
    return float(scores[0] - scores[others].mean()) if len(scores[others]) else 0.0


#: Every feature of a place: its name in sufficiency.json and how it is computed.
FEATURES: Mapping[str, Callable[[View, Place], float]] = {
    "gap": _gap,
    "slot": lambda v, _: float(v.evidence.slot is not None),
    "weakest": lambda v, at: float((v.carried * (1 - v.around[:, at.hit])).max()) / HEAVY,
    "concepts": lambda v, _: _concepts(v),
    "concepts_missing": lambda v, _: _concepts_missing(v),
    "concepts_apart": _concepts_apart,
    "apart": _apart,
    "unknown": lambda v, _: _unknown(v),
    "target_unknown": lambda v, _: _target_unknown(v),
    "names_lost": lambda v, at: (
        float((v.evidence.weights * v.names) @ (v.around[:, at.hit] < NAMED_BY)) / HEAVY
    ),
    "names_here": _names_here,
    "years_elsewhere": _years_elsewhere,
    "other_years": _other_years,
    "ordinals_missing": lambda v, _: _ordinals_missing(v),
    "target": lambda v, _: _target(v, v.around),
    "target_near": lambda v, at: _target(v, v.window[:, at.unit][:, None]),
    "no_figure": lambda v, at: _not_shown(v, at, "number"),
    "no_date": lambda v, at: _not_shown(v, at, "when"),
    "foreign": lambda v, _: _foreign(v),
    "terms": lambda v, _: float(np.log1p(len(v.evidence.terms))),
    "whole": lambda v, at: float(v.whole[at.unit]),
    "body": lambda v, at: float(v.evidence.covered(v.evidence.body[:, [at.unit]])[0]),
    "cosine": lambda v, at: float(v.evidence.cosines[at.unit]),
    "fill": lambda _, at: at.fill,
    "kind": lambda v, at: float(v.scored.kinds[at.unit]),
    "kind_near": _shown_near,
    "vague": _vague,
    "listed": _listed,
    "line": lambda v, at: float(is_line(v.evidence.units[at.unit])),
    "length": lambda v, at: min(len(v.evidence.units[at.unit].text), LONG) / LONG,
    "focus": lambda v, at: float(v.evidence.focus[at.unit]),
    "news": lambda v, at: min(float(v.evidence.news[at.unit]), NEWS) / NEWS,
    "rank": lambda v, at: at.hit / len(v.evidence.hits),
    "names": lambda v, _: float(len(v.evidence.asked.names)),
    "ahead_next": lambda v, _: _ahead(v, NEXT),
    "ahead_rest": lambda v, _: _ahead(v, REST),
    "behind_cosine": lambda v, at: _behind(v.evidence.cosines, at.unit),
    "found": lambda v, at: v.evidence.hits[at.hit].score,
    "behind_whole": lambda v, at: _behind(v.whole, at.unit),
    "behind_direct": lambda v, at: _behind(v.scored.scores, at.unit),
    "behind_hit": lambda v, at: _behind(np.asarray(v.shares @ v.around, np.float32), at.hit),
    "behind_found": lambda v, at: v.evidence.hits[0].score - v.evidence.hits[at.hit].score,
}


def features(seen: View, writing: Writing) -> Floats:
    """(P, F) features of the places that may answer, in the order of FEATURES; the evidence has terms and units."""
    rows = [[compute(seen, at) for compute in FEATURES.values()] for at in places(seen, writing)]
    return np.array(rows, np.float32)


#: Where "slot" stands among the features.
_SLOT = list(FEATURES).index("slot")


def widened(values: Floats) -> Floats:
    """(P, 2 F) the features, and once more where the question leaves a gap, nought elsewhere.

    A question for a figure is decided by other signs than an open one; the second half lets the weights differ.
    """
    return np.hstack([values, values * values[:, [_SLOT]]])
