"""The real client against a hostile server: one kind of error, in time, without the provider's words."""

import os
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

import pytest

from bot.model.llm import Deadlines, load_chat
from bot.model.unavailable import ModelUnavailable
from tests.bot.making import FREED, PATIENT, QUICK, deadlines_for, opened
from tests.hostile import PROVIDER_TEXT, SECRET, hostile

ROOT = Path(__file__).parents[2]
#: Mode -> the kind of failure.
FAILURES = {
    "hang": "late",
    "stall": "late",
    "drip": "late",
    "silent-drip": "late",
    "cut": "cut",
    "unfinished": "cut",
    "length": "overlong",
    "filter": "filtered",
    "tool-call": "cut",
    "429": "busy",
    "429-long": "busy",
    "500-with-secret": "failed",
    "401-with-secret": "key",
    "garbage": "unreadable",
    "empty": "unreadable",
    "nochoices": "cut",
    "badchunk": "cut",
    "error-event": "cut",
    "endless-line": "unreadable",
    "packed": "unreadable",
    "redirect": "rejected",
}


@pytest.mark.parametrize(("mode", "kind"), FAILURES.items())
def test_every_failure_is_one_error_without_the_providers_words(mode: str, kind: str) -> None:
    with hostile(mode, says="http://127.0.0.1:9/") as server, opened(server, deadlines_for(mode)) as model:
        with pytest.raises(ModelUnavailable) as caught:
            list(model("rules", "1| One sentence that is long enough.\n2| Another one."))
    error = caught.value
    assert error.kind == kind
    assert error.__cause__ is None and error.__context__ is None
    told = "".join(traceback.format_exception(error)) + repr(error) + str(error) + error.reason_ja
    assert SECRET not in told and PROVIDER_TEXT not in told


def test_an_endless_answer_is_cut_at_its_size() -> None:
    with hostile("endless") as server, opened(server, Deadlines(5, 5, 20)) as model:
        pieces: list[str] = []
        with pytest.raises(ModelUnavailable) as caught:
            for piece in model("rules", "x"):
                pieces.append(piece)
        assert caught.value.kind == "overlong"
        assert 30_000 < len("".join(pieces).encode()) <= 32_768
        assert server.client_gone.wait(FREED)


@pytest.mark.parametrize(
    ("mode", "requests"),
    [
        ("429", 3),
        ("500-with-secret", 3),
        ("429-long", 1),
        ("401-with-secret", 1),
        ("flaky", 2),
        ("garbage", 1),
        ("cut", 1),
    ],
)
def test_it_asks_again_at_most_twice_and_only_where_that_may_help(mode: str, requests: int) -> None:
    with hostile(mode) as server, opened(server, PATIENT) as model:
        began = time.monotonic()
        try:
            list(model("rules", "1| One sentence that is long enough."))
        except ModelUnavailable:
            pass
        assert len(server.seen) == requests
        assert time.monotonic() - began < FREED, "it waits as long as a server says"


def test_the_waits_stay_within_the_first_deadline() -> None:
    waits = Deadlines()
    assert len(waits.waits) == 2 and 1.2 * sum(waits.waits) < waits.first <= 15
    with hostile("429") as server, opened(server, Deadlines(first=20, waits=(0.1, 60.0))) as model:
        began = time.monotonic()
        with pytest.raises(ModelUnavailable):
            list(model("rules", "x"))
        assert len(server.seen) == 2 and time.monotonic() - began < FREED


def test_a_server_that_is_not_there_is_named_as_such() -> None:
    model = load_chat("openai:local", "http://127.0.0.1:9/v1", SECRET, QUICK)
    with pytest.raises(ModelUnavailable) as caught:
        list(model("rules", "x"))
    model.close()
    assert caught.value.kind == "unreachable"


