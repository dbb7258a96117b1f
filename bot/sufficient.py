"""Is there enough to answer from? Features of the evidence, a logistic blend, and the reason in words. Pure.

The weights and the operating point (sufficiency.json) are fitted by `python -m evals.fit_refusal` on the tuning half of
the cases, over the real documents and the bundled digests. The weakest asked-for term counts, not only the average: a
question about a body, a place or a year that no good hit holds is not answered by a passage about something near.
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
from bot.evidence import Evidence
from bot.reading import Floats, Writing, head_text
from ingest.language import fold
from ingest.types import Language

#: A question term counts as met from this match on; below it, it is named as missing.
MET = 0.5
#: The best this many hits are asked whether they hold a name or a year.
GOOD = 5
#: Terms named as missing in a reason, at most.
NAMED = 3
_NUMBER_KEY = re.compile(r"\d+(?:\.\d+)?")


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
    what = f"特に{lacking}に当たる記述がありません。" if lacking else "近い記述はありますが、質問への答えは書かれていません。"
    return f"収録資料を探しましたが、この質問に答えられる記述は見つかりませんでした。{what}ご希望であれば、質問を担当者に引き継ぎます。"


def _reason_en(missing: tuple[str, ...]) -> str:
    lacking = ", ".join(f"“{one}”" for one in missing)
    what = f"In particular, nothing was found on {lacking}." if lacking else "Some passages come near but do not answer it."
    return f"The documents in the library were searched, but they do not hold an answer to this. {what} The question can be passed on to the staff."


_REASONS: Mapping[Language, Callable[[tuple[str, ...]], str]] = {"ja": _reason_ja, "en": _reason_en}


@dataclass(frozen=True, slots=True)
class View:
    """Evidence with what several features need: the matches of each term in a passage with its headings, (m, n)."""

    evidence: Evidence
    around: Floats
    #: (n,) cover by a passage with its headings, and which hit covers best.
    cover: Floats
    best: int
    #: Folded text of the good hits with their heads.
    texts: tuple[str, ...]
    kinds: Floats


def view(evidence: Evidence, writing: Writing) -> View:
    """What the features read."""
    around = np.maximum(evidence.passage, 0.9 * evidence.head)
    cover = evidence.covered(around)
    texts = tuple(
        _squeezed(f"{head_text(hit.passage, hit.record)}\n{hit.passage.text}") for hit in evidence.hits[:GOOD]
    )
    kinds = np.array([shown(evidence.asked, unit.text, writing.glossary) for unit in evidence.units], np.float32)
    return View(evidence, around, cover, int(np.argmax(cover)) if len(cover) else 0, texts, kinds)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s,]+", "", fold(text))


def _score(v: View, at: int) -> float:
    scores = [hit.score for hit in v.evidence.hits]
    return scores[at] if at < len(scores) else (scores[-1] if scores else 0.0)


def _weak_terms(v: View, matches: Floats) -> float:
    """Mean of the two weakest content terms in `matches` (m,), the grammar-like lightest quarter left out."""
    weights = v.evidence.weights
    if not len(weights):
        return 0.0
    heavy = matches[weights >= np.quantile(weights, 0.25)]
    return float(np.sort(heavy)[:2].mean())


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


def _unknown(v: View) -> float:
    """Share of the question's weight in terms that the library does not hold."""
    total = float(v.evidence.weights.sum())
    return float(v.evidence.weights[~v.evidence.known].sum()) / total if total > 0 else 1.0


def _kind_near(v: View) -> float:
    """The best cover of a unit that shows what is asked for, its headings counted."""
    e = v.evidence
    if not len(e.units):
        return 0.0
    cover = e.covered(np.maximum(e.body, 0.8 * e.head[:, e.hit_of]))
    return float((cover * v.kinds).max())


def _best_unit(v: View) -> float:
    e = v.evidence
    return float(e.covered(np.maximum(e.body, 0.7 * e.head[:, e.hit_of])).max(initial=0.0))


