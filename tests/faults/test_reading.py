"""Files that would take the ingest down: each becomes one row with a reason, and the others are taken."""

import os
import re
import resource
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import clean
from ingest.cut import pieces
from ingest.files import find_files, read_file
from ingest.limits import Limits
from ingest.outline import outline
from ingest.repairs.characters import INVISIBLE, SURROGATE
from ingest.sandbox import Sandbox
from ingest.types import IngestError, Page, ResourceLimit, UnreadableFile
from tests.conftest import POLICY, Desk
from tests.faults import bombs
from tests.ingest.makers import BLOCKS, document_of, docx_of, html_of, markdown_of, pdf_of, text_of

#: Small enough that a bomb goes off soon.
TIGHT = Limits(memory=400 << 20, cpu=4, wall=60, reply=1 << 20)


@pytest.fixture(scope="module")
def read() -> Iterator[Sandbox]:
    with Sandbox(TIGHT) as sandbox:
        yield sandbox


@pytest.mark.fault("A1")
@pytest.mark.parametrize("make", [bombs.nested_flate, bombs.many_operators])
def test_a_pdf_that_takes_too_much_is_rejected_and_the_next_file_is_read(read: Sandbox, make) -> None:  # type: ignore[no-untyped-def]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    data = make()
    assert len(data) < 50_000
    with pytest.raises(ResourceLimit, match="Rejected: resource limit") as error:
        read(".pdf", data)
    assert "資源の上限" in error.value.reason_ja
    assert read(".txt", POLICY.encode())[0].text == POLICY
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


@pytest.mark.fault("A1")
def test_page_trees_without_end_and_very_many_pages(read: Sandbox) -> None:
    assert read(".pdf", bombs.page_loop())[0].text.strip() == "Guidance on visits"
    with pytest.raises(UnreadableFile, match="at most 3000"):
        read(".pdf", bombs.many_pages(20_000))


@pytest.mark.fault("A1")
def test_a_reader_that_hangs_dies_or_says_too_much_is_replaced() -> None:
    with (
        Sandbox(replace(TIGHT, wall=1.0, cpu=30, memory=4 << 30)) as slow,
        pytest.raises(ResourceLimit, match="more time"),
    ):
        slow(".pdf", bombs.many_operators())
    with Sandbox(TIGHT) as read:
        with pytest.raises(ResourceLimit, match="more text"):
            read(".txt", "大学\n".encode() * 300_000)
        assert read(".txt", "大学".encode())[0].text == "大学"
        assert read._child is not None
        os.kill(read._child.pid, signal.SIGKILL)
        with pytest.raises(ResourceLimit):
            read(".txt", "大学".encode())
        assert read(".txt", "大学".encode())[0].text == "大学"


@pytest.mark.fault("A1")
def test_the_sandbox_reads_what_the_readers_read(read: Sandbox) -> None:
    for suffix, data in {
        ".txt": text_of(BLOCKS).encode(),
        ".md": markdown_of(BLOCKS).encode(),
        ".html": html_of(BLOCKS).encode(),
        ".docx": docx_of(BLOCKS),
        ".pdf": pdf_of(BLOCKS),
    }.items():
        pages = read(suffix, data)
        document, _ = document_of(f"a{suffix}", data)
        assert clean(pages).text == document.text
    with pytest.raises(UnreadableFile, match="empty"):
        read(".pdf", b"")


