"""Readers: file suffix -> function from bytes to pages. A new format is one file here and one entry below."""

from collections.abc import Callable

from ingest.readers import docx, html, pdf, text
from ingest.types import Page, UnknownFormat

Reader = Callable[[bytes], tuple[Page, ...]]

READERS: dict[str, Reader] = {
    ".pdf": pdf.read,
    ".docx": docx.read,
    ".html": html.read,
    ".htm": html.read,
    ".txt": text.read_text,
    ".md": text.read_markdown,
}


def read_pages(suffix: str, data: bytes) -> tuple[Page, ...]:
    """The pages of a file by its suffix (".pdf", any case). Raises UnknownFormat, or UnreadableFile as its
    reader.
    """
    reader = READERS.get(suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise UnknownFormat(
            f"No reader for {suffix or 'a file without a suffix'}. Save the file as one of {known}.",
            f"{suffix or '拡張子のないファイル'} は読めません。{known} のいずれかで保存してください。",
        )
    return reader(data)