@pytest.mark.parametrize("mode", ["stall", "drip", "hang", "endless"])
def test_dropping_an_answer_closes_its_connection(mode: str) -> None:
    with hostile(mode) as server, opened(server, Deadlines()) as model:
        pieces = model("rules", "x")
        next(pieces)  # an empty piece comes while nothing else does
        pieces.close()  # type: ignore[attr-defined]
        assert server.client_gone.wait(FREED)
        with pytest.raises(StopIteration):
            next(pieces)


def test_many_answers_at_once_share_one_thread_and_do_not_hold_each_other_up() -> None:
    threads = threading.active_count()
    with hostile("hang") as slow, hostile("ok") as quick:
        # Whatever the machine is busy with: an answer that waited for one of those that hang would be late itself.
        patient, sooner = Deadlines(first=60), Deadlines(first=20, gap=20, total=20)
        with opened(slow, patient) as stuck, opened(quick, sooner) as model:
            waiting = [stuck("rules", "x") for _ in range(10)]
            for pieces in waiting:
                next(pieces)
            assert "".join(model("rules", "1| One sentence that is long enough.")).endswith("[1]")
            assert [next(pieces) for pieces in waiting] == [""] * 10, "all of them are still waiting"
            assert {t.name for t in threading.enumerate()} >= {"desk-model"}
            assert sum(t.name == "desk-model" for t in threading.enumerate()) == 2
            for pieces in waiting:
                pieces.close()  # type: ignore[attr-defined]
    assert threading.active_count() <= threads + 10  # the server's own threads end a little later


def test_the_answer_is_asked_for_within_bounds_and_with_its_key() -> None:
    with hostile("ok") as server, opened(server) as model:
        list(model("rules", "1| One sentence that is long enough."))
        (request,), (key,) = server.seen, server.keys
    assert (
        request["max_completion_tokens"] <= 4_096 and request["stream"] is True and not request.get("tools")
    )
    assert [message["role"] for message in request["messages"]] == ["system", "user"]
    assert key == f"Bearer {SECRET}" and SECRET not in str(request)


def test_a_key_of_the_environment_is_sent_to_no_other_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    with hostile("ok") as server:
        model = load_chat("openai:local", server.url, "", QUICK)
        list(model("rules", "1| One sentence that is long enough."))
        model.close()
        assert server.keys == ["Bearer none"]


def test_a_redirect_is_not_followed() -> None:
    with hostile("ok") as other, hostile("redirect", says=other.url) as server, opened(server) as model:
        with pytest.raises(ModelUnavailable):
            list(model("rules", "x"))
        assert not other.seen


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("gpt-4o", ""),
        ("openai:", ""),
        (":x", ""),
        ("nosuch:x", ""),
        ("openai:x", "ftp://h/"),
        ("openai:x", "h/v1"),
        ("openai:x", f"https://u:{SECRET}@h/v1"),
        ("openai:x", f"https://h/v1?key={SECRET}"),
        ("mistralai:x", ""),
    ],
)
def test_settings_that_cannot_be_used_say_what_to_change(name: str, url: str) -> None:
    with pytest.raises(ModelUnavailable, match=r"DESK_MODEL|advisory-desk\[") as caught:
        load_chat(name, url, SECRET)
    assert caught.value.kind == "settings" and SECRET not in str(caught.value)
    assert caught.value.__context__ is None


def test_no_trace_is_sent_although_the_environment_asks_for_it() -> None:
    program = (
        "import sys\n"
        "from bot.model.llm import load_chat\n"
        "model = load_chat('openai:local', sys.argv[1], 'k')\n"
        "text = ''.join(model('rules', '1| One sentence that is long enough.'))\n"
        "model.close()\n"
        "assert text.endswith('[1]'), text\n"
    )
    with hostile("ok") as server, hostile("ok") as sink:
        asked = {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_API_KEY": "k"}
        where = {"LANGSMITH_ENDPOINT": sink.url, "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
        command = [sys.executable, "-W", "ignore", "-c", program, server.url]
        ran = subprocess.run(command, env=asked | where, capture_output=True, text=True, timeout=60)
        assert ran.returncode == 0, ran.stderr
        assert len(server.seen) == 1 and not sink.seen
