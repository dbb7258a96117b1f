"""Writes an answer without any language model: the sentences of the passages that answer, word for word.

Every draft's text is its quote. The most direct sentence comes first; a list that is asked for is kept whole;
a sentence that points back (これ, It) brings the one before it; what two sources say alike is said once.
Pure.
"""

import re

import numpy as np

from bot.extract.evidence import Evidence
from bot.extract.extent import Extent, around, is_line, pointed_back, single
from bot.extract.reading import Floats
from bot.extract.scoring import odds
from bot.extract.units import Unit, is_remark
from bot.question.asked import Kind
from bot.types import STROKE, Draft, Quote
from ingest.language import fold
from vectorstore.types import Hit

#: Statements in an answer, unless a list that was asked for is longer.
MOST = 7
#: Kinds of questions that one sentence can settle, and statements in an answer to them.
SETTLED: tuple[Kind, ...] = ("when", "who", "where", "number", "whether")
MOST_SHORT = 6
#: A sentence this far below the best is not shown, as a share of the spread between best and median.
CLOSE = 0.6
#: The same for a sentence of another document than the best one's.
CLOSE_ELSEWHERE = 0.35
#: Cosine from which two sentences say the same: in one language, and across the two.
SAME, SAME_ACROSS = 0.93, 0.8
#: The same across the languages of one document, which says things twice (a bilingual slide, a digest in both).
TWIN = 0.6
#: Lines of whose words this share stands in their document's title, issuer or headings say nothing more.
NAMES_ALONE = 0.8
#: So many of the best units are looked at for such lines.
LEADING = 12
#: Kinds of questions that the names on a title page may answer.
OF_A_NAME: tuple[Kind, ...] = ("when", "who", "where")
#: Entries of a list that is shown whole.
LONGEST_LIST = 14
#: A list that is asked for is looked for at this many of the best units.
LISTED = 2
#: Share of all weight (softmax of the scores) that the shown sentences hold; what is left over is not shown.
MASS = 0.98

#: A line end inside a quote behind a sentence, and any other with the list mark after it.
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s*\n\s*")
_LINE_END = re.compile(r"\s*\n\s*(?:[-–•⚫※○●・*]\s+)?")
_FIGURE = re.compile(r"\d")


def _order(scores: Floats) -> list[int]:
    return [int(at) for at in np.argsort(-scores, kind="stable")]


def _unit_vectors(evidence: Evidence) -> Floats:
    parts = [passage.vectors for passage in evidence.read if len(passage.vectors)]
    return np.concatenate(parts) if parts else np.zeros((0, 0), np.float32)


def _says_the_same(evidence: Evidence, vectors: Floats, one: int, other: int) -> bool:
    a, b = fold(evidence.units[one].text), fold(evidence.units[other].text)
    if a in b or b in a:
        return True
    first, second = (evidence.hits[int(evidence.hit_of[at])] for at in (one, other))
    cosine = float(vectors[one] @ vectors[other])
    if first.passage.language == second.passage.language:
        return cosine >= SAME
    return cosine >= (TWIN if first.record.key == second.record.key else SAME_ACROSS)


def _asks_for_list(evidence: Evidence) -> bool:
    return evidence.asked.wants("list") or evidence.asked.count > 1


def _list_of(evidence: Evidence, at: int) -> list[int]:
    """The whole list that a unit stands in or introduces, its introducing line first; empty outside lists."""
    unit, hit = evidence.units[at], evidence.hit_of[at]
    run = unit.leads if unit.leads >= 0 else unit.run
    if run < 0:
        return []
    inside = [
        other for other in np.flatnonzero(evidence.hit_of == hit) if run in _runs(evidence.units[other])
    ]
    return [int(other) for other in inside] if 2 < len(inside) <= LONGEST_LIST else []


def _runs(unit: Unit) -> tuple[int, int]:
    return unit.run, unit.leads


def _leads_on(evidence: Evidence, at: int) -> bool:
    """Whether a heading is followed by words in the same passage, which are then quoted instead."""
    after = at + 1
    inside = after < len(evidence.units) and evidence.hit_of[after] == evidence.hit_of[at]
    return bool(inside) and evidence.units[after].kind != "heading"


def _floor(scores: Floats, share: float) -> float:
    """The score that lies this share of the way from the best to the median."""
    best, middle = float(scores.max()), float(np.median(scores))
    return best - share * (best - middle)


def _most(evidence: Evidence) -> int:
    most = MOST_SHORT if evidence.asked.wants(*SETTLED) else MOST
    return max(most, min(evidence.asked.count + 1, MOST)) if evidence.asked.count else most


def _worth(evidence: Evidence, scores: Floats) -> list[int]:
    """Units in order of their score, as long as they come near the best and hold weight; at least one.

    Those of another document than the best one's must come nearer.
    """
    share = odds(scores)
    order = _order(scores)
    sources = np.array([hit.passage.source for hit in evidence.hits])[evidence.hit_of]
    floors = np.where(sources == sources[order[0]], _floor(scores, CLOSE), _floor(scores, CLOSE_ELSEWHERE))
    before = np.concatenate(([0.0], np.cumsum(share[order])[:-1])) / share.sum()
    return [
        at for at, mass in zip(order, before, strict=True) if mass < MASS and scores[at] >= floors[at]
    ] or order[:1]


