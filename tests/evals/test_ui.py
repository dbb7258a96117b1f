"""The evaluators' page: what its functions show and keep, for whom, and that nothing of a case becomes markup."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from evals.labels import Labels, agreement, by_metrics
from evals.recipe import Recipe
from evals.records import Record
from evals.running import Progress
from evals.runs import Run, RunError, Runs
from evals.ui.handlers import EvalHandlers
from evals.ui.page import build_evals, style
from evals.ui.starting import Starter
from tests.evals.making import case, declined, found, reply

RECIPE = Recipe("desk", "digests", "e1", {}, "c", (), "", "e", "g", 1, {}, {}, {})
EVIL = '<img src=x onerror="alert(1)"> ![x](https://evil.example/a.png) ${alert(1)}'
ENGLISH = SimpleNamespace(headers={"accept-language": "en"})
JAPANESE = SimpleNamespace(headers={"accept-language": "ja"})
RIGHT = Record(case("a-1"), reply(), "ja→ja", {"right": 1.0, "bucket": 1.0, "mrr_10": 1.0}, (1,), True)
WRONG = Record(
    case("a-2", facts=(("九十日",),), question=EVIL),
    reply(hits=(found(f"{EVIL} 客員研究員は届け出る。"),), text=EVIL),
    "ja→ja",
    {"right": 0.0, "bucket": -4.0, "facts": 0.0},
)


class Refused(Exception):
    """Whoever asks may not see the page."""


def nobody(request: Any) -> str:
    raise Refused


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    kept = Runs(tmp_path / "runs")
    for name, records in (("run-1", (RIGHT, WRONG)), ("run-2", (RIGHT,))):
        kept.begin(name, RECIPE)
        for record in records:
            kept.add(name, record)
        kept.finish(name)
    return kept


Make = Callable[..., EvalHandlers]


@pytest.fixture
def make(runs: Runs, tmp_path: Path) -> Make:
    def made(allowed: Callable[[Any], str] = lambda request: "eva", start: Any = None) -> EvalHandlers:
        return EvalHandlers(runs, Labels(tmp_path / "labels.jsonl"), Starter(start), allowed)

    return made


def test_every_function_asks_who_it_is_for(make: Make) -> None:
    page = make(nobody)
    calls: tuple[Callable[[], Any], ...] = (
        lambda: page.opened(ENGLISH),
        lambda: page.figures("run-1", ENGLISH),
        lambda: page.trend(ENGLISH),
        lambda: page.listed("run-1", True, False, ENGLISH),
        lambda: page.case("run-1", "a-1", ENGLISH),
        lambda: page.label("run-1", "a-1", "right", ENGLISH),
        lambda: page.compared("run-1", "run-2", False, ENGLISH),
        lambda: next(page.start("", "", ENGLISH)),
    )
    for call in calls:
        with pytest.raises(Refused):
            call()


def test_figures_are_shown_in_the_visitors_language(make: Make) -> None:
    assert "Four&#45;bucket score" in make().figures("run-1", ENGLISH)
    assert "四区分得点" in make().figures("run-1", JAPANESE)
    assert "There is no run yet" in make().figures(None, ENGLISH)
    assert "There is no run yet" in make().figures("../../etc", ENGLISH)


def test_a_case_is_shown_with_its_passages_its_quotes_and_its_reasons_and_stays_text(make: Make) -> None:
    shown, _, _ = make().case("run-1", "a-2", ENGLISH)
    assert "lacks&#58; 九十日" in shown
    assert "<mark>" in shown
    assert "<img" not in shown
    assert "![" not in shown
    assert "${" not in shown
    assert "\n\n" not in shown


def test_failed_cases_are_listed_and_held_back_ones_only_on_demand(make: Make, runs: Runs) -> None:
    held = Record(case("h-1", split="held-back"), declined(), "ja→ja", {"right": 0.0, "over_refusal": 1.0})
    runs.add("run-1", held)
    names = [value for _, value in make().listed("run-1", True, False, ENGLISH).choices]
    assert names == ["a-2"]
    assert {value for _, value in make().listed("run-1", False, True, ENGLISH).choices} == {
        "a-1",
        "a-2",
        "h-1",
    }


def test_labels_are_kept_with_who_gave_them_and_laid_beside_the_metrics(make: Make, tmp_path: Path) -> None:
    page = make()
    assert "Of 1 labels" in page.label("run-1", "a-1", "right", ENGLISH)
    page.label("run-1", "a-2", "right", ENGLISH)
    assert "Of 2 labels" in (said := page.label("run-1", "a-2", "unsupported", ENGLISH))
    assert "50&#37;" in said
    assert Labels(tmp_path / "labels.jsonl").of("run-1")["a-2"].by == "eva"
    assert page.label("run-1", "of no run", "right", ENGLISH) == ""
    with pytest.raises(RunError, match="a label is one of"):
        page.label("run-1", "a-1", "splendid", ENGLISH)


def test_agreement_beyond_chance_is_what_kappa_says() -> None:
    unanswerable = Record(
        case("u-1", kind="unanswerable", action="refuse", gold=(), facts=()), reply(), "", {}
    )
    assert [by_metrics(one) for one in (RIGHT, WRONG, unanswerable)] == ["right", "wrong", "should refuse"]
    assert agreement((RIGHT,), {}) is None


def test_the_trend_has_a_row_for_every_complete_run(make: Make) -> None:
    shown = make().trend(JAPANESE)
    assert shown.count("<tr>") == 3
    assert 'class="bar b10"' in shown and " 0&#46;500" in shown
    assert "正しい応答" in shown


def test_two_runs_are_laid_side_by_side(make: Make, runs: Runs) -> None:
    runs.begin("run-3", RECIPE)
    runs.add("run-3", Record(RIGHT.case, declined(), "ja→ja", {"right": 0.0, "bucket": 0.0}))
    runs.finish("run-3")
    shown = make().compared("run-3", "run-2", False, ENGLISH)
    assert "Worse" in shown
    assert "a&#45;1" in shown


def test_a_run_is_started_once_and_told_of(make: Make, runs: Runs) -> None:
    given: list[Any] = []

    def start(library: str, changes: tuple[str, ...], tell: Progress) -> Run:
        given.append((library, changes))
        tell(1, 2)
        return runs.read("run-1")

    page = make(start=start)
    *_, last = page.start("bundled", "keywords=off\n\n glossary=off ", ENGLISH)
    assert given == [("bundled", ("keywords=off", "glossary=off"))]
    assert "Done&#58; run&#45;1" in last
    assert "no library" in [*page.start("/etc", "", ENGLISH)][-1]


def test_a_run_that_fails_says_why_and_the_next_one_may_start() -> None:
    def start(library: str, changes: Any, tell: Progress) -> Run:
        raise RunError("no such thing")

    starter = Starter(start)
    for _ in range(2):
        with pytest.raises(RunError, match="no such thing"):
            list(starter.go("", ()))


def test_the_page_is_built_without_a_run(tmp_path: Path) -> None:
    async def build() -> Any:
        return build_evals(Runs(tmp_path), Labels(tmp_path / "l.jsonl"), lambda *given: None, nobody)  # type: ignore[arg-type, return-value]

    # In a loop of its own: Gradio opens one where none runs, and leaves it open.
    with ThreadPoolExecutor(1) as aside:
        blocks = aside.submit(asyncio.run, build()).result()
    names = {type(block).__name__ for block in blocks.blocks.values()}
    assert "Markdown" in names
    assert "HTML" not in names
    assert "https://" not in style()
