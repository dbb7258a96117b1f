"""Evidence as the decision whether to answer reads it, and the places in it that may answer. Pure.

Each of several places is looked at as if it were the answer, and the best of them decides: the unit that covers the
question best is often not the one that answers it. A term counts by its weight in the evidence and by how often its kind
comes back in a passage that answers.
"""

import re
from dataclasses import dataclass

import numpy as np

from bot.extract.evidence import Evidence, related
from bot.extract.extent import quoted
from bot.extract.reading import Floats, Writing, head_text
from bot.extract.scoring import Scored, everywhere, looked_at, neighbours
from bot.question.asked import is_name
from bot.question.filling import filled
from ingest.language import fold
from vectorstore.search import load_carry

#: What a match is worth in the sentence before or after, in a heading, and elsewhere in the passage.
BESIDE, ABOVE, ELSEWHERE = 0.9, 0.9, 0.7
#: Units that may answer: so many of the most direct, and so many of those that cover the question best.
LOOKED = 8
#: Where a question leaves a gap: so many of the units that fill it best may answer too.
FITTING = 3


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
    #: (U,) how well a unit with its surroundings covers the question: by all that stands around it, and as an answer.
    whole: Floats
    cover: Floats
    #: (U,) how directly each unit answers (see `bot.extract.scoring`), and the share of the asked-for kinds it shows.
    scored: Scored
    #: Folded text of every hit with its headings.
    texts: tuple[str, ...]
    #: (m,) 1 for a concept of the glossary, and for one that names a single thing.
    concepts: Floats
    names: Floats


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that may answer the question, its hit, and how well what is quoted of it fills the question's gap, 0 to 1."""

    unit: int
    hit: int
    fill: float


def squeezed(text: str) -> str:
    """A folded text without spaces and commas."""
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


def view(evidence: Evidence, writing: Writing, scored: Scored) -> View:
    """What the features read; the evidence has terms and units."""
    e, carry = evidence, load_carry()
    carried = np.array([carry.get(term.key, 1.0) for term in e.terms], np.float32) * e.weights
    shares = carried / max(float(carried.sum()), 1e-6)
    window, passage = _windows(e), e.passage[:, e.hit_of]
    concepts, names = _marked(e, writing)
    texts = (squeezed(f"{head_text(hit.passage, hit.record)}\n{hit.passage.text}") for hit in e.hits)
    return View(
        evidence=e,
        shares=shares,
        carried=carried,
        around=np.maximum(e.passage, ABOVE * e.head),
        window=window,
        whole=np.asarray(shares @ np.maximum(window, ELSEWHERE * passage), np.float32),
        cover=everywhere(e),
        scored=scored,
        texts=tuple(texts),
        concepts=concepts,
        names=names,
    )


def places(v: View, writing: Writing) -> tuple[Place, ...]:
    """The units that may answer: the most direct ones, those that cover the question best, and those that fill its gap best."""
    e, slot, near = v.evidence, v.evidence.slot, related(writing)
    ranked = (np.argsort(-values, kind="stable")[:LOOKED] for values in (v.whole, v.scored.scores))
    units = dict.fromkeys(int(at) for order in ranked for at in order)
    if slot is None:
        return tuple(Place(at, int(e.hit_of[at]), 1.0) for at in units)

    def place(at: int) -> Place:
        # The lines around a line say what a figure counts; a reason stands in the sentence itself.
        text = e.units[at].text if slot.kind == "reason" else quoted(e, at)
        return Place(at, int(e.hit_of[at]), filled(slot, e.asked.text, text, near, writing.glossary))

    covering = np.argsort(-v.cover, kind="stable")[: looked_at(slot)]
    others = (int(at) for at in covering if int(at) not in units)
    fitting = sorted(map(place, others), key=lambda one: -v.cover[one.unit] * one.fill)[:FITTING]
    return (*map(place, units), *fitting)
