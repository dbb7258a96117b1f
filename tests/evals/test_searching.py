"""Searches alone: gold is ranked as in a whole run, and what cannot be judged is left out."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.__main__ import app
from evals.searching import searched
from evals.systems.desk import texts_of
from evals.types import Gold
from tests.conftest import Desk
from tests.evals.making import case
from tests.evals.test_cases import GOOD
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.library import OpenEdition
from vectorstore.search import load_blend, make_search
from vectorstore.types import Filter

ASKED = "研究データを学外に持ち出すには誰の承認が要りますか。"
HELD = case("a", question=ASKED, gold=(Gold("policy", ("情報管理室の承認",)),))
MISSING = case("b", question=ASKED, gold=(Gold("policy", ("学長の承認",)),))
FOLLOW_UP = case("c", question="", turns=(ASKED, "誰の？"), gold=(Gold("policy", ("情報管理室の承認",)),))


def test_only_gold_that_the_library_holds_is_judged(
    edition: OpenEdition, embedder: Embedder, glossary: Glossary
) -> None:
    search, library = make_search(edition, embedder, glossary, load_blend()), texts_of(edition)
    (record,) = searched((HELD, MISSING, FOLLOW_UP), search, library, {})
    assert (record.case.id, record.gold_at, record.values["mrr_10"]) == ("a", (1,), 1.0)
    elsewhere = Filter(sources=("note.md",))
    (lost,) = searched((HELD,), search, library, {}, elsewhere)
    assert (lost.gold_at, lost.values["mrr_10"]) == ((), 0.0)


def invoked(desk: Desk, cases: Path, *words: str):  # type: ignore[no-untyped-def]
    options = ("--cases", cases, "--library", desk.folder, "--misses", *words)
    return CliRunner().invoke(app, ["search", *map(str, options)])


def test_the_command_lists_what_is_not_found(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_HOME", str(tmp_path / "own"))
    (desk.folder / "scan.md").write_text("a b", "utf-8")
    mine = tmp_path / "mine.jsonl"
    held = {**GOOD, "question": ASKED, "gold": [{"document": "policy", "terms": ["情報管理室の承認"]}]}
    mine.write_text(json.dumps(held, ensure_ascii=False), "utf-8")
    whole, dropped = invoked(desk, mine), invoked(desk, mine, "--set", "drop=policy")
    assert (whole.exit_code, dropped.exit_code) == (0, 0), whole.output + dropped.output
    assert "scan.md is left out of the library" in whole.output
    assert "m-1" not in whole.output
    assert "m-1  not found" in dropped.output

    mine.write_text(json.dumps(GOOD, ensure_ascii=False), "utf-8")
    assert "holds the answer of none of these cases" in invoked(desk, mine).output
