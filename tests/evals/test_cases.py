"""The case files: read strictly, with errors that name the place, and in our own words."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.__main__ import app
from evals.cases import load_cases
from evals.judge import squeezed
from evals.types import Case

#: Folded letters that a case may share with a document in one run: a name or a title is shorter, a sentence is not.
MOST_SHARED = 50
GOOD = {
    "id": "m-1",
    "language": "ja",
    "kind": "answerable",
    "action": "answer",
    "split": "tuning",
    "question": "誰に届け出ますか。",
    "gold": [{"document": "policy", "terms": ["室長"]}],
    "facts": [["室長", "the head"]],
}


def checked(path: Path, *rows: object):  # type: ignore[no-untyped-def]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return CliRunner().invoke(app, ["check", "--cases", str(path)])


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"kind": "answerble"}, "mine.jsonl, line 2, kind"),
        ({"gold": [{"document": "policy"}]}, "mine.jsonl, line 2, gold.0.terms"),
        ({"question": ""}, "either a question or turns"),
        ({"id": "m-1"}, "the id m-1 stands also in mine.jsonl"),
    ],
)
def test_a_bad_case_is_named_by_file_line_and_field(
    tmp_path: Path, changed: dict[str, object], named: str
) -> None:
    done = checked(tmp_path / "mine.jsonl", GOOD, {**GOOD, "id": "m-2", **changed})
    assert done.exit_code == 1
    assert named in done.output


def test_a_good_case_file_is_counted(tmp_path: Path) -> None:
    done = checked(tmp_path / "mine.jsonl", GOOD)
    assert (done.exit_code, done.output.strip()) == (0, "1 case, valid")


def strings(case: Case) -> Iterator[str]:
    yield from case.asked
    yield from (term for gold in case.gold for term in (*gold.terms, gold.section))
    yield from (variant for fact in case.facts for variant in fact)
    yield from case.forbidden


def test_no_case_repeats_a_sentence_of_the_documents(documents: Path) -> None:
    texts = [squeezed(path.read_text("utf-8")) for path in documents.glob("00[0-4]_*.txt")]
    assert texts
    repeated = {
        case.id
        for case in load_cases()
        for text in map(squeezed, strings(case))
        for start in range(len(text) - MOST_SHARED + 1)
        if any(text[start : start + MOST_SHARED] in document for document in texts)
    }
    assert not repeated
