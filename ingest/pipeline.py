"""One file -> one document and its passages: read, clean, outline, cut, examine. Writes nothing."""

import hashlib
from collections.abc import Callable
from pathlib import PurePosixPath

from ingest.catalogue import Catalogue
from ingest.clean import clean
from ingest.cut import Piece, pieces
from ingest.health import examine
from ingest.language import fold, language_of
from ingest.lines import mark_of
from ingest.outline import outline
from ingest.pack import packed
from ingest.readers import read_pages
from ingest.recipe import recipe
from ingest.types import Block, Document, Page, Passage, QuarantinedDocument

#: How a file is read: (suffix, bytes) -> pages. In a child process or not is the caller's choice.
Read = Callable[[str, bytes], tuple[Page, ...]]


def version_of(data: bytes) -> str:
    """The version of a file with these bytes under the present recipe; 16 hexadecimal digits."""
    return hashlib.sha256(data + recipe().encode()).hexdigest()[:16]


def read_document(
    source: str, data: bytes, catalogue: Catalogue, read: Read = read_pages
) -> tuple[Document, tuple[Passage, ...]]:
    """The document that `data` holds and its passages, in reading order.

    `source` is the document's unique name in its library; its suffix chooses the reader.
    Raises UnknownFormat, UnreadableFile and QuarantinedDocument (all IngestError).
    """
    cleaned = clean(read(PurePosixPath(source).suffix, data))
    health = examine(cleaned)
    if health.quarantine:
        raise QuarantinedDocument(health.quarantine, QUARANTINE_JA)
    document = Document(
        source=source,
        version=version_of(data),
        language=language_of(cleaned.text),
        text=cleaned.text,
        raw=cleaned.raw,
        offsets=cleaned.offsets,
        pages=cleaned.pages,
        blocks=outline(cleaned),
        record=catalogue.find(source, cleaned.text),
        health=health,
    )
    given = frozenset(start for start, _ in cleaned.headings)
    parts = packed(document.text, pieces(document.text, document.blocks, given), given)
    return document, tuple(_passage(document, part) for part in parts)


QUARANTINE_JA = (
    "文字の取り出しが不完全なため、引用できる状態ではありません。"
    "元の文書を別の形式（PDF・DOCX・UTF-8 のテキスト）で追加してください。"
)


def _with_heading(text: str, part: Piece) -> int:
    """Where a passage starts that stands right under its headings: they are part of what it says."""
    start = part.start
    for heading in reversed(part.path):
        if heading.end <= start and not text[heading.end : start].strip():
            start = heading.start
    return start


def _passage(document: Document, part: Piece) -> Passage:
    start = _with_heading(document.text, part)
    text = document.text[start : part.end]
    language = language_of(document.text[part.start : part.end])
    title = document.record.title(language)
    names = (heading_text(document.text, heading) for heading in part.path)
    return Passage(
        id=hashlib.sha256(f"{document.source}\0{document.version}\0{start}".encode()).hexdigest()[:16],
        source=document.source,
        version=document.version,
        title=title,
        heading=tuple(name for name in names if name and fold(name) != fold(title)),
        page=document.page(start),
        language=language,
        start=start,
        end=part.end,
        text=text,
    )


def heading_text(text: str, heading: Block) -> str:
    """A heading as shown in a path: without its bullet or brackets, two lines of a bilingual title with a
    slash.
    """
    lines = [line.strip() for line in text[heading.start : heading.end].split("\n") if line.strip()]
    mark = mark_of(lines[0]) if lines else None
    if mark is not None and mark.shape in ("bullet", "tag"):
        lines[0] = lines[0][mark.length :].rstrip("＞>〉》】］ ") or lines[0]
    return " / ".join(lines)
