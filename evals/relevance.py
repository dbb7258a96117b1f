"""Which hits hold the gold of a case, and which gold a library holds at all. Pure.

In the document that a case names, a passage is gold when it holds all the terms. In a digest of it, whose words
are other ones, a passage is gold when it holds all the facts that a right answer needs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.documents import Documents, digest, original
from evals.judge import facts_in, squeezed
from evals.records import Found
from evals.types import Case, Gold
from ingest.types import Record as Catalogued

#: Name of the gold that stands in a digest.
IN_DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class LibraryText:
    """A document of the library with its whole text, squeezed."""

    source: str
    record: Catalogued
    text: str


def library_text(source: str, record: Catalogued, text: str) -> LibraryText:
    """A document ready for comparing."""
    return LibraryText(source, record, squeezed(text))


def present(case: Case, library: Iterable[LibraryText], documents: Documents) -> frozenset[str]:
    """The gold of a case that the library holds: numbers of its gold entries as text, and IN_DIGEST."""
    found: set[str] = set()
    for one in library:
        for number, gold in enumerate(case.gold):
            if original(gold.document, one.source, one.record, documents):
                if _all(gold.terms, one.text):
                    found.add(str(number))
            elif digest(gold.document, one.record, documents) and case.facts:
                if _facts(case, one.text):
                    found.add(IN_DIGEST)
    return frozenset(found)


def _all(terms: Sequence[str], text: str) -> bool:
    return all(squeezed(term) in text for term in terms)


def _facts(case: Case, text: str) -> bool:
    return all(any(squeezed(variant) in text for variant in fact) for fact in case.facts)


def _held(case: Case, hit: Found, documents: Documents) -> frozenset[str]:
    record = Catalogued(key=hit.key, digest_of=hit.digest_of)
    text = squeezed(hit.text)

    def is_gold(gold: Gold) -> bool:
        return original(gold.document, hit.source, record, documents) and _all(gold.terms, text)

    found = {str(number) for number, gold in enumerate(case.gold) if is_gold(gold)}
    if case.facts and any(digest(gold.document, record, documents) for gold in case.gold):
        if facts_in(case, hit.text) == 1.0:
            found.add(IN_DIGEST)
    return frozenset(found)


def judged(
    case: Case, hits: Sequence[Found], held: frozenset[str], documents: Documents
) -> tuple[dict[str, int], dict[str, float]]:
    """(qrels, ranking) of one case, as ir-measures takes them: document -> relevance, document -> score.

    A hit goes by the name of the first gold that it holds and no better hit held; gold that stands in the same
    hit is the same place and counts once. `held` is the gold that the library holds, the ideal of nDCG.
    """
    qrels = dict.fromkeys(sorted(held), 1)
    ranking: dict[str, float] = {}
    for place, hit in enumerate(hits):
        fresh = sorted((_held(case, hit, documents) & held) - ranking.keys())
        for same in fresh[1:]:
            qrels.pop(same, None)
        ranking[fresh[0] if fresh else f"hit {place}"] = float(len(hits) - place)
        held -= frozenset(fresh)
    return qrels, ranking


def gold_places(qrels: Mapping[str, int], ranking: Mapping[str, float]) -> tuple[int, ...]:
    """Places from 1 of the hits that hold gold."""
    return tuple(place for place, name in enumerate(ranking, start=1) if name in qrels)
