"""Makers of files in the formats that the readers take, from lines or blocks of our own text."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from docx import Document
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from ingest.catalogue import Catalogue
from ingest.clean import Cleaned, clean
from ingest.outline import outline
from ingest.pipeline import read_document
from ingest.types import Document as ReadDocument
from ingest.types import Page, Passage

FONT = "HeiseiKakuGo-W5"
#: (kind, text): what the formats are made from. h1 and h2 are headings, p a paragraph, li an item, tr a row.
Blocks = Sequence[tuple[str, str]]
BLOCKS: Blocks = (
    ("h1", "研究データ管理の手引き"),
    ("h2", "1. 目的"),
    (
        "p",
        "この手引きは、本学の研究者が国際共同研究で扱うデータを適切に管理し、意図しない流出を防ぐための考え方を示すものである。",
    ),
    ("p", "対象は、学内外の研究者が共同で作成し、又は利用するすべての研究データとする。"),
    ("h2", "2. 手続"),
    ("li", "持ち出しの前に、部局の管理責任者の承認を得ること。"),
    ("li", "承認の記録を5年間保存すること。"),
    ("h2", "3. Guide for partners"),
    (
        "p",
        "Partner institutions are asked to name one contact person for research data before a joint project "
        "starts. The contact person keeps a list of the data sets that leave the university and reports "
        "changes twice a year.",
    ),
    ("p", "Questions may be sent to the research data office at any time during the project."),
)


def pdf(pages: Sequence[Sequence[str]], password: str = "") -> bytes:
    """A PDF with the given lines on each page, in a font that has Japanese."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    target = io.BytesIO()
    lock = StandardEncryption(password, canPrint=0) if password else None
    sheet = canvas.Canvas(target, encrypt=lock)
    for lines in pages:
        sheet.setFont(FONT, 11)
        for number, line in enumerate(lines):
            sheet.drawString(60, 790 - 18 * number, line)
        sheet.showPage()
    sheet.save()
    return target.getvalue()


def wrapped(text: str, columns: int) -> list[str]:
    """A paragraph as the lines of a page `columns` wide (a wide character takes two), broken as a page
    breaks it.
    """
    lines, line, used = [], "", 0
    words = text.split(" ") if text.isascii() else list(text)
    gap = " " if text.isascii() else ""
    for word in words:
        need = sum(1 if char.isascii() else 2 for char in word) + len(gap)
        if line and used + need > columns:
            lines.append(line)
            line, used = "", 0
        line, used = line + (gap if line else "") + word, used + need
    return [*lines, line]


def pdf_of(blocks: Blocks, columns: int = 76) -> bytes:
    """The blocks as a wrapped PDF page; list items get a bullet, sections a blank line."""
    lines: list[str] = []
    for kind, text in blocks:
        lines += [""] if kind in ("h2", "p") else []
        lines += wrapped(f"• {text}" if kind == "li" else text, columns)
    return pdf([lines])


def text_of(blocks: Blocks) -> str:
    """The blocks as plain text, one line each."""
    parts = []
    for kind, text in blocks:
        parts += [""] if kind in ("h2", "p") else []
        parts.append(f"• {text}" if kind == "li" else text)
    return "\n".join(parts) + "\n"


def markdown_of(blocks: Blocks) -> str:
    """The blocks as Markdown."""
    marks = {"h1": "# ", "h2": "## ", "li": "- "}
    return "\n\n".join(marks.get(kind, "") + text for kind, text in blocks) + "\n"


def html_of(blocks: Blocks, head: str = "") -> str:
    """The blocks as an HTML page."""
    body = "\n".join(f"<{kind}>{text}</{kind}>" for kind, text in blocks)
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def docx_of(blocks: Blocks) -> bytes:
    """The blocks as a Word document with heading and list styles."""
    document = Document()
    styles = {"h1": "Heading 1", "h2": "Heading 2", "p": "Normal", "li": "List Bullet"}
    for kind, text in blocks:
        document.add_paragraph(text, style=styles[kind])
    return saved(document)


def saved(document: object) -> bytes:
    """The bytes of a python-docx document."""
    target = io.BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def archive(parts: dict[str, bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive with the given members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", level) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return target.getvalue()


def cleaned(text: str, *more: str) -> Cleaned:
    """The cleaned text of a plain text, or of pages numbered from 1 where more than one is given."""
    return clean([Page(0, text)] if not more else [Page(n, page) for n, page in enumerate((text, *more), 1)])


def outlined(text: str, *more: str) -> list[str]:
    """The outline in short: "#" for each heading level, "T" a title, "-" for each depth of an item, "|" a
    row.
    """
    made = cleaned(text, *more)
    signs = {"title": "T", "heading": "#", "paragraph": "", "item": "-", "row": "|"}
    return [
        f"{signs[block.kind] * max(block.level, 1)} {made.text[block.start : block.end]}".strip()
        for block in outline(made)
        if block.end > block.start
    ]


def passages_of(source: str, data: bytes | str) -> tuple[Passage, ...]:
    """The passages of a file, checked to be exact slices of their document."""
    return document_of(source, data)[1]


def document_of(source: str, data: bytes | str) -> tuple[ReadDocument, tuple[Passage, ...]]:
    """A file's document and passages; every passage is checked against the document."""
    document, passages = read_document(source, data.encode() if isinstance(data, str) else data, Catalogue())
    for passage in passages:
        assert document.text[passage.start : passage.end] == passage.text
    return document, passages


def written(folder: Path, files: dict[str, bytes | str]) -> Path:
    """The folder with the given files in it; folders between are made."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return folder
