"""A reply as DOCX: fonts for Japanese, and every source in a footnote of its own.

python-docx has no footnotes, so their part is written here: the two separators that Word asks for, then one note for each
mention of a source.
"""

import io
from typing import Any, cast
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from bot.desk.reply import Reply

FONT = {"ja": ("Yu Mincho", "Yu Gothic"), "en": ("Times New Roman", "Arial")}
#: Fonts that Japanese characters take in either language.
EAST_ASIA = ("Yu Mincho", "Yu Gothic")
_SEPARATOR = '<w:footnote w:type="{kind}" w:id="{id}"><w:p><w:r><w:{element}/></w:r></w:p></w:footnote>'
_NOTE = (
    '<w:footnote w:id="{id}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:rPr><w:vertAlign w:val="superscript"/>'
    '</w:rPr><w:footnoteRef/></w:r><w:r><w:rPr><w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}"/>'
    '<w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
)


def as_docx(reply: Reply) -> bytes:
    """The reply as the bytes of a DOCX file."""
    word = Document()
    _fonts(word, reply.language)
    word.core_properties.title = reply.say("subject", number=reply.number)
    word.core_properties.author = ""
    word.core_properties.language = reply.language
    word.add_heading(reply.say("subject", number=reply.number), 1)
    for text in (reply.say("to"), reply.say("thanks")):
        word.add_paragraph(text)
    word.add_heading(reply.say("question"), 2)
    word.add_paragraph(_plain(reply.question))
    word.add_heading(reply.say("answer"), 2)
    notes = _answer(word, reply)
    if reply.notes:
        word.add_heading(reply.say("notes"), 2)
        for note in reply.notes:
            word.add_paragraph(_plain(note))
    for text in (reply.say("no_ruling"), reply.say("closing"), reply.contact):
        if text:
            word.add_paragraph(_plain(text))
    _footnotes(word, notes, reply.language)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _plain(text: str) -> str:
    """`text` without what XML cannot hold."""
    return "".join(char for char in text if char in "\n\t" or (char >= " " and char not in "\ufffe\uffff"))


def _answer(word: Word, reply: Reply) -> list[str]:
    """Writes the sentences with references to notes; the notes' texts in order."""
    notes: list[str] = []
    for text, numbers in reply.sentences:
        paragraph = word.add_paragraph(_plain(text))
        for n in numbers:
            notes.append(f"{reply.sources[n - 1]}: {' '.join(reply.quotes[n - 1].split())}")
            _reference(paragraph, len(notes))
    if not reply.sentences:
        word.add_paragraph(reply.say("empty"))
    return notes


def _reference(paragraph: Paragraph, number: int) -> None:
    run = paragraph.add_run()
    run.font.superscript = True
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(number))
    cast(Any, run._r).append(mark)


def _footnotes(word: Word, notes: list[str], language: str) -> None:
    latin, east = FONT[language][0], EAST_ASIA[0]
    xml = "".join(
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
            f"<w:footnotes {nsdecls('w')}>",
            _SEPARATOR.format(kind="separator", id=-1, element="separator"),
            _SEPARATOR.format(kind="continuationSeparator", id=0, element="continuationSeparator"),
            *(
                _NOTE.format(id=n, latin=latin, east=east, text=escape(_plain(note)))
                for n, note in enumerate(notes, start=1)
            ),
            "</w:footnotes>",
        )
    )
    package = word.part.package
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _fonts(word: Word, language: str) -> None:
    """Sets the fonts of body and headings, those of Japanese characters too."""
    for name, at in (("Normal", 0), ("Heading 1", 1), ("Heading 2", 1)):
        style = word.styles[name]
        style.font.name = FONT[language][at]
        if name == "Normal":
            style.font.size = Pt(10.5)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        fonts.set(qn("w:eastAsia"), EAST_ASIA[at])