def _column(v: View) -> NDArray[np.float32]:
    return v.around[:, v.best] if v.around.shape[1] else np.zeros(len(v.evidence.terms), np.float32)


def _exact(v: View) -> float:
    e = v.evidence
    return float(e.covered((v.around >= 1.0).astype(np.float32)).max(initial=0.0))


def _union(v: View) -> float:
    """Cover of the question by the three best hits together."""
    return float(v.evidence.covered(v.around[:, :3].max(axis=1, keepdims=True))[0]) if v.around.size else 0.0


def _concepts(v: View) -> float:
    """Share of the glossary's concepts in the question that one good hit holds, best of them; 1 without any."""
    e = v.evidence
    marked = np.array([term.key.startswith("§") for term in e.terms], bool)
    if not marked.any():
        return 1.0
    total = float(e.weights[marked].sum())
    return float((e.weights[marked] @ (v.around[marked] >= 1.0)).max(initial=0.0)) / max(total, 1e-6)


#: Every feature: its name in sufficiency.json and how it is computed.
FEATURES: Mapping[str, Callable[[View], float]] = {
    "score": lambda v: _score(v, 0),
    "margin": lambda v: _score(v, 0) - _score(v, 3),
    "cover": lambda v: float(v.cover.max(initial=0.0)),
    "exact": _exact,
    "union": _union,
    "unit": _best_unit,
    "kind": _kind_near,
    "weakest": lambda v: _weak_terms(v, _column(v)),
    "weakest_any": lambda v: _weak_terms(v, v.around[:, :GOOD].max(axis=1)) if v.around.size else 0.0,
    "concepts": _concepts,
    "unknown": _unknown,
    "names_missing": _names_missing,
    "years_missing": _years_missing,
    "cosine": lambda v: float(v.evidence.cosines.max(initial=0.0)),
    "passage_cosine": lambda v: max((hit.feature("cosine") for hit in v.evidence.hits), default=0.0),
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
        raise ValueError(f"sufficiency.json and the features differ: {sorted(set(data['weights']) ^ set(FEATURES))}")
    return Judgement(data["bias"], data["weights"], data["threshold"])


def features(evidence: Evidence, writing: Writing) -> NDArray[np.float32]:
    """(F,) features of the evidence, in the order of FEATURES."""
    seen = view(evidence, writing)
    return np.array([compute(seen) for compute in FEATURES.values()], np.float32)


def missing(evidence: Evidence) -> tuple[str, ...]:
    """The heaviest words of the question that no good hit meets, as they stand in the question."""
    around = np.maximum(evidence.passage, evidence.head)[:, :GOOD]
    met = around.max(axis=1) if around.size else np.zeros(len(evidence.terms), np.float32)
    weak = [at for at in np.argsort(-evidence.weights) if met[at] < MET and not evidence.terms[at].key.startswith("§")]
    return tuple(_surface(evidence, int(at)) for at in weak[:NAMED])


def _surface(evidence: Evidence, at: int) -> str:
    """A term as the question writes it; the terms' own surfaces are folded."""
    surface = evidence.terms[at].surface
    found = re.search(re.escape(surface), unicodedata.normalize("NFKC", evidence.asked.text), re.I)
    return found[0] if found else surface


def judge(evidence: Evidence, writing: Writing, blend: Judgement) -> Sufficiency:
    """Whether the evidence answers its question."""
    if not evidence.hits or not evidence.terms:
        return Sufficiency(False, 0.0, evidence.asked.text, missing(evidence))
    values = dict(zip(FEATURES, map(float, features(evidence, writing)), strict=True))
    logit = blend.bias + sum(blend.weights[name] * value for name, value in values.items())
    confidence = float(1 / (1 + np.exp(-logit)))
    return Sufficiency(confidence >= blend.threshold, confidence, evidence.asked.text, missing(evidence))
