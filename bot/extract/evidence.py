"""A question laid beside what was found: how well each of its terms is met by each sentence, heading and
passage.

Both deciding whether to answer and choosing the sentences read this one table. Late interaction over words as
in the search (`vectorstore.late`), one level deeper: sentences instead of passages.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.extract.reading import Floats, ReadPassage, Writing
from bot.extract.units import Unit
from bot.question.asked import Asked, read_question
from bot.question.slots import Slot, SlotKind, slot_of
from bot.question.substitute import BRACKETED
from bot.question.target import target
from ingest.language import language_of
from vectorstore import late
from vectorstore.glossary import Glossary, analyse
from vectorstore.lexicon import load_lexicon
from vectorstore.types import Hit
from vectorstore.words import Term
from vectorstore.words import terms as words

#: Weight of a term that no passage of the library holds, in units of inverse document frequency.
UNKNOWN_IDF = 6.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """n hits, U units in all of them, m question terms. Matches lie between 0 and 1."""

    asked: Asked
    #: The gap that the question leaves (a number, a date, a person …); None where it asks openly.
    slot: Slot | None
    terms: tuple[Term, ...]
    #: (m,) how much each term counts, and whether the library holds the term at all.
    weights: Floats
    known: NDArray[np.bool_]
    #: Rows of the terms that name the very thing asked for; empty where the question names none.
    target: tuple[int, ...]
    hits: tuple[Hit, ...]
    read: tuple[ReadPassage, ...]
    units: tuple[Unit, ...]
    #: (U,) which hit a unit belongs to.
    hit_of: NDArray[np.int64]
    #: (m, U), (m, n), (m, n): matches in the unit itself, in the whole passage, in title, issuer and
    #: headings.
    body: Floats
    passage: Floats
    head: Floats
    #: (U,) cosine of question and unit, how much of the unit is about the question, and how many of its terms
    #: are new.
    cosines: Floats
    focus: Floats
    news: Floats

    def covered(self, matches: Floats) -> Floats:
        """Weighted mean of the matches over the question's terms, one value per column."""
        total = float(self.weights.sum())
        return np.asarray(
            self.weights @ matches / total if total > 0 else np.zeros(matches.shape[1]), np.float32
        )


#: Gaps that are filled by how a body is reached, which is quoted for nothing else.
REACHED: frozenset[SlotKind] = frozenset({"contact", "place"})
#: A term of a sentence that matches nothing in the question better than this tells something new.
NEW = 0.6
#: Words that a follow-up takes over from the question before stand in brackets behind it: they say what it is about, and
#: count half of what it asks itself.
CARRIED = 0.5
#: Matches of two words that are loosely and closely related.
LOOSE, CLOSE = 0.5, 0.85
#: Words that ask or report and say little of the matter: their weight is cut to this share.
LIGHT = 0.3
_LIGHT = frozenset(
    "say state mention describe accord list name give tell want know need get happen exact much many go "
    "come make take use"
    " set place deal way thing kind sort also still appear like look ask find show 現在 具体 正確 一覧 要点 "
    "話 全部 予定 欲しい"
    " 並べる 挙げる 述べる 説明 辺り 必要 可能".split()
)
_VERBAL = re.compile(r"[ぁ-ん]$")


def _lightness(term: Term) -> float:
    """Japanese words that end in kana are verbs and the like; nouns are what a question is about."""
    return (
        LIGHT if term.key in _LIGHT or _VERBAL.search(term.surface) and not term.key.startswith("§") else 1.0
    )


def _question_terms(query: str, writing: Writing) -> tuple[tuple[Term, ...], Floats, NDArray[np.bool_]]:
    terms = tuple({term.key: term for term in analyse(query, writing.glossary)}.values())
    if not terms:
        return (), np.zeros(0, np.float32), np.zeros(0, bool)
    idf = [writing.rarity(term.key) for term in terms]
    salience = writing.embedder.salience([term.surface for term in terms])
    rarity = np.array([UNKNOWN_IDF if one is None else one for one in idf], np.float32)
    weights = (
        rarity * np.sqrt(np.maximum(salience, 0)) * np.array([_lightness(term) for term in terms], np.float32)
    )
    if carried := BRACKETED.search(query):
        own = {term.key for term in analyse(query[: carried.start()], writing.glossary)}
        weights *= np.array([1.0 if term.key in own else CARRIED for term in terms], np.float32)
    return terms, weights.astype(np.float32), np.array([one is not None for one in idf], bool)


def _similarities(terms: tuple[Term, ...], others: list[Term], writing: Writing) -> Floats:
    """(m, V) match of question terms and other terms: 1 for the same, less for a related one."""
    cosines = writing.vectors(terms) @ writing.vectors(others).T
    soft = late.related(cosines)
    keys = np.array([term.key for term in others])
    column = {term.key: at for at, term in enumerate(others)}
    for row, at, similarity in load_lexicon().pairs([term.key for term in terms], column):
        soft[row, at] = max(soft[row, at], similarity)
    same = np.array([term.key for term in terms])[:, None] == keys[None, :]
    return np.where(same, 1.0, soft).astype(np.float32)


