"""The commands, run as a user runs them: exit codes, plain errors, the public JSON shapes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.shapes import AnswerShape, SearchShape, schema
from bot.startup import NICE
from bot.store.opening import open_data
from tests.bot.desk.making import SUZUKI, in_review, office_of
from tests.canaries import PLANTED
from tests.conftest import CATALOGUE, NOTE, POLICY, ROOT

Run = subprocess.CompletedProcess[str]


class Place:
    """A home and a library folder, and `desk` run on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = folder / "library"
        self.library.mkdir()
        (self.library / "policy.md").write_text(POLICY, "utf-8")
        (self.library / "note.md").write_text(NOTE, "utf-8")
        (self.library / "sources.toml").write_text(CATALOGUE, "utf-8")

    def run(self, *arguments: str, **extra: str) -> Run:
        """`desk` with these arguments."""
        return self._python("-m", "bot", *arguments, **extra)

    def program(self, program: str) -> Run:
        """A program of Python that stands where `desk` does."""
        return self._python("-c", program)

    def _python(self, *arguments: str, **extra: str) -> Run:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DESK_HOME": str(self.folder / "home"),
            "DESK_LIBRARY": str(self.library),
            "DESK_MODEL_KEY": PLANTED,
            **extra,
        }
        command = [sys.executable, "-W", "ignore", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=120
        )

    def object(self, *arguments: str) -> Any:
        ran = self.run(*arguments)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    made = Place(tmp_path_factory.mktemp("commands"))
    ran = made.run("ingest")
    assert ran.returncode == 0, ran.stderr
    told = ["[1/2] reading note.md", "[2/2] reading policy.md", "writing the new edition"]
    assert ran.stderr.splitlines()[:3] == told
    return made


def test_an_ingest_gives_way_to_who_asks(place: Place) -> None:
    program = (
        "import os\nfrom bot.__main__ import app\napp(['ingest'], standalone_mode=False)\nprint(os.nice(0))"
    )
    before, ran = os.nice(0), place.program(program)
    assert ran.returncode == 0 and int(ran.stdout.splitlines()[-1]) == min(before + NICE, 19), ran.stderr


def test_help_lists_every_command_without_loading_any() -> None:
    program = "import sys; sys.argv = ['desk', '--help']\nfrom bot.__main__ import main\ntry: main()\nexcept SystemExit: pass\n"
    program += "assert not {'chromadb', 'gradio', 'torch', 'numpy'} & set(sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    for name in ("ask", "search", "verify", "serve", "ingest", "library", "doctor", "eval", "docs"):
        assert name in ran.stdout


def test_documents_are_marked_until_they_are_accepted(place: Place) -> None:
    question, asks = "データの持ち出しには誰の承認が必要ですか", {"DESK_ACCEPT_DOCUMENTS": "true"}

    def waits(**extra: str) -> set[bool]:
        answer = json.loads(place.run("ask", question, "--json", **extra).stdout)
        return {one["unaccepted"] for one in answer["citations"]}

    assert waits() == {False} and waits(**asks) == {True}
    said = place.run("ask", question, **asks).stdout
    assert said.count("担当者の確認待ち") == 1 and "まだ担当者の確認を受けていません" in said
    listed = place.run("library", "accept", "--list", **asks)
    assert [line.split("\t")[0] for line in listed.stdout.splitlines()] == ["note.md", "policy.md"]
    for wrong in ((), ("note.md", "--all"), ("note.md", "nothing.md")):
        ran = place.run("library", "accept", *wrong, **asks)
        assert ran.returncode == 1 and ran.stderr.startswith("desk: "), ran.stderr
    assert "2 of 2 documents wait\n" in place.run("library", "accept", "--list", **asks).stderr
    assert "1 of 2 documents wait\n" in place.run("library", "accept", "policy.md", **asks).stderr
    assert waits(**asks) == {False}
    rest = place.run("library", "accept", "--all")
    assert (
        rest.stdout.startswith("accepted note.md\t") and "0 of 2" in rest.stderr and "is off" in rest.stderr
    )
    assert "console:" in place.run("audit", "show", "document:policy.md").stdout


def test_a_second_ingest_embeds_nothing(place: Place) -> None:
    report = place.object("ingest", "--json")
    assert report["embedded"] == 0 and not report["published"]


