"""The head of the audit log, kept in a file outside the database: it shows when records were cut off the end.

The file holds one line, `number digest`. It only moves forward, and may be behind the log after a crash, never
ahead of it.
"""

import fcntl
import logging
import os
from dataclasses import dataclass
from pathlib import Path

LOG = logging.getLogger("desk.audit")


@dataclass(frozen=True, slots=True)
class Head:
    """The last record of a log: its number and digest."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"


class AnchorError(ValueError):
    """The file of the anchor holds something else."""


def parse_head(text: str) -> Head:
    """A head as it is written. Raises AnchorError."""
    parts = text.replace(":", " ").split()
    if len(parts) != 2 or not parts[0].isdigit() or len(parts[1]) != 64:
        raise AnchorError(f"not the head of an audit log: {text[:80]!r}; it looks like `12 3f…` (64 letters)")
    return Head(int(parts[0]), parts[1])


def read_head(path: Path) -> Head | None:
    """The anchored head, None where there is none yet. Raises AnchorError."""
    try:
        return parse_head(path.read_text("ascii"))
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise AnchorError(f"{path} is damaged; compare `desk audit head` with an earlier note") from None


def advance(path: Path, head: Head, *, force: bool = False) -> None:
    """Moves the anchor to `head` unless it is further already; `force` sets it back, after a restore."""
    lock = path.with_name(f"{path.name}.lock")
    with open(os.open(lock, os.O_RDWR | os.O_CREAT, 0o600), "rb") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        now = None if force else read_head(path)
        if now is None or now.number < head.number:
            _write(path, f"{head}\n")


def follow(path: Path, head: Head) -> None:
    """Moves the anchor after a commit. Where it cannot, the log stays whole and the anchor behind: that is logged."""
    try:
        advance(path, head)
    except (OSError, AnchorError) as error:
        LOG.error("the audit log's anchor %s stays behind at record %d: %s", path, head.number, error)


def _write(path: Path, line: str) -> None:
    fresh = path.with_name(f"{path.name}.new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as handle:
        handle.write(line)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(fresh, path)
