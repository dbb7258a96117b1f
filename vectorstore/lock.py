"""The one lock for writing: held through the operating system, so that it goes with the process that holds it."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from vectorstore.edition import Home
from vectorstore.types import StoreBusy, StoreError

#: How long to wait for another writer before saying who it is.
LOCK_SECONDS = 5.0


@contextmanager
def writer_lock(home: Home, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Holds the one lock for writing. Raises StoreBusy, naming the holder, after `seconds`."""
    home.make()
    path = home.folder / "writer.lock"
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(f"{path} cannot be opened: {error.strerror}; is {home.folder} yours?") from None
    try:
        _wait(handle, seconds)
        _note(handle, f"process {os.getpid()}, since {datetime.now(UTC).isoformat(timespec='seconds')}")
        yield
        _note(handle, "")
    finally:
        os.close(handle)


def _wait(handle: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                holder = os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "another process"
                raise StoreBusy(f"another ingest is running ({holder}); wait for it to end") from None
            time.sleep(0.1)


def _note(handle: int, text: str) -> None:
    """Who holds the lock, for people; a full disk takes the note away and not the lock."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.pwrite(handle, text.encode(), 0)
