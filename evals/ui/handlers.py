"""What the evaluators' page does when something is chosen or pressed. Every function asks who it is for."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

import gradio as gr

from bot.ui.handlers import visitor_language
from bot.ui.markup import Html, el, plain
from evals.explain import failures
from evals.figures import figures
from evals.labels import Label, Labels, agreement
from evals.records import Record
from evals.runs import Run, RunError, Runs
from evals.slices import ALL
from evals.ui.show import agreement_shown, bar, case_shown, comparison_shown, figures_shown, trend_shown
from evals.ui.starting import Starter
from evals.ui.words import say
from ingest.types import Language

#: Who is asking; raises for whoever may not see the page. Returns a name for the labels.
Allowed = Callable[[Any], str]
#: Characters of a question in the list of cases.
SHORT = 80
#: Runs in the trend, and its metrics.
TREND, DRAWN = 30, ("right", "success_5", "refusal_recall")


class EvalHandlers:
    """Over the runs, the labels, and a way to start a run."""

    def __init__(self, runs: Runs, labels: Labels, starter: Starter, allowed: Allowed) -> None:
        self._runs, self._labels, self._starter, self._allowed = runs, labels, starter, allowed
        self._kept: dict[tuple[str, Language], Html] = {}

    def names(self) -> list[str]:
        """Every run, newest first."""
        return list(reversed(self._runs.names()))

    def opened(self, request: gr.Request) -> tuple[Any, ...]:
        """The lists of runs, for both choices; the figures follow the choice."""
        self._allowed(request)
        names = self.names()
        chosen, other = (names[0] if names else None), (names[1] if len(names) > 1 else None)
        return gr.Dropdown(choices=names, value=chosen), gr.Dropdown(choices=names, value=other)

    def figures(self, name: str | None, request: gr.Request) -> Html:
        """A run's figures."""
        self._allowed(request)
        run = self._run(name)
        return self._shown(run, visitor_language(request)) if run else self._none(request)

    def _shown(self, run: Run, language: Language) -> Html:
        """A complete run does not change, so its figures are reckoned once."""
        if not run.complete:
            return figures_shown(run, language)
        key = (run.name, language)
        if key not in self._kept:
            self._kept[key] = figures_shown(run, language)
        return self._kept[key]

    def trend(self, request: gr.Request) -> Html:
        """The latest runs' figures; runs that changed something are no part of a trend."""
        self._allowed(request)
        runs = [self._runs.read(name) for name in self._runs.names()[-TREND:]]
        found = [
            (run, figures(run.records, DRAWN, (ALL,)))
            for run in runs
            if run.complete and not run.recipe.changes
        ]
        language = visitor_language(request)
        return trend_shown(found, DRAWN, language) if found else self._none(request)

    def listed(self, name: str | None, failed: bool, held: bool, request: gr.Request) -> Any:
        """The cases of a run to choose from."""
        self._allowed(request)
        run = self._run(name)
        records: Sequence[Record] = run.records if run else ()
        kept = (
            [one.record for one in failures(records, held)]
            if failed
            else [record for record in records if held or record.case.split == "tuning"]
        )
        choices = [(f"{record.case.id}　{_short(record.case.asked[-1])}", record.case.id) for record in kept]
        return gr.Dropdown(choices=choices, value=choices[0][1] if choices else None)

    def case(self, name: str | None, case: str | None, request: gr.Request) -> tuple[Html, Any, Html]:
        """A case with its passages, its label, and the agreement so far."""
        self._allowed(request)
        run, language = self._run(name), visitor_language(request)
        record = next((one for one in run.records if one.case.id == case), None) if run else None
        if run is None or record is None:
            return Html(""), gr.Radio(value=None), Html("")
        labels = self._labels.of(run.name)
        label = labels[record.case.id].label if record.case.id in labels else None
        return (
            case_shown(record, language),
            gr.Radio(value=label),
            agreement_shown(agreement(run.records, labels), language),
        )

    def label(self, name: str | None, case: str | None, label: str | None, request: gr.Request) -> Html:
        """Keeps a label by hand."""
        by, language = self._allowed(request), visitor_language(request)
        run = self._run(name)
        if run is None or label is None or case not in {record.case.id for record in run.records}:
            return Html("")
        self._labels.add(run.name, str(case), cast(Label, label), by)
        found = agreement(run.records, self._labels.of(run.name))
        return el("div", el("p", plain(say(language, "e_saved"))), agreement_shown(found, language))

    def compared(self, name: str | None, other: str | None, held: bool, request: gr.Request) -> Html:
        """Two runs side by side, the other one as the run before."""
        self._allowed(request)
        after, before = self._run(name), self._run(other)
        if after is None or before is None:
            return self._none(request)
        return comparison_shown(before, after, visitor_language(request), held)

    def start(self, library: str, changes: str, request: gr.Request) -> Iterator[Html]:
        """Starts a run and tells how far it is."""
        self._allowed(request)
        language = visitor_language(request)
        given = [line.strip() for line in changes.splitlines() if line.strip()]
        try:
            for step in self._starter.go(library, given):
                if isinstance(step, Run):
                    yield el("p", plain(say(language, "e_done", run=step.name)))
                else:
                    yield _bar(*step, say(language, "e_progress", done=step[0], total=step[1] or "…"))
        except RunError as error:
            yield el("p", plain(say(language, "e_error", why=error)), class_="warn")

    def _run(self, name: str | None) -> Run | None:
        try:
            return self._runs.read(name) if name else None
        except RunError:
            return None

    def _none(self, request: gr.Request) -> Html:
        return el("p", plain(say(visitor_language(request), "e_none")))


def _short(question: str) -> str:
    return question if len(question) <= SHORT else question[: SHORT - 1].rstrip() + "…"


def _bar(done: int, total: int, words: str) -> Html:
    return el("p", bar(done / total if total else 0.0), Html(" "), plain(words))
