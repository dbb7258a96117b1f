"""What is taken away: every quoted word with its source, as Markdown that is inert and as DOCX in Japanese fonts."""

import io
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from bot.docx_file import JAPANESE, as_docx
from bot.paper import Line, as_markdown
from bot.ui.export import conversation
from bot.ui.talk import Talk
from bot.ui.words import say
from tests.bot.pages import MemoryDesk, documents, refused, written
from tests.bot.payloads import PAYLOADS, SINK, Reading
from vectorstore.types import Query

QUESTION = "共同研究を始める前に、相手機関の何を確認しますか。"


def talk() -> Talk:
    hits = MemoryDesk(documents()).search(Query(QUESTION, 3))
    one = Talk(name="x").ask(QUESTION, limits=("指針",))
    assert one.now
    one = one.put(replace(one.now, state="done", answer=written(QUESTION, hits))).ask("学食の値段は？")
    assert one.now
    answer = refused("学食の値段は？", hits)
    return one.put(replace(one.now, state="done", answer=answer, ticket=12)).ask("途中の質問").stopped()


def test_a_conversation_holds_statements_verdicts_quotes_and_refusals() -> None:
    text = "\n".join(line.text for line in conversation(talk(), "ja"))
    first = talk().exchanges[0].answer
    assert first
    assert all(c.quote.text in text and c.quote.record.title_ja in text for c in first.citations)
    assert all(f"{s.text} [" in text for s in first.statements) and "（一部のみ確認" not in text
    assert f"({say('ja', 'partly')} – 引用した文は対象を限定しています。)" in text
    assert "絞り込み：指針" in text and "受付番号 12" in text and "見つかりませんでした" in text
    assert "途中の質問" not in text


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_markdown_shows_what_it_is_given_and_obeys_nothing(text: str) -> None:
    kinds = ("title", "paragraph", "item", "quote", "small")
    for reader in (MarkdownIt("commonmark"), MarkdownIt("commonmark").enable(["table", "strikethrough"])):
        html = reader.render(as_markdown(Line(kind, text) for kind in kinds))  # type: ignore[arg-type]
        seen = Reading(html)
        assert seen.elements <= {"h1", "p", "ul", "li", "blockquote", "br"}, html
        assert SINK not in " ".join(seen.addresses)
        for part in text.split("\n"):
            assert seen.text.count(part.strip()) >= (len(kinds) if part.strip() else 0)


def test_markdown_keeps_citation_marks_readable() -> None:
    assert as_markdown([Line("item", "確認する。 [1][2]")]) == "- 確認する。 [1][2]\n"
    assert as_markdown([Line("paragraph", "1. 目的\n- 二\n+ 三")]) == "1\\. 目的  \n\\- 二  \n\\+ 三\n"


def test_a_docx_file_opens_with_every_line_and_a_japanese_font() -> None:
    lines = conversation(talk(), "ja")
    document = Document(io.BytesIO(as_docx(lines, "ja")))
    assert [p.text for p in document.paragraphs] == [line.text.strip() for line in lines]
    for paragraph in document.paragraphs:
        assert paragraph.style
        fonts = document.styles[paragraph.style.name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == JAPANESE and fonts.get(qn("w:eastAsiaTheme")) is None
    assert document.core_properties.language == "ja-JP"


def test_a_docx_file_leaves_out_what_no_xml_can_hold() -> None:
    document = Document(io.BytesIO(as_docx([Line("paragraph", "安\x00全\x0b\ufffe")], "ja")))
    assert document.paragraphs[0].text == "安全"
