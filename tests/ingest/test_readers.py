"""What each reader takes from a file: headings, lists, tables; and nothing that is hidden."""

import time
from copy import deepcopy

import pytest
from docx import Document
from docx.shared import Pt

from ingest.readers import read_pages
from tests.ingest.makers import pdf, saved


def page(suffix: str, data: bytes | str) -> str:
    (read,) = read_pages(suffix, data.encode() if isinstance(data, str) else data)
    return read.text


HTML = {
    "blocks": ("<h2>目的</h2><p>一行目<br>二行目</p><p>次</p>", "目的\n\n一行目\n二行目\n\n次"),
    "inline": ("<p>研究<b>セキュリティ</b>の <a href='x'>確保</a></p>", "研究セキュリティの 確保"),
    "lists": ("<ul><li>一<ul><li>二</li></ul></li></ul><ol start='3'><li>甲<li>乙</ol>",
              "• 一\n• 二\n3. 甲\n4. 乙"),
    "table": ("<table><tr><th>区分</th><th>件数</th></tr><tr><td>共同</td><td>12</td></tr></table>",
              "区分 | 件数\n共同 | 12"),
    "entities": ("<p>A &amp; B &lt;注&gt; &copy;</p>", "A & B <注> ©"),
    "unclosed": ("<p>一<p>二<div>三", "一\n\n二\n\n三"),
    "script": ("<p>見える</p><script>alert('隠し')</script><style>p{}</style><noscript>隠し</noscript>",
               "見える"),
    "comment": ("<p>見える<!-- 隠し --></p>", "見える"),
    "display none": ("<p>見える<span style='DISPLAY : none'>隠し</span>まま</p>", "見えるまま"),
    "hidden": ("<div hidden>隠し</div><p>見える</p>", "見える"),
    "aria": ("<p aria-hidden='true'>隠し</p>見える", "見える"),
    "zero font": ("<p>見える<span style='font-size:0px'>隠し</span><font size=0>隠し</font></p>", "見える"),
    "visibility": ("<p style='visibility:hidden'>隠し</p><p>見える</p>", "見える"),
    "off page": ("<p style='position:absolute;left:-9999px'>隠し</p><p>見える</p>", "見える"),
    "title and alt": ("<p title='隠し'>見える<img alt='隠し' src='x'></p>", "見える"),
    "head": ("<html><head><title>隠し</title><meta name='description' content='隠し'></head><body>見える",
             "見える"),
}  # fmt: skip


@pytest.mark.parametrize("name", HTML)
def test_html(name: str) -> None:
    source, wanted = HTML[name]
    assert page(".html", source) == wanted


def test_html_headings_are_recorded() -> None:
    (read,) = read_pages(".html", "<h1>題</h1><p>文</p><h3>節</h3><p>文</p>".encode())
    assert [(read.text[at:].split("\n")[0], level) for at, level in read.headings] == [("題", 1), ("節", 3)]


def test_deep_and_large_html_is_read_in_time() -> None:
    began = time.process_time()
    assert "底" in page(".html", "<div>" * 200 + "底" + "</div>" * 200)
    assert page(".html", "<p>段落</p>" * 50_000).count("段落") == 50_000
    assert page(".html", "<ol>" + "<li>項" * 20_000 + "</ol>").endswith("20000. 項")
    assert "深い" in page(".html", "<b>" * 1_000 + "深い")
    assert time.process_time() - began < 20


MARKDOWN = {
    "headings": ("# 題\n\n## 節 `x`\n\n文", "題\n\n節 x\n\n文"),
    "emphasis": ("**太字**と*斜体*と~~削除~~と`符号`", "太字と斜体と削除と符号"),
    "link": ("[手引き](https://example.ac.jp) を参照", "手引き を参照"),
    "soft breaks": ("研究の\n推進を図る\nwith partners\nabroad", "研究の推進を図るwith partners abroad"),
    "lists": ("- 一\n  - 二\n- 三\n\n3. 甲\n4. 乙", "• 一\n• 二\n• 三\n3. 甲\n4. 乙"),
    "table": ("| 区分 | 件数 |\n|---|---|\n| 共同 | 12 |", "区分 | 件数\n共同 | 12"),
    "comment": (
        "見える <!-- 隠し -->\n\n<!-- 隠し -->\n\n<div>見える</div>\n\n<p hidden>隠し</p>",
        "見える\n\n見える",
    ),
    "front matter": ("---\ntitle: 隠し\n---\n本文", "本文"),
    "code": ("```\na = 1\nb\n```", "a = 1\nb"),
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown(name: str) -> None:
    source, wanted = MARKDOWN[name]
    assert page(".md", source) == wanted


def test_docx_reads_in_order_and_leaves_out_what_is_hidden() -> None:
    document = Document()
    document.add_heading("手引き", 0)
    document.add_heading("目的", 2)
    paragraph = document.add_paragraph("見える")
    paragraph.add_run("隠し").font.hidden = True
    paragraph.add_run("隠し").font.size = Pt(1)
    paragraph.add_run("まま")
    table = document.add_table(rows=2, cols=3)
    for row, cells in enumerate((("区分", "件数", "備考"), ("共同", "12", ""))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(1, 1).merge(table.cell(1, 2))
    document.add_paragraph("一", style="List Number")
    document.add_paragraph("")
    document.add_paragraph("終わり")
    (read,) = read_pages(".docx", saved(document))
    assert read.text == "手引き\n\n目的\n\n見えるまま\n\n区分 | 件数 | 備考\n共同 | 12\n\n• 一\n\n終わり"
    assert [level for _, level in read.headings] == [1, 2]


def test_a_large_docx_table_is_read_in_time() -> None:
    document = Document()
    table = document.add_table(rows=1, cols=5)
    for cell in table.rows[0].cells:
        cell.text = "値"
    for _ in range(1_000):
        table._tbl.append(deepcopy(table._tbl.tr_lst[0]))
    data = saved(document)
    began = time.process_time()
    assert page(".docx", data).count("値") == 5_005
    assert time.process_time() - began < 10


def test_pdf_pages_are_numbered_from_one() -> None:
    pages = read_pages(".pdf", pdf([["一頁目の文"], [], ["Third page"]]))
    assert [(one.number, one.text.strip()) for one in pages] == [
        (1, "一頁目の文"),
        (2, ""),
        (3, "Third page"),
    ]


def test_a_form_feed_separates_pages_of_a_text() -> None:
    assert [(one.number, one.text) for one in read_pages(".txt", "一\f二".encode())] == [(1, "一"), (2, "二")]
    assert [one.number for one in read_pages(".txt", "一".encode())] == [0]
