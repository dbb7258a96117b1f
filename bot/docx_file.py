"""Writes lines of text as a DOCX file, with fonts that a Japanese word processor has, and with footnotes.

python-docx has no footnotes, so their part is written here: the two separators that Word asks for, then the notes.
"""

import io
import re
from collections.abc import Iterable
from typing import Any, cast
from xml.sax.saxutils import escape

from docx import Document as new_document
from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from bot.paper import Line, LineKind
from ingest.types import Language

#: What Word, LibreOffice and Pages have or replace well, for both kinds of characters.
LATIN, JAPANESE = "Arial", "Yu Gothic"
_STYLES: dict[LineKind, str] = {
    "title": "Title",
    "heading": "Heading 1",
    "paragraph": "Normal",
    "item": "List Bullet",
    "quote": "Quote",
    "source": "Normal",
    "small": "Normal",
}
#: Points of every style that is used.
_SIZES = {"Title": 18.0, "Heading 1": 13.0, "Normal": 10.5, "List Bullet": 10.5, "Quote": 10.0}
_SMALL = 9.0
#: Characters that no XML file may hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SEPARATOR = '<w:footnote w:type="{kind}" w:id="{id}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
_NOTE = (
    '<w:footnote w:id="{id}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:rPr><w:vertAlign w:val="superscript"/>'
    '</w:rPr><w:footnoteRef/></w:r><w:r><w:rPr><w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}"/>'
    '<w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
)


def as_docx(lines: Iterable[Line], language: Language) -> bytes:
    """The bytes of a DOCX file on A4. Characters that the format cannot hold are left out."""
    document = new_document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for name, size in _SIZES.items():
        _dress(document.styles[name], size, language)
    title, notes = "", list[str]()
    for line in lines:
        text = _FORBIDDEN.sub("", line.text.strip())
        title = title or text
        paragraph = document.add_paragraph(text, style=_STYLES[line.kind])
        if line.kind == "small":
            for run in paragraph.runs:
                run.font.size = Pt(_SMALL)
        for note in line.notes:
            notes.append(_FORBIDDEN.sub("", " ".join(note.split())))
            _refer(paragraph, len(notes))
    if notes:
        _footnotes(document, notes)
    document.core_properties.title = title[:200]
    document.core_properties.author = ""
    document.core_properties.language = "ja-JP" if language == "ja" else "en-GB"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _dress(style: object, size: float, language: Language) -> None:
    """Both fonts, the size and the language of a style, and no colour of the template."""
    font = style.font  # type: ignore[attr-defined]
    font.name, font.size, font.color.rgb, font.italic = LATIN, Pt(size), RGBColor(0, 0, 0), False
    properties = style.element.get_or_add_rPr()  # type: ignore[attr-defined]
    fonts = properties.get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    fonts.set(qn("w:eastAsia"), JAPANESE)
    fonts.set(qn("w:hAnsi"), LATIN)
    spoken = properties.makeelement(qn("w:lang"), {qn("w:val"): "en-GB", qn("w:eastAsia"): "ja-JP"})
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(spoken)


def _refer(paragraph: Paragraph, number: int) -> None:
    run = paragraph.add_run()
    run.font.superscript = True
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(number))
    cast(Any, run._r).append(mark)


def _footnotes(document: Word, notes: list[str]) -> None:
    xml = "".join(
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
            f"<w:footnotes {nsdecls('w')}>",
            _SEPARATOR.format(kind="separator", id=-1),
            _SEPARATOR.format(kind="continuationSeparator", id=0),
            *(
                _NOTE.format(id=n, latin=LATIN, east=JAPANESE, text=escape(note))
                for n, note in enumerate(notes, start=1)
            ),
            "</w:footnotes>",
        )
    )
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