@pytest.mark.fault("A2")
@pytest.mark.parametrize("make", [bombs.lying_docx, bombs.zip_in_zip, bombs.laughs])
def test_archives_that_lie_nest_or_multiply_are_rejected(read: Sandbox, make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(IngestError):
        read(".docx", make())


@pytest.mark.fault("A2")
def test_no_entity_is_filled_in_and_nothing_is_unpacked(read: Sandbox, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary-71f3", "utf-8")
    (page,) = read(".docx", bombs.outside_entity(str(secret)))
    assert "承認が必要" in page.text and "canary" not in page.text
    assert "研究データ" in read(".docx", bombs.climbing_docx())[0].text
    assert not [path for path in Path("/").glob("escaped*")] and not list(tmp_path.parent.glob("escaped*"))


@pytest.mark.fault("A3")
def test_deep_and_wide_html_is_read_or_rejected_but_never_cut_short(read: Sandbox) -> None:
    with pytest.raises(ResourceLimit, match="levels deep"):
        read(".html", bombs.deep_html().encode())
    assert "底の文" in read(".html", bombs.deep_html(1_000).encode())[0].text
    wide = read(".html", bombs.wide_html(100_000).encode())[0].text
    assert "前の文" in wide and "後の文" in wide
    remote = "<base href='https://evil.example'><meta http-equiv=refresh content='0;url=https://evil.example'><link rel=stylesheet href=x.css><p>本文<p>続き"
    assert read(".html", remote.encode())[0].text == "本文\n\n続き"


@pytest.mark.fault("A5")
@given(st.text(st.characters(), max_size=200))
def test_no_text_breaks_cleaning_or_leaves_what_is_invisible(text: str) -> None:
    cleaned = clean([Page(0, text)])
    assert not INVISIBLE.search(cleaned.text) and not SURROGATE.search(cleaned.text)
    assert len(cleaned.text) <= 4 * len(text) + 4
    cleaned.text.encode()
    for piece in pieces(cleaned.text, outline(cleaned), frozenset()):
        assert 0 <= piece.start <= piece.end <= len(cleaned.text)


@pytest.mark.fault("A5")
def test_full_width_forms_fold_before_anything_is_judged() -> None:
    text = clean([Page(0, "研\u202e究\u200b\U000e0041 ＡＢＣ か\u3099 ㎡ ① \ufdfa" + "\ufdfa" * 500)]).text
    assert text.startswith("研究 ABC が ㎡ ①")
    assert text.count("\ufdfa") == 501


@pytest.mark.fault("A7")
def test_every_odd_file_is_one_row_with_a_reason_and_nothing_hangs(desk: Desk) -> None:
    folder = desk.folder
    os.mkfifo(folder / "pipe.txt")
    with open(folder / "huge.txt", "wb") as handle:
        handle.truncate(2 << 30)
    (folder / "away.txt").symlink_to("/etc/hostname")
    (folder / "gone.md").symlink_to(folder / "nothing.md")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "zero.pdf").write_bytes(b"\0" * 64)
    (folder / "dir.md").mkdir()
    found = find_files([folder])
    report = desk.sync()
    rows = {row.source: (row.status, row.reason) for row in (*report.files, *found.reports)}
    odd = {"pipe.txt", "huge.txt", "away.txt", "gone.md", "empty.txt", "zero.pdf"}
    assert odd <= set(rows) and all(rows[name][1] for name in odd)
    assert report.failed and rows["huge.txt"][0] == "failed" and "2048 MB" in rows["huge.txt"][1]
    assert rows["policy.md"][0] == "added"


@pytest.mark.fault("A7")
def test_a_file_that_becomes_a_pipe_or_a_secret_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(IngestError, match="ordinary"):
        read_file(tmp_path / "pipe.txt")
    with pytest.raises(IngestError, match="cannot be read"):
        read_file(tmp_path / "none.txt")


@pytest.mark.fault("A7")
def test_a_file_that_may_not_be_read_keeps_its_old_version(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.sync()
    opened = os.open

    def refusing(path, *rest, **more):  # type: ignore[no-untyped-def]
        if str(path).endswith("note.md"):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *rest, **more)

    monkeypatch.setattr("ingest.files.os.open", refusing)
    row = next(row for row in desk.sync().files if row.source == "note.md")
    assert row.status == "failed" and "permissions" in row.reason and "old version stays" in row.reason
    library = desk.open()
    assert "note.md" in library.edition().shelf.sources
    library.close()


@pytest.mark.fault("A8")
def test_a_file_without_text_is_quarantined_not_taken() -> None:
    with pytest.raises(IngestError, match="scan"):
        document_of("a.pdf", bombs.pdf_with(b"", ""))


@pytest.mark.fault("A10")
@pytest.mark.parametrize(
    "name",
    ["<img onerror=alert(1)>.md", "＝HYPERLINK(1).md", "長" * 80 + ".md", "a\nb.md", "\u202egpj.md", "🎓.md"],
)
def test_a_file_name_is_data(desk: Desk, name: str) -> None:
    (desk.folder / name).write_text(POLICY.replace("90日", "45日"), "utf-8")
    desk.sync()
    library = desk.open()
    shelf = library.edition().shelf
    assert name in shelf.sources
    assert all(re.fullmatch("[0-9a-f]{16}", passage.id) for passage in shelf.all())
    library.close()


@pytest.mark.fault("A11")
@pytest.mark.parametrize(
    "text", ["情報" * 100_000, "word " * 60_000, "| 甲 | 乙 |\n" * 12_500, "同じ\n" * 40_000]
)
def test_long_text_without_structure_is_cut_whole(text: str) -> None:
    cleaned = clean([Page(0, text)])
    covered = bytearray(len(cleaned.text))
    for piece in pieces(cleaned.text, outline(cleaned), frozenset()):
        covered[piece.start : piece.end] = b"\1" * (piece.end - piece.start)
        assert piece.end - piece.start < 20_000
    missing = sum(not seen and not char.isspace() for seen, char in zip(covered, cleaned.text, strict=True))
    assert missing <= len(cleaned.text) / 1000
