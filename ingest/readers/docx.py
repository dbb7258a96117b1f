"""DOCX: paragraphs, lists and tables in reading order; headings by style; hidden and deleted text is
dropped.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import cast

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table
from docx.text.paragraph import Paragraph

from ingest.readers.blocks import PageBuilder
from ingest.readers.kinds import check_bytes
from ingest.readers.unseen import Element, Looks
from ingest.types import Page, UnreadableFile

#: A DOCX is a ZIP archive: what it declares to unpack to is checked before anything is unpacked.
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_RATIO = 100
#: Below this an archive may be as compressible as it likes.
SMALL_UNPACKED = 10 * 1024 * 1024
MOST_PARTS = 10_000
_HEADING_STYLE = re.compile(r"(?i)^(?:heading|見出し)\s*([1-9])$")


def read(data: bytes) -> tuple[Page, ...]:
    """The one page of a .docx file. Raises UnreadableFile for damaged, locked and oversized files."""
    check_bytes(data, "docx")
    _check_archive(data)
    try:
        document = Document(io.BytesIO(data))
    except (KeyError, ValueError, OSError, zipfile.BadZipFile, SyntaxError) as error:
        raise UnreadableFile(
            "The file is a ZIP archive but no whole Word document. Save it in Word again as .docx.",
            "Word 文書として読めません（破損の可能性）。Word で開いて .docx で保存し直してください。",
        ) from error
    page, looks = PageBuilder(), Looks(cast(Element, document.styles.element))
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in _rows(block, looks, page):
                page.add(row, "row")
        else:
            _paragraph(block, looks, page)
    for note in _notes(document, looks, page):
        page.add(note)
    return (page.page(),)


def _check_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableFile(
            "The Word document is damaged: its archive cannot be opened. Download or save it again.",
            "Word 文書が壊れていて開けません。もう一度入手するか、保存し直してください。",
        ) from error
    unpacked = sum(part.file_size for part in parts)
    ratio = unpacked / max(len(data), 1)
    if (
        unpacked > LARGEST_UNPACKED
        or len(parts) > MOST_PARTS
        or (unpacked > SMALL_UNPACKED and ratio > LARGEST_RATIO)
    ):
        raise UnreadableFile(
            "The Word document unpacks to far more than a document holds. Save it as PDF instead.",
            "展開後の大きさが異常なため開きませんでした。PDF で保存して追加してください。",
        )


def _paragraph(paragraph: Paragraph, looks: Looks, page: PageBuilder) -> None:
    text = _shown(paragraph._p, looks, page)
    level = _level(paragraph)
    if level:
        page.add(text, "heading", level)
    elif text.strip() and _listed(paragraph):
        page.add(f"• {text}", "item")
    else:
        page.add(text)


def _level(paragraph: Paragraph) -> int:
    """1-6 for a heading style or a title, 0 otherwise."""
    style = paragraph.style
    while style is not None:
        name = (style.name or "").strip()
        if name in ("Title", "表題"):
            return 1
        if match := _HEADING_STYLE.match(name):
            return min(int(match[1]), 6)
        style = style.base_style
    return 0


def _listed(paragraph: Paragraph) -> bool:
    properties = paragraph._p.pPr
    name = paragraph.style.name if paragraph.style is not None else ""
    return (properties is not None and properties.numPr is not None) or (name or "").startswith("List")


def _shown(paragraph: BaseOxmlElement, looks: Looks, page: PageBuilder) -> str:
    """The text of a paragraph's runs, hyperlinks and insertions, without hidden runs, which the page counts."""
    words: list[str] = []
    for run in paragraph.iter(qn("w:r")):
        text = _run_text(cast(CT_R, run))
        if text and looks.hidden(cast(Element, run)):
            page.hidden += len(text.strip())
        else:
            words.append(text)
    return "".join(words)


def _run_text(run: CT_R) -> str:
    around = {str(parent.tag) for parent in run.iterancestors()}
    left_out = qn("w:del") in around or any(tag.endswith("}Fallback") for tag in around)
    return "" if left_out else str(run.text)


def _rows(table: Table, looks: Looks, page: PageBuilder) -> Iterator[str]:
    """Each row as its cells joined by " | ", from the XML, since python-docx takes time squared for cells."""
    for row in table._tbl.tr_lst:
        cells = []
        for cell in row.tc_lst:
            goes_on = cell.vMerge == "continue"  # the rest of a cell that is merged over rows
            words = (_shown(paragraph, looks, page) for paragraph in cell.iter(qn("w:p")))
            cells.append("" if goes_on else " ".join(" ".join(words).split()))
        if any(cells):
            yield " | ".join(cells)


def _notes(document: DocxDocument, looks: Looks, page: PageBuilder) -> Iterator[str]:
    """The texts of footnotes and endnotes, after the body."""
    for part in document.part.package.iter_parts():
        if str(part.partname) in ("/word/footnotes.xml", "/word/endnotes.xml"):
            for paragraph in parse_xml(part.blob).iter(qn("w:p")):
                yield _shown(paragraph, looks, page)
