"""A question on its way through the desk: what the page has after each step, and when the desk fails."""

import logging
from typing import Any

import pytest

from bot.types import Step
from bot.ui.answering import answering
from bot.ui.talk import KEPT, Talk
from tests.bot.pages import MemoryDesk, documents

JAPANESE = "共同研究を始める前に、相手機関の何を確認しますか。"
ENGLISH = "How often does the host review the access rights of a visiting researcher?"


def test_the_page_follows_every_step() -> None:
    talks = list(answering(MemoryDesk(documents()), JAPANESE, Talk(), pace=-1))
    now = [talk.now for talk in talks if talk.now]
    assert [n.state for n in now] == ["busy"] * (len(now) - 1) + ["done"]
    assert now[0].found is None and now[2].found == 3
    answer = now[-1].answer
    assert answer and now[-2].draft == answer.text and not now[-1].draft


def test_an_answer_that_comes_at_once_is_drawn_once_and_a_model_is_waited_for_in_sight() -> None:
    at_once = [talk.now for talk in answering(MemoryDesk(documents()), JAPANESE, Talk()) if talk.now]
    assert [n.state for n in at_once] == ["busy", "done"]
    waiting = [t.now for t in answering(MemoryDesk(documents(), slowly=0.01), JAPANESE, Talk()) if t.now]
    assert [n.found for n in waiting[:2]] == [None, 3]


def test_a_failing_desk_says_so_and_keeps_its_reasons(caplog: pytest.LogCaptureFixture) -> None:
    class Failing(MemoryDesk):
        def search(self, query: Any) -> Any:
            raise RuntimeError("cannot open /srv/desk/secret")

    with caplog.at_level(logging.ERROR):
        *_, last = answering(Failing(documents()), JAPANESE, Talk())
    assert last.now and last.now.state == "failed" and last.now.reference in caplog.text
    assert "secret" in caplog.text


def test_a_desk_that_ends_without_an_answer_has_failed() -> None:
    class Silent(MemoryDesk):
        def steps(self, *_: Any, **__: Any) -> Any:
            yield Step("query", query="")

    *_, last = answering(Silent(()), JAPANESE, Talk())
    assert last.now and last.now.state == "failed"


def test_closing_an_answer_closes_the_desks_own_generator() -> None:
    desk = MemoryDesk(documents())
    steps = answering(desk, JAPANESE, Talk(), pace=-1)
    for _ in range(3):
        next(steps)
    assert desk.closed == 0
    steps.close()
    assert desk.closed == 1


def test_a_follow_up_is_asked_with_what_was_said_before() -> None:
    heard: list[tuple[str, ...]] = []

    class Listening(MemoryDesk):
        def steps(self, question: str, history: Any = (), only: Any = None) -> Any:
            heard.append(tuple(turn.question for turn in history))
            return super().steps(question, history, only)

    talk = Talk()
    for question in (JAPANESE, ENGLISH, JAPANESE):
        *_, talk = answering(Listening(documents()), question, talk)
    assert heard == [(), (JAPANESE,), (JAPANESE, ENGLISH)]
    assert [e.number for e in talk.exchanges] == [1, 2, 3]


def test_a_long_conversation_forgets_its_beginning_and_counts_on() -> None:
    talk = Talk()
    for _ in range(KEPT + 5):
        talk = talk.ask(JAPANESE).stopped()
    assert len(talk.exchanges) == KEPT and talk.last == KEPT + 5
    assert talk.without_last().ask(ENGLISH).last == KEPT + 6
