"""What speaks for and against an answer in the evidence: the features of the decision whether to answer. Pure.

The weakest asked-for term counts, not only the average: a near miss holds everything but the very thing asked for. A
term counts by its weight in the evidence and by how often its kind comes back in a passage that answers.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from bot.extract.evidence import Evidence, related
from bot.extract.reading import Floats, Writing, head_text
from bot.extract.scoring import neighbours
from bot.question.answer_type import shown
from bot.question.asked import Kind, is_name
from bot.question.slots import filled, slot_of
from ingest.language import fold, language_of
from vectorstore.search import load_carry

#: A match from here on is the same thing in other words, or the term itself in a heading.
SOLID = 0.75
#: A name is met from this match on: by itself, or in a heading.
NAMED_BY = 0.9
#: What a match is worth in the sentence before or after, in a heading, and elsewhere in the passage.
BESIDE, ABOVE, ELSEWHERE = 0.9, 0.9, 0.7
#: The best this many hits are asked whether they hold a name or a concept.
GOOD = 5
#: Units in which the asked-for figure, date or name is looked for, the best covered ones.
LOOKED = 25
#: Value of a feature of what the question does not have: a known concept, a target.
NO_CONCEPT, NO_TARGET = 0.5, 0.6
#: The weight of a heavy term, which brings features that are not shares to about 1.
HEAVY = 20.0
#: The language of the best this many hits is compared with that of the question.
FIRST = 3
_ORDINAL = re.compile(
    r"第\d+[^\W\d_]|\b(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)) (?=[a-z])", re.I
)


@dataclass(frozen=True, slots=True)
class View:
    """Evidence with what several features need. m terms, n hits, U units."""

    evidence: Evidence
    #: (m,) weights of the terms as shares; (m,) weights times how often each kind of term comes back.
    shares: Floats
    carried: Floats
    #: (m, n) matches in a passage with its headings; (m, U) in a unit with its neighbours and headings.
    around: Floats
    window: Floats
    #: The hit and the unit that cover the question best.
    hit: int
    unit: int
    #: Folded text of every hit with its headings.
    texts: tuple[str, ...]
    #: (U,) share of the asked-for kinds that a unit shows.
    kinds: Floats
    #: Rows of glossary concepts, and of names among them.
    concepts: Floats
    names: Floats
    #: What is missing from an answer of the asked-for kind (see `_gap`), and whether the question asks for one.
    gap: float
    slot: bool


def _gap(evidence: Evidence, writing: Writing) -> tuple[float, bool]:
    """How much worse the units that fill the question's gap cover it than the best units do; 0 where it asks openly.

    A unit is covered by its own words, less so by its headings and the rest of its passage.
    """
    question = evidence.asked.text
    slot = slot_of(question)
    if slot is None or not evidence.units:
        return 0.0, slot is not None
    around = np.maximum(0.8 * evidence.head, 0.6 * evidence.passage)[:, evidence.hit_of]
    cover = evidence.covered(np.maximum(evidence.body, around))
    best = np.argsort(-cover, kind="stable")[:LOOKED]
    near = related(writing)
    fills = [filled(slot, question, evidence.units[at].text, near, writing.glossary) for at in best]
    return float(cover[best].max() - (cover[best] * np.array(fills)).max()), True


def _squeezed(text: str) -> str:
    return re.sub(r"[\s,]+", "", fold(text))


def _windows(e: Evidence) -> Floats:
    """(m, U) match in a unit, or less so right beside it or in its headings."""
    beside = np.maximum(neighbours(e, e.body, -1), neighbours(e, e.body, 1))
    widest = np.maximum(np.maximum(e.body, BESIDE * beside), ABOVE * e.head[:, e.hit_of])
    return np.asarray(widest, np.float32)


def _marked(e: Evidence, writing: Writing) -> tuple[Floats, Floats]:
    """(m,) 1 for a concept of the glossary, and for one that names a single thing."""
    names = {m.entry.term.key for m in writing.glossary.mentions(e.asked.text) if is_name(m.entry)}
    concepts = np.array([term.key.startswith("§") for term in e.terms], np.float32)
    return concepts, np.array([term.key in names for term in e.terms], np.float32)


def view(evidence: Evidence, writing: Writing) -> View:
    """What the features read; the evidence has hits and terms."""
    e, carry = evidence, load_carry()
    carried = np.array([carry.get(term.key, 1.0) for term in e.terms], np.float32) * e.weights
    shares = carried / max(float(carried.sum()), 1e-6)
    around, window = np.maximum(e.passage, ABOVE * e.head), _windows(e)
    whole = shares @ np.maximum(window, ELSEWHERE * e.passage[:, e.hit_of])
    kinds = [shown(e.asked, unit.text, writing.glossary) for unit in e.units]
    (concepts, names), (gap, slot) = _marked(e, writing), _gap(e, writing)
    texts = (_squeezed(f"{head_text(hit.passage, hit.record)}\n{hit.passage.text}") for hit in e.hits)
    return View(
        evidence=e,
        shares=shares,
        carried=carried,
        around=around,
        window=window,
        hit=int(np.argmax(shares @ around)),
        unit=int(np.argmax(whole)) if len(whole) else 0,
        texts=tuple(texts),
        kinds=np.array(kinds, np.float32),
        concepts=concepts,
        names=names,
        gap=gap,
        slot=slot,
    )


def _of_unit(v: View, table: Floats) -> Floats:
    """The column of the best unit, zeros where there is no unit."""
    return table[:, v.unit] if table.shape[1] else np.zeros(len(table), np.float32)


def _concepts(v: View) -> float:
    """Share of the glossary's concepts in the question that one hit holds, best of them."""
    weights = v.evidence.weights * v.concepts
    total = float(weights.sum())
    return float((weights @ (v.around >= 1.0)).max(initial=0.0)) / total if total > 0 else NO_CONCEPT


