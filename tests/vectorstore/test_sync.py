"""The only writer: what an ingest takes, keeps, removes and embeds."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import Desk
from vectorstore.chroma import parse_place
from vectorstore.embedders import Embedder
from vectorstore.types import EmbedderMismatch, Query, Vectors


def statuses(desk: Desk) -> dict[str, str]:
    return {row.source: row.status for row in desk.sync().files}


def test_a_first_ingest_adds_and_a_second_does_nothing(desk: Desk) -> None:
    first = desk.sync()
    assert first.published and first.embedded > 0 and not first.failed
    second = desk.sync()
    assert not second.published and second.embedded == 0 and second.edition == first.edition
    assert {row.status for row in second.files} == {"unchanged"}


def test_only_new_words_are_embedded_when_one_file_changes(desk: Desk) -> None:
    first = desk.sync()
    note = desk.folder / "note.md"
    note.write_text(note.read_text("utf-8").replace("up to 12 students", "up to 15 students"), "utf-8")
    second = desk.sync()
    assert {row.source: row.status for row in second.files} == {
        "note.md": "changed",
        "policy.md": "unchanged",
    }
    assert 0 < second.embedded < first.embedded


def test_what_is_gone_from_the_folder_goes_from_the_library(desk: Desk) -> None:
    desk.sync()
    (desk.folder / "note.md").unlink()
    assert statuses(desk) == {"policy.md": "unchanged", "note.md": "removed"}
    assert desk.open().edition().shelf.sources == ("policy.md",)


def test_a_file_that_fails_keeps_its_old_version_and_recovers(desk: Desk) -> None:
    desk.sync()
    good = (desk.folder / "note.md").read_bytes()
    (desk.folder / "note.md").write_bytes(b"")
    report = desk.sync()
    row = next(row for row in report.files if row.source == "note.md")
    assert report.failed and row.status == "failed" and "old version stays" in row.reason
    assert "note.md" in desk.open().edition().shelf.sources
    (desk.folder / "note.md").write_bytes(good)
    assert not desk.sync().failed


def test_a_changed_catalogue_reaches_the_records_without_embedding_the_texts(desk: Desk) -> None:
    desk.sync()
    entry = replace(desk.writer.catalogue.find("policy.md", ""), standing="superseded")
    assert entry.standing == "superseded"


def test_passages_are_slices_of_their_document(desk: Desk) -> None:
    desk.sync()
    shelf = desk.open().edition().shelf
    for passage in shelf.all():
        document = shelf.document(passage.source)
        assert document is not None
        assert document.text[passage.start : passage.end] == passage.text


def test_another_embedder_is_refused_until_the_library_is_embedded_again(
    desk: Desk, embedder: Embedder
) -> None:
    desk.sync()
    other = replace(embedder, name="other", fingerprint="other-1")
    with pytest.raises(EmbedderMismatch, match="desk ingest"):
        desk.open(other)
    again = replace(desk, writer=replace(desk.writer, embedder=other))
    assert again.sync().published
    assert again.open().edition().manifest.fingerprint == "other-1"


def test_vectors_of_the_previous_edition_are_taken_as_they_are(desk: Desk, embedder: Embedder) -> None:
    desk.sync()
    asked: list[str] = []

    def counting(texts: list[str]) -> Vectors:
        asked.extend(texts)
        return embedder.passages(texts)

    (desk.folder / "third.md").write_text(
        "# 別紙\n\n協定書の様式は別に定める。様式は国際課の窓口で受け取ることができる。\n", "utf-8"
    )
    watched = replace(desk, writer=replace(desk.writer, embedder=replace(embedder, passages=counting)))
    before = desk.open().edition()
    old = {p.text: np.array(v) for p, v in zip(before.shelf.all(), before.vectors, strict=True)}
    watched.sync()
    after = watched.open().edition()
    for passage, vector in zip(after.shelf.all(), after.vectors, strict=True):
        if passage.text in old:
            assert passage.text not in asked
            assert np.array_equal(vector, old[passage.text])


def test_a_running_library_takes_up_a_new_edition(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.library.POLL_SECONDS", 0.0)
    desk.sync()
    library = desk.open()
    first = library.edition().name
    (desk.folder / "third.md").write_text(
        "# 別紙\n\n協定書の様式は別に定める。様式は国際課の窓口で受け取ることができる。\n", "utf-8"
    )
    second = desk.sync().edition
    assert library.edition().name == second != first
    library.close()


def test_an_empty_library_is_an_edition_too(desk: Desk) -> None:
    for path in desk.folder.glob("*.md"):
        path.unlink()
    report = desk.sync()
    assert report.passages == 0
    assert desk.open().edition().passages == 0
    assert Query("x").k == 10


def test_the_vectors_may_live_in_a_folder_of_their_own(desk: Desk, tmp_path: Path) -> None:
    desk = replace(desk, writer=replace(desk.writer, place=parse_place(str(tmp_path / "vectors")), keep=1))
    first = desk.sync().edition
    assert (tmp_path / "vectors" / first).is_dir()
    assert not (desk.home.edition(first) / "chroma").exists()
    (desk.folder / "note.md").unlink()
    second = desk.sync().edition
    library = desk.open()
    assert library.edition().collection.count() == library.edition().passages
    assert [folder.name for folder in (tmp_path / "vectors").iterdir()] == [second]
    library.close()
