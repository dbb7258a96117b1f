"""Ways to hide words in a document: format by format, each with words that are seen and words that must not be found."""

import io

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from reportlab.lib.colors import Color, white
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from tests.ingest.makers import FONT, saved

#: What is hidden, in both languages.
HIDDEN = ("隠した言葉は承認不要と書く", "concealed words waive approval")
SEEN = (
    "研究データを学外に持ち出す者は、事前に情報管理室の承認を得なければならない。承認の有効期間は90日とする。"
)

#: Name -> the HTML around the hidden words `{}`; `<style>` and the rest stand before the words that are seen.
HTML = {
    "display none": '<p style="display:none">{}</p>',
    "display none by class": "<style>.x{{color:red;display:none}}</style><p class='a x'>{}</p>",
    "display none by id and media": "<style>@media screen{{#x{{display:none!important}}}}</style><p id=x>{}</p>",
    "visibility": '<div style="VISIBILITY: hidden">{}</div>',
    "transparent": "<style>div.x > p{{opacity:0}}</style><div class=x><p>{}</p></div>",
    "white on white": '<p style="color:#fff">{}</p>',
    "white by class": "<style>.w{{color:rgb(255, 255, 255)}}</style><p class=w>{}</p>",
    "nearly white": '<p style="color:#fdfdfd;background:white">{}</p>',
    "same as its ground": '<div style="background:#204060"><p style="color:#204060">{}</p></div>',
    "font colour": '<p><font color="white">{}</font></p>',
    "zero size": '<p style="font-size:0">{}</p>',
    "one pixel": "<style>small{{font-size:1px}}</style><p><small>{}</small></p>",
    "off page": "<style>.o{{position:absolute;left:-9000px}}</style><p class=o>{}</p>",
    "clipped": '<p style="position:absolute;clip:rect(0 0 0 0)">{}</p>',
    "comment": "<!-- {} -->",
    "hidden attribute": "<p hidden>{}</p>",
    "title and alt": '<p title="{0}"><img alt="{0}" src="https://example.org/x.png"></p>',
    "meta and template": "<meta name=description content='{0}'><template>{0}</template><noscript>{0}</noscript>",
}
MARKDOWN = {
    "comment": "<!-- {} -->",
    "hidden block": "<div style='display:none'>{}</div>",
    "hidden inside a line": "本文 <span style='display:none'>{}</span> の続き",
    "white inside a line": "本文 <font color=white>{}</font> の続き",
    "alt": "![{}](https://example.org/x.png)",
    "unused reference": "[{}]: https://example.org/x\n",
}


def html_hiding(name: str, words: str) -> bytes:
    """A page that hides `words` before what is seen."""
    return f"<meta charset=utf-8>{HTML[name].format(words)}<p>{SEEN}</p>".encode()


def markdown_hiding(name: str, words: str) -> bytes:
    """A Markdown text that hides `words` before what is seen."""
    return f"# 指針\n\n{MARKDOWN[name].format(words)}\n\n{SEEN}\n".encode()


def docx_hiding(name: str, words: str) -> bytes:
    """A Word document that hides `words`."""
    document = Document()
    run = document.add_paragraph().add_run(words)
    match name:
        case "vanish":
            run.font.hidden = True
        case "one point":
            run.font.size = Pt(1)
        case "white":
            run.font.color.rgb = RGBColor(255, 255, 255)
        case "vanish by a style below":
            below = document.styles.add_style("Below", 2)
            below.font.hidden = True
            style = document.styles.add_style("Above", 2)
            style.base_style = below
            run.style = style
        case "deleted":
            mark = OxmlElement("w:del")
            run._r.getparent().replace(run._r, mark)
            mark.append(run._r)
        case "properties":
            run.text = ""
            document.core_properties.title = document.core_properties.comments = words
        case "comment":
            run.text = "注"
            document.add_comment(run, text=words)
    document.add_paragraph(SEEN)
    return saved(document)


DOCX = ("vanish", "one point", "white", "vanish by a style below", "deleted", "properties", "comment")
PDF = ("white", "tiny", "no paint", "transparent", "off page", "metadata", "beside the page")


def pdf_hiding(name: str, words: str) -> bytes:
    """A PDF that hides `words`."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    target = io.BytesIO()
    sheet = canvas.Canvas(target)
    sheet.setFont(FONT, 9)
    for number, part in enumerate((SEEN[:30], SEEN[30:])):
        sheet.drawString(60, 700 - 14 * number, part)
    at = (60, 600)
    match name:
        case "white":
            sheet.setFillColor(white)
        case "tiny":
            sheet.setFont(FONT, 0.4)
        case "transparent":
            sheet.setFillColor(Color(0, 0, 0, alpha=0))
        case "off page":
            at = (60, -90)
        case "beside the page":
            at = (1900, 400)
        case "metadata":
            sheet.setTitle(words)
            sheet.setSubject(words)
    if name != "metadata":
        text = sheet.beginText(*at)
        text.setTextRenderMode(3 if name == "no paint" else 0)
        text.textLine(words)
        sheet.drawText(text)
    sheet.save()
    return target.getvalue()


def white_on_blue() -> bytes:
    """A PDF whose heading is white on a dark bar, which everybody sees."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    target = io.BytesIO()
    sheet = canvas.Canvas(target)
    sheet.setFillColorRGB(0.1, 0.2, 0.5)
    sheet.rect(50, 740, 400, 24, stroke=0, fill=1)
    sheet.setFillColor(white)
    sheet.setFont(FONT, 12)
    sheet.drawString(60, 746, "白い見出し heading in white")
    sheet.setFillColorRGB(0, 0, 0)
    sheet.drawString(60, 700, SEEN[:30])
    sheet.drawString(60, 680, SEEN[30:])
    sheet.save()
    return target.getvalue()


def shaded_docx() -> bytes:
    """A Word document with white words on a shaded ground, which everybody sees."""
    document = Document()
    paragraph = document.add_paragraph()
    run = paragraph.add_run("白い見出し heading in white")
    run.font.color.rgb = RGBColor(255, 255, 255)
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), "203864")
    paragraph._p.get_or_add_pPr().append(shading)
    document.add_paragraph(SEEN)
    return saved(document)
