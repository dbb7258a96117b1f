"""Whether a question asks what an approved answer answers, within a language and across the two. Pure but for the
embedder and the glossary that it is given.

First, what makes it another question, whatever else is alike: other figures or names, a denial that only one of them has,
another interrogative, no concept in common.
Then one fitted logistic sum decides: cosine; late interaction over the terms, both ways; whether the two differ in one term
alone, which is then what they differ about; what both ask for (kinds.py); and the concepts in which they meet, that the
question adds and that it leaves out (concepts.py). A question that only comes near gets no reviewed answer.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.resources import files
from math import exp

import numpy as np
from numpy.typing import NDArray

from bot.checks.names import abbreviations
from bot.checks.places import places
from bot.checks.synonyms import synonyms
from bot.desk.concepts import COMPARED, Asked, Beside, Senses, read
from ingest.language import fold, language_of
from vectorstore import late
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary, Mention
from vectorstore.search import load_carry
from vectorstore.words import terms

Floats = NDArray[np.float32]
#: What two words of one meaning are worth to each other.
SYNONYM = 0.9
#: The least score at which a reviewed answer is shown.
THRESHOLD = 0.5
#: The two sums of matching.json, by whether some way to ask is in the question's language.
WITHIN_ACROSS = ("within", "across")

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
#: A figure that is none: a week is written as one week.
_ONE = re.compile(r"(?<![\d.])1(?=週間|か月|年間|つの)")
_NAMED = frozenset({"body", "place", "programme"})
FEATURES = (
    "cosine", "covered", "both", "one term", "frame", "names dropped", "names added", *COMPARED,
)  # fmt: skip


@dataclass(frozen=True)
class _Read:
    """A question as it is compared: its terms with vectors (n, d) and weights (n,), its own vector, and what it asks."""

    keys: tuple[str, ...]
    vectors: Floats
    weights: Floats
    whole: Floats
    figures: frozenset[str]
    names: frozenset[str]
    asked: Asked
    language: str
    #: (w, d) the vectors of `asked.words`, and (w + n, d) these with those of the terms.
    words: Floats
    all: Floats


class Matcher:
    """Compares questions, with `weights` where a way to ask is in the question's language, and where none is."""

    def __init__(
        self, embedder: Embedder, glossary: Glossary, weights: "tuple[Weights, Weights] | None" = None
    ) -> None:
        self._embedder = embedder
        self._glossary = glossary
        self._weights = weights or load_weights()
        self._read = lru_cache(maxsize=4_096)(self._fresh)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """(n, d) the questions' own vectors, for a first look at very many of them."""
        return self._embedder.queries(list(texts))

    def scores(self, question: str, answers: Sequence[tuple[str, ...]]) -> tuple[float, ...]:
        """For each answer, given as the ways to ask for it, how surely the question asks for it: 0 to 1."""
        return tuple(self._score(question, variants) for variants in answers)

    def _score(self, question: str, variants: Sequence[str]) -> float:
        if self.another(question, variants):
            return 0.0
        weights = self._weights[self.across(question, variants)]
        return weights.score(self.features(question, variants))

    def another(self, question: str, variants: Sequence[str]) -> bool:
        """Whether the question asks for something else, whatever else is alike. True where there is no way to ask."""
        asked, ways = self._read(question), [self._read(variant) for variant in variants]
        if not any(way.figures == asked.figures for way in ways):
            return True
        if all(way.names - asked.names and asked.names - way.names for way in ways):
            return True
        if all(way.asked.denies != asked.asked.denies for way in ways):
            return True
        return asked.asked.elsewhere([way.asked for way in ways])

    def across(self, question: str, variants: Sequence[str]) -> bool:
        """Whether no way to ask is in the language of the question: much less can be seen then."""
        return all(self._read(variant).language != self._read(question).language for variant in variants)

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
        named = frozenset[str]().union(*(way.names for way in ways))
        return (
            max(float(asked.whole @ way.whole) for way in ways),
            covered,
            min(_share(asked.weights, best), covered),
            float(gaps[0] - gaps[1]) if len(gaps) > 1 else 0.0,
            max(_alike(question, variant) for variant in variants) ** 4 * float(gaps[0])
            if len(gaps)
            else 0.0,
            float(bool(named) and not asked.names & named),
            float(bool(asked.names - named)),
            *asked.asked.beside([Beside(way.asked, _near(asked, way), _near(way, asked)) for way in ways]),
        )

    def _fresh(self, text: str) -> _Read:
        mentions = self._glossary.mentions(text)
        keys, surfaces = _terms(text, mentions)
        asked = read(text, [(m.start, m.end) for m in mentions if m.entry.kind in _NAMED])
        carry = load_carry()
        weights = np.sqrt(self._embedder.salience(surfaces)) if surfaces else np.zeros(0, np.float32)
        vectors, words = self._many(surfaces), self._many(list(asked.words.values()))
        return _Read(
            keys,
            vectors,
            weights * np.array([carry.get(key, 1.0) for key in keys], np.float32),
            self._embedder.queries([text])[0],
            frozenset(_FIGURE.findall(_ONE.sub("", fold(text)))),
            _names(text, mentions),
            asked,
            language_of(text),
            words,
            np.vstack([words, vectors]),
        )

    def _many(self, texts: Sequence[str]) -> Floats:
        empty = np.zeros((0, self._embedder.dimension), np.float32)
        return self._embedder.queries(list(texts)) if texts else empty