def test_an_answer_has_the_public_shape(place: Place) -> None:
    answer = place.object("ask", "データの持ち出しには誰の承認が必要ですか", "--json")
    assert list(answer) == list(AnswerShape.__annotations__)
    assert answer["status"] == "answered" and answer["language"] == "ja"
    citation = answer["citations"][0]
    assert citation["source"] == "policy.md" and citation["quote"] in citation["passage"]
    assert citation["issuer"] == "みずほ平大学" and citation["date"] == "2023-04-01"
    assert all(set(s["citations"]) <= {c["n"] for c in answer["citations"]} for s in answer["statements"])


def test_a_refusal_has_a_reason_and_no_citation(place: Place) -> None:
    answer = place.object("ask", "What is the capital of Peru and its population?", "--json")
    assert answer["status"] == "refused" and answer["reason"] and answer["citations"] == []


def test_a_packet_is_written_and_verified_and_an_edit_is_named(place: Place) -> None:
    packet, broken = place.folder / "packet.json", place.folder / "broken.json"
    asked = place.run("ask", "データの持ち出しには誰の承認が必要ですか", "--packet", str(packet))
    assert asked.returncode == 0 and packet.stat().st_mode & 0o077 == 0
    checked = place.run("verify", str(packet))
    assert checked.returncode == 0 and checked.stdout.startswith("intact")
    packet.write_text(packet.read_text("utf-8").replace("みずほ平大学", "みずほ大学"), "utf-8")
    found = place.run("verify", str(packet), "--json")
    places = {finding["place"] for finding in json.loads(found.stdout)["findings"]}
    assert found.returncode == 1 and "documents.0.record.issuer_ja" in places
    broken.write_text("{", "utf-8")
    refused = place.run("verify", str(broken), LANG="ja_JP.UTF-8")
    assert refused.returncode == 1 and "根拠記録のファイルではありません" in refused.stderr
    assert place.run("verify", str(place.folder / "nowhere.json")).returncode == 1


def test_a_batch_keeps_ids_order_and_conversations(place: Place) -> None:
    lines = [
        {"id": "1", "question": "客員研究員にも指針は適用されますか", "conversation": "a"},
        {"id": "2", "question": "How many exchange students does the host university accept?"},
        {"id": "3", "question": "届出だけでよいのはどんな人ですか", "conversation": "a"},
    ]
    source, out = place.folder / "in.jsonl", place.folder / "out.jsonl"
    source.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    ran = place.run("ask", "--batch", str(source), "--out", str(out))
    assert ran.returncode == 0, ran.stderr
    answers = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == ["1", "2", "3"]
    assert [answer["language"] for answer in answers] == ["ja", "en", "ja"]


def test_a_search_has_the_public_shape_alone_and_in_a_batch(place: Place) -> None:
    found = place.object("search", "授業料", "-k", "2", "--json")
    assert list(found) == ["question", "hits"] and len(found["hits"]) == 2
    assert list(found["hits"][0]) == ["source", "title", "heading", "start", "end", "text", "score"]
    source, out = place.folder / "q.jsonl", place.folder / "hits.jsonl"
    source.write_text('{"id": "x", "question": "tuition"}\n', "utf-8")
    assert place.run("search", "-k", "2", "--batch", str(source), "--out", str(out)).returncode == 0
    assert json.loads(out.read_text("utf-8"))["id"] == "x"


def test_the_schemas_name_their_version() -> None:
    for shape in (AnswerShape, SearchShape):
        assert schema(shape)["$comment"] == "version 1"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("ask",), 1, "give a question"),
        (("ask", "--batch", "none.jsonl", "--out", "o.jsonl"), 1, "none.jsonl"),
        (("ingest", "add", "none.pdf"), 1, "none.pdf is not a file"),
        (("ingest", "show", "none.pdf"), 1, "none.pdf cannot be read"),
        (("ingest", "remove", "../policy.md"), 1, "was not added"),
        (("library", "rollback", "none"), 5, "none"),
    ],
)
def test_a_mistake_is_one_plain_line(place: Place, arguments: tuple[str, ...], code: int, words: str) -> None:
    ran = place.run(*arguments)
    assert ran.returncode == code
    assert words in ran.stderr and "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DESK_PORT", "many", "DESK_PORT"),
        ("DESK_HOME", "/proc/none", "DESK_HOME"),
        ("DESK_LIBRARY", "/none", "/none does not exist"),
        ("DESK_EMBEDDER", "./none", "./none"),
    ],
)
def test_a_wrong_setting_is_named(place: Place, name: str, value: str, words: str) -> None:
    ran = place.run("ingest", **{name: value})
    assert ran.returncode != 0 and words in ran.stderr and "Traceback" not in ran.stderr


