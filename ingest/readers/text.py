"""Plain text: one page per form feed, or one page without a number."""

from ingest.readers.encodings import decode
from ingest.readers.kinds import check_bytes
from ingest.types import Page


def read(data: bytes) -> tuple[Page, ...]:
    """The pages of a .txt file. Raises UnreadableFile for binary bytes and for an unknown encoding."""
    check_bytes(data, "text")
    parts = decode(data).split("\f")
    if len(parts) == 1:
        return (Page(0, parts[0]),)
    return tuple(Page(number, part) for number, part in enumerate(parts, 1))
