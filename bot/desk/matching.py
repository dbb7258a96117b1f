"""Whether a question asks what an approved answer answers, within a language and across the two. Pure but for the
embedder and the glossary that it is given.

A question is laid beside every way to ask for an answer: cosine of the two; late interaction over their terms, both
ways; whether they ask for the same kind of thing (who, when, how long, whether one may); whether their words are
opposites; whether they differ in one term alone, which is then what they differ about; and how much of the question
the ways of that language bear out which bears out less. One fitted logistic sum of these decides; a question with
other figures, or that only comes near, gets no reviewed answer.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files
from math import exp

import numpy as np
from numpy.typing import NDArray

from bot.checks.opposites import OPPOSITES
from bot.checks.synonyms import synonyms
from ingest.language import fold, language_of
from vectorstore import late
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.search import load_carry
from vectorstore.words import terms

Floats = NDArray[np.float32]
#: What two words of one meaning are worth to each other.
SYNONYM = 0.9

_KINDS: Mapping[str, str] = {
    "who": r"誰|だれ|担当者|承認者|対象者|持ち主|どちらに帰属|どこに(?:連絡|届|申)|連絡先|通報先|窓口|担当(?:部署|です)|"
    r"\b(?:who|whom|whose)\b|which (?:people|office|unit)|where (?:do|should|can) (?:i|we) (?:report|apply|ask)",
    "when": r"いつ|どの(?:時点|段階|タイミング)|時期|何日|何月|\bwhen\b|at what (?:point|time|stage)",
    "how long": r"何年(?!から)|何[かヶカ]月間|期間|何日間|何時間|どのくらいの間|最長|how long|longest|"
    r"(?:for )?how many (?:years|months|weeks|days|hours)",
    "how often": r"頻度|間隔|何[かヶカ]月ごと|何年ごと|how (?:often|frequently)|at what intervals?",
    "how many": r"何(?:人|名|校|件|か国|回|割)|いくつ|how many (?!years|months|weeks|days|hours)",
    "money": r"いくら|費用|旅費|経費|料金|how much|\bcosts?\b|\bpays?\b for|負担",
    "difference": r"違(?:い|う|っ)|異な|相違|differ",
    "criteria": r"基準|観点|criteri|what do (?:we|you) look (?:at|for)|on what basis",
    "may": r"ても(?:よい|いい|構わ)|て(?:よい|いい)(?:です|か)|できますか|認められ|許され|禁止|可能です|\bmay\b|acceptable|\bcan\b|allowed|"
    r"permitted|all right",
    "must": r"必要(?:が|は|です|で)|なければ|べき(?:です|か|で)|義務|要りますか|不可欠|\bmust\b|have to|has to|\bneed(?:s|ed)?\b|required|"
    r"obliged|\bdo we (?:check|report|ask)",
    "how": r"どう(?!違|異)|どのよう|方法|手続|手順|\bhow (?:can|do|does|should|is|are|to)\b",
}
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SAYS = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _KINDS.items()}
FEATURES = (
    "cosine", "asked", "covered", "both", "one term", "kinds", "other kind", "opposite", "frame", "least",
)  # fmt: skip


@dataclass(frozen=True)
class _Read:
    """A question as it is compared: its terms with vectors (n, d) and weights (n,), its own vector, and what it asks."""

    keys: tuple[str, ...]
    vectors: Floats
    weights: Floats
    whole: Floats
    kinds: frozenset[str]
    sides: frozenset[tuple[str, int]]
    figures: frozenset[str]
    language: str


def _kinds_of(text: str) -> frozenset[str]:
    return frozenset(kind for kind, says in _SAYS.items() if says.search(text))


@cache
def _sides() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    return tuple(
        (name, side, re.compile(rf"\b(?:{english})\b|{japanese}", re.IGNORECASE))
        for name, (en_plus, en_minus, ja_plus, ja_minus) in OPPOSITES.items()
        for side, english, japanese in ((1, en_plus, ja_plus), (-1, en_minus, ja_minus))
    )


def _sides_of(text: str) -> frozenset[tuple[str, int]]:
    return frozenset((name, side) for name, side, says in _sides() if says.search(text))


class Matcher:
    """Compares questions. `threshold` is the least score that counts as the same question."""

    def __init__(self, embedder: Embedder, glossary: Glossary, weights: "Weights | None" = None) -> None:
        self._embedder = embedder
        self._glossary = glossary
        self._weights = weights or load_weights()
        self._read = lru_cache(maxsize=4_096)(self._fresh)

    @property
    def threshold(self) -> float:
        """The least score, 0 to 1, at which a reviewed answer is shown."""
        return self._weights.threshold

    def vectors(self, texts: Sequence[str]) -> Floats:
        """(n, d) the questions' own vectors, for a first look at very many of them."""
        return self._embedder.queries(list(texts))

    def scores(self, question: str, answers: Sequence[tuple[str, ...]]) -> tuple[float, ...]:
        """For each answer, given as the ways to ask for it, how surely the question asks for it: 0 to 1."""
        return tuple(
            self._weights.score(self.features(question, variants))
            if self._figures_agree(question, variants)
            else 0.0
            for variants in answers
        )

    def _figures_agree(self, question: str, variants: Sequence[str]) -> bool:
        """Whether some way to ask names the very figures of the question: another number is another question."""
        asked = self._read(question).figures
        return any(self._read(variant).figures == asked for variant in variants)

    def features(self, question: str, variants: Sequence[str]) -> tuple[float, ...]:
        """The values of FEATURES for a question and the ways to ask for one answer."""
        if not variants:
            return (0.0,) * len(FEATURES)
        asked, ways = self._read(question), [self._read(variant) for variant in variants]
        tables = [_similarities(asked, way) for way in ways]
        best = np.max([table.max(axis=1, initial=0.0) for table in tables], axis=0)
        covered = max(
            _share(way.weights, table.max(axis=0, initial=0.0))
            for way, table in zip(ways, tables, strict=True)
        )
        gaps = np.sort(asked.weights * (1 - best) / (asked.weights.max(initial=0.0) + 1e-9))[::-1]
        one_term = float(gaps[0] - gaps[1]) if len(gaps) > 1 else 0.0
        share = _share(asked.weights, best)
        kinds = max(_agree(asked.kinds, way.kinds) for way in ways)
        other = min(float(bool(asked.kinds and way.kinds) and not asked.kinds & way.kinds) for way in ways)
        opposite = min(len(_opposed(asked.sides, way.sides)) for way in ways)
        cosine = max(float(asked.whole @ way.whole) for way in ways)
        frame = (
            max(_alike(question, variant) for variant in variants) ** 4 * float(gaps[0]) if len(gaps) else 0.0
        )
        return (
            cosine,
            share,
            covered,
            min(share, covered),
            one_term,
            kinds,
            other,
            float(min(opposite, 2)),
            frame,
            _least(asked, ways, tables),
        )

    def _fresh(self, text: str) -> _Read:
        folded = fold(text)
        rest, surfaces = list(text), {}
        for mention in self._glossary.mentions(text):
            surfaces[mention.entry.term.key] = mention.entry.term.surface
            if mention.end <= len(rest):
                rest[mention.start : mention.end] = " " * (mention.end - mention.start)
        for term in terms("".join(rest)):
            surfaces.setdefault(term.key, term.surface)
        keys, words = tuple(surfaces), list(surfaces.values())
        carry = load_carry()
        weights = np.sqrt(self._embedder.salience(words)) if words else np.zeros(0, np.float32)
        weights = weights * np.array([carry.get(key, 1.0) for key in keys], np.float32)
        vectors = (
            self._embedder.queries(words) if words else np.zeros((0, self._embedder.dimension), np.float32)
        )
        return _Read(
            keys,
            vectors,
            weights,
            self._embedder.queries([text])[0],
            _kinds_of(folded),
            _sides_of(folded),
            frozenset(_FIGURE.findall(folded)),
            language_of(text),
        )


