"""Searches alone: what is found for the question of every case, judged as in a whole run. Knows no files, no answers."""

from collections.abc import Iterable, Sequence

from evals.documents import Documents
from evals.measure import DEPTH, direction
from evals.metrics.retrieval import retrieval
from evals.records import Record, Reply
from evals.relevance import LibraryText, gold_places, judged, present
from evals.systems.desk import found
from evals.types import Case
from vectorstore.types import Filter, Query, Search


def searched(
    cases: Iterable[Case],
    search: Search,
    library: Sequence[LibraryText],
    documents: Documents,
    only: Filter = Filter(),
) -> tuple[Record, ...]:
    """A record with retrieval values for every case whose answer the library holds; follow-ups are left out."""
    records = []
    for case in cases:
        held = frozenset() if case.turns else present(case, library, documents)
        if held:
            hits = tuple(map(found, search(Query(case.question, DEPTH, only))))
            qrels, ranking = judged(case, hits, held, documents)
            records.append(
                Record(
                    case=case,
                    reply=Reply("refused", "", query=case.question, language=case.language, hits=hits),
                    direction=direction(case, documents),
                    values=retrieval(qrels, ranking),
                    gold_at=gold_places(qrels, ranking),
                )
            )
    return tuple(records)