def _terms(text: str, mentions: Sequence[Mention]) -> tuple[tuple[str, ...], list[str]]:
    """The keys and the surfaces of the terms of a text, those of the glossary first."""
    rest, surfaces = list(text), {}
    for mention in mentions:
        surfaces[mention.entry.term.key] = mention.entry.term.surface
        if mention.end <= len(rest):
            rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    for term in terms("".join(rest)):
        surfaces.setdefault(term.key, term.surface)
    return tuple(surfaces), list(surfaces.values())


def _near(one: _Read, other: _Read) -> Mapping[Senses, float]:
    """How near each word of one question is to the nearest of the other's words and terms, 0 to 1."""
    if not len(one.words) or not len(other.all):
        return dict.fromkeys(one.asked.words, 0.0)
    table = late.related(one.words @ other.all.T)
    return dict(zip(one.asked.words, map(float, table.max(axis=1)), strict=True))


def _names(text: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """The bodies, places and programmes that a text names, by one id in both languages; Japan, where the desk is, is no
    difference, and an abbreviation counts where the glossary knows neither it nor another name.
    """
    known = frozenset(
        f"§{mention.entry.number}"
        for mention in mentions
        if mention.entry.kind in _NAMED and "Japan" not in mention.entry.en
    )
    abroad = frozenset(name for name, _, _ in places(text) if name != "Japan")
    explained = "".join(text[mention.start : mention.end] for mention in mentions)
    return abroad | (known or frozenset(short for short in abbreviations(text) if short not in explained))


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


@dataclass(frozen=True, slots=True)
class Weights:
    """A fitted logistic sum: one weight for each of FEATURES; the bias is such that THRESHOLD is the fitted threshold."""

    weights: tuple[float, ...]
    bias: float

    def score(self, features: Sequence[float]) -> float:
        """The score of one comparison, 0 to 1."""
        total = self.bias + sum(w * value for w, value in zip(self.weights, features, strict=True))
        return 1 / (1 + exp(-max(min(total, 50.0), -50.0)))


def load_weights() -> tuple[Weights, Weights]:
    """The fitted weights: within a language, and across. Raises ValueError when they are of other features."""
    held = json.loads(files("bot").joinpath("desk/matching.json").read_text("utf-8"))
    if any(tuple(held[name]["weights"]) != FEATURES for name in WITHIN_ACROSS):
        raise ValueError("matching.json is of other features; run `python -m evals.fit_matching`")
    within, across = (
        Weights(tuple(held[name]["weights"].values()), held[name]["bias"]) for name in WITHIN_ACROSS
    )
    return within, across
