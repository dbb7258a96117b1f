"""One text in five formats: the same passages, whatever the file was."""

import shutil
import subprocess
from pathlib import Path

import pytest

from ingest.language import fold
from tests.ingest.makers import BLOCKS, docx_of, html_of, markdown_of, passages_of, pdf_of, text_of

PAGE = '<meta charset="utf-8"><style>body{font-family:"Noto Sans CJK JP"}</style>'
FORMATS = {
    "a.txt": text_of(BLOCKS).encode(),
    "a.md": markdown_of(BLOCKS).encode(),
    "a.html": html_of(BLOCKS).encode(),
    "a.docx": docx_of(BLOCKS),
    "a.pdf": pdf_of(BLOCKS),
}
#: (heading path, text) of each passage.
EXPECTED = [
    (("1. 目的",), "1. 目的 この手引きは、"),
    (("2. 手続",), "2. 手続 • 持ち出しの前に、"),
    (("3. Guide for partners",), "3. Guide for partners Partner institutions are asked"),
]


def comparable(source: str, data: bytes) -> list[tuple[tuple[str, ...], str]]:
    """Heading paths below the title, and folded texts with list marks alike."""
    found = []
    for passage in passages_of(source, data):
        path = tuple(part for part in passage.heading if part != BLOCKS[0][1])
        found.append((path, fold(passage.text.replace("- ", "• "))))
    return found


@pytest.mark.parametrize("source", FORMATS)
def test_the_same_passages_from_every_format(source: str) -> None:
    assert comparable(source, FORMATS[source]) == comparable("a.html", FORMATS["a.html"])


@pytest.mark.parametrize("source", FORMATS)
def test_each_section_is_a_passage_under_its_heading(source: str) -> None:
    found = comparable(source, FORMATS[source])
    assert [path for path, _ in found] == [path for path, _ in EXPECTED]
    assert all(fold(start) in text for (_, text), (_, start) in zip(found, EXPECTED, strict=True))


@pytest.mark.browser
def test_a_pdf_printed_by_a_browser(tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    (tmp_path / "a.html").write_text(html_of(BLOCKS, PAGE), "utf-8")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    target = tmp_path / "a.pdf"
    ran = subprocess.run(
        [
            *command,
            f"--print-to-pdf={target}",
            f"--user-data-dir={tmp_path}/profile",
            (tmp_path / "a.html").as_uri(),
        ],
        capture_output=True,
        timeout=120,
    )
    assert target.exists(), ran.stderr.decode()[-500:]
    drawn = [(path, text.replace("• ", "")) for path, text in comparable("a.html", FORMATS["a.html"])]
    assert (
        comparable("a.pdf", target.read_bytes()) == drawn
    )  # a browser draws bullets, it does not write them
