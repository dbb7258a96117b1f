"""The whole server, spoken to over HTTP: pages, health, and a chat that belongs to one visitor."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, cast

import httpx
import pytest
from starlette.routing import Mount

from bot.ui.mount import PAGES
from bot.ui.shell import dress
from bot.ui.talk import LIMIT
from bot.web.guard import Rules
from bot.web.rates import Rate
from bot.web.request import see
from bot.web.server import RemoteRefused, check_address
from tests.bot.pages import MemoryDesk, MemoryStaff, documents
from tests.bot.payloads import Reading
from tests.bot.serving import Visitor, app_of, served
from vectorstore.types import NoLibrary

JAPANESE = "共同研究を始める前に、相手機関の何を確認しますか。"
ENGLISH = "How often does the host review the access rights of a visiting researcher?"


@pytest.fixture(scope="module")
def desk() -> MemoryDesk:
    return MemoryDesk(documents())


Visit = Callable[..., Visitor]


@pytest.fixture
def visit() -> Iterator[Visit]:
    """Opens visitors, and closes their connections at the end of the test."""
    with ExitStack() as opened:

        def one(base: str, language: str = "ja") -> Visitor:
            visitor = Visitor(base, language)
            opened.callback(visitor.http.close)
            return visitor

        yield one


@pytest.fixture(scope="module")
def base(desk: MemoryDesk) -> Iterator[str]:
    with served(desk, staff=MemoryStaff()) as address:
        yield address


def test_the_chat_page_speaks_the_visitors_language_and_calls_nobody(base: str) -> None:
    for language, title in (("ja", "研究セキュリティ・大学連携 相談デスク"), ("en", "Advisory desk for")):
        page = httpx.get(base, headers={"accept-language": language}).text
        assert f'<html lang="{language}"' in page and title in page
        head = page.split("window.gradio_config")[0]
        assert not re.search(r"https?://(?!127\.0\.0\.1)", head)


def test_a_chosen_language_is_kept(base: str) -> None:
    with httpx.Client(base_url=base, headers={"accept-language": "ja"}) as http:
        assert '<html lang="en"' in http.get("/?lang=en").text
        assert '<html lang="en"' in http.get("/").text
        assert '<html lang="en"' in http.get("/library").text
        assert '<html lang="ja"' in http.get("/library?lang=ja").text
        assert '<html lang="en"' in http.get("/?lang=<script>").text


def test_dressing_a_page_that_is_not_the_chat_fails() -> None:
    with pytest.raises(ValueError, match="not the chat page"):
        dress("<html><body></body></html>", "ja")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/document/tebiki.md?lang=ja", 200, "海外機関との共同研究に関する学内手引き"),
        ("/document/hosting/guide.md?lang=en", 200, "Guide to hosting visiting researchers"),
        ("/document/tebiki.md?start=0&end=4&v=v1&lang=ja", 200, "引用箇所へ移動"),
        ("/document/tebiki.md?start=0&end=4&v=old&lang=ja", 200, "更新されたため"),
        ("/document/none.md?lang=en", 404, "No such document"),
        ("/document/../../etc/passwd", 404, ""),
        ("/document/..%2f..%2fetc%2fpasswd?lang=en", 404, "No such document"),
        ("/document/tebiki.md?start=x", 422, ""),
        ("/library?lang=ja", 200, "次の 2 件"),
        ("/healthz", 200, "ok"),
        ("/readyz", 200, "edition-1"),
        ("/page/page.css", 200, ""),
        ("/page/../server.py", 404, ""),
    ],
)
def test_pages(base: str, path: str, status: int, words: str) -> None:
    reply = httpx.get(base + path)
    assert reply.status_code == status
    assert words in Reading(reply.text).text
    assert "root:" not in reply.text and "Traceback" not in reply.text


def test_a_document_page_needs_no_script_at_all(base: str) -> None:
    reply = httpx.get(base + "/document/tebiki.md")
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert "<script" not in reply.text


def test_a_library_that_is_not_there_is_not_ready() -> None:
    class Empty(MemoryDesk):
        def edition(self) -> str:
            raise NoLibrary("nothing has been ingested; run `desk ingest`")

    with served(Empty(())) as base:
        reply = httpx.get(base + "/readyz")
        assert reply.status_code == 503 and reply.json()["reason"] == "NoLibrary"
        assert httpx.get(base + "/healthz").status_code == 200


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_question_is_answered_in_its_own_language(base: str, language: str, visit: Visit) -> None:
    visitor = visit(base, language)
    seen = Reading(visitor.ask(JAPANESE)).text
    assert "相手機関の所在国、設置者及び資金源を確認する。" in seen and "[1]" in seen
    seen = Reading(visitor.ask(ENGLISH)).text
    assert "every three months" in seen and "According to Aoba University" in seen


def test_a_conversation_belongs_to_the_visitor_who_holds_it(base: str, visit: Visit) -> None:
    owner, stranger = visit(base), visit(base)
    owner.ask(JAPANESE)
    stolen = stranger.join("again", None, session=owner.session)
    assert stolen.status_code == 403
    with pytest.raises(httpx.HTTPStatusError, match="403"):
        list(stranger.messages(owner.session))
    heartbeat = stranger.http.get(f"/gradio_api/heartbeat/{owner.session}")
    cancel = {"session_hash": owner.session, "fn_index": 0, "event_id": "x"}
    assert heartbeat.status_code == 403
    assert stranger.http.post("/gradio_api/cancel", json=cancel).status_code == 403


def test_another_site_cannot_ask_in_a_visitors_name(base: str, desk: MemoryDesk, visit: Visit) -> None:
    visitor, before = visit(base), desk.asked
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        reply = visitor.join("ask", JAPANESE, None, **headers)
        assert reply.status_code == 403 and "access-control-allow-origin" not in reply.headers
    assert desk.asked == before


def test_a_question_that_is_too_long_is_told_so_and_never_asked(
    base: str, desk: MemoryDesk, visit: Visit
) -> None:
    visitor, before = visit(base, "en"), desk.asked
    assert f"{LIMIT:,} 文字以内" in Reading(visitor.ask("長" * (LIMIT + 1))).text
    assert visitor.join("ask", "x" * 3_000_000, None).status_code == 413
    assert desk.asked == before


def test_wrong_types_are_not_an_error_page(base: str, visit: Visit) -> None:
    visitor = visit(base)
    for wrong in (None, "", "   "):
        assert visitor.ask(wrong) in ("", None) or "exchange" not in visitor.ask(wrong)  # type: ignore[arg-type]
    for strange in ({"a": 1}, ["x"], 7, True):
        visitor.join("ask", strange, None, [], [], [], "", "")
        messages = [m for m in visitor.messages() if m["msg"] == "process_completed"]
        assert "Traceback" not in str(messages)


def test_a_visitor_who_goes_away_ends_the_answer(visit: Visit) -> None:
    desk = MemoryDesk(documents(), slowly=0.3)
    with served(desk) as base:
        visitor = visit(base)
        visitor.join("ask", JAPANESE, None, [], [], [], "", "").raise_for_status()
        for message in visitor.messages():
            if message["msg"] == "process_generating":
                break
        visitor.http.close()
        until = time.monotonic() + 5
        while not desk.closed and time.monotonic() < until:
            time.sleep(0.05)
        assert desk.closed == 1


def test_a_flood_from_one_visitor_is_turned_away_with_a_time_to_wait(visit: Visit) -> None:
    with served(MemoryDesk(documents()), Rules(visitor_asks=Rate(60, 3))) as base:
        flooding, other = visit(base), visit(base)
        replies = [flooding.join("ask", JAPANESE, None) for _ in range(20)]
        late = [reply for reply in replies if reply.status_code == 429]
        assert len(late) >= 15 and all(int(reply.headers["retry-after"]) >= 1 for reply in late)
        assert "資金源を確認する" in Reading(other.ask(JAPANESE)).text


#: Every event of the chat page: what a visitor's browser may start.
EVENTS = {
    "opened": 1,
    "ask": 7,
    "again": 1,
    "stop": 1,
    "edit": 1,
    "new": 1,
    "forget": 1,
    "open_liked": 1,
    "open_disliked": 1,
    "shut": 2,
    "rate": 1,
    "compose": 1,
    "escalate": 1,
}


def test_pages_that_were_left_do_not_add_up() -> None:
    chat = next(r.app for r in app_of(MemoryDesk(documents())).routes if isinstance(r, Mount) and not r.path)
    sessions = cast(Any, chat).state_holder
    sessions.session_data.update({f"session-{number}": None for number in range(PAGES)})
    sessions["one more"]
    assert len(sessions.session_data) == PAGES and "session-0" not in sessions


def test_every_event_of_the_chat_page_is_on_the_list(base: str, visit: Visit) -> None:
    found: dict[str, int] = {}
    for event in visit(base).config["dependencies"]:
        if event["backend_fn"]:
            name = event["api_name"]
            found[name] = found.get(name, 0) + 1
        assert event["api_visibility"] == "private"
    assert {re.sub(r"_\d+$", "", name) for name in found} == set(EVENTS)
    assert sum(found.values()) == sum(EVENTS.values())


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.0.2.1", False),
        ("desk.example.ac.jp", False),
    ],
)
def test_without_a_login_only_this_machine_is_served(host: str, allowed: bool) -> None:
    if allowed:
        check_address(host, can_log_in=False)
    else:
        with pytest.raises(RemoteRefused, match="desk user add"):
            check_address(host, can_log_in=False)
    check_address(host, can_log_in=True)


def test_what_a_request_says_badly_is_read_as_nothing() -> None:
    scope = {
        "method": "GET",
        "path": "/",
        "query_string": b"&".join([b"a=1"] * 60),
        "headers": [(b"content-length", b"-5"), (b"host", b"localhost:80"), (b"cookie", b"a=1; b; c=2=3")],
    }
    seen = see(scope)
    assert (seen.query, seen.length, seen.host) == ({}, 0, "localhost")
    assert seen.cookies == {"a": "1", "b": "", "c": "2=3"}