def test_before_an_ingest_the_user_is_told_what_to_run(place: Place, tmp_path: Path) -> None:
    ran = place.run("ask", "hello there, what applies?", DESK_HOME=str(tmp_path / "empty"))
    assert ran.returncode == 6 and "desk ingest" in ran.stderr


def test_bad_files_are_rows_and_the_rest_is_taken(tmp_path: Path) -> None:
    made = Place(tmp_path)
    (made.library / "empty.pdf").write_bytes(b"")
    (made.library / "binary.txt").write_bytes(bytes(range(256)) * 8)
    ran = made.run("ingest", "--json")
    report = json.loads(ran.stdout)
    rows = {row["source"]: row for row in report["files"]}
    assert ran.returncode == 2 and "Traceback" not in ran.stderr
    assert rows["empty.pdf"]["status"] == rows["binary.txt"]["status"] == "failed"
    assert rows["empty.pdf"]["reason"] and rows["empty.pdf"]["reason_ja"]
    assert rows["policy.md"]["status"] == rows["note.md"]["status"] == "added"


def test_files_are_added_and_removed_one_by_one(tmp_path: Path) -> None:
    made = Place(tmp_path)
    extra = tmp_path / "extra.txt"
    extra.write_text("安全保障輸出管理の担当は研究推進課である。申請は年2回受け付ける。\n", "utf-8")
    assert made.run("ingest", "add", str(extra)).returncode == 0
    assert "extra.txt" in made.run("search", "輸出管理の担当課").stdout
    assert made.run("ingest", "remove", "extra.txt").returncode == 0
    assert "extra.txt" not in made.run("search", "輸出管理の担当課").stdout


def test_show_prints_passages_with_their_offsets_and_the_health(place: Place) -> None:
    ran = place.run("ingest", "show", str(place.library / "policy.md"))
    assert ran.returncode == 0
    assert (
        "[" in ran.stdout and "raw" in ran.stdout and "みずほ平大学" in ran.stdout and "doubled" in ran.stdout
    )


def test_the_doctor_finds_nothing_wrong_and_then_a_damaged_file(tmp_path: Path) -> None:
    made = Place(tmp_path)
    made.run("ingest")
    well = made.run("doctor")
    assert well.returncode == 0 and "BAD" not in well.stdout
    shelf = next((tmp_path / "home" / "editions").glob("*/shelf.sqlite"))
    shelf.write_bytes(shelf.read_bytes()[:-1] + b"\0")
    ill = made.run("doctor")
    assert ill.returncode == 5 and "shelf.sqlite was changed" in ill.stdout
    assert made.run("ask", "data").returncode == 5


def test_a_backup_restores_into_a_clean_folder_that_the_doctor_finds_sound(tmp_path: Path) -> None:
    made, clean = Place(tmp_path), str(tmp_path / "clean")
    data = open_data("", tmp_path / "home")
    office_of(data).comment(in_review(office_of(data)), SUZUKI, "電話で確認した")
    data.close()
    file = str(tmp_path / "desk.zip")
    assert made.run("backup", file).returncode == 0
    assert made.run("restore", file, DESK_HOME=clean).returncode == 0
    assert made.run("restore", file, DESK_HOME=clean).returncode != 0  # not over what is there
    assert made.run("ingest", DESK_HOME=clean).returncode == 0
    well = made.run("doctor", DESK_HOME=clean)
    assert well.returncode == 0 and "SQLite: 1 tickets" in well.stdout and "BAD" not in well.stdout
    again = open_data("", tmp_path / "clean")
    assert office_of(again).file(1).comments[-1].text == "電話で確認した"
    with again.database.connection() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_UPDATE")
        connection.exec_driver_sql("UPDATE audit SET actor = 'mori' WHERE number = 2")
    again.close()
    ill = made.run("doctor", DESK_HOME=clean)
    assert ill.returncode == 5 and "audit log: record 2 has been changed" in ill.stdout
