"""PDF: the text of each page in the order in which the file draws it, through PDFium."""

import pypdfium2 as pdfium
from pypdfium2 import raw as pdfium_c

from ingest.readers.kinds import check_bytes
from ingest.readers.painted import unseen_objects, without
from ingest.types import Page, UnreadableFile

#: More pages than any guideline has; a file beyond this is a book, a scan or an attack.
MOST_PAGES = 3_000
#: PDFium marks a word divided at a line end by one of these instead of its hyphen.
_DIVISION = str.maketrans({"\ufffe": "-", "\x02": "-"})
_LOCKED = (
    "The PDF is locked with a password. Save it without one and add it again.",
    "PDF にパスワードがかかっています。パスワードなしで保存し直してください。",
)
_DAMAGED = (
    "The PDF is damaged and cannot be opened. Download or print it to PDF again.",
    "PDF が壊れていて開けません。もう一度入手するか、PDF に出力し直してください。",
)


def read(data: bytes) -> tuple[Page, ...]:
    """The pages of a .pdf file. Raises UnreadableFile for locked, damaged and oversized files."""
    check_bytes(data, "pdf")
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFile(
            "By its content this is no PDF. Rename the file to what it is, or save it as PDF again.",
            "中身が PDF ではありません。拡張子を直すか、PDF で保存し直してください。",
        )
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD
        raise UnreadableFile(*(_LOCKED if locked else _DAMAGED)) from error
    try:
        return _pages(document)
    finally:
        document.close()


def _pages(document: pdfium.PdfDocument) -> tuple[Page, ...]:
    count = len(document)
    if count == 0:
        raise UnreadableFile(*_DAMAGED)
    if count > MOST_PAGES:
        raise UnreadableFile(
            f"The PDF has {count} pages; at most {MOST_PAGES} are read. Split it.",
            f"PDF が {count} ページあります（上限 {MOST_PAGES}）。分割してください。",
        )
    return tuple(_page(document, number) for number in range(count))


def _page(document: pdfium.PdfDocument, number: int) -> Page:
    """The text that is seen on one page; a page that cannot be read is an empty one, which the health check
    counts.
    """
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return Page(number + 1, "")
    try:
        text_page = page.get_textpage()
        unseen = unseen_objects(page)
        if unseen:
            text, hidden = without(text_page, unseen)
        else:
            text, hidden = text_page.get_text_bounded(errors="replace"), 0
    except pdfium.PdfiumError:
        return Page(number + 1, "")
    finally:
        page.close()
    return Page(number + 1, text.replace("\r\n", "\n").translate(_DIVISION), hidden=hidden)
