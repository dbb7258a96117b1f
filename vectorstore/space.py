"""Room on the disk: asked for before an edition is written, and what a full disk looks like to each part."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from vectorstore.shelf import Shelved
from vectorstore.types import NoSpace, StoreError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FULL_WORDS = ("disk is full", "no space left", "os error 28", "code: 13")
#: Measured on editions of 167 to 4,005 passages with 256 dimensions (6 to 57 MB): a text is kept about so many times over
#: (document, raw text, passages, terms), a vector so many times (two files, Chroma, its queue), and what is
#: needed besides.
_TEXTS, _VECTORS, _PASSAGE, _BASE = 8, 9, 4_000, 6 << 20


def needed(shelved: Sequence[Shelved], dimension: int) -> int:
    """About how many bytes an edition of these documents takes, rather too many than too few."""
    texts = sum(len(item.document.text.encode("utf-8", "replace")) for item in shelved)
    passages = sum(len(item.passages) for item in shelved)
    return _BASE + _TEXTS * texts + passages * (_PASSAGE + 4 * dimension * _VECTORS)


def require(folder: Path, size: int) -> None:
    """Raises NoSpace when `folder`'s disk has less than `size` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < size:
        raise NoSpace(
            f"the disk of {folder} is too full: about {_megabytes(size)} MB are needed and {_megabytes(free)} MB are "
            "free; nothing was changed. Make room, or set DESK_HOME to another disk"
        )


def _megabytes(size: int) -> int:
    return -(-size // (1 << 20))


@contextmanager
def full_disk_said(folder: Path) -> Iterator[None]:
    """Turns what a full disk makes of files, SQLite and Chroma into NoSpace, and other failures into StoreError."""
    try:
        yield
    except NoSpace:
        raise
    except (OSError, sqlite3.Error, StoreError) as error:
        full = getattr(error, "errno", None) in _FULL or any(w in str(error).lower() for w in _FULL_WORDS)
        if full:
            raise NoSpace(
                f"the disk of {folder} became full; the library is as it was. Make room and try again"
            ) from error
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"{folder} cannot be written: {error}") from error
