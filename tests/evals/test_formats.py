"""Cases out of BEIR, SQuAD and the desk's own feedback, through the command that writes them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.__main__ import app
from evals.cases import load_cases
from evals.types import Gold


def invoke(*words: str | Path):  # type: ignore[no-untyped-def]
    return CliRunner().invoke(app, [str(word) for word in words])


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def test_beir_gives_a_case_for_every_query_with_gold(tmp_path: Path) -> None:
    lines(
        tmp_path / "corpus.jsonl",
        {"_id": "d1", "title": "指針", "text": "客員研究員は届け出る。"},
        {"_id": "d2", "text": "Other."},
    )
    lines(
        tmp_path / "queries.jsonl",
        {"_id": "q1", "text": "客員研究員は何をしますか。"},
        {"_id": "q2", "text": "None?"},
    )
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td1\t0\n")
    done = invoke("import", tmp_path, "--out", tmp_path / "out.jsonl", "--format", "beir")
    assert done.exit_code == 0, done.output
    (case,) = load_cases((tmp_path / "out.jsonl",))
    assert (case.id, case.language, case.gold) == (
        "beir-q1",
        "ja",
        (Gold("指針", ("客員研究員は届け出る。",)),),
    )


def test_squad_gives_facts_and_questions_without_an_answer(tmp_path: Path) -> None:
    asked = [
        {"id": "1", "question": "滞在は何日以内ですか。", "answers": [{"text": "三十日", "answer_start": 3}]},
        {"id": "2", "question": "Who signs?", "answers": [], "is_impossible": True},
    ]
    data = {
        "data": [
            {"title": "policy.md", "paragraphs": [{"context": "滞在は三十日以内とする。", "qas": asked}]}
        ]
    }
    (tmp_path / "squad.json").write_text(json.dumps(data), "utf-8")
    done = invoke("import", tmp_path / "squad.json", "--out", tmp_path / "out.jsonl", "--format", "squad")
    assert done.exit_code == 0, done.output
    first, second = load_cases((tmp_path / "out.jsonl",))
    assert (first.facts, first.gold[0].document) == ((("三十日",),), "policy.md")
    assert (second.kind, second.action) == ("unanswerable", "refuse")


def test_feedback_gives_cases_and_names_what_somebody_has_to_complete(tmp_path: Path) -> None:
    good = {
        "id": "t1",
        "question": "誰に届け出る？",
        "feedback": "good",
        "quotes": [{"source": "policy.md", "quote": "室長に届け出る。"}],
    }
    bad = {"id": "t2", "question": "Who decides?", "feedback": "bad"}
    judged = {"id": "t3", "question": "What does lunch cost?", "feedback": "bad", "should": "refuse"}
    path = lines(tmp_path / "export.jsonl", good, bad, judged)
    done = invoke("import", path, "--out", tmp_path / "out.jsonl", "--format", "feedback")
    assert done.exit_code == 0, done.output
    assert "say in `should` whether to answer or refuse" in done.output
    (waiting,) = map(json.loads, (tmp_path / "out.open.jsonl").read_text("utf-8").splitlines())
    assert waiting == bad
    assert [(case.id, case.action) for case in load_cases((tmp_path / "out.jsonl",))] == [
        ("desk-t1", "answer"),
        ("desk-t3", "refuse"),
    ]


BAD_FILES = (
    ("squad", "x.json", "[1]", "SQuAD-style"),
    ("feedback", "x.jsonl", '{"id": "t1"}', "line 1: an object with `id` and `question`"),
    ("feedback", "x.jsonl", '{"id": "t1", "question": "?", "should": "perhaps"}', "answer or refuse"),
    ("feedback", "x.jsonl", '{"id": "t1", "question": "?", "quotes": [{"quote": "室長"}]}', "`source` and"),
    ("cases", "x.jsonl", "{", "x.jsonl, line 1"),
    ("cases", "none.txt", "", "gives no case"),
)


@pytest.mark.parametrize(("kind", "name", "text", "says"), BAD_FILES)
def test_a_file_that_is_not_of_its_format_is_a_plain_error(
    tmp_path: Path, kind: str, name: str, text: str, says: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    done = invoke("import", tmp_path / name, "--out", tmp_path / "out.jsonl", "--format", kind)
    assert done.exit_code == 1
    assert says in done.output
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("corpus", "qrels", "says"),
    [
        ('{"text": "x"}', "", "corpus.jsonl, line 1: needs an object with _id and text"),
        ("{", "", "corpus.jsonl, line 1: not JSON"),
        ("", "head\nq1\td1\n", "test.tsv, line 2"),
        ("", None, "cannot be read"),
    ],
)
def test_a_folder_that_is_not_beir_is_a_plain_error(
    tmp_path: Path, corpus: str, qrels: str | None, says: str
) -> None:
    (tmp_path / "corpus.jsonl").write_text(corpus)
    (tmp_path / "queries.jsonl").write_text('{"_id": "q1", "text": "Who?"}\n')
    (tmp_path / "qrels").mkdir()
    if qrels is not None:
        (tmp_path / "qrels" / "test.tsv").write_text(qrels)
    done = invoke("import", tmp_path, "--out", tmp_path / "out.jsonl", "--format", "beir")
    assert done.exit_code == 1
    assert says in " ".join(done.output.split())


def test_a_file_format_without_a_file_says_what_to_give(tmp_path: Path) -> None:
    done = invoke("import", "--format", "squad", "--out", tmp_path / "out.jsonl")
    assert done.exit_code == 1
    assert "desk eval import FILE --format squad" in done.output
