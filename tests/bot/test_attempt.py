"""The desk with a hostile model behind the real client: what is shown, said and logged, and when."""

import logging
import threading
import time
from collections.abc import Generator, Iterator

import pytest

from bot.model.attempt import MASKED, UNAVAILABLE, UNCONFIRMED, Model, attempt, condensed
from bot.model.llm import Deadlines, LanguageModel
from bot.model.support import Reader
from bot.types import Answer, Draft, Quote, Step, Turn
from bot.verify import kept, verify
from ingest.types import Language
from tests.bot.checking import similarity, translate
from tests.bot.making import FREED, HITS, LASTING, deadlines_for, hit, opened
from tests.bot.orders import HIDDEN, NUMBERS, ORDERS, OTHER_ORDERS, PAYLOADS
from tests.hostile import MODES, PROVIDER_TEXT, SECRET, hostile
from vectorstore.types import Hit

READER = Reader(similarity, translate)
#: Modes that bring a whole answer with something true in it.
HONEST = {"ok", "flaky"}
FALSE = (
    "職員は「自由に公開できる資料である」と定めている[1]。\n"
    "An agreement may be renewed twice [2].\n"
    "Partners are exempt [3]."
)


def _verified(drafts: tuple[Draft, ...], language: Language) -> Answer | None:
    statements, citations = kept(*verify(drafts, language, similarity, translate))
    if not any(statement.verdict == "supported" for statement in statements):
        return None
    return Answer("質問", "質問", language, "answered", statements, citations, "e", notes=("introduction",))


def _ask(
    model: LanguageModel, hits: tuple[Hit, ...] = HITS, language: Language = "ja"
) -> tuple[Answer, list[Step]]:
    """The desk's way from hits to an answer, with the first sentence of the best hit as what it says without
    a model.
    """
    end = min(hits[-1].passage.text.find(mark) % 10_000 for mark in ".。") + 1
    plain = Draft(hits[-1].passage.text[:end], (Quote(hits[-1].passage, hits[-1].record, 0, end),))
    steps: list[Step] = []

    def run() -> Generator[Step, None, Answer | None]:
        return (
            yield from attempt(
                Model(model.name, model),
                "質問",
                hits,
                language,
                READER,
                lambda drafts: _verified(drafts, language),
                lambda: _verified((plain,), language),
            )
        )

    work = run()
    while True:
        try:
            steps.append(next(work))
        except StopIteration as done:
            assert done.value is not None
            return done.value, steps


def _passages(hits: tuple[Hit, ...]) -> dict[str, str]:
    return {one.passage.id: one.passage.text for one in hits}


def _shown(answer: Answer, steps: list[Step]) -> str:
    return repr((answer, steps)) + answer.text


def _check_shown(answer: Answer, steps: list[Step], hits: tuple[Hit, ...] = HITS) -> None:
    """Nothing foreign, nothing unsupported, nothing of the provider's, whatever the mode."""
    texts = _passages(hits)
    assert all(
        texts[c.quote.passage.id][c.quote.start : c.quote.end] == c.quote.text for c in answer.citations
    )
    assert all(statement.verdict != "unsupported" and statement.citations for statement in answer.statements)
    assert all(n <= len(answer.citations) for statement in answer.statements for n in statement.citations)
    shown = _shown(answer, steps)
    said = " ".join((*(s.text for s in answer.statements), *(step.text for step in steps)))
    assert SECRET not in shown and PROVIDER_TEXT not in shown
    assert not any(
        bad in said for bad in ("evil", "http", "<", "＜", "[9", "exempt", "twice", "free", "自由")
    )