def _concepts_missing(v: View) -> float:
    """Share of the question that is a known concept and in no good hit."""
    return float((v.shares * v.concepts) @ (v.around[:, :GOOD].max(axis=1) < SOLID))


def _concepts_apart(v: View) -> float:
    """Share of the question that is a known concept and not with the best unit."""
    return float((v.shares * v.concepts) @ (_of_unit(v, v.window) < SOLID))


def _names_here(v: View) -> float:
    """Share of the question's names that the best hit holds in any form; 1 where it names nothing."""
    names = v.evidence.asked.names
    text = v.texts[v.hit]
    found = [any(_squeezed(form) in text for form in forms) for forms in names]
    return sum(found) / len(found) if found else 1.0


def _years_elsewhere(v: View) -> float:
    """Share of the question's years that do not stand in the best hit."""
    years = v.evidence.asked.years
    return sum(str(year) not in v.texts[v.hit] for year in years) / len(years) if years else 0.0


def _ordinals_missing(v: View) -> float:
    """Share of the question's ordinals (第3回, third) that no good hit holds."""
    asked = _ORDINAL.findall(unicodedata.normalize("NFKC", v.evidence.asked.text))
    lost = [all(_squeezed(one) not in text for text in v.texts[:GOOD]) for one in asked]
    return sum(lost) / len(lost) if lost else 0.0


def _shown_near(v: View) -> float:
    """The share of the asked-for kinds that the best unit or one beside it shows."""
    return float(v.kinds[max(v.unit - 1, 0) : v.unit + 2].max(initial=0.0))


def _not_shown(v: View, kind: Kind) -> float:
    """1 where a question of this kind finds no date or figure near its best unit."""
    return float(v.evidence.asked.wants(kind)) * (1 - _shown_near(v))


def _target(v: View, table: Floats) -> float:
    """The best match of the asked-for thing in a table of matches."""
    rows = list(v.evidence.target)
    return float(table[rows].max(initial=0.0)) if rows else NO_TARGET


def _foreign(v: View) -> float:
    language = language_of(v.evidence.asked.text)
    return float(np.mean([hit.passage.language != language for hit in v.evidence.hits[:FIRST]]))


#: Every feature: its name in sufficiency.json and how it is computed.
FEATURES: Mapping[str, Callable[[View], float]] = {
    "gap": lambda v: v.gap,
    "slot": lambda v: float(v.slot),
    "weakest": lambda v: float((v.carried * (1 - v.around[:, v.hit])).max()) / HEAVY,
    "concepts": _concepts,
    "concepts_missing": _concepts_missing,
    "concepts_apart": _concepts_apart,
    "names_lost": lambda v: float((v.evidence.weights * v.names) @ (v.around[:, v.hit] < NAMED_BY)) / HEAVY,
    "names_here": _names_here,
    "years_elsewhere": _years_elsewhere,
    "ordinals_missing": _ordinals_missing,
    "target": lambda v: _target(v, v.around),
    "target_near": lambda v: _target(v, _of_unit(v, v.window)[:, None]),
    "no_figure": lambda v: _not_shown(v, "number"),
    "no_date": lambda v: _not_shown(v, "when"),
    "foreign": _foreign,
    "terms": lambda v: float(np.log1p(len(v.evidence.terms))),
}


def features(evidence: Evidence, writing: Writing) -> Floats:
    """(F,) features, in the order of FEATURES; zeros for evidence without hits or terms."""
    if not evidence.hits or not evidence.terms:
        return np.zeros(len(FEATURES), np.float32)
    seen = view(evidence, writing)
    return np.array([compute(seen) for compute in FEATURES.values()], np.float32)
