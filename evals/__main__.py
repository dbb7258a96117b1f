"""DOOR: `desk eval`: check the cases, measure retrieval and answers on them, and say whether a change may ship."""

import typer

from evals.bench_door import bench
from evals.commands.cases import check, import_cases
from evals.commands.crowd import crowd
from evals.commands.gate import alarms, baseline, compare, gate
from evals.commands.judge import judge
from evals.commands.matching import matching
from evals.commands.report import report, runs
from evals.commands.run import run
from evals.commands.search import search
from evals.commands.tickets import tickets
from evals.commands.tune import calibrate, sweep
from evals.commands.vectors import vectors
from evals.mutant_door import mutants

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Measure retrieval and answers on cases.")

for command in (check, run, report, runs, compare, gate, baseline, alarms, search, sweep, calibrate, judge):
    app.command()(command)
app.command("import")(import_cases)
for command in (mutants, matching, bench, crowd, vectors, tickets):
    app.command()(command)

if __name__ == "__main__":
    app()
