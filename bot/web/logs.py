"""The log as JSON lines on standard error: one object a line, each with the request that it belongs to.

No line holds a question, an answer, a cookie, a token or a query string; an error's own words may name what failed.
Telephone numbers and other personal data are masked in whatever is written.
"""

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

from bot.privacy import mask

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
            "message": mask(record.getMessage()).text,
        }
        if mark := REQUEST.get():
            line["request"] = mark
        extra = getattr(record, EXTRA, {})
        line.update(
            {key: mask(value).text if isinstance(value, str) else value for key, value in extra.items()}
        )
        if record.exc_info:
            line["error"] = mask("".join(traceback.format_exception(*record.exc_info))).text
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
