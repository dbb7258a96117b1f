"""The report: tables, JSON, picture, and the command on tiny corpora."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from evals.bench import Quality
from evals.bench_door import bench
from evals.bench_report import BenchReport, Machine, as_dict, sheets
from evals.bench_speed import Speed
from tests.evals.bench_data import write_corpora

MACHINE = Machine("2026-11-20T00:00:00+00:00", 2, 0.5, "3.11", (("numpy", "2"),))


def _quality(peer: str, name: str, value: float) -> Quality:
    return Quality(peer, name, 1000, 1430, False, value, value, value, value)


def _speed(peer: str, passages: int, rate: float) -> Speed:
    return Speed(peer, passages, rate, 1.0, 300.0, 12.5, 0.8, 4.0, 9.0, 200.0)


REPORT = BenchReport(
    MACHINE,
    (_quality("desk", "jaquad_dev ja→ja", 0.9), _quality("bm25-words", "jaquad_dev ja→ja", 0.85)),
    (_speed("desk", 1000, 300.0), _speed("langchain", 1000, 15.0), _speed("desk", 20000, 200.0)),
    (("llamaindex", ("llama_index",)),),
    (("langchain", 1000),),
)


def test_tables_show_every_figure_once() -> None:
    by_title = {sheet.title: sheet for sheet in sheets(REPORT)}
    assert by_title["MRR@10"].head[3:] == ("this project", "BM25, this project's words")
    assert by_title["MRR@10"].rows == (("jaquad_dev ja→ja", "1000", "1430", "0.900", "0.850"),)
    speed = next(sheet for title, sheet in by_title.items() if title.startswith("speed"))
    assert [row[-1] for row in speed.rows] == ["20.0 ×", "1.0 ×", "not run"]
    assert by_title["not measured"].rows == (
        ("LlamaIndex default, MiniLM", "not installed: llama_index"),
        ("LangChain default, MiniLM", "libraries of more than 1,000 passages"),
    )


def test_every_row_is_as_wide_as_its_head() -> None:
    for sheet in sheets(REPORT):
        assert {len(row) for row in sheet.rows} == {len(sheet.head)}


def test_an_empty_part_makes_no_table() -> None:
    assert sheets(BenchReport(MACHINE, (), ())) == ()


def test_the_report_survives_json() -> None:
    back = json.loads(json.dumps(as_dict(REPORT), ensure_ascii=False))
    assert back["missing"] == {"llamaindex": ["llama_index"]}
    assert back["machine"]["versions"] == {"numpy": "2"}
    assert [one["p95_ms"] for one in back["speed"]] == [9.0, 9.0, 9.0]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("suffix", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_the_picture_is_drawn(suffix: str, start: bytes, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    plot = pytest.importorskip("evals.bench_plot")
    plot.draw(REPORT, tmp_path / f"bench.{suffix}")
    assert (tmp_path / f"bench.{suffix}").read_bytes().startswith(start)


@pytest.fixture
def command() -> typer.Typer:
    app = typer.Typer()
    app.command()(bench)
    return app


@pytest.mark.filterwarnings("ignore")
def test_the_command_measures_and_writes(command: typer.Typer, tmp_path: Path) -> None:
    write_corpora(tmp_path)
    arguments = [
        "--corpora",
        str(tmp_path),
        "--systems",
        "bm25-bigrams",
        "--sizes",
        "4",
        "--out",
        str(tmp_path / "out"),
    ]
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 0, done.output
    kept = json.loads((tmp_path / "out" / "bench.json").read_text("utf-8"))
    assert len(kept["quality"]) == 12 and [one["passages"] for one in kept["speed"]] == [4]
    jaquad = next(one for one in kept["quality"] if one["set"] == "jaquad_dev ja→ja")
    assert jaquad["recall_1"] == 1.0


@pytest.mark.filterwarnings("ignore")
def test_a_run_that_is_resumed_measures_only_what_is_missing(command: typer.Typer, tmp_path: Path) -> None:
    write_corpora(tmp_path)
    arguments = ["--corpora", str(tmp_path), "--systems", "bm25-bigrams", "--out", str(tmp_path / "out")]

    def kept(*more: str) -> dict[str, list[dict[str, object]]]:
        done = CliRunner().invoke(command, [*arguments, *more])
        assert done.exit_code == 0, done.output
        read: dict[str, list[dict[str, object]]] = json.loads(
            (tmp_path / "out" / "bench.json").read_text("utf-8")
        )
        return read

    first = kept("--sets", "jaquad", "--sizes", "2")
    second = kept("--sets", "jaquad,squad", "--sizes", "2,4", "--resume")
    assert [one["set"] for one in second["quality"]] == ["jaquad_dev ja→ja", "squad_dev_en en→en"]
    assert second["speed"][0] == first["speed"][0] and [one["passages"] for one in second["speed"]] == [2, 4]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--systems", "elastic"], "no system called elastic"),
        (["--sizes", "many"], "whole numbers"),
        (["--systems", "bm25-bigrams", "--corpora", "nowhere"], "jaquad_dev.tsv.xz"),
    ],
)
def test_a_wrong_option_is_one_plain_line(command: typer.Typer, arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 1 and said in done.output
