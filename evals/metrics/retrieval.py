"""Retrieval figures of one case as the field computes them, through ir-measures: recall, success, MRR, nDCG."""

from collections.abc import Mapping

import ir_measures
from ir_measures import RR, Measure, R, Success, nDCG

#: Metric -> measure. nDCG takes the ideal from all gold that the library holds, not from what was returned.
MEASURES: Mapping[str, Measure] = {
    "success_1": Success @ 1,
    "success_5": Success @ 5,
    "recall_5": R @ 5,
    "recall_10": R @ 10,
    "mrr_10": RR @ 10,
    "ndcg_10": nDCG @ 10,
}


def retrieval(qrels: Mapping[str, int], ranking: Mapping[str, float]) -> dict[str, float]:
    """Every measure of one question; empty where the library holds no gold for it."""
    if not qrels:
        return {}
    if not ranking:
        return dict.fromkeys(MEASURES, 0.0)
    found = ir_measures.calc_aggregate(list(MEASURES.values()), {"q": dict(qrels)}, {"q": dict(ranking)})
    return {name: float(found[measure]) for name, measure in MEASURES.items()}
