"""What a visitor may take away of the own conversations: Markdown, DOCX, and the evidence packet of an answer."""

from datetime import date

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from bot.docx_file import as_docx
from bot.packet.types import PacketError
from bot.paper import as_markdown
from bot.ui.desk import Desk
from bot.ui.document import notice_page
from bot.ui.export import conversation
from bot.ui.history import History
from bot.ui.shell import request_language
from bot.ui.talk import Talk
from bot.web.visitors import VISITOR

_KINDS = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


def download_routes(desk: Desk, history: History) -> APIRouter:
    """`/talk/NAME.md`, `/talk/NAME.docx`, `/talk/NAME/NUMBER.json`, for the visitor whose conversation it is."""
    router = APIRouter()

    def own(request: Request, name: str) -> Talk | None:
        return history.get(request.scope.get(VISITOR, ""), name)

    @router.get("/talk/{name}.{suffix}")
    def talk(request: Request, name: str, suffix: str) -> Response:
        found, language = own(request, name), request_language(request.scope)
        if found is None or suffix not in ("md", "docx"):
            return _notice(request, 404, "talk_gone")
        lines = conversation(found, language)
        body = as_docx(lines, language) if suffix == "docx" else as_markdown(lines).encode()
        return _file(body, suffix)

    @router.get("/talk/{name}/{number}.json")
    def packet(request: Request, name: str, number: int) -> Response:
        found = own(request, name)
        answers = [e.answer for e in found.exchanges if e.number == number] if found else []
        if not answers or answers[0] is None:
            return _notice(request, 404, "talk_gone")
        try:
            return _file(desk.packet(answers[0]), "json")
        except PacketError:
            return _notice(request, 409, "packet_late")

    return router


def _file(body: bytes, suffix: str) -> Response:
    name = f"advisory-desk-{date.today():%Y%m%d}.{suffix}"
    return Response(
        body, media_type=_KINDS[suffix], headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def _notice(request: Request, status: int, key: str) -> Response:
    return HTMLResponse(notice_page(key, request_language(request.scope)), status)
