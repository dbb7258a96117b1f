"""Is there enough to answer from? Features of the evidence, a logistic blend, and the reason in words. Pure.

The weights and the operating point (sufficiency.json) are fitted by `python -m evals.fit_refusal` on the
tuning half of the cases, over the real documents and the bundled digests. The weakest asked-for term counts,
not only the average: a question about a body, a place or a year that no good hit holds is not answered by a
passage about something near.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from bot.answer_type import shown
from bot.evidence import Evidence, related
from bot.phrases import phrases
from bot.reading import Floats, Writing, head_text
from bot.slots import filled, slot_of
from ingest.language import fold, language_of
from ingest.types import Language
from vectorstore.words import terms

#: A question term counts as met from this match on; below it, it is named as missing.
MET = 0.5
#: A match from here on is the same thing in other words, or the term itself in a heading.
SOLID = 0.75
#: The best this many hits are asked whether they hold a name or a year.
GOOD = 5
#: Units in which the asked-for figure, date or name is looked for, the best covered ones.
LOOKED = 25
#: Value of the concepts feature for a question in which the glossary knows nothing.
NO_CONCEPT = 0.5
#: Terms named as missing in a reason, at most.
NAMED = 3
_ORDINAL = re.compile(
    r"第\d+[^\W\d_]|\b(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)) (?=[a-z])", re.I
)


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """Whether to answer, how sure (0 to 1), and the words of the question that the documents do not hold."""

    enough: bool
    confidence: float
    asked: str
    missing: tuple[str, ...] = ()

    def reason(self, language: Language) -> str:
        """Why the desk does not answer, for the reader."""
        return _REASONS[language](self.missing)


def _reason_ja(missing: tuple[str, ...]) -> str:
    lacking = "".join(f"「{one}」" for one in missing)
    what = (
        f"見つかった近い箇所は、{lacking}に触れていません。"
        if lacking
        else "近い記述はありますが、質問への答えは書かれていません。"
    )
    return f"収録資料を探しましたが、この質問に答えられる記述は見つかりませんでした。{what}担当者にお尋ねください。"


def _reason_en(missing: tuple[str, ...]) -> str:
    lacking = ", ".join(f"“{one}”" for one in missing)
    what = (
        f"The nearest passages say nothing on {lacking}."
        if lacking
        else "Some passages come near but do not answer it."
    )
    return f"The documents in the library were searched, but they do not hold an answer to this. {what} Please ask the staff."


_REASONS: Mapping[Language, Callable[[tuple[str, ...]], str]] = {"ja": _reason_ja, "en": _reason_en}


@dataclass(frozen=True, slots=True)
class View:
    """Evidence with what several features need: the matches of each term in a passage with its headings,
    (m, n).
    """

    evidence: Evidence
    around: Floats
    #: (n,) cover by a passage with its headings, and which hit covers best.
    cover: Floats
    best: int
    #: Folded text of the good hits with their heads.
    texts: tuple[str, ...]
    kinds: Floats
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


def view(evidence: Evidence, writing: Writing) -> View:
    """What the features read."""
    around = np.maximum(evidence.passage, 0.9 * evidence.head)
    cover = evidence.covered(around)
    texts = tuple(
        _squeezed(f"{head_text(hit.passage, hit.record)}\n{hit.passage.text}") for hit in evidence.hits[:GOOD]
    )
    kinds = np.array(
        [shown(evidence.asked, unit.text, writing.glossary) for unit in evidence.units], np.float32
    )
    best = int(np.argmax(cover)) if len(cover) else 0
    return View(evidence, around, cover, best, texts, kinds, *_gap(evidence, writing))


def _squeezed(text: str) -> str:
    return re.sub(r"[\s,]+", "", fold(text))


def _score(v: View, at: int) -> float:
    scores = [hit.score for hit in v.evidence.hits]
    return scores[at] if at < len(scores) else (scores[-1] if scores else 0.0)


def _names_missing(v: View) -> float:
    """Share of the question's names of which no good hit holds any form."""
    names = v.evidence.asked.names
    missed = [all(_squeezed(form) not in text for form in forms for text in v.texts) for forms in names]
    return sum(missed) / len(missed) if missed else 0.0


def _years_missing(v: View) -> float:
    years = [str(year) for year in v.evidence.asked.years]
    marked = {term.key: at for at, term in enumerate(v.evidence.terms)}
    found = [y in marked and bool((v.around[marked[y], :GOOD] >= 1.0).any()) for y in years]
    return 1 - sum(found) / len(found) if found else 0.0


def _kind_near(v: View) -> float:
    """The best cover of a unit that shows what is asked for, its headings counted."""
    e = v.evidence
    if not len(e.units):
        return 0.0
    cover = e.covered(np.maximum(e.body, 0.8 * e.head[:, e.hit_of]))
    return float((cover * v.kinds).max())


