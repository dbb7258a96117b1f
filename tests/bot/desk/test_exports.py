"""Exports: a reply that opens with its footnotes and fonts, and tables that no spreadsheet takes for formulas."""

import csv
import io
import unicodedata
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from bot.desk.exports import as_csv, as_text, on_paper, safe_cell
from bot.desk.letter import Letter, from_answer
from bot.desk.reply import Reply, reply_of
from bot.docx_file import as_docx
from bot.paper import as_markdown
from bot.store.tickets import Ticket
from tests.bot.desk.making import QUESTION, MemoryWriter
from tests.bot.pages import documents

NOW = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.fixture
def reply() -> Reply:
    letter = from_answer(MemoryWriter(documents()).draft(QUESTION), "ja")
    return reply_of(12, QUESTION, letter, "研究推進課 内線 1234")


def test_the_word_file_opens_with_its_footnotes_and_japanese_fonts(reply: Reply) -> None:
    opened = Document(io.BytesIO(as_docx(on_paper(reply), reply.language)))
    text = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    assert QUESTION in text and reply.sentences[0][0] in text and "受付番号 12" in text
    for style in ("Normal", "Heading 1"):
        fonts = opened.styles[style].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")).startswith("Yu ") and fonts.get(qn("w:eastAsiaTheme")) is None
    with zipfile.ZipFile(io.BytesIO(as_docx(on_paper(reply), reply.language))) as package:
        notes = package.read("word/footnotes.xml").decode()
        body = package.read("word/document.xml").decode()
    mentions = sum(len(numbers) for _, numbers in reply.sentences)
    assert notes.count("<w:footnoteRef/>") == body.count("<w:footnoteReference") == mentions > 0
    assert all(source in notes for source in reply.sources)


def test_text_and_markdown_hold_every_sentence_and_source(reply: Reply) -> None:
    text, markdown = as_text(reply), as_markdown(on_paper(reply))
    for sentence, _ in reply.sentences:
        assert sentence in text
    assert "[1] 海外機関との共同研究に関する学内手引き" in text and "研究推進課" in text
    assert "[^1]" in markdown and "[^1]: " in markdown


def test_what_others_wrote_stays_text_in_markdown_and_word() -> None:
    hostile = "![x](https://evil.example/a) <script>alert(1)</script> \x00\x0b & ]]>"
    reply = reply_of(1, hostile, Letter("en", notes=(hostile,)), hostile)
    shown = MarkdownIt().render(as_markdown(on_paper(reply)))
    assert "<img" not in shown and "<script" not in shown and "<a " not in shown
    assert Document(io.BytesIO(as_docx(on_paper(reply), reply.language))).paragraphs


def test_an_empty_letter_says_that_the_documents_do_not_answer() -> None:
    assert "do not answer" in as_text(reply_of(3, "What?", Letter("en"), ""))


def ticket(question: str, contact: str = "") -> Ticket:
    return Ticket(
        7,
        "new",
        "ja",
        question,
        contact,
        "chat",
        "",
        ("deadline",),
        "sato",
        None,
        1,
        0,
        NOW,
        NOW,
        "",
        None,
        "",
        False,
    )


CELLS = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\tx",
    "\rx",
    "\0=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "|calc",
    " =1",
    "\u200b=1",
    "\ufeff=1",
]


@pytest.mark.parametrize("cell", CELLS)
def test_no_cell_begins_a_formula_and_what_was_written_comes_back(cell: str) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv([ticket(cell)]).removeprefix("\ufeff"), newline="")))
    shown = rows[0]["question"]
    assert shown == f"'{cell}" and safe_cell(cell) == shown
    assert unicodedata.normalize("NFKC", shown)[0] == "'"


@pytest.mark.parametrize("cell", ['改行\nと"引用"、,読点', "a" * 130_000, "\u202e右から", "", "ふつうの質問"])
def test_other_cells_come_back_as_they_are(cell: str) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv([ticket(cell)]).removeprefix("\ufeff"), newline="")))
    assert len(rows) == 1 and rows[0]["question"] == cell and rows[0]["care"] == "deadline"
