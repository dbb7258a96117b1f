"""The catalogue: entries by name and by phrases, what an unlisted text shows, and clear errors."""

from pathlib import Path

import pytest

from ingest.bundled import bundled_library
from ingest.catalogue import KINDS, STANDINGS, Catalogue, load_catalogue
from ingest.types import CatalogueError

TOML = """
[[source]]
key = "janu-2022"
title_ja = "声明"
title_en = "Statement"
issuer_ja = "国立大学協会"
aliases = ["国大協", "JANU"]
date = "2022-11"
kind = "association statement"
standing = "position"
match = { names = ["janu*.txt"], phrases = ["国立大学 協会は", "ＡＢＣ"] }

[[source]]
key = "old"
superseded_by = "janu-2022"
standing = "superseded"
match = { names = ["sub/old.md"] }
"""


def loaded(folder: Path, *texts: str) -> Catalogue:
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"{number}" / "sources.toml"
        path.parent.mkdir()
        path.write_text(text, "utf-8")
        paths.append(path)
    return load_catalogue(paths)


@pytest.mark.parametrize(
    ("source", "text", "key"),
    [
        ("janu-en.txt", "", "janu-2022"),
        ("folder/janu.txt", "", "janu-2022"),
        ("other.pdf", "国立\n大学協会は、abc を定める。", "janu-2022"),
        ("sub/old.md", "", "old"),
        ("old.md", "", "old.md"),
        ("other.pdf", "国立大学協会は、定める。", "other.pdf"),
    ],
)
def test_a_document_is_found_by_name_or_by_all_its_phrases(
    tmp_path: Path, source: str, text: str, key: str
) -> None:
    record = loaded(tmp_path, TOML).find(source, text)
    assert record.key == key
    assert record.listed == (key in ("janu-2022", "old"))


def test_fields_are_read(tmp_path: Path) -> None:
    record = loaded(tmp_path, TOML).find("janu.txt", "")
    assert (record.title("ja"), record.title("en"), record.issuer("en")) == (
        "声明",
        "Statement",
        "国立大学協会",
    )
    assert (record.date, record.kind, record.standing, record.aliases) == (
        "2022-11",
        "association statement",
        "position",
        ("国大協", "JANU"),
    )


@pytest.mark.parametrize(
    ("text", "title", "date"),
    [
        ("研究データの手引き\n\n令和6年12月18日\n\n本文である。", "研究データの手引き", "2024-12-18"),
        ("⚫ 現状と課題\n• 項目", "現状と課題", ""),
        ("Partnership Guide\n\nMarch 3, 2023\nText.", "Partnership Guide", "2023-03-03"),
        ("office@example.ac.jp\n本文である。", "文書", ""),
        ("ABSTRACT\nThis paper is about partnerships.", "文書", ""),
        ("この文は題ではない。\n令和5年度の計画", "文書", ""),
        ("", "文書", ""),
    ],
)
def test_an_unlisted_document_shows_its_title_and_date(text: str, title: str, date: str) -> None:
    record = Catalogue().find("文書.txt", text)
    assert (record.title("ja"), record.date, record.listed) == (title, date, False)


ERRORS = {
    "bad TOML": ("[[source]\nkey = 1", "line 1"),
    "unknown field": ('[[source]]\nkey = "a"\nissuer = "x"', "'issuer'"),
    "unknown table": ('[sources]\nkey = "a"', "'sources'"),
    "no key": ('[[source]]\ntitle_ja = "x"', "'key'"),
    "bad key": ('[[source]]\nkey = "A b"', "'A b'"),
    "bad date": ('[[source]]\nkey = "a"\ndate = "2022-13"', "'2022-13'"),
    "date as a date": ('[[source]]\nkey = "a"\ndate = 2022-11-18', "date"),
    "bad kind": ('[[source]]\nkey = "a"\nkind = "law"', "'law'"),
    "bad standing": ('[[source]]\nkey = "a"\nstanding = "valid"', "'valid'"),
    "duplicate key": ('[[source]]\nkey = "a"\n[[source]]\nkey = "a"', "'a'"),
    "unknown successor": ('[[source]]\nkey = "a"\nsuperseded_by = "b"', "'b'"),
    "names no list": ('[[source]]\nkey = "a"\nmatch = { names = "x" }', "match.names"),
    "unknown match": ('[[source]]\nkey = "a"\nmatch = { name = ["x"] }', "match"),
    "single table": ('[source]\nkey = "a"', "[[source]]"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_names_what_is_wrong(tmp_path: Path, name: str) -> None:
    text, words = ERRORS[name]
    with pytest.raises(CatalogueError) as error:
        loaded(tmp_path, text)
    assert words in error.value.reason and "sources.toml" in error.value.reason_ja


def test_keys_are_unique_over_all_files(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="janu-2022"):
        loaded(tmp_path, TOML, TOML)


def test_the_bundled_catalogue_is_valid_and_names_every_digest() -> None:
    folder = bundled_library()
    catalogue = load_catalogue([folder / "sources.toml"])
    keys = {entry.record.key for entry in catalogue.entries}
    for path in folder.glob("*.md"):
        record = catalogue.find(path.name, "")
        assert record.listed and record.kind == "digest" and record.digest_of in keys
    assert all(
        entry.record.kind in KINDS and entry.record.standing in STANDINGS for entry in catalogue.entries
    )
