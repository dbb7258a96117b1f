"""One file to its document and passages: identity, versions, another reader in the same place."""

import pytest

from ingest import pipeline
from ingest import recipe as recipes
from ingest.catalogue import Catalogue
from ingest.pipeline import read_document, version_of
from ingest.recipe import PARTS, recipe
from ingest.types import Page
from tests.ingest.makers import BLOCKS, document_of, markdown_of, text_of


def test_the_version_covers_the_bytes_and_the_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    first = version_of(b"a")
    assert first == version_of(b"a") != version_of(b"b")
    monkeypatch.setattr(pipeline, "recipe", lambda: "another")
    assert version_of(b"a") != first


def test_the_recipe_is_a_stable_name_for_the_code() -> None:
    first = recipe()
    recipe.cache_clear()
    assert recipe() == first
    assert len(recipe()) == 12 and int(recipe(), 16) >= 0


def test_the_recipe_names_modules_that_exist() -> None:
    root = recipes.files("ingest")
    assert all((root / name).is_dir() or (root / f"{name}.py").is_file() for name in PARTS)


def test_another_reader_can_stand_in_the_same_place() -> None:
    def read(suffix: str, data: bytes) -> tuple[Page, ...]:
        return (Page(7, f"{suffix}の頁である。これは研究の安全に関する文である。"),)

    document, (passage,) = read_document("a.pdf", b"any", Catalogue(), read)
    assert passage.page == 7 and document.text.startswith(".pdfの頁")


def test_passages_carry_what_a_citation_needs() -> None:
    document, passages = document_of("手引き.md", markdown_of(BLOCKS))
    assert {passage.title for passage in passages} == {"研究データ管理の手引き"}
    assert [passage.language for passage in passages] == ["ja", "ja", "en"]
    assert all(passage.version == document.version and passage.page is None for passage in passages)


def test_raw_places_lead_back_to_the_file() -> None:
    source = text_of(BLOCKS).replace("データ", "ﾃﾞｰﾀ").replace("5年", "５年")
    document, passages = document_of("a.txt", source)
    assert "データを" in document.text and "5年間" in document.text
    at = document.text.index("5年間")
    assert document.raw[document.offsets.raw(at)] == "５"
    assert document.raw[document.offsets.raw(document.text.index("管理責任者"))] == "管"
