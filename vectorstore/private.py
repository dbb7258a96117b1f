"""Private copies of sealed editions: opening one writes into it, so each process has its own.

A copy is locked while its process lives. What a killed process left is removed by the next one that makes a copy.
"""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

_PREFIX = "desk-copy-"
_LOCK = "lock"


class PrivateFolder:
    """A folder in the system's temporary one, for this process alone, until `remove`."""

    def __init__(self) -> None:
        _sweep()
        made = _made()
        while made is None:  # another process swept it before it was locked
            made = _made()
        self.path, self._handle = made

    def remove(self) -> None:
        """Removes the folder. May be called more than once."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _made() -> tuple[Path, int] | None:
    """A new folder, with mode 0700, and its lock; None where another process was quicker to lock it."""
    path = Path(tempfile.mkdtemp(prefix=_PREFIX))
    handle = os.open(path / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    if not (path / _LOCK).exists():
        os.close(handle)
        return None
    return path, handle


def _sweep() -> None:
    """Removes the copies of processes that are gone: nobody holds their lock."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            continue  # another user's, or one that is just being made
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            pass
        finally:
            os.close(handle)