def _similarities(one: _Read, other: _Read) -> Floats:
    """(n, m) how near the terms of two questions are, 0 to 1."""
    near = late.related(one.vectors @ other.vectors.T)
    for at, key in enumerate(one.keys):
        alike = synonyms(key)
        for beside, against in enumerate(other.keys):
            if key == against:
                near[at, beside] = 1.0
            elif against in alike:
                near[at, beside] = max(near[at, beside], SYNONYM)
    return np.asarray(near, np.float32)


def _share(weights: Floats, best: Floats) -> float:
    total = float(weights.sum())
    return float((weights * best).sum()) / total if total else 0.0


def _alike(one: str, other: str) -> float:
    """How much of two texts stands in both in the same order, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _agree(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.5


def _least(asked: _Read, ways: Sequence[_Read], tables: Sequence[Floats]) -> float:
    """The share of the question's terms that the ways of one language bear out, in the language that bears out less."""
    best: dict[str, float] = {}
    for way, table in zip(ways, tables, strict=True):
        share = _share(asked.weights, table.max(axis=1, initial=0.0))
        best[way.language] = max(best.get(way.language, 0.0), share)
    return min(best.values())


def _opposed(one: frozenset[tuple[str, int]], other: frozenset[tuple[str, int]]) -> set[str]:
    """Dimensions in which the two stand on opposite sides and neither on both."""
    return {
        name
        for name, side in one
        if (name, -side) in other and (name, -side) not in one and (name, side) not in other
    }


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted logistic sum: one weight for each of FEATURES, and the least score."""

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def score(self, features: Sequence[float]) -> float:
        """The score of one comparison, 0 to 1."""
        total = self.bias + sum(w * value for w, value in zip(self.weights, features, strict=True))
        return 1 / (1 + exp(-max(min(total, 50.0), -50.0)))


def load_weights() -> Weights:
    """The fitted weights. Raises ValueError when they are of other features."""
    held = json.loads(files("bot").joinpath("desk/matching.json").read_text("utf-8"))
    if tuple(held["weights"]) != FEATURES:
        raise ValueError("matching.json is of other features; run `python -m evals.fit_matching`")
    return Weights(tuple(held["weights"].values()), held["bias"], held["threshold"])
