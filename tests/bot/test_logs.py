"""The log: one JSON object a line, with its request, and without what people ask."""

import io
import json
import logging
from collections.abc import Iterator

import httpx
import pytest

from bot.web.logs import EXTRA, REQUEST, log_to
from tests.bot.pages import MemoryDesk, documents
from tests.bot.serving import served


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """The log of the whole program, for one test."""
    root, desk = logging.getLogger(), logging.getLogger("desk")
    before = (root.handlers, root.level, desk.level)
    written = io.StringIO()
    log_to(written)
    yield written
    root.handlers, _, _ = before
    root.setLevel(before[1])
    desk.setLevel(before[2])


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_an_object_with_its_request_and_what_was_added(stream: io.StringIO) -> None:
    named = REQUEST.set("abc")
    logging.getLogger("desk.test").info("改行\nのある%s", "文", extra={EXTRA: {"status": 200}})
    REQUEST.reset(named)
    (line,) = lines(stream)
    assert line["message"] == "改行\nのある文" and line["request"] == "abc" and line["status"] == 200


def test_an_error_is_on_the_same_line(stream: io.StringIO) -> None:
    try:
        raise ValueError("a\nb")
    except ValueError:
        logging.getLogger("desk.test").exception("it failed")
    (line,) = lines(stream)
    assert "ValueError: a\nb" in str(line["error"]) and line["level"] == "error"


def test_personal_data_are_masked_in_whatever_is_logged(stream: io.StringIO) -> None:
    log = logging.getLogger("desk.test")
    log.info("from %s", "taro@example.ac.jp", extra={EXTRA: {"question": "090-1234-5678の者です"}})
    try:
        raise ValueError("０３－１２３４－５６７８")
    except ValueError:
        log.exception("it failed")
    written = stream.getvalue()
    assert "taro@" not in written and "5678" not in written and "５６７８" not in written
    assert "(e-mail address)" in written and "（電話番号）" in written


def test_a_request_is_one_line_and_says_nothing_of_the_question(stream: io.StringIO) -> None:
    with served(MemoryDesk(documents())) as base:
        reply = httpx.post(f"{base}/api/ask?secret=口座番号", json={"question": "住所は千代田区です。"})
        httpx.get(f"{base}/document/tebiki.md?lang=ja")
        httpx.get(f"{base}/etc/passwd")
        httpx.get(f"{base}/healthz")
        httpx.get(f"{base}/page/page.css")
    found = [line for line in lines(stream) if line["from"] == "desk.request"]
    assert [line["status"] for line in found] == [200, 200, 404]
    assert found[0]["request"] == reply.headers["x-request-id"]
    assert not any(word in stream.getvalue() for word in ("千代田", "口座", "passwd", "tebiki"))
