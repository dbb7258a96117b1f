"""Does the gate alarm without a cause? Two runs are mixed so that nothing but chance tells the mixtures apart. Pure."""

from dataclasses import replace

import numpy as np

from evals.runs import Run


def mixed(first: Run, second: Run, seed: int) -> tuple[Run, Run]:
    """Two runs of the cases that both have: for each passage, chance says which of them gets which run's records.

    The mixtures differ in as many cases as the runs do, in the same metrics and with all that hangs together in
    them; but neither is better.
    """
    others = {record.case.id: record for record in second.records}
    pairs = [(one, others[one.case.id]) for one in first.records if one.case.id in others]
    passages = sorted({one.passage for one, _ in pairs})
    heads = np.random.default_rng(seed).random(len(passages)) < 0.5
    swap = dict(zip(passages, heads.tolist(), strict=True))
    ordered = [(b, a) if swap[a.passage] else (a, b) for a, b in pairs]
    return (
        replace(first, records=tuple(a for a, _ in ordered)),
        replace(second, records=tuple(b for _, b in ordered)),
    )
