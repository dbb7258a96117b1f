"""Runs on disk: one that was stopped goes on and ends as one that was not, and only under its own recipe."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.types import Turn
from evals.recipe import Recipe
from evals.records import Reply
from evals.running import run_cases
from evals.runs import Run, RunError, Runs
from evals.systems.types import System
from evals.types import Case
from tests.evals.making import case, declined, reply

RECIPE = Recipe("desk", "digests", "e1", {}, "c", (), "", "e", "g", 1, {}, {}, {})
CASES = (
    case("a-1"),
    case("a-2", question="誰に届け出ますか。", facts=()),
    case("a-3", question="昼食はいくらですか。", action="refuse", kind="unanswerable", gold=(), facts=()),
    case("a-4", question="", turns=("客員研究員は何をしますか。", "何日以内？"), kind="dialogue"),
)


class Stopped(Exception):
    """The machine went down."""


class Asking:
    """A system that answers the same way each time and may stop in the middle of a case."""

    def __init__(self, stop_at: str = "") -> None:
        self.asked: list[str] = []
        self._stop_at = stop_at

    def __call__(self, question: str, history: tuple[Turn, ...]) -> Reply:
        if question == self._stop_at:
            raise Stopped
        self.asked.append(question)
        return declined() if "昼食" in question else reply(query=question)

    def system(self) -> System:
        return System("desk", self, (), lambda sentence, spans, context: "supported", lambda source: "")


def ran(runs: Runs, asking: Asking, name: str, recipe: Recipe = RECIPE) -> Run:
    return run_cases(runs, name, recipe, CASES, asking.system(), {})


@pytest.mark.parametrize("half_line", [b"", b'{"case": {"id": "a-3", "lang'])
def test_a_stopped_run_goes_on_and_gives_the_same_records(tmp_path: Path, half_line: bytes) -> None:
    runs = Runs(tmp_path)
    whole = ran(runs, Asking(), "whole")
    with pytest.raises(Stopped):
        ran(runs, Asking(stop_at="何日以内？"), "stopped")
    assert not runs.read("stopped").complete
    with open(runs.folder("stopped") / "records.jsonl", "ab") as handle:
        handle.write(half_line)

    again = Asking()
    resumed = ran(runs, again, "stopped")

    assert resumed.records == whole.records
    assert resumed.complete
    assert again.asked == list(CASES[-1].turns)


def test_a_run_goes_on_under_its_own_recipe_only(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    ran(runs, Asking(), "one")
    with pytest.raises(RunError, match="begun with another changes, model; start a new run"):
        ran(runs, Asking(), "one", replace(RECIPE, changes=("refusal=off",), model="other"))
    ran(runs, Asking(), "one", replace(RECIPE, edition="e2"))


@pytest.mark.parametrize("name", ["../up", "", "a b"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RunError, match="desk eval runs"):
        Runs(tmp_path).folder(name)


def test_progress_counts_what_was_done_before(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with pytest.raises(Stopped):
        ran(Runs(tmp_path), Asking(stop_at=CASES[2].question), "one")

    def cases_left(done: int, total: int) -> None:
        told.append((done, total))

    left: tuple[Case, ...] = CASES
    run_cases(Runs(tmp_path), "one", RECIPE, left, Asking().system(), {}, cases_left)
    assert told == [(2, 4), (3, 4), (4, 4)]
