"""Is there enough to answer from? A logistic blend of the signs at each place, a forest over all of them, and the reason in
words. Pure.

The blend finds the place that speaks most for an answer; the forest then looks at that place beside the others, where one
sign may outweigh another only in company. Both and the operating point (sufficiency.json, sufficiency.npz) are fitted by
`python -m evals.fit_refusal` on the tuning half of the cases, over the real documents and the bundled digests. The weakest asked-for term counts,
not only the average: a question about a body, a place or a year that no good hit holds is not answered by a
passage about something near.
"""

import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np

from bot.extract.evidence import Evidence
from bot.extract.overall import MET, OVERALL, met, overall
from bot.extract.reading import Floats, Writing
from bot.extract.scoring import Scored
from bot.extract.signs import FEATURES, features, widened
from bot.extract.view import view
from bot.forest import Forest, load_forest
from bot.question.phrases import phrases
from ingest.language import language_of
from ingest.types import Language
from vectorstore.words import terms

#: Terms named as missing in a reason, at most.
NAMED = 3


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
class Judgement:
    """What was fitted: bias, weights of the features and what is added to them where the question leaves a gap; the forest
    over what `summed` makes of them; and the confidence from which the desk answers.
    """

    bias: float
    weights: Mapping[str, float]
    with_gap: Mapping[str, float]
    forest: Forest
    threshold: float


def load_judgement() -> Judgement:
    """What was fitted. Raises ValueError when a feature has no weight."""
    room = files("bot.extract")
    data = json.loads(room.joinpath("sufficiency.json").read_text("utf-8"))
    for part, names in (("weights", FEATURES), ("with_gap", FEATURES), ("overall", OVERALL)):
        if list(data[part]) != list(names):  # in this order: the forest knows them by their place
            raise ValueError(f"sufficiency.json, {part}, is of others; run `python -m evals.fit_refusal`")
    with as_file(room.joinpath("sufficiency.npz")) as file:
        forest = load_forest(file)
    return Judgement(data["bias"], data["weights"], data["with_gap"], forest, data["threshold"])


def summed(signs: Floats, values: Floats, logits: Floats) -> Floats:
    """(Q + 3 F + 4,) one question as one row: the signs of all of it (Q,), the features (P, F) of the place with the highest
    logit, the two highest logits, their mean and spread, and of every feature the highest and the mean.
    """
    order = np.argsort(-logits, kind="stable")
    first, second = logits[order[0]], logits[order[min(1, len(order) - 1)]]
    spread = [first, second, logits.mean(), logits.std()]
    parts = (signs, values[order[0]], spread, values.max(axis=0), values.mean(axis=0))
    return np.concatenate(parts).astype(np.float32)


def missing(evidence: Evidence) -> tuple[str, ...]:
    """The phrases of the question that no good hit meets, the heaviest first, as they stand in the
    question.
    """
    best = met(evidence)
    place = {term.key: at for at, term in enumerate(evidence.terms)}
    text = unicodedata.normalize("NFKC", evidence.asked.text)
    lacking: dict[str, float] = {}
    for phrase in phrases(text, language_of(text)):
        rows = [place[term.key] for term in terms(phrase) if term.key in place]
        weights = evidence.weights[rows]
        if rows and len(phrase) > 1 and float(weights @ best[rows]) < MET * float(weights.sum()):
            lacking[phrase] = float(weights.max())
    return tuple(sorted(lacking, key=lambda phrase: -lacking[phrase])[:NAMED])


def judge(evidence: Evidence, writing: Writing, scored: Scored, blend: Judgement) -> Sufficiency:
    """Whether the evidence answers its question at any place."""
    if not evidence.units or not evidence.terms:
        return Sufficiency(False, 0.0, evidence.asked.text, missing(evidence))
    weights = np.array([part[name] for part in (blend.weights, blend.with_gap) for name in FEATURES])
    seen = view(evidence, writing, scored)
    values = features(seen, writing)
    logits = np.asarray(blend.bias + widened(values) @ weights, np.float32)
    confidence = blend.forest.probability(summed(overall(seen), values, logits))
    return Sufficiency(confidence >= blend.threshold, confidence, evidence.asked.text, missing(evidence))
