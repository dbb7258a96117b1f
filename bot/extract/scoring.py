"""How directly each sentence of the hits answers a question: features, and one weighted sum. Pure.

The weights (choice.json) are fitted by `python -m evals.fit_choice` on the tuning half of the cases:
sentences that hold an asked-for fact against those that do not.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from bot.extract.evidence import Evidence, related
from bot.extract.extent import is_line
from bot.extract.reading import Floats, Writing
from bot.question.answer_type import shown
from bot.question.filling import filled
from bot.question.slots import SHAPED, Slot
from ingest.language import language_of
from vectorstore.glossary import Glossary

#: The weight in choice.json of a unit that fills the question's gap, and how many of the best units are looked at for that.
FILL, FILLING = "fill", 32
#: How far behind a unit falls that lacks the hour, day, clause or way to be reached that is asked for, where another unit
#: has one and may answer.
ASIDE = 1.0
#: Scores are multiplied by this before a softmax, when they are fitted and when they are read, so that weights of about 1 give
#: sharp choices.
SHARPNESS = 10.0
#: A sentence that covers less of the question than this share of the best speaks of something else.
BESIDE = 0.5


def _hit_gap(e: Evidence) -> Floats:
    """How far a unit's passage lies below the best one, in units of the search's score."""
    scores = np.array([hit.score for hit in e.hits], np.float32)
    return np.asarray((scores - scores.max())[e.hit_of], np.float32)


def everywhere(e: Evidence) -> Floats:
    """(U,) cover by the unit, or less so by its headings, or by the rest of its passage."""
    around = np.maximum(0.8 * e.head, 0.6 * e.passage)[:, e.hit_of]
    return e.covered(np.maximum(e.body, around))


def _figures(e: Evidence) -> Floats:
    """Share of the question's figures that stand in the unit; 0 where it has none."""
    marked = np.array([term.key.isdigit() for term in e.terms], bool)
    if not marked.any():
        return np.zeros(len(e.units), np.float32)
    return np.asarray((e.body[marked] >= 1.0).mean(axis=0), np.float32)


def _names(e: Evidence) -> Floats:
    """Share of the weight of the glossary's concepts in the question that the unit holds itself."""
    marked = np.array([term.key.startswith("§") for term in e.terms], bool)
    total = float(e.weights[marked].sum()) if marked.any() else 0.0
    if total <= 0:
        return np.zeros(len(e.units), np.float32)
    return np.asarray(e.weights[marked] @ (e.body[marked] >= 1.0) / total, np.float32)


def _each(e: Evidence, value: Callable[[int], float]) -> Floats:
    return np.array([value(at) for at in range(len(e.units))], np.float32)


def _position(e: Evidence) -> Floats:
    """1 for the first unit of its passage, falling towards 0."""
    return _each(e, lambda at: 1.0 / (1.0 + at - int(np.argmax(e.hit_of == e.hit_of[at]))))


def _vague(e: Evidence) -> Floats:
    """1 for a fragment or a heading: not to be read alone."""
    return _each(
        e, lambda at: float(not e.units[at].whole or e.units[at].kind in ("heading", "lead", "label"))
    )


def _length(e: Evidence) -> Floats:
    return _each(e, lambda at: min(len(e.units[at].text), 400) / 400)


def _foreign(e: Evidence) -> Floats:
    language = language_of(e.asked.text)
    return _each(e, lambda at: float(e.hits[int(e.hit_of[at])].passage.language != language))


def _best_body(e: Evidence) -> Floats:
    """Cover by the unit relative to the best-covering unit of all hits."""
    body = e.covered(e.body)
    top = float(body.max(initial=0.0))
    return body / top if top > 0 else body


def neighbours(e: Evidence, values: Floats, step: int) -> Floats:
    """The value of the unit `step` places on in the same passage; 0 where there is none. (…, U) -> (…, U)."""
    shifted = np.roll(values, -step, axis=-1)
    here, there = e.hit_of, np.roll(e.hit_of, -step)
    at = np.arange(len(here)) + step
    inside = (here == there) & (at >= 0) & (at < len(here))
    return np.where(inside, shifted, 0).astype(np.float32)


def _window(e: Evidence) -> Floats:
    """Cover by the unit with the ones right before and after it."""
    before, after = neighbours(e, e.body, -1), neighbours(e, e.body, 1)
    return e.covered(np.maximum(e.body, 0.9 * np.maximum(before, 0.7 * after)))


def _rare(e: Evidence) -> Floats:
    """Cover with squared weights: the rare terms alone."""
    squares = e.weights**2
    total = float(squares.sum())
    return (
        np.asarray(squares @ e.body / total, np.float32) if total > 0 else np.zeros(len(e.units), np.float32)
    )


def _passage(e: Evidence) -> Floats:
    return np.asarray(e.covered(np.maximum(e.passage, 0.9 * e.head))[e.hit_of], np.float32)


def _head(e: Evidence) -> Floats:
    return np.asarray(e.covered(e.head)[e.hit_of], np.float32)


def _window_cosine(e: Evidence) -> Floats:
    before, after = neighbours(e, e.cosines, -1), neighbours(e, e.cosines, 1)
    return np.asarray((before + after) / 2, np.float32)


