"""Files that cannot become documents: each with a plain sentence in both languages, never a traceback."""

import re

import pytest

from ingest.catalogue import Catalogue
from ingest.pipeline import read_document
from ingest.readers import READERS, docx, read_pages
from ingest.types import IngestError, QuarantinedDocument, UnknownFormat, UnreadableFile
from tests.ingest.makers import BLOCKS, archive, docx_of, markdown_of, pdf, pdf_of

PDF, DOCX = pdf_of(BLOCKS), docx_of(BLOCKS)
#: (name, bytes, what the message must say).
CASES = {
    "empty text": ("a.txt", b"", "empty"),
    "only blank": ("a.txt", b" \r\n\t \n", "empty"),
    "only NUL": ("a.txt", b"\0" * 100, "empty"),
    "empty PDF": ("a.pdf", b"", "empty"),
    "empty DOCX": ("a.docx", b"", "empty"),
    "PDF named text": ("a.txt", PDF, "a PDF"),
    "PDF named HTML": ("a.html", PDF, "a PDF"),
    "PDF named DOCX": ("a.docx", PDF, "a PDF"),
    "ZIP named PDF": ("a.pdf", archive({"x": b"y"}), "ZIP"),
    "DOCX named Markdown": ("a.md", DOCX, "Office"),
    "image named PDF": ("a.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "PNG"),
    "old Word named DOCX": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "old Office"),
    "program named text": ("a.txt", b"\x7fELF\x02\x01\x01" + b"\0" * 50, "program"),
    "text named PDF": ("a.pdf", markdown_of(BLOCKS).encode(), "no PDF"),
    "text named DOCX": ("a.docx", markdown_of(BLOCKS).encode(), "damaged"),
    "noise named text": ("a.txt", bytes(range(256)) * 4, "encoding"),
    "locked PDF": ("a.pdf", pdf([["秘密の文書"]], password="secret"), "password"),
    "truncated PDF": ("a.pdf", PDF[:200], "damaged"),
    "truncated DOCX": ("a.docx", DOCX[: len(DOCX) // 2], "damaged"),
    "ZIP that is no DOCX": ("a.docx", archive({"hello.txt": b"hello"}), "no whole Word document"),
    "ZIP bomb": ("a.docx", archive({"word/document.xml": b"\0" * 60_000_000}), "far more"),
    "many parts": ("a.docx", archive({f"{n}": b"" for n in range(docx.MOST_PARTS + 1)}), "far more"),
}


@pytest.mark.parametrize("name", CASES)
def test_an_unreadable_file_says_why_and_what_to_do(name: str) -> None:
    source, data, words = CASES[name]
    with pytest.raises(UnreadableFile) as error:
        read_pages("." + source.split(".")[1], data)
    assert words in str(error.value)
    assert re.search(r"[\u3041-\u9fff]", error.value.reason_ja)
    assert str(error.value) == error.value.reason
    assert error.value.reason.endswith(".")


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.kinds.LARGEST_FILE", 1000)
    with pytest.raises(UnreadableFile, match="at most"):
        read_pages(".txt", b"x" * 1001)


@pytest.mark.parametrize("suffix", ["", ".xlsx", ".doc", ".pptx"])
def test_an_unknown_format_names_the_known_ones(suffix: str) -> None:
    with pytest.raises(UnknownFormat) as error:
        read_pages(suffix, b"data")
    assert all(known in str(error.value) for known in READERS)


def test_suffixes_count_in_any_case() -> None:
    assert read_pages(".TXT", "大学".encode())[0].text == "大学"


#: Texts that are read but may not be cited.
SUSPECT = {
    "no text": "　\n12\n－\n34",
    "mojibake": "縺薙ｌ縺ｯ譁�蟄怜喧縺代＠縺滓枚譖ｸ縺ｧ縺吶�" * 10,
    "replacement characters": "研究\ufffd\ufffd安全\ufffd保障の\ufffd取組" * 20,
    "Latin-1 of UTF-8": "これは".encode().decode("latin-1") * 30 + " and some words in English",
}


@pytest.mark.parametrize("name", SUSPECT)
def test_a_text_too_damaged_to_cite_is_quarantined(name: str) -> None:
    with pytest.raises(QuarantinedDocument) as error:
        read_document("a.txt", SUSPECT[name].encode(), Catalogue())
    assert error.value.reason.endswith(".") and "ください" in error.value.reason_ja


def test_a_scan_is_quarantined() -> None:
    with pytest.raises(QuarantinedDocument, match="scan"):
        read_document(
            "a.pdf",
            pdf([["表紙：研究データ管理の手引き（令和6年度改訂版）、研究推進部"], [], [], [], [], []]),
            Catalogue(),
        )


def test_errors_are_one_family_and_keep_both_sentences() -> None:
    error = UnreadableFile("It is locked.", "ロックされています。")
    assert isinstance(error, IngestError)
    assert (error.args, str(error)) == (("It is locked.", "ロックされています。"), "It is locked.")
    assert IngestError("Only English.").reason_ja == "Only English."
