"""`desk eval judge` as it is run: a real run on disk, the real model gateway, and a server that speaks to it."""

import json
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.__main__ import app
from evals.recipe import Recipe
from evals.records import Record
from evals.runs import Runs
from tests.evals.making import case, declined, reply
from tests.hostile import hostile

RECIPE = Recipe("desk", "digests", "e1", {}, "c", (), "", "e", "g", 1, {}, {}, {})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    runs = Runs(tmp_path / "evals" / "runs")
    runs.begin("one", RECIPE)
    for record in (Record(case("a-1"), reply(), ""), Record(case("a-2"), declined(), "")):
        runs.add("one", record)
    runs.finish("one")
    return tmp_path


def judged(monkeypatch: pytest.MonkeyPatch, home: Path, mode: str, says: str = ""):  # type: ignore[no-untyped-def]
    """What the command says, and what the model was asked."""
    with hostile(mode, says) as server:
        named = {"HOME": str(home), "MODEL": "openai:test", "MODEL_URL": server.url, "MODEL_KEY": "k"}
        for name, value in named.items():
            monkeypatch.setenv(f"DESK_{name}", value)
        done = CliRunner().invoke(app, ["judge", "one", "--most", "5"])
        assert "desk-model" not in {thread.name for thread in threading.enumerate()}
        return done, list(server.seen)


@pytest.mark.parametrize(
    ("says", "line"),
    [
        ("supported", "agrees with the checker on 100.0% of 1 sentences (kappa 1.00); 0 replies"),
        ("Unsupported.", "a-1: checker supported, model unsupported: 客員研究員は届け出る。"),
        ("perhaps", "the model gave no verdict that could be read"),
    ],
)
def test_a_model_judges_what_a_run_cites(
    monkeypatch: pytest.MonkeyPatch, home: Path, says: str, line: str
) -> None:
    done, seen = judged(monkeypatch, home, "obey", says)
    assert line in done.output
    assert done.exit_code == (1 if "no verdict" in line else 0)
    assert len(seen) == 1
    assert "客員研究員は届け出る。" in json.dumps(seen, ensure_ascii=False)


def test_a_model_that_fails_is_a_plain_error(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    done, _ = judged(monkeypatch, home, "401-with-secret")
    assert done.exit_code == 1
    assert done.output.startswith("desk: ")
    assert "Traceback" not in done.output
