"""Cases out of the desk's own database: approved replies, and what visitors marked down, by the real command."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.office import Office
from bot.store.opening import Data, open_data
from evals.cases import load_cases
from tests.bot.desk.making import QUESTION, SUZUKI, in_review, office_of
from tests.bot.pages import refused

MARKED = "連絡先は taro@example.jp です。輸出許可の窓口はどこですか。"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    data: Data = open_data("", tmp_path / "home")
    yield office_of(data)
    data.close()


def imported(home: Path, out: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "eval", "import", *words, "--out", str(out)]
    named = os.environ | {"DESK_HOME": str(home), "DESK_DATABASE": ""}
    return subprocess.run(command, capture_output=True, text=True, env=named, check=False)


def test_replies_become_cases_and_mark_downs_wait_for_a_word(office: Office, tmp_path: Path) -> None:
    number = in_review(office)
    office.act(number, SUZUKI, "approve")
    in_review(office)  # nobody has approved it
    for liked in (False, False, True):
        office.rate(refused(MARKED, ()), liked, "役に立たない" if not liked else "")
    out = tmp_path / "mine.jsonl"

    done = imported(tmp_path / "home", out, "--format", "desk")

    assert done.returncode == 0, done.stderr
    (case,) = load_cases((out,))
    assert (case.id, case.question, case.action) == (f"desk-ticket-{number}", QUESTION, "answer")
    assert case.facts[0][0].startswith(case.gold[0].terms[0])
    (waiting,) = map(json.loads, (tmp_path / "mine.open.jsonl").read_text("utf-8").splitlines())
    assert (waiting["feedback"], waiting["reason"], waiting["should"]) == ("bad", "役に立たない", "")
    assert "taro@example.jp" not in waiting["question"]
    assert "輸出許可の窓口" in waiting["question"]

    waiting["should"] = "refuse"
    (tmp_path / "mine.open.jsonl").write_text(json.dumps(waiting), "utf-8")
    more = tmp_path / "more.jsonl"
    done = imported(tmp_path / "home", more, str(tmp_path / "mine.open.jsonl"), "--format", "feedback")
    assert done.returncode == 0, done.stderr
    assert [(one.kind, one.action) for one in load_cases((out, more))][1:] == [("unanswerable", "refuse")]


def test_a_desk_without_tickets_says_so(office: Office, tmp_path: Path) -> None:
    done = imported(tmp_path / "home", tmp_path / "mine.jsonl", "--format", "desk")
    assert done.returncode == 1
    assert "no approved reply" in done.stderr
