"""How much reading one file may take, and the frames that go to and from the process that reads it."""

import socket
import struct
import time
from dataclasses import dataclass

_LENGTH = struct.Struct("!Q")
_PART = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file: bytes of address space, seconds of CPU, seconds on the clock, bytes of the reply.

    The longest real guideline takes 2 s and 200 MB; PDFium takes 3 GB for a page of nested streams of 4 KB.
    """

    memory: int = 1 << 30
    cpu: int = 60
    #: Twice the CPU's, so that a busy machine refuses no good file.
    wall: float = 120.0
    reply: int = 64 << 20


class TooLong(Exception):
    """A frame that announces more bytes than it may have."""


def send_frame(channel: socket.socket, data: bytes) -> None:
    """Sends the length of `data`, then `data`. Raises OSError (TimeoutError by the channel's own timeout)."""
    channel.sendall(_LENGTH.pack(len(data)))
    channel.sendall(data)


def receive_frame(channel: socket.socket, most: int, deadline: float | None = None) -> bytes:
    """The next frame; empty at the end of the stream. `deadline` is a time.monotonic().

    Raises TooLong before anything over `most` bytes is taken in, and OSError (TimeoutError).
    """
    head = _exactly(channel, _LENGTH.size, deadline)
    if len(head) < _LENGTH.size:
        return b""
    (length,) = _LENGTH.unpack(head)
    if length > most:
        raise TooLong
    return _exactly(channel, length, deadline)


def _exactly(channel: socket.socket, count: int, deadline: float | None) -> bytes:
    parts, missing = [], count
    while missing:
        if deadline is not None:
            channel.settimeout(max(deadline - time.monotonic(), 0.001))
        part = channel.recv(min(missing, _PART))
        if not part:
            return b""
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
