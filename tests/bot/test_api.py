"""The HTTP API on a real server: the shapes of the command line, limits, streams, and its own document."""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.ask import Bot
from bot.shapes import answer_shape, report_shape
from bot.web.guard import Rules
from bot.web.rates import Rate
from tests.bot.pages import MemoryDesk, documents
from tests.bot.serving import served
from tests.bot.test_packet import bot_on
from tests.conftest import Desk as House
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary

JAPANESE = "共同研究を始める前に、相手機関の何を確認しますか。"
ENGLISH = "How often does the host review the access rights of a visiting researcher?"
FAST = Rules(caller_api=Rate(1e6, 100_000), address_api=Rate(1e6, 100_000), address_pages=Rate(1e6, 100_000))


@pytest.fixture(scope="module")
def desk() -> MemoryDesk:
    return MemoryDesk(documents())


@pytest.fixture(scope="module")
def http(desk: MemoryDesk) -> Iterator[httpx.Client]:
    with served(desk, FAST) as base, httpx.Client(base_url=f"{base}/api", timeout=60) as client:
        yield client


def events(reply: httpx.Response) -> list[tuple[str, Any]]:
    """The server-sent events of a whole reply."""
    found = []
    for block in reply.text.strip().split("\n\n"):
        kind, data = block.split("\n")
        found.append((kind.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


@pytest.mark.parametrize(("question", "language"), [(JAPANESE, "ja"), (ENGLISH, "en")])
def test_an_answer_has_the_shape_that_the_command_prints(
    http: httpx.Client, desk: MemoryDesk, question: str, language: str
) -> None:
    reply = http.post("/ask", json={"question": question, "id": "問1"})
    answer = next(step.answer for step in desk.steps(question) if step.answer)
    assert reply.json() == answer_shape(answer, "問1")
    assert reply.json()["language"] == language and reply.json()["citations"]


def test_a_stream_ends_with_the_same_answer(http: httpx.Client) -> None:
    reply = http.post("/ask/stream", json={"question": JAPANESE})
    assert reply.headers["content-type"].startswith("text/event-stream")
    kinds = [kind for kind, _ in events(reply)]
    assert kinds[:2] == ["query", "hits"] and kinds[-1] == "answer" and set(kinds[2:-1]) == {"text"}
    assert events(reply)[-1][1] == http.post("/ask", json={"question": JAPANESE}).json()


def test_a_stream_that_fails_says_so_and_nothing_more() -> None:
    class Failing(MemoryDesk):
        def steps(self, *given: Any, **more: Any) -> Any:
            yield from list(super().steps(*given, **more))[:2]
            raise RuntimeError("cannot open /srv/desk/secret")

    with served(Failing(documents()), FAST) as base:
        reply = httpx.post(
            f"{base}/api/ask/stream", json={"question": ENGLISH}, headers={"accept-language": "ja"}
        )
        assert [kind for kind, _ in events(reply)] == ["query", "hits", "error"]
        assert events(reply)[-1][1] == {"detail": "今は回答できません。"}
        failed = httpx.post(f"{base}/api/ask", json={"question": ENGLISH})
        assert failed.status_code == 500 and "secret" not in failed.text


def test_a_search_returns_passages_that_stand_in_the_document(http: httpx.Client) -> None:
    hits = http.post("/search", json={"question": JAPANESE, "k": 2}).json()["hits"]
    assert len(hits) == 2
    for hit in hits:
        document = http.get(f"/documents/{hit['source']}").json()
        assert document["text"][hit["start"] : hit["end"]] == hit["text"]


def test_the_library_is_listed_and_read(http: httpx.Client) -> None:
    listed = http.get("/documents").json()
    assert listed["edition"] == "edition-1"
    assert [row["source"] for row in listed["documents"]] == ["tebiki.md", "hosting/guide.md"]
    whole = http.get("/documents/hosting/guide.md").json()
    assert whole["title_ja"] == "訪問研究者の受入れ手引き" and whole["page_spans"][1]["number"] == 2


@pytest.mark.parametrize(
    ("path", "body", "status", "english", "japanese"),
    [
        ("/ask", {}, 422, "question is needed", "question：指定してください"),
        ("/ask", {"question": "  "}, 422, "right form", "形式"),
        ("/ask", {"question": "長" * 2_001}, 422, "at most 2000", "2000 文字以内"),
        ("/ask", {"question": 7}, 422, "wrong type", "種類"),
        ("/ask", {"question": "x", "secret<script>": 1}, 422, "not a field", "この項目はありません"),
        ("/ask", {"question": "x", "history": [{"question": "x", "answer": "y"}] * 7}, 422, "6", "6 個以内"),
        ("/ask", {"question": "x", "only": {"since": "24-1"}}, 422, "right form", "形式"),
        ("/ask", {"question": "x", "only": {"languages": ["fr"]}}, 422, "'ja' or 'en'", "ja"),
        ("/search", {"question": "x", "k": 101}, 422, "at most 100", "100 以下"),
        ("/search", {"question": "x" * 70_000}, 413, "too large", "大きすぎます"),
    ],
)
def test_a_bad_request_is_told_what_to_do(
    http: httpx.Client, path: str, body: Any, status: int, english: str, japanese: str
) -> None:
    for language, words in (("en", english), ("ja", japanese)):
        reply = http.post(path, json=body, headers={"accept-language": language})
        assert reply.status_code == status and words in reply.json()["detail"]
        assert "script" not in reply.text


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b"[" * 50_000,
        b'{"question": "\\ud800"}',
        b'{"question": NaN}',
        b"null",
        b'{"only": {"a": ' + b"[" * 20_000,
    ],
)
def test_a_body_that_is_no_request_is_refused_in_the_same_shape(http: httpx.Client, body: bytes) -> None:
    reply = http.post("/ask", content=body, headers={"content-type": "application/json"})
    assert reply.status_code in (400, 422) and set(reply.json()) == {"detail"}