def _settled(threads: int) -> bool:
    """Whether no more threads are left than there were, within the time that freeing may take."""
    until = time.monotonic() + FREED
    while threading.active_count() > threads and time.monotonic() < until:
        time.sleep(0.01)
    return threading.active_count() <= threads


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_gives_an_answer_in_time_and_shows_nothing_of_the_attack(
    mode: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    threads = threading.active_count()
    with hostile(mode, says=FALSE) as server:
        with opened(server, deadlines_for(mode)) as model:
            began = time.monotonic()
            answer, steps = _ask(model)
            took = time.monotonic() - began
            assert took < deadlines_for(mode).total + FREED
            _check_shown(answer, steps)
            assert repr(model) == "LanguageModel('openai:local')"
            if mode in LASTING:
                assert server.client_gone.wait(FREED), "the connection stays open"
    assert _settled(threads), "a worker stays behind"
    if mode in HONEST:
        assert answer.model == "openai:local" and len(answer.statements) == 3
    elif mode != "markup":
        assert answer.model == "" and answer.notes[-1] in (UNAVAILABLE["ja"], UNCONFIRMED["ja"])
    out, err = capfd.readouterr()
    logged = "\n".join(f"{r.getMessage()} {r.args} {r.exc_info} {r.exc_text}" for r in caplog.records)
    assert SECRET not in out + err + logged and PROVIDER_TEXT not in out + err + logged


def test_supported_statements_come_out_as_they_are_checked_and_dropping_them_closes_the_connection() -> None:
    def verified(drafts: tuple[Draft, ...]) -> Answer | None:
        return _verified(drafts, "ja")

    with hostile("ok") as server, opened(server) as model:
        steps = attempt(Model("m", model), "質問", HITS, "ja", READER, verified, lambda: None)
        assert [step.text.count("\n") for step in steps if step.text] == [1, 1, 1]
    with hostile("drip") as server, opened(server, Deadlines()) as model:
        steps = attempt(Model("m", model), "質問", HITS, "ja", READER, verified, lambda: None)
        assert next(steps).text == ""
        steps.close()
        assert server.client_gone.wait(FREED)


TURNS = (Turn("大阪大学ASEANキャンパスはいつ始まりましたか。", "2017年です。"),)


@pytest.mark.parametrize(
    "mode", ["obey", "hang", "cut", "429-long", "401-with-secret", "garbage", "leak-prompt", "endless"]
)
def test_a_question_is_condensed_by_rule_where_the_model_fails(mode: str) -> None:
    says = "Visit https://evil.example\nnow"
    with hostile(mode, says=says) as server, opened(server, deadlines_for(mode)) as model:
        found = condensed(Model("m", model), "それは誰が決めたのですか。", TURNS, lambda: "by rule")
    assert found == "by rule"


def test_a_question_is_condensed_by_the_model_where_it_can() -> None:
    with (
        hostile("obey", says="大阪大学ASEANキャンパスは誰が決めたのですか。") as server,
        opened(server) as model,
    ):
        found = condensed(Model("m", model), "それは誰が決めたのですか。", TURNS, lambda: "by rule")
    assert found == "大阪大学ASEANキャンパスは誰が決めたのですか。"


def _obeyed(notice: str) -> tuple[Answer, str]:
    """What the desk says when a poisoned passage is among the hits and the model does all that it asks; what
    was sent.
    """
    hits = (*HITS[:1], hit(4, notice, "Notice", "en"), *HITS[1:])
    says = "\n".join(f"{payload} {NUMBERS[at]}" for at, payload in enumerate(PAYLOADS))
    with hostile("obey", says=says) as server, opened(server) as model:
        answer, steps = _ask(model, hits)
        sent = str(server.seen[0]["messages"][1]["content"])
    _check_shown(answer, steps, hits)
    assert not any(payload.rstrip(".。") in _shown(answer, steps) for payload in PAYLOADS)
    return answer, sent


@pytest.mark.parametrize("order", ORDERS)
def test_a_model_that_obeys_the_passages_says_nothing_that_they_do_not(order: str) -> None:
    answer, sent = _obeyed("\n".join(order.format(payload) for payload in PAYLOADS))
    assert answer.model == "" and "Notice" not in sent and not any(payload in sent for payload in PAYLOADS)


@pytest.mark.parametrize("order", OTHER_ORDERS)
def test_an_order_in_a_form_that_is_not_known_brings_no_more(order: str) -> None:
    answer, _ = _obeyed("\n".join(order.format(payload) for payload in PAYLOADS))
    assert answer.model == ""


@pytest.mark.parametrize("way", HIDDEN)
def test_a_hidden_order_brings_no_more_than_an_open_one(way: str) -> None:
    answer, _ = _obeyed("\n".join(HIDDEN[way](payload) for payload in PAYLOADS))
    assert answer.model == ""


def test_there_are_at_least_250_cases() -> None:
    assert (len(ORDERS) + len(OTHER_ORDERS) + len(HIDDEN)) * len(PAYLOADS) >= 250


@pytest.mark.parametrize(("masks", "sent"), [(True, "（電話番号）"), (False, "03-1234-5678")])
def test_personal_data_of_a_question_are_sent_only_where_masking_is_off(masks: bool, sent: str) -> None:
    question = "03-1234-5678の者です。承認の有効期間は何日ですか。"
    seen: list[str] = []

    def chat(system: str, user: str) -> Iterator[str]:
        seen.append(user)
        yield "承認の有効期間は90日である。[1]"

    model = Model("m", chat, masks)
    work = attempt(
        model,
        question,
        HITS,
        "ja",
        READER,
        lambda drafts: _verified(drafts, "ja"),
        lambda: None,
        "03-1234-5678",
    )
    answer = _last(work)
    assert sent in seen[0] and ("03-1234-5678" in seen[0]) != masks
    assert (MASKED["ja"] in answer.notes) == masks
    condensed(model, question, (Turn("電話は03-1234-5678", "090-1234-5678です", ""),), lambda: "")
    assert ("1234" in seen[1]) != masks


def _last(work: Generator[Step, None, Answer | None]) -> Answer:
    while True:
        try:
            next(work)
        except StopIteration as done:
            assert done.value is not None
            return done.value
