"""Encodings: told by strict decoding and plausibility, or refused; never mojibake."""

import pytest

from ingest.readers import read_pages
from ingest.readers.encodings import decode
from ingest.types import UnreadableFile

JAPANESE = (
    "研究セキュリティの確保に向けて、大学は次の取組を進める。\n"
    "第一に、国際共同研究の相手方を確認する。カタカナの用語や（括弧）、①などの記号も使う。\n"
)
ENGLISH = "Café partners – “quoted” naïve text about research security.\n"
LEGACY = ("cp932", "euc_jp", "iso2022_jp")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp_2"]
)
def test_japanese_in_every_encoding(encoding: str) -> None:
    text = (
        JAPANESE if encoding in ("utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be") else None
    )
    text = text or JAPANESE.replace("①", "1")
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", LEGACY)
@pytest.mark.parametrize(
    "text",
    [
        "令和4年に声明を公表した。",
        "リスクの評価、データの管理、情報の共有を行う。",
        "留学生の受入れについて検討する。\n" * 40,
        "English first, then 日本語の説明が続く文書である。",
    ],
)
def test_short_legacy_texts(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", [ENGLISH, "plain ascii\n"])
def test_western_text_in_utf_8(text: str) -> None:
    assert decode(text.encode()) == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x80\x81\xfe\xff" * 30,
        bytes(range(128, 256)) * 3,
        "日本語の文書である。".encode() + "研究の推進".encode("cp932"),
        "Größe und Übermaß für Prüfungen".encode("latin-1"),
        b"\xef\xbb\xbf" + "日本".encode("cp932"),
        JAPANESE.encode("cp932")[:-30] + b"\xff\xff" + JAPANESE.encode("cp932"),
    ],
    ids=["noise", "all bytes", "mixed", "latin-1", "false mark", "broken"],
)
def test_what_cannot_be_told_is_refused_and_names_what_was_tried(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as error:
        decode(data)
    assert "tried UTF-8" in error.value.reason or "tried utf-8" in error.value.reason
    assert "UTF-8" in error.value.reason_ja


@pytest.mark.parametrize(
    "declared", ["shift_jis", "euc-jp", "utf-8", "no-such-name", "windows-31j", "utf-16"]
)
def test_a_wrong_declaration_is_not_believed(declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>{JAPANESE}</p></body></html>'
    (read,) = read_pages(".html", page.encode("utf-8"))
    assert read.text == JAPANESE.replace("\n", " ").strip()


@pytest.mark.parametrize("declared", ["shift_jis", "euc-jp", "iso-2022-jp", "utf-8"])
def test_a_right_declaration(declared: str) -> None:
    text = JAPANESE.replace("①", "1")
    page = f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'
    (read,) = read_pages(".html", page.encode(declared))
    assert read.text == text.replace("\n", " ").strip()