def _rank(e: Evidence) -> Floats:
    return np.asarray(1.0 / (1.0 + e.hit_of), np.float32)


def _target(e: Evidence) -> Floats:
    """Match of the asked-for thing in the unit, or less so right before it; 0 where the question names
    none.
    """
    if not e.target:
        return np.zeros(len(e.units), np.float32)
    body = e.body[list(e.target)].max(axis=0)
    return np.asarray(np.maximum(body, 0.6 * neighbours(e, body, -1)), np.float32)


#: Every feature: its name in choice.json and how it is computed, one value per unit.
FEATURES: Mapping[str, Callable[[Evidence, Floats], Floats]] = {
    "body": lambda e, _: e.covered(e.body),
    "everywhere": lambda e, _: everywhere(e),
    "relative": lambda e, _: _best_body(e),
    "exact": lambda e, _: e.covered((e.body >= 1.0).astype(np.float32)),
    "concepts": lambda e, _: _names(e),
    "figures": lambda e, _: _figures(e),
    "cosine": lambda e, _: e.cosines,
    "kind": lambda e, kinds: kinds,
    "kind_and_body": lambda e, kinds: kinds * e.covered(e.body),
    "kind_and_passage": lambda e, kinds: kinds * _passage(e),
    "window": lambda e, _: _window(e),
    "rare": lambda e, _: _rare(e),
    "passage": lambda e, _: _passage(e),
    "head": lambda e, _: _head(e),
    "window_cosine": lambda e, _: _window_cosine(e),
    "focus": lambda e, _: e.focus,
    "news": lambda e, _: np.asarray(np.minimum(np.log1p(e.news), 2.0) / 2.0, np.float32),
    "target": lambda e, _: _target(e),
    "rank": lambda e, _: _rank(e),
    "gap": lambda e, _: _hit_gap(e),
    "position": lambda e, _: _position(e),
    "vague": lambda e, _: _vague(e),
    "length": lambda e, _: _length(e),
    "foreign": lambda e, _: _foreign(e),
}


def load_weights() -> dict[str, float]:
    """The fitted weight of every feature and of FILL. Raises ValueError when one has none."""
    weights: dict[str, float] = json.loads(files("bot.extract").joinpath("choice.json").read_text("utf-8"))[
        "weights"
    ]
    if different := set(weights) ^ {*FEATURES, FILL}:
        raise ValueError(f"choice.json and the features differ: {sorted(different)}")
    return weights


def features(evidence: Evidence, kinds: Floats) -> Floats:
    """(U, F) features of the units, in the order of FEATURES."""
    return np.stack([compute(evidence, kinds) for compute in FEATURES.values()], axis=1)


def kinds_shown(evidence: Evidence, glossary: Glossary) -> Floats:
    """(U,) share of the asked-for kinds (a date, a figure, a body …) that each unit shows."""
    return _each(evidence, lambda at: shown(evidence.asked, evidence.units[at].text, glossary))


def odds(scores: Floats) -> Floats:
    """(U,) how much less likely than the best unit each one answers, 1 for the best: the softmax before it is made shares."""
    return np.asarray(np.exp(SHARPNESS * (scores - scores.max())), scores.dtype)


def looked_at(slot: Slot) -> int | None:
    """How many of the best units are tried for what fills the gap; None for all, where the shape alone tells."""
    return None if slot.kind in SHAPED else FILLING


def fills(e: Evidence, writing: Writing, scores: Floats) -> Floats:
    """(U,) how well the best-scored units fill the gap that the question leaves; 0 for the others, and without a gap.

    A unit's own words are read, without its neighbours: it is to be shown for what it says itself.
    """
    found, near = np.zeros(len(e.units), np.float32), related(writing)
    if e.slot:
        for at in np.argsort(-scores, kind="stable")[: looked_at(e.slot)]:
            found[at] = filled(e.slot, e.asked.text, e.units[at].text, near, writing.glossary)
    return found


def _may_answer(e: Evidence) -> NDArray[np.bool_]:
    """(U,) whether a unit speaks of what is asked, or is a bare line, which speaks of what its document does."""
    lines = np.array([is_line(unit) for unit in e.units], bool)
    return np.asarray(lines | (_best_body(e) >= BESIDE))


@dataclass(frozen=True, slots=True)
class Scored:
    """(U,) how directly each unit answers, comparable within one question, and the share of the asked-for kinds it shows."""

    scores: Floats
    kinds: Floats


def score(evidence: Evidence, writing: Writing, weights: Mapping[str, float]) -> Scored:
    """The units of the evidence, scored: by FEATURES, and the best of them also by whether they fill the question's gap."""
    kinds = kinds_shown(evidence, writing.glossary)
    if not evidence.units:
        return Scored(np.zeros(0, np.float32), kinds)
    blend = np.array([weights[name] for name in FEATURES], np.float32)
    scores = np.asarray(features(evidence, kinds) @ blend, np.float32)
    found = fills(evidence, writing, scores)
    scores = scores + np.float32(weights[FILL]) * found
    if evidence.slot and evidence.slot.kind in SHAPED:
        answers = (found > 0) & _may_answer(evidence)
        if answers.any():
            scores = np.where(answers, scores, scores - np.float32(ASIDE))
    return Scored(scores, kinds)
