"""Whatever a document, a title, an address, a model, a ticket or an error carries, nothing of it comes alive.

Each of the payloads goes through each of the carriers, in a real browser, with our policy and without it. A sink on
loopback listens for what they would fetch.
"""

import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.types import Answer, Citation, Quote, Statement, Step
from bot.web.guard import Rules
from bot.web.rates import Rate
from ingest.types import Record
from tests.bot.pages import MemoryDesk, MemoryStaff, Part, document, passages
from tests.bot.payloads import PAYLOADS, SINK
from tests.bot.seat import MARKS, Seat, Sit, browser, sit
from tests.bot.serving import served
from vectorstore.types import Filter, Hit

__all__ = ["browser", "sit"]
pytestmark = MARKS
#: Elements of which the pages' own parts below are never made.
ALIVE = "script, img, form, input, iframe, style, svg, video, audio, table, button, object, embed"
PARTS = ".exchange, #panel, #kept, main.still article, main.still .cards, #staff-trouble"


@contextmanager
def sink() -> Iterator[tuple[str, list[str]]]:
    """An address on loopback, and every path that was asked of it."""
    heard: list[str] = []

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", heard
    finally:
        server.shutdown()
        server.server_close()


class HostileDesk(MemoryDesk):
    """A desk whose document, record and model are made of `texts`, and which fails with them when told to."""

    def __init__(self, texts: list[str]) -> None:
        everything = " ".join(texts)
        record = Record("x", *[everything] * 4, (), "2024", everything, everything, note=everything)
        parts: list[Part] = [("title", 1, texts[0])]
        for text in texts:
            parts += [("heading", 1, text), ("paragraph", 0, f"確認する事項は次のとおり {text}")]
        super().__init__((document("危険 <b>&\"'.md", "ja", tuple(parts), record),))
        self.texts = texts

    def steps(self, question: str, history: Any = (), only: Filter = Filter()) -> Generator[Step, None, None]:
        doc = self.held[0]
        if question.startswith("失敗"):
            raise RuntimeError(" ".join(self.texts))
        quotes = [Quote(p, doc.record, 0, len(p.text)) for p in passages(doc)]
        if question.startswith("下書き"):
            yield Step("text", text="\n".join(self.texts))
        if question.startswith("断る"):
            near = tuple(Hit(q.passage, doc.record, 1.0) for q in quotes)
            said = " ".join(self.texts)
            yield Step(
                "answer",
                answer=Answer(question, question, "ja", "refused", (), (), said, said, (said,), near),
            )
            return
        citations = tuple(Citation(n, quote) for n, quote in enumerate(quotes, 1))
        kinds = ("supported", "partly", "unsupported")
        statements = tuple(
            Statement(text, (n,), kinds[n % 3] if n > 1 else "supported", text)  # type: ignore[arg-type]
            for n, text in enumerate(self.texts, 1)
        )
        notes, name = tuple(self.texts), " ".join(self.texts)
        yield Step(
            "answer",
            answer=Answer(
                question, question, "ja", "answered", statements, citations, name, "", notes, model=name
            ),
        )


class HostileStaff(MemoryStaff):
    """A staff desk whose ticket number is one more text."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self._texts = texts

    def escalate(self, question: str, **more: str) -> int:
        return " ".join(self._texts)  # type: ignore[return-value]


@pytest.mark.parametrize("unprotected", [False, True], ids=["with the policy", "without the policy"])
def test_no_payload_comes_alive_in_any_carrier(sit: Sit, unprotected: bool) -> None:
    with sink() as (address, heard):
        texts = [text.replace(SINK, address) for text in PAYLOADS.values()]
        assert len(texts) >= 21
        everything = " ".join(texts)
        with served(
            HostileDesk(texts), Rules(visitor_asks=Rate(6_000, 100)), staff=HostileStaff(texts)
        ) as base:
            seat = sit(base, bypass_csp=unprotected)
            for kind in ("答える", "断る", "失敗", "下書き"):
                seat.ask(f"{kind} {everything}"[:1_900])
                check_inert(seat, texts)
            seat.page.locator("#ask-staff").click()
            seat.page.locator("#contact-mail textarea, #contact-mail input").fill("x@example.ac.jp")
            seat.page.locator("#send-staff").click()
            seat.page.locator("#now .became").wait_for()
            check_inert(seat, texts)
            place = seat.page.locator(".open").first.get_attribute("href") or ""
            name = seat.page.locator("#kept .here").get_attribute("href") or ""
            for path in (place, "/library", "/search?q=確認する事項", "/glossary?q=%3Cscript%3E", name):
                seat.page.goto(base + path)
                if path == name:
                    seat.page.locator("#now .exchange").wait_for()
                check_inert(seat, texts)
        assert heard == []


def check_inert(seat: Seat, texts: list[str]) -> None:
    """Nothing ran, nothing was fetched, nothing was drawn that is not ours, and the texts are there to read."""
    page = seat.page
    page.wait_for_timeout(300)
    assert page.evaluate("window.__xss") is None
    assert not seat.strangers
    assert page.locator(f":is({PARTS}) :is({ALIVE})").count() == 0
    positions = "all => [...new Set(all.map(e => getComputedStyle(e).position))]"
    assert "fixed" not in page.locator(f":is({PARTS}) *").evaluate_all(positions)
    links = page.locator(f":is({PARTS}) a").evaluate_all("all => all.map(a => a.href)")
    assert all(link.startswith(seat.base) for link in links)
    handlers = "all => all.filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length"
    assert page.locator(f":is({PARTS}) *").evaluate_all(handlers) == 0
    if page.locator(".exchange, article, .cards").count():
        seen = page.locator("body").inner_text()
        assert texts[0] in seen