def test_a_form_of_another_site_cannot_ask(http: httpx.Client, desk: MemoryDesk) -> None:
    before = desk.asked
    body = json.dumps({"question": JAPANESE})
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        reply = http.post("/ask", content=body, headers={"content-type": "application/json", **headers})
        assert reply.status_code == 403
    assert http.post("/ask", content=body, headers={"content-type": "text/plain"}).status_code == 422
    assert desk.asked == before


def test_the_api_has_a_rate_of_its_own() -> None:
    rules = Rules(caller_api=Rate(60, 3))
    with served(MemoryDesk(documents()), rules) as base:
        replies = [httpx.post(f"{base}/api/search", json={"question": ENGLISH}) for _ in range(6)]
        assert [reply.status_code for reply in replies].count(429) >= 2
        assert int(replies[-1].headers["retry-after"]) >= 1
        assert httpx.get(f"{base}/library").status_code == 200


def test_callers_who_find_no_place_are_turned_away_and_told_when_to_come_back() -> None:
    with served(MemoryDesk(documents(), slowly=0.2), FAST) as base:

        def ask(_: int) -> httpx.Response:
            return httpx.post(f"{base}/api/ask", json={"question": ENGLISH}, timeout=60)

        with ThreadPoolExecutor(40) as callers:
            replies = list(callers.map(ask, range(40)))
        late = [reply for reply in replies if reply.status_code == 503]
        assert late and all(int(reply.headers["retry-after"]) >= 1 for reply in late)
        assert all(reply.status_code in (200, 503) for reply in replies)


@pytest.fixture(scope="module")
def home(
    ingested: House, embedder: Embedder, glossary: Glossary, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Bot, httpx.Client]]:
    """A desk over a library that was really ingested, and its API."""
    for bot in bot_on(ingested, embedder, glossary, tmp_path_factory.mktemp("keys") / "packet.key"):
        with served(bot, FAST) as base, httpx.Client(base_url=f"{base}/api", timeout=60) as client:
            yield bot, client


def test_a_packet_is_checked_as_the_command_checks_it(home: tuple[Bot, httpx.Client]) -> None:
    bot, http = home
    packet = bot.packet(bot.ask("研究データを学外に持ち出すには誰の承認が必要ですか。"))
    json_of = {"content-type": "application/json"}
    assert http.post("/verify", content=packet, headers=json_of).json() == {
        "status": "intact",
        "findings": [],
    }
    edits = (("承認".encode(), "許可".encode()), (b'"format": 1', b'"format": 1, "more": "<script>"'))
    for old, new in edits:
        edited = packet.replace(old, new)
        assert edited != packet
        reply = http.post("/verify", content=edited, headers=json_of).json()
        assert reply == report_shape(bot.verify(edited)) and reply["status"] == "altered"
        assert {*reply["findings"][0]} == {"kind", "place", "ja", "en"}


@pytest.mark.parametrize(
    ("change", "status", "english", "japanese"),
    [
        ({"kind": "letter"}, 422, "kind must be one of", "kind：選べる値は"),
        ({"format": 2}, 422, "format must be one of 1", "format：選べる値は 1"),
        ({"seal": None}, 422, "seal is of the wrong type", "seal：種類"),
        ({"readable": {"ja": [], "en": ["x"] * 12_000}}, 422, "values", "根拠記録のファイルではありません"),
        ({"question": "長" * 400_000}, 413, "too large", "大きすぎます"),
    ],
)
def test_what_is_no_packet_is_told_so(
    home: tuple[Bot, httpx.Client], change: dict[str, Any], status: int, english: str, japanese: str
) -> None:
    bot, http = home
    packet = {**json.loads(bot.packet(bot.ask("持ち出しの承認は何日有効ですか。"))), **change}
    for language, words in (("en", english), ("ja", japanese)):
        reply = http.post("/verify", json=packet, headers={"accept-language": language})
        assert reply.status_code == status and words in reply.json()["detail"]


def test_the_page_of_the_api_needs_no_script_and_names_every_call(http: httpx.Client) -> None:
    base = str(http.base_url).removesuffix("/api/")
    document = http.get("/openapi.json").json()
    for language, word in (("ja", "質問に答える"), ("en", "Answer a question")):
        page = httpx.get(f"{base}/api?lang={language}").text
        assert word in page and "<script" not in page and "https://" not in page
        shown = page.replace("&#47;", "/").replace("&#123;", "{").replace("&#125;", "}").replace("&#58;", ":")
        assert all(f"/api{path}" in shown for path in document["paths"])
        described = [call for calls in document["paths"].values() for call in calls.values()]
        assert page.count(f'<p lang="{language}">') == 1 + len(described)


def test_the_server_keeps_to_its_openapi_document(http: httpx.Client, tmp_path: Path) -> None:
    program = [str(Path(sys.executable).with_name("schemathesis")), "run", f"{http.base_url}openapi.json"]
    bounds = ["--checks=all", "--max-examples=10", "--seed=1", "--no-color", "--generation-database=none"]
    ran = subprocess.run([*program, *bounds], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "6 selected" in ran.stdout or "6 tested" in ran.stdout, ran.stdout