def _extent(evidence: Evidence, scored: int) -> Extent | None:
    """What is shown for a scored unit: its extent, of a heading above sentences the first of these; None where nothing
    can be read alone.
    """
    at = scored
    if evidence.units[at].kind == "heading":
        if not _leads_on(evidence, at):
            return None
        if not is_line(evidence.units[at + 1]):
            at += 1
    unit, extent = evidence.units[at], around(evidence, at)
    if is_remark(unit.text):
        return None
    alone = extent.first == extent.last and (unit.kind == "lead" or not (unit.whole or unit.label))
    return None if alone and not _FIGURE.search(unit.text) else extent


def _only_names(evidence: Evidence, extent: Extent) -> bool:
    """Whether lines say little but the title, issuer or headings that they stand under, which every citation shows."""
    if not is_line(evidence.units[extent.at]):
        return False
    hit = int(evidence.hit_of[extent.at])
    read, begins = evidence.read[hit], int(np.argmax(evidence.hit_of == hit))
    keys = [term.key for at in range(extent.first, extent.last + 1) for term in read.terms[at - begins]]
    known = {term.key for term in read.head}
    return sum(key in known for key in keys) >= NAMES_ALONE * len(keys)


def _without_names(evidence: Evidence, scores: Floats) -> Floats:
    """The scores with such lines last, unless the question may be answered by a name on a title page."""
    if evidence.asked.wants(*OF_A_NAME):
        return scores
    lowered = scores.copy()
    for at in _order(scores)[:LEADING]:
        if _only_names(evidence, around(evidence, at)):
            lowered[at] = scores.min()
    return lowered


def _pick(evidence: Evidence, scores: Floats) -> list[Extent]:
    """What is shown, best first."""
    vectors, most = _unit_vectors(evidence), _most(evidence)
    scores = _without_names(evidence, scores)
    chosen: list[Extent] = []
    worth = _worth(evidence, scores)
    for at in worth:
        extent = _extent(evidence, at)
        if extent is None or any(at in one or extent.at in one for one in chosen):
            continue
        if any(_says_the_same(evidence, vectors, extent.at, one.at) for one in chosen):
            continue
        if chosen and _only_names(evidence, extent):
            continue
        chosen.append(extent)
        if len(chosen) == most:
            break
    return chosen or [single(at) for at in worth[:1]]


def _with_list(evidence: Evidence, chosen: list[Extent]) -> list[Extent]:
    """What was chosen, with the list of the best one whole, entry by entry, where a list is asked for."""
    if not chosen or not _asks_for_list(evidence):
        return chosen
    whole = next((found for one in chosen[:LISTED] if (found := _list_of(evidence, one.at))), [])
    others = [one for one in chosen if not any(at in one for at in whole)]
    return [*map(single, whole), *others][: max(MOST, len(whole))] if whole else chosen


def _reading_order(evidence: Evidence, chosen: list[Extent]) -> list[Extent]:
    """The best first, then its neighbours in their order, then the others, by rank of their passage."""
    if not chosen:
        return []
    hit_of = evidence.hit_of
    first = hit_of[chosen[0].at]
    rest = sorted(chosen[1:], key=lambda one: (hit_of[one.at] != first, hit_of[one.at], one.first))
    return [chosen[0], *rest]


def _draft(evidence: Evidence, extent: Extent, alone: bool) -> Draft:
    """An extent as a draft: word for word, with its label or the sentence that it points back to; `alone` where
    the unit before it is not in the answer.
    """
    hit: Hit = evidence.hits[int(evidence.hit_of[extent.at])]
    unit, end = evidence.units[extent.first], evidence.units[extent.last].end
    start = pointed_back(evidence, extent.first) if alone and extent.first == extent.last else unit.start
    quotes = [Quote(hit.passage, hit.record, start, end)]
    if unit.label and start == unit.start:
        if hit.passage.text[unit.label[1] : unit.start].strip():
            quotes.insert(0, Quote(hit.passage, hit.record, *unit.label))
        else:
            quotes = [Quote(hit.passage, hit.record, unit.label[0], end)]
    words = (" " if extent.first == extent.last else STROKE).join(quote.text for quote in quotes)
    return Draft(_LINE_END.sub(STROKE, _SENTENCE_END.sub(" ", words)), tuple(quotes))


def compose(evidence: Evidence, scores: Floats) -> tuple[Draft, ...]:
    """The drafts of an answer from scored units; empty where there is nothing to quote."""
    if not len(scores):
        return ()
    taken: set[int] = set()
    drafts: list[Draft] = []
    for extent in _reading_order(evidence, _with_list(evidence, _pick(evidence, scores))):
        draft = _draft(evidence, extent, extent.first - 1 not in taken)
        taken.update(range(extent.first, extent.last + 1))
        if not any(draft.text in other.text for other in drafts):
            drafts.append(draft)
    return tuple(drafts)
