"""Writes an answer without any language model: the sentences of the passages that answer, word for word.

Every draft's text is its quote. The most direct sentence comes first; a list that is asked for is kept whole; a sentence
that points back (これ, It) brings the one before it; what two sources say alike is said once. Pure.
"""

import re
from collections.abc import Mapping

import numpy as np

from bot.evidence import Evidence
from bot.reading import Floats, Writing
from bot.scoring import unit_scores
from bot.types import Draft, Quote
from bot.units import Unit
from ingest.language import fold
from vectorstore.types import Hit

#: Statements in an answer, unless a list that was asked for is longer.
MOST = 6
#: The same for a question that one sentence can settle (when, who, where, how many, whether).
MOST_SHORT = 5
#: A sentence this far below the best is not shown, as a share of the spread between best and median.
CLOSE = 0.8
#: Cosine from which two sentences say the same: in one language, and across the two.
SAME, SAME_ACROSS = 0.93, 0.8
#: Entries of a list that is shown whole.
LONGEST_LIST = 14
#: Quotes are cut at this many characters of context when a sentence brings the one before it.
LONGEST = 600
#: Units before a sentence that are quoted with it at most, while each points further back.
BACK = 2
#: Share of all weight (softmax of the scores) that the shown sentences hold; what is left over is not shown.
MASS = 0.93
#: How sharply the weight falls with the score; the sharpness that the scores were fitted with.
SHARPNESS = 10.0

_BACK = re.compile(
    r"(?:これ(?:ら)?(?!まで|から)|この(?!ほか)|それ(?:ら)?(?!ぞれ)|その(?!ほか|他)|同(?=[校大機事声]|プロ)|こう(?:した|いう)|また、これ|なお、これ)|"
    r"(?:It|Its|This|These|Those|They|Their|Such|He|She|His|Her|The (?:former|latter|same)|In (?:this|that)|Both)\b"
)


def _order(scores: Floats) -> list[int]:
    return [int(at) for at in np.argsort(-scores, kind="stable")]


def _unit_vectors(evidence: Evidence) -> Floats:
    parts = [passage.vectors for passage in evidence.read if len(passage.vectors)]
    return np.concatenate(parts) if parts else np.zeros((0, 0), np.float32)


def _says_the_same(evidence: Evidence, vectors: Floats, one: int, other: int) -> bool:
    a, b = fold(evidence.units[one].text), fold(evidence.units[other].text)
    if a in b or b in a:
        return True
    languages = {evidence.hits[int(evidence.hit_of[at])].passage.language for at in (one, other)}
    return float(vectors[one] @ vectors[other]) >= (SAME if len(languages) == 1 else SAME_ACROSS)


def _needs_more(evidence: Evidence, at: int) -> bool:
    """Whether a unit cannot be read without the one before it: it points back, is a fragment, or follows a heading."""
    unit, before = evidence.units[at], evidence.units[at - 1]
    fragment = not unit.whole and unit.kind == "sentence"
    return bool(_BACK.match(unit.text)) or fragment or before.kind == "heading"


def _start(evidence: Evidence, at: int) -> int:
    """Where the quote of a unit starts: at most BACK units earlier."""
    end, first = evidence.units[at].end, at
    while first > 0 and at - first < BACK and evidence.hit_of[first - 1] == evidence.hit_of[at]:
        if not _needs_more(evidence, first) or end - evidence.units[first - 1].start > LONGEST:
            break
        first -= 1
    return evidence.units[first].start


def _asks_for_list(evidence: Evidence) -> bool:
    return evidence.asked.wants("list") or evidence.asked.count > 1


def _list_of(evidence: Evidence, at: int) -> list[int]:
    """The whole list that a unit stands in or introduces, its introducing line first; empty outside lists."""
    unit, hit = evidence.units[at], evidence.hit_of[at]
    run = unit.leads if unit.leads >= 0 else unit.run
    if run < 0:
        return []
    inside = [other for other in np.flatnonzero(evidence.hit_of == hit) if run in _runs(evidence.units[other])]
    return [int(other) for other in inside] if 2 < len(inside) <= LONGEST_LIST else []


