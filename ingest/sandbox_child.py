"""DOOR: `python -m ingest.sandbox_child`: the process that reads files for `ingest.sandbox`, under hard limits.

Its standard input is a socket: a frame comes in (suffix, NUL, the file's bytes) and a frame goes out (JSON). It knows
no file, no setting and no environment, writes no file, and ends when its parent does.
"""

import json
import resource
import socket
import sys
from typing import Any

from ingest.limits import receive_frame, send_frame
from ingest.readers import read_pages
from ingest.readers.kinds import LARGEST_FILE
from ingest.types import IngestError

#: Room for the suffix beside the largest file that a reader takes.
MOST = LARGEST_FILE + 4096


def _limit(memory: int) -> None:
    """Address space, no file to write, no core dump. The CPU's share is renewed for every file."""
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS knows no limit of address space; the clock's limit stays
            continue


def _allow_cpu(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, hard))


def answer(frame: bytes) -> dict[str, Any]:
    """What becomes of one file: its pages, or the kind of error with both sentences."""
    suffix, _, data = frame.partition(b"\0")
    try:
        pages = read_pages(suffix.decode(), data)
    except IngestError as error:
        return {"error": type(error).__name__, "reason": error.reason, "reason_ja": error.reason_ja}
    except MemoryError:
        return {"limit": "memory"}
    except Exception as error:  # whatever a library raises on a damaged file is that file's row
        return {"damaged": type(error).__name__}
    return {"pages": [[page.number, page.text, page.headings, page.hidden] for page in pages]}


def main() -> None:
    """Answers frames until the parent closes the socket."""
    memory, cpu = map(int, sys.argv[1:3])
    channel = socket.socket(fileno=0)
    _limit(memory)
    send_frame(channel, b"ready")
    while frame := receive_frame(channel, MOST):
        _allow_cpu(cpu)
        reply = answer(frame)
        del frame
        send_frame(channel, json.dumps(reply, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        if "limit" in reply:
            return


if __name__ == "__main__":
    main()
