"""Runs cases through a system into a run on disk: what is done already is not done again. Knows no settings."""

from collections.abc import Callable, Sequence

from evals.documents import Documents
from evals.measure import measure
from evals.recipe import Recipe
from evals.runs import Run, Runs
from evals.systems.types import System
from evals.types import Case

#: (cases done, cases in all)
Progress = Callable[[int, int], None]


def run_cases(
    runs: Runs,
    name: str,
    recipe: Recipe,
    cases: Sequence[Case],
    system: System,
    documents: Documents,
    progress: Progress = lambda done, total: None,
) -> Run:
    """The run of `cases`, begun or gone on with. Raises RunError where it was begun under another recipe."""
    done = runs.begin(name, recipe)
    left = [case for case in cases if case.id not in done]
    progress(len(cases) - len(left), len(cases))
    for number, case in enumerate(left, start=1):
        runs.add(name, measure(case, system, documents))
        progress(len(cases) - len(left) + number, len(cases))
    runs.finish(name)
    return runs.read(name)