def related(writing: Writing) -> Callable[[str, str], float]:
    """(words, other words) -> how well the best of their terms match, 0 below a loose relation and 1 from a close one."""

    @cache
    def read(text: str) -> tuple[Term, ...]:
        return tuple({term.key: term for term in analyse(text, writing.glossary)}.values())

    @cache
    def match(one: str, other: str) -> float:
        first, second = read(one), read(other)
        if not first or not second:
            return 0.0
        best = float(_similarities(first, list(second), writing).max())
        return min(max((best - LOOSE) / (CLOSE - LOOSE), 0.0), 1.0)

    return match


def _lift(query: str, terms: tuple[Term, ...], similarities: Floats, glossary: Glossary) -> Floats:
    """Lets the words of a known term match wherever the term does, in the other language too (文科 and 省
    where MEXT is).
    """
    place = {term.key: at for at, term in enumerate(terms)}
    folded = unicodedata.normalize("NFKC", query)
    for mention in glossary.mentions(folded):
        whole = place.get(mention.entry.term.key)
        for part in words(folded[mention.start : mention.end]):
            if whole is not None and part.key in place:
                row = place[part.key]
                similarities[row] = np.maximum(similarities[row], similarities[whole])
    return similarities


def _best(similarities: Floats, lists: list[tuple[Term, ...]], column: dict[str, int]) -> Floats:
    """(m, len(lists)) best match of each question term in each list."""
    best = np.zeros((len(similarities), len(lists)), np.float32)
    for at, terms in enumerate(lists):
        if terms:
            best[:, at] = similarities[:, [column[term.key] for term in terms]].max(axis=1)
    return best


def _own_terms(
    similarities: Floats, lists: list[tuple[Term, ...]], column: dict[str, int]
) -> tuple[Floats, Floats]:
    """Per list: the mean over its terms of their best match in the question, and how many terms are new
    to it.
    """
    if not similarities.size:
        return np.zeros(len(lists), np.float32), np.zeros(len(lists), np.float32)
    best = similarities.max(axis=0)
    matches = [best[list({column[term.key] for term in terms})] if terms else np.zeros(1) for terms in lists]
    focus = np.array([one.mean() for one in matches], np.float32)
    return focus, np.array([(one < NEW).sum() for one in matches], np.float32)


def _target_rows(text: str, terms: tuple[Term, ...], glossary: Glossary) -> tuple[int, ...]:
    """Rows of the asked-for thing: what the glossary knows in it, or else its last word, the noun that
    counts.
    """
    thing = target(text, language_of(text) == "ja")
    place = {term.key: at for at, term in enumerate(terms)}
    known = [m for m in glossary.mentions(thing) if m.entry.term.key in place]
    if known and known[-1].end == len(thing):
        return (place[known[-1].entry.term.key],)
    return tuple(place[term.key] for term in words(thing)[-1:] if term.key in place)


def gather(query: str, hits: tuple[Hit, ...], writing: Writing) -> Evidence:
    """The evidence table of a question and its hits. Pure but for the reader's cache."""
    terms, weights, known = _question_terms(query, writing)
    asked = read_question(query, writing.glossary)
    slot = slot_of(asked.text)
    read = tuple(writing.read(hit) for hit in hits)
    if slot is None or slot.kind not in REACHED:
        read = tuple(passage.without("contact") for passage in read)
    unit_terms = [one for passage in read for one in passage.terms]
    heads = [passage.head for passage in read]
    distinct = list({term.key: term for term in chain(*unit_terms, *heads)}.values())
    column = {term.key: at for at, term in enumerate(distinct)}
    units = tuple(unit for passage in read for unit in passage.units)
    hit_of = np.repeat(np.arange(len(read)), [len(passage.units) for passage in read]).astype(np.int64)
    vectors = [passage.vectors for passage in read if len(passage.vectors)]
    if terms and distinct:
        similarities = _lift(query, terms, _similarities(terms, distinct, writing), writing.glossary)
    else:
        similarities = np.zeros((len(terms), max(len(distinct), 1)), np.float32)
    body = _best(similarities, unit_terms, column)
    passage = np.zeros((len(terms), len(read)), np.float32)
    for at in range(len(read)):
        if (hit_of == at).any():
            passage[:, at] = body[:, hit_of == at].max(axis=1)
    question = writing.embedder.queries([query])[0]
    focus, news = _own_terms(similarities, unit_terms, column)
    return Evidence(
        asked=asked,
        slot=slot,
        target=_target_rows(asked.text, terms, writing.glossary),
        terms=terms,
        weights=weights,
        known=known,
        hits=hits,
        read=read,
        units=units,
        hit_of=hit_of,
        body=body,
        passage=passage,
        head=_best(similarities, heads, column),
        cosines=np.concatenate(vectors) @ question if vectors else np.zeros(0, np.float32),
        focus=focus,
        news=news,
    )
