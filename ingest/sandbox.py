"""Readers run in a child process with limits of memory, time and output, so that no file can take the ingest down.

One child serves many files, since starting it costs more than reading most of them. A child that dies, hangs or
answers too much is replaced, and its file is refused with the reason. What a child says is JSON and never code.
"""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from ingest.limits import Limits, TooLong, receive_frame, send_frame
from ingest.readers.kinds import LARGEST_FILE, too_large
from ingest.types import (
    IngestError,
    Page,
    ResourceLimit,
    UnknownFormat,
    UnreadableFile,
)

#: Seconds for a new child to load the readers, on a machine that is busy.
START = 60.0
_ROOT = Path(__file__).resolve().parent.parent
_ERRORS: dict[str, type[IngestError]] = {
    kind.__name__: kind for kind in (IngestError, UnreadableFile, UnknownFormat, ResourceLimit)
}
_DAMAGED = (
    "The file is damaged: its reader stopped at it ({}). Save it again, or as PDF, DOCX, HTML or text.",
    "ファイルが壊れていて読み取れません（{}）。保存し直すか、別の形式で追加してください。",
)


class Sandbox:
    """Reads files as `read_pages` does, in a child process. Call it with a suffix and bytes; close it at the end."""

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __call__(self, suffix: str, data: bytes) -> tuple[Page, ...]:
        """The pages of a file. Raises ResourceLimit, and what its reader raises (all IngestError)."""
        if len(data) > LARGEST_FILE:
            raise too_large(len(data))
        return _pages(self._exchange(suffix.encode("utf-8", "replace") + b"\0" + data))

    def close(self) -> None:
        """Ends the child."""
        if self._channel is not None:
            self._channel.close()
        if self._child is not None:
            self._child.kill()
            self._child.wait()
        self._child = self._channel = None

    def _exchange(self, request: bytes) -> dict[str, Any]:
        """The child's answer to one request; a child that cannot give one is ended."""
        try:
            channel = self._channel or self._start()
            deadline = time.monotonic() + self._limits.wall
            channel.settimeout(self._limits.wall)
            send_frame(channel, request)
            reply = receive_frame(channel, self._limits.reply, deadline)
        except TimeoutError:
            self.close()
            raise _over("time", f"{self._limits.wall:.0f} s") from None
        except TooLong:
            self.close()
            raise _over("text", f"{self._limits.reply >> 20} MB") from None
        except OSError:
            reply = b""
        if not reply:
            raise self._died()
        value: dict[str, Any] = json.loads(reply.decode("utf-8", "surrogatepass"))
        if "limit" in value:
            self.close()
            raise _over("memory", f"{self._limits.memory >> 20} MB")
        return value

    def _start(self) -> socket.socket:
        """A new child that has loaded the readers, with nothing of this process's environment."""
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-W", "ignore", "-m", "ingest.sandbox_child"]
        with theirs:
            self._child = subprocess.Popen(
                [*command, str(self._limits.memory), str(self._limits.cpu)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"PYTHONPATH": str(_ROOT), "LC_ALL": "C.UTF-8"},
            )
        self._channel = ours
        if receive_frame(ours, 64, time.monotonic() + START) != b"ready":
            self.close()
            raise IngestError(
                "The process that reads files cannot be started; run `desk doctor`.",
                "ファイルを読み取るプロセスを起動できません。",
            )
        return ours

    def _died(self) -> ResourceLimit:
        """Why the child is gone, from how it ended."""
        if self._child is not None:
            try:
                self._child.wait(5)
            except subprocess.TimeoutExpired:
                self._child.kill()
        self.close()
        return _over("memory or time", f"{self._limits.memory >> 20} MB, {self._limits.cpu} s")


def _pages(value: dict[str, Any]) -> tuple[Page, ...]:
    """The pages in an answer. Raises what it says went wrong."""
    if "error" in value:
        kind = _ERRORS.get(value["error"], UnreadableFile)
        raise kind(value["reason"], value["reason_ja"])
    if "damaged" in value:
        english, japanese = _DAMAGED
        raise UnreadableFile(english.format(value["damaged"]), japanese.format(value["damaged"]))
    return tuple(
        Page(number, text, tuple((start, level) for start, level in headings), hidden)
        for number, text, headings, hidden in value["pages"]
    )


_JAPANESE = {"time": "時間", "text": "文字数", "memory": "メモリー", "memory or time": "メモリーまたは時間"}


def _over(what: str, limit: str) -> ResourceLimit:
    return ResourceLimit(
        f"Rejected: resource limit. Reading it takes more {what} than a document may ({limit}). "
        "Save it as plain PDF or text and add it again.",
        f"却下（資源の上限）：読み取りに必要な{_JAPANESE[what]}が上限（{limit}）を超えました。"
        "通常の PDF かテキストで保存し直してください。",
    )
