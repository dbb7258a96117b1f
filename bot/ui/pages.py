"""The pages without a script that are looked things up in: passages and terms."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from bot.ui.desk import Desk
from bot.ui.glossary import glossary_page
from bot.ui.search import Wanted, search_page
from bot.ui.shell import request_language
from bot.ui.talk import LIMIT

#: For pages without any script: nothing but our own style sheets, and forms that come back to us.
FORM_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)

Words = Annotated[str, Query(max_length=LIMIT)]
Short = Annotated[str, Query(max_length=300)]


def look_up_routes(desk: Desk) -> APIRouter:
    """`/search` and `/glossary`."""
    router = APIRouter()

    @router.get("/search")
    def search(
        request: Request,
        q: Words = "",
        issuer: Short = "",
        kind: Short = "",
        written: Short = "",
        since: Short = "",
        until: Short = "",
    ) -> HTMLResponse:
        wanted = Wanted(q, issuer, kind, written, since, until)
        return _page(search_page(desk, wanted, request_language(request.scope)))

    @router.get("/glossary")
    def glossary(
        request: Request, q: Words = "", kind: Short = "", page: Annotated[int, Query()] = 1
    ) -> HTMLResponse:
        language = request_language(request.scope)
        return _page(glossary_page(desk.glossary(), q, kind, page, language))

    return router


def _page(html: str) -> HTMLResponse:
    return HTMLResponse(html, headers={"content-security-policy": FORM_CSP})
