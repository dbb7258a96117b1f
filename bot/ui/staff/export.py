"""Replies and the list of tickets as files, for the staff alone."""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.accounts.roles import NotAllowed, require
from bot.desk.exports import as_csv, as_markdown, as_text
from bot.desk.office import Office
from bot.desk.reply import Reply, reply_of
from bot.desk.word import as_docx
from bot.store.tickets import NoTicket
from bot.ui.staff.handlers import ROLES

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Suffix -> (media type, reply -> bytes).
KINDS: Mapping[str, tuple[str, Callable[[Reply], bytes]]] = {
    "txt": ("text/plain; charset=utf-8", lambda reply: as_text(reply).encode()),
    "md": ("text/markdown; charset=utf-8", lambda reply: as_markdown(reply).encode()),
    "docx": (WORD, as_docx),
}
#: What the guard lets through to this file.
PATH = r"/desk/export/(?:tickets\.csv|\d{1,9}\.(?:txt|md|docx))"


def export_routes(office: Office, contact: str) -> APIRouter:
    """/desk/export/NUMBER.txt, .md, .docx and /desk/export/tickets.csv."""
    router = APIRouter()

    @router.get("/desk/export/tickets.csv")
    def table(request: Request) -> Response:
        if not _staff(request):
            return Response(status_code=403)
        text = as_csv(office.listed(most=100_000))
        return _file(text.encode(), "text/csv; charset=utf-8", "tickets.csv")

    @router.get("/desk/export/{number}.{kind}")
    def reply(number: int, kind: str, request: Request) -> Response:
        if not _staff(request):
            return Response(status_code=403)
        if kind not in KINDS:
            return Response(status_code=404)
        try:
            file = office.file(number)
        except NoTicket:
            return Response(status_code=404)
        if not file.letter:
            return Response(status_code=404)
        media, make = KINDS[kind]
        made = make(reply_of(number, file.ticket.question, file.letter, contact))
        return _file(made, media, f"reply-{number}.{kind}")

    return router


def _staff(request: Request) -> bool:
    try:
        require(request, ROLES)
    except NotAllowed:
        return False
    return True


def _file(content: bytes, media: str, name: str) -> Response:
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
    }
    return Response(content, media_type=media, headers=headers)
