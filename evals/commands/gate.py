"""DOOR: `desk eval gate`, `baseline` and `compare`: what changed, and whether it may ship."""

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.console import BadInput
from bot.settings import Settings
from evals.alarms import mixed
from evals.baseline import Baseline, bundled_baseline, kept, read_baseline, write_baseline
from evals.ci import annotations, junit, problems
from evals.commands.shared import plain, runs_of
from evals.compare import changes, moved, values_of_run
from evals.gate import Verdict, drops
from evals.gate import gate as judged
from evals.runs import Run
from evals.slices import ALL
from evals.statistics import SEED

Names = Annotated[list[str] | None, typer.Argument(help="Names of runs; the latest by default.")]
File = Annotated[
    Path | None, typer.Option("--baseline", help="Another file than the project's own baseline.")
]


def baseline(names: Names = None, file: File = None) -> None:
    """Make complete runs the baseline of their libraries: the figures of each case, and no text."""
    with plain():
        path, runs = file or bundled_baseline(), runs_of(Settings())
        held = dict(read_baseline(path).libraries)
        for name in names or ["latest"]:
            run = runs.read(name)
            if not run.complete:
                raise BadInput(f"run {run.name} is not complete; go on with it first")
            held[run.recipe.library] = kept(run)
            typer.echo(f"{run.recipe.library}: {len(run.records)} cases of run {run.name}")
        write_baseline(path, Baseline(dict(sorted(held.items()))))


def _told(run: Run, verdict: Verdict) -> None:
    typer.echo(f"{run.recipe.library}, run {run.name}: {verdict.compared} cases compared", nl=False)
    typer.echo(f", {len(verdict.new)} new or changed, {len(verdict.gone)} gone")
    for _, words in problems(verdict):
        typer.echo(f"  FAILED  {words}")
    typer.echo("  passed" if verdict.passed else "")


def gate(
    names: Names = None,
    file: File = None,
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap.")] = SEED,
    junit_file: Annotated[
        Path | None, typer.Option("--junit", help="Folder for one JUnit XML file a library.")
    ] = None,
) -> None:
    """Exit with 1 when a figure dropped beyond chance against the baseline, or any hard rule is broken."""
    with plain():
        runs, held = runs_of(Settings()), read_baseline(file or bundled_baseline()).libraries
        passed = True
        for run in [runs.read(name) for name in names or ["latest"]]:
            library = run.recipe.library
            if library not in held:
                raise BadInput(f"the baseline has no library {library}; run `desk eval baseline {run.name}`")
            if not run.complete:
                raise BadInput(f"run {run.name} is not complete; go on with it first")
            verdict = judged(held[library], run.records, seed)
            _told(run, verdict)
            if junit_file:
                junit_file.mkdir(parents=True, exist_ok=True)
                (junit_file / f"gate-{library}.xml").write_text(junit(library, verdict), "utf-8")
            if os.environ.get("GITHUB_ACTIONS") == "true":
                for line in annotations(library, verdict):
                    typer.echo(line)
            passed = passed and verdict.passed
    if not passed:
        raise typer.Exit(1)


def alarms(
    first: Annotated[str, typer.Argument(help="A run.")],
    second: Annotated[str, typer.Argument(help="Another run of the same cases.")],
    times: Annotated[int, typer.Option(help="How often each is tried.", min=1)] = 100,
) -> None:
    """How often the gate fails without a cause: the second run again with other seeds, and two mixtures of both."""
    with plain():
        runs = runs_of(Settings())
        one, other = runs.read(first), runs.read(second)
        again = sum(judged(kept(one), other.records, seed).passed for seed in range(times))
        typer.echo(f"{second} against {first}: passed {again} times of {times} with other seeds")
        pairs = (mixed(one, other, seed) for seed in range(times))
        equal = sum(judged(kept(a), b.records, seed).passed for seed, (a, b) in enumerate(pairs))
        typer.echo(f"mixtures that differ by chance alone: passed {equal} times of {times}")


def compare(
    first: Annotated[str, typer.Argument(help="The run before.")],
    second: Annotated[str, typer.Argument(help="The run after.")] = "latest",
    metric: Annotated[str, typer.Option(help="The metric by which cases are listed.")] = "right",
    held_back: Annotated[
        bool, typer.Option("--held-back", help="List cases of the held-back half too.")
    ] = False,
) -> None:
    """What got better and what got worse from one run to another, by slice and by case."""
    with plain():
        runs = runs_of(Settings())
        before, after = values_of_run(runs.read(first).records), runs.read(second).records
        found = changes(before, after)
        marked = set(map(id, drops(found)))
        for one in found:
            held = one.difference
            if one.slice == ALL or id(one) in marked or held.estimate.low > 0:
                sign = "DROP" if id(one) in marked else "gain" if held.estimate.low > 0 else "    "
                typer.echo(
                    f"{sign} {one.metric.en:<28} {one.slice:<22} {one.before:.3f} -> {one.after:.3f}  "
                    f"[{held.estimate.low:+.3f}, {held.estimate.high:+.3f}]  {held.better} better, {held.worse} worse"
                )
        for case in moved(before, after, metric):
            if held_back or case.record.case.split == "tuning":
                word = "worse " if case.after < case.before else "better"
                typer.echo(f"{word} {case.record.case.id}  {case.record.case.asked[-1]}")
