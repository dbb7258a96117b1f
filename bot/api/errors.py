"""What the API says when it does not do what was asked: one shape, in the caller's language, never an echo."""

import logging

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as StarletteError

from bot.packet.types import PacketError
from bot.ui.words import page_language
from ingest.types import Language
from vectorstore.types import StoreError

LOG = logging.getLogger("desk.api")

_NOT_READY = (
    "資料庫を使えません。管理者に `desk doctor` の実行を依頼してください。",
    "The library cannot be used just now; ask whoever runs the desk to run `desk doctor`.",
)
_NO_ROUTE = ("その名前のものはありません。", "There is nothing of that name.")
BUSY = (
    "混み合っています。少し待ってからもう一度お試しください。",
    "The desk is busy; please try again in a moment.",
)
NO_DOCUMENT = (
    "その資料は資料庫にありません。/api/documents で一覧を確認してください。",
    "The library has no such document; /api/documents lists them.",
)
#: Kind of a validation error -> what to do, in both languages. `{}` holes are limits of ours, never data.
_FAULTS: dict[str, tuple[str, str]] = {
    "missing": ("指定してください", "is needed"),
    "extra_forbidden": ("この項目はありません", "is not a field of this request"),
    "json_invalid": ("JSON として読めません", "is not JSON"),
    "string_too_long": ("{max_length} 文字以内にしてください", "must be at most {max_length} characters"),
    "string_too_short": ("空にできません", "must not be empty"),
    "string_pattern_mismatch": ("形式が正しくありません", "does not have the right form"),
    "string_unicode": ("文字として読めません", "is not readable text"),
    "too_long": ("{max_length} 個以内にしてください", "must have at most {max_length} entries"),
    "greater_than_equal": ("{ge} 以上にしてください", "must be at least {ge}"),
    "less_than_equal": ("{le} 以下にしてください", "must be at most {le}"),
    "literal_error": ("選べる値は {expected} です", "must be one of {expected}"),
}
_OTHER = ("種類が正しくありません", "is of the wrong type")


class Refused(Exception):
    """A request that is not done: the status, the words in both languages, and when to come back."""

    def __init__(self, status: int, words: tuple[str, str], retry_after: int = 0) -> None:
        super().__init__(words[1])
        self.status, self.words, self.retry_after = status, words, retry_after


def speaks(request: Request) -> Language:
    """The language of the caller, by the Accept-Language header."""
    return page_language("", request.headers.get("accept-language", ""))


def told(request: Request, status: int, words: tuple[str, str], retry_after: int = 0) -> JSONResponse:
    """The one shape of every refusal."""
    headers = {"retry-after": str(retry_after)} if retry_after else None
    return JSONResponse({"detail": words[speaks(request) == "en"]}, status, headers)


def plain_errors(api: FastAPI) -> None:
    """Has every error of the API answered in the one shape."""
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(StarletteError, _http)
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(PacketError, _packet)
    api.add_exception_handler(StoreError, _store)


def _invalid(request: Request, error: Exception) -> JSONResponse:
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    faults = [_fault(one) for one in found[:5]]
    return told(request, 422, ("。".join(ja for ja, _ in faults), "; ".join(en for _, en in faults)))


def _fault(error: dict[str, object]) -> tuple[str, str]:
    """One fault, by the names of our own fields; a name that the caller made up is not repeated."""
    kind, place = str(error["type"]), error["loc"]
    parts = list(place[:-1] if kind == "extra_forbidden" else place) if isinstance(place, tuple) else []
    name = ".".join(str(part) for part in parts[1:] if kind != "json_invalid") or "body"
    context = error.get("ctx")
    limits = context if isinstance(context, dict) else {}
    ja, en = (words.format(**limits) if "{" in words else words for words in _FAULTS.get(kind, _OTHER))
    return f"{name}：{ja}", f"{name} {en}"


def _http(request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException | StarletteError) else 500
    return told(request, status, _FAULTS["json_invalid"] if status == 400 else _NO_ROUTE)


def _refused(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, Refused):
        raise error
    return told(request, error.status, error.words, error.retry_after)


def _packet(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, PacketError):
        raise error
    return told(request, 422, (error.reason_ja, str(error)))


def _store(request: Request, error: Exception) -> JSONResponse:
    LOG.error("the library cannot be used: %s", type(error).__name__)
    return told(request, 503, _NOT_READY, retry_after=30)
