"""What speaks for a passage: the features of the blend, each between 0 and about 1. Pure.

A new ranking idea is one function and one entry in FEATURES here, and one weight in blend.json.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorstore.late import Floats, Matches, QuestionTerms


@dataclass(frozen=True, slots=True)
class Scored:
    """One question's candidates with all that the features need. n candidates, m question terms."""

    question: QuestionTerms
    cosines: Floats
    context_cosines: Floats
    keywords: Floats
    matches: Matches
    lengths: Floats
    same_language: Floats
    digest: Floats
    #: 1 where the question's language has a version of its own of the passage's document.
    foreign_twin: Floats


def _share(matches: Floats, weights: Floats) -> Floats:
    """(n,) weighted mean of the question terms' matches."""
    total = weights.sum()
    return (weights @ matches / total if total > 0 else np.zeros(matches.shape[1])).astype(np.float32)


def _concepts(scored: Scored) -> Floats:
    """Share of the glossary's concepts in the question that stand in the passage or its heading."""
    marked = np.array([key.startswith("§") for key in scored.question.keys], dtype=bool)
    if not marked.any():
        return np.zeros(len(scored.cosines), np.float32)
    best = np.maximum(scored.matches.body, scored.matches.head)[marked]
    return _share((best >= 1.0).astype(np.float32), scored.question.weights[marked])


def _figures(scored: Scored) -> Floats:
    """Share of the question's figures (years among them) that stand in the passage or its heading."""
    marked = np.array([key.isdigit() for key in scored.question.keys], dtype=bool)
    if not marked.any():
        return np.zeros(len(scored.cosines), np.float32)
    best = np.maximum(scored.matches.body, scored.matches.head)[marked]
    return np.asarray((best >= 1.0).mean(axis=0), np.float32)


def _everywhere(scored: Scored) -> Floats:
    """Best match of each term in any field, body first."""
    matches = scored.matches
    best = np.maximum(matches.body, np.maximum(0.9 * matches.head, 0.6 * matches.near))
    return _share(best, scored.question.weights)


def _exact(scored: Scored) -> Floats:
    """Share of the question's terms that stand in the passage as they are."""
    return _share((scored.matches.body >= 1.0).astype(np.float32), scored.question.weights)


def _foreign(scored: Scored) -> Floats:
    """1 where question and passage differ in language: words meet less often there, a cosine is to be believed more."""
    return np.asarray(1.0 - scored.same_language, np.float32)


#: Every feature of the blend: its name in blend.json and how it is computed, (n,).
FEATURES: Mapping[str, Callable[[Scored], Floats]] = {
    "cosine": lambda s: s.cosines,
    "context": lambda s: s.context_cosines,
    "keywords": lambda s: s.keywords,
    "body": lambda s: _share(s.matches.body, s.question.weights),
    "head": lambda s: _share(s.matches.head, s.question.weights),
    "near": lambda s: _share(s.matches.near, s.question.weights),
    "everywhere": _everywhere,
    "window": lambda s: s.matches.window,
    "exact": _exact,
    "cosine across": lambda s: s.cosines * _foreign(s),
    "context across": lambda s: s.context_cosines * _foreign(s),
    "keywords across": lambda s: s.keywords * _foreign(s),
    "concepts": _concepts,
    "figures": _figures,
    "length": lambda s: s.lengths,
    "same_language": lambda s: s.same_language,
    "digest": lambda s: s.digest,
    "foreign_twin": lambda s: s.foreign_twin,
}


def features(scored: Scored) -> NDArray[np.float32]:
    """(n, F) features of the candidates, in the order of FEATURES."""
    return np.stack([compute(scored) for compute in FEATURES.values()], axis=1)