def _runs(unit: Unit) -> tuple[int, int]:
    return unit.run, unit.leads


def _leads_on(evidence: Evidence, at: int) -> bool:
    """Whether a heading is followed by words in the same passage, which are then quoted with it."""
    after = at + 1
    inside = after < len(evidence.units) and evidence.hit_of[after] == evidence.hit_of[at]
    return bool(inside) and evidence.units[after].kind in ("sentence", "item")


def _threshold(scores: Floats) -> float:
    best, middle = float(scores.max()), float(np.median(scores))
    return best - CLOSE * (best - middle)


def _pick(evidence: Evidence, scores: Floats) -> list[int]:
    """Units to show, best first."""
    most = MOST_SHORT if evidence.asked.wants("when", "who", "where", "number", "whether") else MOST
    if evidence.asked.count:
        most = max(most, min(evidence.asked.count + 1, MOST))
    vectors, floor = _unit_vectors(evidence), _threshold(scores)
    share = np.exp(SHARPNESS * (scores - scores.max()))
    share /= share.sum()
    shown = 0.0
    lists = _asks_for_list(evidence)
    chosen: list[int] = []
    for at in _order(scores):
        if len(chosen) >= most or (chosen and (scores[at] < floor or shown >= MASS)):
            break
        shown += float(share[at])
        if evidence.units[at].kind == "heading":
            if not _leads_on(evidence, at):
                continue
            at += 1
        unit = evidence.units[at]
        stub = not unit.whole and unit.kind == "sentence" and not unit.label
        if at in chosen or (unit.kind == "lead" and not lists) or (stub and chosen):
            continue
        if not any(_says_the_same(evidence, vectors, at, other) for other in chosen):
            chosen.append(at)
    return chosen


def _with_list(evidence: Evidence, chosen: list[int]) -> list[int]:
    """The chosen units, with the list of the best one whole where a list is asked for."""
    if not chosen or not _asks_for_list(evidence):
        return chosen
    whole = _list_of(evidence, chosen[0])
    return [*whole, *(at for at in chosen if at not in whole)][: max(MOST, len(whole))] if whole else chosen


def _reading_order(evidence: Evidence, chosen: list[int]) -> list[int]:
    """The best first, then its neighbours in their order, then the others, by rank of their passage."""
    if not chosen:
        return []
    first = evidence.hit_of[chosen[0]]
    rest = sorted(chosen[1:], key=lambda at: (evidence.hit_of[at] != first, evidence.hit_of[at], at))
    return [chosen[0], *rest]


def _draft(evidence: Evidence, at: int, taken: set[int]) -> Draft:
    """A unit as a draft: word for word, its label and the sentence that it points back to before it."""
    hit: Hit = evidence.hits[int(evidence.hit_of[at])]
    unit = evidence.units[at]
    start = unit.start if at - 1 in taken else _start(evidence, at)
    quotes = [Quote(hit.passage, hit.record, start, unit.end)]
    if unit.label and start == unit.start:
        if hit.passage.text[unit.label[1] : unit.start].strip():
            quotes.insert(0, Quote(hit.passage, hit.record, *unit.label))
        else:
            quotes = [Quote(hit.passage, hit.record, unit.label[0], unit.end)]
    words = " ".join(quote.text for quote in quotes)
    return Draft(re.sub(r"\s*\n\s*", " ", words), tuple(quotes))


def compose(evidence: Evidence, scores: Floats) -> tuple[Draft, ...]:
    """The drafts of an answer from scored units; empty where there is nothing to quote."""
    if not len(scores):
        return ()
    ordered = _reading_order(evidence, _with_list(evidence, _pick(evidence, scores)))
    taken: set[int] = set()
    drafts: list[Draft] = []
    for at in ordered:
        draft = _draft(evidence, at, taken)
        taken.add(at)
        if not any(draft.text in other.text for other in drafts):
            drafts.append(draft)
    return tuple(drafts)


def write(evidence: Evidence, writing: Writing, weights: Mapping[str, float]) -> tuple[Draft, ...]:
    """The answer to the question of `evidence`, word for word from its hits, the most direct statement first."""
    return compose(evidence, unit_scores(evidence, writing.glossary, weights))
