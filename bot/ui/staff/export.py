"""Replies and the list of tickets as files, for the staff alone."""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from bot.accounts.roles import NotAllowed, require
from bot.desk.exports import as_csv, as_text, on_paper
from bot.desk.office import Office
from bot.desk.reply import Reply, reply_of
from bot.desk.rules import NotPermitted
from bot.docx_file import as_docx
from bot.packet.types import PacketError
from bot.paper import as_markdown
from bot.store.tickets import NoTicket
from bot.ui.document import notice_page
from bot.ui.shell import request_language
from bot.ui.staff.shared import ROLES

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Suffix -> (media type, reply -> bytes).
KINDS: Mapping[str, tuple[str, Callable[[Reply], bytes]]] = {
    "txt": ("text/plain; charset=utf-8", lambda reply: as_text(reply).encode()),
    "md": ("text/markdown; charset=utf-8", lambda reply: as_markdown(on_paper(reply)).encode()),
    "docx": (WORD, lambda reply: as_docx(on_paper(reply), reply.language)),
}
#: What the guard lets through to this file.
PATH = r"/desk/export/(?:tickets\.csv|\d{1,9}\.(?:txt|md|docx|json))"


def export_routes(office: Office, contact: str) -> APIRouter:
    """/desk/export/NUMBER.txt, .md, .docx, the packet as .json, and /desk/export/tickets.csv."""
    router = APIRouter(dependencies=[Depends(_staff)])

    @router.get("/desk/export/tickets.csv")
    def table() -> Response:
        text = as_csv(office.listed(most=100_000))
        return _file(text.encode(), "text/csv; charset=utf-8", "tickets.csv")

    @router.get("/desk/export/{number}.json")
    def packet(number: int, request: Request) -> Response:
        try:
            made = office.packet(office.file(number))
        except (NoTicket, NotPermitted):
            return Response(status_code=404)
        except PacketError:
            return HTMLResponse(notice_page("packet_late", request_language(request.scope)), 409)
        return _file(made, "application/json", f"packet-{number}.json")

    @router.get("/desk/export/{number}.{kind}")
    def reply(number: int, kind: str) -> Response:
        if kind not in KINDS:
            return Response(status_code=404)
        try:
            file = office.file(number)
        except NoTicket:
            return Response(status_code=404)
        if not file.letter:
            return Response(status_code=404)
        media, make = KINDS[kind]
        made = make(reply_of(number, file.ticket.question, office.as_now(file.letter), contact))
        return _file(made, media, f"reply-{number}.{kind}")

    return router


def _staff(request: Request) -> None:
    try:
        require(request, ROLES)
    except NotAllowed:
        raise HTTPException(403) from None


def _file(content: bytes, media: str, name: str) -> Response:
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
    }
    return Response(content, media_type=media, headers=headers)