def _concepts(v: View) -> float:
    """Share of the glossary's concepts in the question that one good hit holds, best of them."""
    e = v.evidence
    marked = np.array([term.key.startswith("§") for term in e.terms], bool)
    if not marked.any():
        return NO_CONCEPT
    total = float(e.weights[marked].sum())
    return float((e.weights[marked] @ (v.around[marked] >= 1.0)).max(initial=0.0)) / max(total, 1e-6)


def _ordinals_missing(v: View) -> float:
    """Share of the question's ordinals (第3回, third) that no good hit holds."""
    asked = _ORDINAL.findall(unicodedata.normalize("NFKC", v.evidence.asked.text))
    return (
        sum(all(_squeezed(one) not in text for text in v.texts) for one in asked) / len(asked)
        if asked
        else 0.0
    )


def _names_together(v: View) -> float:
    """Share of the question's names that one good hit holds, best of them; 1 where it names nothing."""
    names = v.evidence.asked.names
    if not names or not v.texts:
        return float(not names)
    return max(sum(any(_squeezed(f) in text for f in forms) for forms in names) for text in v.texts) / len(
        names
    )


def _exact_unit(v: View) -> float:
    """Share of the question's weight that stands in one unit or its headings as it is, best of them."""
    e = v.evidence
    return float(
        e.covered((np.maximum(e.body, e.head[:, e.hit_of]) >= 1.0).astype(np.float32)).max(initial=0.0)
    )


def _solid(v: View) -> float:
    """Share of the question's weight that one hit meets well, best of them."""
    return float(v.evidence.covered((v.around >= SOLID).astype(np.float32)).max(initial=0.0))


def _any(v: View) -> float:
    """Share of the question's weight that the good hits meet together."""
    e = v.evidence
    met = np.maximum(e.passage, e.head)[:, :GOOD].max(axis=1, keepdims=True, initial=0.0)
    return float(e.covered(met)[0])


#: Every feature: its name in sufficiency.json and how it is computed.
FEATURES: Mapping[str, Callable[[View], float]] = {
    "margin": lambda v: _score(v, 0) - _score(v, 3),
    "top": lambda v: _score(v, 0),
    "gap": lambda v: v.gap,
    "slot": lambda v: float(v.slot),
    "together": _any,
    "exact_unit": _exact_unit,
    "solid": _solid,
    "kind": _kind_near,
    "concepts": _concepts,
    "names_missing": _names_missing,
    "ordinals_missing": _ordinals_missing,
    "names_together": _names_together,
    "terms": lambda v: float(np.log1p(len(v.evidence.terms))),
    "years_missing": _years_missing,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The fitted blend: bias and weights of the features, and the confidence from which the desk answers."""

    bias: float
    weights: Mapping[str, float]
    threshold: float


def load_judgement() -> Judgement:
    """The fitted blend. Raises ValueError when a feature has no weight."""
    data = json.loads(files("bot").joinpath("sufficiency.json").read_text("utf-8"))
    if set(data["weights"]) != set(FEATURES):
        raise ValueError(
            f"sufficiency.json and the features differ: {sorted(set(data['weights']) ^ set(FEATURES))}"
        )
    return Judgement(data["bias"], data["weights"], data["threshold"])


def features(evidence: Evidence, writing: Writing) -> NDArray[np.float32]:
    """(F,) features of the evidence, in the order of FEATURES."""
    seen = view(evidence, writing)
    return np.array([compute(seen) for compute in FEATURES.values()], np.float32)


def missing(evidence: Evidence) -> tuple[str, ...]:
    """The phrases of the question that no good hit meets, the heaviest first, as they stand in the
    question.
    """
    around = np.maximum(evidence.passage, evidence.head)[:, :GOOD]
    met = around.max(axis=1) if around.size else np.zeros(len(evidence.terms), np.float32)
    place = {term.key: at for at, term in enumerate(evidence.terms)}
    text = unicodedata.normalize("NFKC", evidence.asked.text)
    lacking: dict[str, float] = {}
    for phrase in phrases(text, language_of(text)):
        rows = [place[term.key] for term in terms(phrase) if term.key in place]
        weights = evidence.weights[rows]
        if rows and len(phrase) > 1 and float(weights @ met[rows]) < MET * float(weights.sum()):
            lacking[phrase] = float(weights.max())
    return tuple(sorted(lacking, key=lambda phrase: -lacking[phrase])[:NAMED])


def judge(evidence: Evidence, writing: Writing, blend: Judgement) -> Sufficiency:
    """Whether the evidence answers its question."""
    if not evidence.hits or not evidence.terms:
        return Sufficiency(False, 0.0, evidence.asked.text, missing(evidence))
    values = dict(zip(FEATURES, map(float, features(evidence, writing)), strict=True))
    logit = blend.bias + sum(blend.weights[name] * value for name, value in values.items())
    confidence = float(1 / (1 + np.exp(-logit)))
    return Sufficiency(confidence >= blend.threshold, confidence, evidence.asked.text, missing(evidence))
