"""The API as an application of its own: ask, search, documents, verify. It keeps nothing between two requests."""

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.responses import StreamingResponse
from fastapi.security import HTTPBearer

from bot.api.errors import LOG, NO_DOCUMENT, Refused, plain_errors, speaks
from bot.api.places import Places
from bot.api.shapes import (
    DocumentsShape,
    ErrorShape,
    Lookup,
    Question,
    TextShape,
    document_shape,
    text_shape,
)
from bot.packet.types import Packet
from bot.shapes import AnswerShape, ReportShape, SearchShape, answer_shape, report_shape, search_shape
from bot.types import Answer, Step
from bot.ui.desk import Desk
from vectorstore.types import Query

PATH = "/api"
ABOUT = (
    "Answers with the exact words that they rest on, in Japanese and English. The language of an answer is "
    'that of its question. Offsets point into the `text` of a document. Errors are `{"detail": …}` in the '
    "language of the Accept-Language header. Where the desk asks for a login, a token is needed: "
    "`desk user token NAME` makes one."
)
STREAM = (
    "The same as /ask while it is being worked out, as server-sent events: `query` {query}, `hits` {hits}, "
    "`text` {text} any number of times, and last `answer` with the object of /ask, or `error` {detail}. "
    "`text` is not yet checked; only what stands in `answer` is."
)
#: An event as OpenAPI describes one: its data is JSON.
_EVENT = {
    "type": "object",
    "required": ["event", "data"],
    "properties": {
        "event": {"enum": ["query", "hits", "text", "answer", "error"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
}
#: Requests that wait for a place, besides those that are served.
WAITING = 16
#: Packets that wait for the one place where they are checked: a hostile one may take seconds.
CHECKS = 4
_BEARER = HTTPBearer(auto_error=False, description="From `desk user token NAME`.")
_FAILED = ("今は回答できません。", "The desk cannot answer just now.")


def create_api(desk: Desk, at_once: int = 4, with_token: bool = False) -> FastAPI:
    """The application behind /api. `at_once` requests are worked on together.

    `with_token` says in its document that a token is needed; it is the guard that asks for it.
    """
    said = {"model": ErrorShape}
    replies: dict[int | str, dict[str, Any]] = {
        400: {**said, "description": "Not JSON."},
        401: {**said, "description": "A token is needed."},
        403: {**said, "description": "From another site, or not allowed with this token."},
        413: {**said, "description": "The body is too large."},
        422: {**said, "description": "A field is missing, too long or of the wrong form."},
        429: {**said, "description": "Too many requests; Retry-After says when to come back."},
        503: {**said, "description": "Busy, or the library is not ready."},
    }
    api = FastAPI(
        title="Advisory desk",
        version="1",
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        responses=replies,
        servers=[{"url": PATH}],
        root_path_in_servers=False,
        dependencies=[Depends(_BEARER)] if with_token else [],
    )
    plain_errors(api)
    places = Places(at_once, WAITING)
    _asking(api, desk, places)
    _reading(api, desk, places)
    _checking(api, desk, Places(1, CHECKS))
    return api


def _asking(api: FastAPI, desk: Desk, places: Places) -> None:
    @api.post("/ask", summary="Answer a question / 質問に答える")
    async def ask(question: Question) -> AnswerShape:
        """An answer whose every statement was checked against what it cites, or a refusal with its reason."""
        return await places.run(lambda: answer_shape(_answer(desk, question), question.id))

    @api.post(
        "/ask/stream",
        summary="Answer a question step by step / 質問に順次答える",
        description=STREAM,
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {"itemSchema": _EVENT}}}},
    )
    async def stream(question: Question, request: Request) -> StreamingResponse:
        steps = places.each(lambda: desk.steps(question.question, question.turns(), question.only.filter()))
        words = _FAILED[speaks(request) == "en"]
        first = await anext(steps)
        return StreamingResponse(_events(first, steps, question.id, words), media_type="text/event-stream")

    @api.post("/search", summary="Find passages / 該当箇所を探す")
    async def search(lookup: Lookup) -> SearchShape:
        """The passages that a question is about, best first, without an answer."""
        query = Query(lookup.question, lookup.k, lookup.only.filter())
        return await places.run(lambda: search_shape(lookup.question, desk.search(query)))


def _reading(api: FastAPI, desk: Desk, places: Places) -> None:
    @api.get("/documents", summary="List the documents / 資料の一覧")
    async def documents() -> DocumentsShape:
        """Every document that answers may come from."""

        def listed() -> DocumentsShape:
            waiting = desk.waiting()
            rows = [document_shape(*row, row[0] in waiting) for row in desk.catalogue()]
            return DocumentsShape(edition=desk.edition(), documents=rows)

        return await places.run(listed)

    @api.get(
        "/documents/{source:path}",
        summary="Read a document / 資料を読む",
        responses={404: {"model": ErrorShape, "description": "There is no such document."}},
    )
    async def document(source: Annotated[str, "its name in the list"]) -> TextShape:
        """A document with its whole text."""
        found = await places.run(lambda: desk.document(source))
        if found is None:
            raise Refused(404, NO_DOCUMENT)
        waiting = await places.run(desk.waiting)
        return text_shape(found, source in waiting)


def _checking(api: FastAPI, desk: Desk, places: Places) -> None:
    @api.post("/verify", summary="Check an evidence packet / 根拠記録を照合する")
    async def verify(packet: Packet, request: Request) -> ReportShape:
        """Every hash, offset, quote, verdict and record of a packet against the library, as `desk verify` does it.

        The packet is the body itself, as it was saved. Of two packets that say the same, one with values
        that the table does not name is altered.
        """
        sent = (
            await request.body()
        )  # the very bytes: what FastAPI made of them lacks names that it does not know
        return await places.run(lambda: report_shape(desk.verify(sent)))


def _answer(desk: Desk, question: Question) -> Answer:
    steps = desk.steps(question.question, question.turns(), question.only.filter())
    answers = [step.answer for step in steps if step.answer]
    return answers[-1]


async def _events(first: Step, steps: AsyncIterator[Step], name: str, words: str) -> AsyncIterator[str]:
    try:
        yield _event(first, name)
        async for step in steps:
            yield _event(step, name)
    except Exception:
        LOG.exception("a question failed")
        yield _sent("error", {"detail": words})


def _event(step: Step, name: str) -> str:
    if step.answer:
        return _sent("answer", answer_shape(step.answer, name))
    if step.kind == "hits":
        return _sent("hits", {"hits": search_shape("", step.hits)["hits"]})
    return _sent(step.kind, {"query": step.query} if step.kind == "query" else {"text": step.text})


def _sent(kind: str, value: Any) -> str:
    """One server-sent event; JSON has no line break of its own, so it is one line of data."""
    return f"event: {kind}\ndata: {json.dumps(value, ensure_ascii=False)}\n\n"
