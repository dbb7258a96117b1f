"""A question as it is compared with another: its terms and names, figures and concepts, and what two of them are like.

Pure but for the embedder and the glossary that it is given.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

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
#: How much of a question stands in a way to ask, in order, where a denial turns it round: none of 36 paraphrases in which
#: one side alone denies has more than .5, half of such near misses have (evals/matching.tsv, tuning).
OPPOSITE = 0.55
#: Questions that are remembered as they are compared.
REMEMBERED = 4_096
SIGNS = (
    "cosine", "covered", "both", "one term", "frame", "names dropped", "names added", "figures dropped", "figures added",
    "denial", "nothing met", "Japanese", "across", *COMPARED,
)  # fmt: skip

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
#: What makes no difference between the same words: space and the signs of a sentence; "+", "-", "<" and the like do.
_NO_WORD = re.compile(r"[\s、。，．,.?!？！「」『』“”\"']+")
#: The comma in 10,000.
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
#: A figure that is none: a week is written as one week.
_ONE = re.compile(r"(?<![\d.])1(?=週間|か月|年間|つの)")
_NAMED = frozenset({"body", "place", "programme"})


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """A question as it is compared: its terms with vectors (n, d) and weights (n,), its own vector, and what it asks."""

    text: str
    #: The text without what makes no difference between the same words.
    bare: str
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


class Reader:
    """Reads questions as they are compared."""

    def __init__(self, embedder: Embedder, glossary: Glossary) -> None:
        self._embedder = embedder
        self._glossary = glossary
        self.read: Callable[[str], Compared] = lru_cache(maxsize=REMEMBERED)(self._fresh)

    def _fresh(self, text: str) -> Compared:
        mentions = self._glossary.mentions(text)
        keys, surfaces = _terms(text, mentions)
        asked = read(text, [(m.start, m.end) for m in mentions if m.entry.kind in _NAMED])
        carry = load_carry()
        weights = np.sqrt(self._embedder.salience(surfaces)) if surfaces else np.zeros(0, np.float32)
        vectors, words = self._many(surfaces), self._many(list(asked.words.values()))
        return Compared(
            text,
            _bare(text),
            keys,
            vectors,
            weights * np.array([carry.get(key, 1.0) for key in keys], np.float32),
            self._embedder.queries([text])[0],
            frozenset(_FIGURE.findall(_ONE.sub("", _THOUSANDS.sub("", fold(text))))),
            _names(text, mentions),
            asked,
            language_of(text),
            words,
            np.vstack([words, vectors]),
        )

    def _many(self, texts: Sequence[str]) -> Floats:
        empty = np.zeros((0, self._embedder.dimension), np.float32)
        return self._embedder.queries(list(texts)) if texts else empty


def another(asked: Compared, ways: Sequence[Compared]) -> bool:
    """Whether figures or names in the place of others, a denial in nearly the same words, or the very same words in another
    order make it another question. True where there is no way to ask.

    Of the same words in another order nothing here can tell who gives and who gets, so they count as another question.
    """
    return (
        all(_instead(way.figures, asked.figures) for way in ways)
        or all(_instead(way.names, asked.names) for way in ways)
        or _turned_round(asked, ways)
        or (not verbatim(asked, ways) and any(sorted(way.bare) == sorted(asked.bare) for way in ways))
    )


def verbatim(asked: Compared, ways: Sequence[Compared]) -> bool:
    """Whether the question is a way to ask, word for word; signs, spaces and capitals are no difference."""
    return any(way.bare == asked.bare for way in ways)


def signs(asked: Compared, ways: Sequence[Compared]) -> tuple[float, ...]:
    """The values of SIGNS for a question and the ways to ask for one answer, at least one."""
    tables = [_similarities(asked, way) for way in ways]
    best = np.max([table.max(axis=1, initial=0.0) for table in tables], axis=0)
    covered = max(
        _share(way.weights, table.max(axis=0, initial=0.0)) for way, table in zip(ways, tables, strict=True)
    )
    gaps = np.sort(asked.weights * (1 - best) / (asked.weights.max(initial=0.0) + 1e-9))[::-1]
    named = frozenset[str]().union(*(way.names for way in ways))
    return (
        max(float(asked.whole @ way.whole) for way in ways),
        covered,
        min(_share(asked.weights, best), covered),
        float(gaps[0] - gaps[1]) if len(gaps) > 1 else 0.0,
        max(_alike(asked.text, way.text) for way in ways) ** 4 * float(gaps[0]) if len(gaps) else 0.0,
        float(bool(named) and not asked.names & named),
        float(bool(asked.names - named)),
        float(all(way.figures - asked.figures for way in ways)),
        float(all(asked.figures - way.figures for way in ways)),
        float(all(way.asked.denies != asked.asked.denies for way in ways)),
        float(asked.asked.unrelated([way.asked for way in ways])),
        float(asked.language == "ja"),
        float(across(asked, ways)),
        *asked.asked.beside([Beside(way.asked, _near(asked, way), _near(way, asked)) for way in ways]),
    )


def across(asked: Compared, ways: Sequence[Compared]) -> bool:
    """Whether no way to ask is in the language of the question: much less can be seen then."""
    return all(way.language != asked.language for way in ways)


def _turned_round(asked: Compared, ways: Sequence[Compared]) -> bool:
    """Whether the question denies what every way to ask does not, or the other way round, and nearly in one's words."""
    if any(way.asked.denies == asked.asked.denies for way in ways):
        return False
    return any(_alike(asked.text, way.text) >= OPPOSITE for way in ways)


def _bare(text: str) -> str:
    """A text without what makes no difference between the same words."""
    return _NO_WORD.sub("", _THOUSANDS.sub("", fold(text))) or text


def _instead(theirs: frozenset[str], ours: frozenset[str]) -> bool:
    """Whether each of two has something that the other has not: one stands in the place of the other."""
    return bool(theirs - ours and ours - theirs)


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


def _near(one: Compared, other: Compared) -> Mapping[Senses, float]:
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


def _similarities(one: Compared, other: Compared) -> Floats:
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
