"""The log as JSON lines on standard error: one object a line, each with the request that it belongs to.

No question, answer, cookie, token or query string is ever written; `DESK_LOG_QUESTIONS` adds the questions.
"""

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

#: The mark of the request that is being served; it is in the reply's `x-request-id` too.
REQUEST: ContextVar[str] = ContextVar("desk_request", default="")
#: What a log call may add as `extra={"desk": {...}}`.
EXTRA = "desk"


class JsonLines(logging.Formatter):
    """A record as one line of JSON. An exception is its kind and places, with the error's own words last."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
        }
        if mark := REQUEST.get():
            line["request"] = mark
        line.update(getattr(record, EXTRA, {}))
        if record.exc_info:
            line["error"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def log_to(stream: TextIO | None = None, level: int = logging.INFO) -> logging.Handler:
    """Has the desk's log, and the warnings of everything else, written to `stream` (standard error).

    It is called once, at a door; it returns the handler for a caller that wants to take it away again.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("desk").setLevel(level)
    return handler
