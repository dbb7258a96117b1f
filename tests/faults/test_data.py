"""Secrets stay where they are, nothing calls out, models are data, and files are their owner's alone."""

import ast
import json
import logging
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.version import Version
from pydantic import ValidationError

from bot.settings import Settings
from bot.wiring import data_of, model_of
from tests.bot.seat import MARKS
from tests.canaries import CANARY
from tests.conftest import CATALOGUE, NOTE, POLICY, ROOT, Desk
from tests.faults.journey import JAPANESE, Watched
from tests.test_constraints import FLOORS

SOURCES = [
    p for room in ("ingest", "vectorstore", "prompts", "bot", "evals") for p in (ROOT / room).rglob("*.py")
]


@pytest.mark.fault("E2")
def test_a_secret_of_the_settings_is_in_no_repr_and_no_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("DESK_MODEL_KEY", CANARY)
    monkeypatch.setenv("DESK_DATABASE", f"postgresql://desk:{CANARY}@127.0.0.1:1/desk")
    monkeypatch.setenv("DESK_MODEL", "openai:nothing")
    monkeypatch.setenv("DESK_MODEL_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("DESK_HOME", str(tmp_path))
    settings = Settings()
    said = [repr(settings), str(settings), settings.model_dump_json(), repr(model_of(settings))]
    for use in (data_of,):
        with pytest.raises(Exception) as error:
            use(settings)
        chain: BaseException | None = error.value
        while chain is not None:
            said += [repr(chain), str(chain)]
            chain = chain.__cause__ if chain.__suppress_context__ else chain.__cause__ or chain.__context__
    monkeypatch.setenv("DESK_PORT", "0")
    with pytest.raises(ValidationError) as wrong:
        Settings()
    assert CANARY not in "\n".join((*said, str(wrong.value), caplog.text))


@pytest.mark.fault("E2")
def test_the_reading_process_gets_none_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_MODEL_KEY", CANARY)
    program = (
        "from ingest.sandbox import Sandbox\n"
        "with Sandbox() as read:\n"
        "    read('.txt', b'words')\n"
        "    print(open(f'/proc/{read._child.pid}/environ').read())\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert "PYTHONPATH" in ran.stdout and CANARY not in ran.stdout


#: Runs desk commands and prints what any part of the process asked of the network.
WATCHED = """
import json, sys
asked = []
def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        asked.append([event, str(arguments[0])])
    if event == "socket.connect" and not isinstance(arguments[1], (str, bytes)):
        asked.append([event, str(arguments[1])])
sys.addaudithook(watch)
from bot.__main__ import app
codes = []
for command in (["ingest"], ["ask", "持ち出しの承認は誰がしますか", "--json"], ["search", "tuition"], ["doctor", "--deep"]):
    try:
        app(command, standalone_mode=False)
        codes.append(0)
    except SystemExit as ended:
        codes.append(ended.code)
print("\\n" + json.dumps({"asked": asked, "codes": codes}))
"""


@pytest.mark.fault("E6")
def test_a_whole_journey_without_a_network_asks_nothing_of_one(tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    (library / "policy.md").write_text(POLICY, "utf-8")
    (library / "note.md").write_text(NOTE, "utf-8")
    (library / "sources.toml").write_text(CATALOGUE, "utf-8")
    loud = {
        "LANGSMITH_TRACING": "true", "LANGSMITH_API_KEY": CANARY, "ANONYMIZED_TELEMETRY": "True",
        "GRADIO_ANALYTICS_ENABLED": "True", "HF_HUB_OFFLINE": "0",
    }  # fmt: skip
    ran = subprocess.run(
        ["unshare", "-rn", sys.executable, "-W", "ignore", "-c", WATCHED],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DESK_HOME": str(tmp_path / "home"),
            "DESK_LIBRARY": str(library),
            **loud,
        },
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    seen = json.loads(ran.stdout.splitlines()[-1])
    assert seen["asked"] == [] and all(code in (0, None) for code in seen["codes"]), (seen, ran.stderr[-500:])
    assert "情報管理室" in ran.stdout and CANARY not in ran.stdout + ran.stderr


@pytest.mark.fault("E2", "E6")
@MARKS[0]
@MARKS[1]
def test_the_pages_work_without_a_network_and_ask_nothing_of_one(tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    for name, text in (("policy.md", POLICY), ("note.md", NOTE), ("sources.toml", CATALOGUE)):
        (library / name).write_text(text, "utf-8")
    ran = subprocess.run(
        ["unshare", "-rn", sys.executable, "-m", "tests.faults.journey", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    seen = json.loads(ran.stdout.splitlines()[-1])
    assert seen["asked"] == [] and seen["strangers"] == [] and seen["errors"] == [], seen
    assert seen["codes"] == [0, 0] and {*seen["files"]} == {"md", "docx", "json"}
    assert "情報管理室" in seen["answers"][0] and "ownership and funding" in seen["answers"][1]
    assert "情報管理室の承認" in seen["marked"][0] and "ownership and funding" in seen["marked"][1]
    assert len(seen["traced"]) == (3 if shutil.which("strace") else 0)
    left = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert len(left) > 20 and not [path for path, content in left.items() if CANARY.encode() in content]
    assert JAPANESE in left[tmp_path / "taken.md"].decode()
    assert JAPANESE not in left[tmp_path / "serve.txt"].decode()


@pytest.mark.fault("E6")
def test_whoever_asks_the_network_is_noticed(tmp_path: Path) -> None:
    desk = Watched(tmp_path)
    program = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 53))"
    probe = desk.watched("probe", sys.executable, "-c", program)
    ran = subprocess.run(["unshare", "-rn", *probe], env=desk.environment, capture_output=True, timeout=60)
    assert b"unreachable" in ran.stderr
    assert len(desk.asked()) == (2 if shutil.which("strace") else 1)


@pytest.mark.fault("E7")
def test_no_model_runs_code_and_nothing_is_unpickled() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
                assert not {"pickle", "dill", "joblib", "cloudpickle"} & set(names), path
            if not isinstance(node, ast.Call):
                continue
            given = {word.arg: ast.unparse(word.value) for word in node.keywords}
            called = ast.unparse(node.func)
            assert given.get("trust_remote_code", "False") == "False", path
            if called == "np.load":
                assert given.get("allow_pickle") == "False", path
            if called in ("SentenceTransformer", "CrossEncoder") and "model_kwargs" not in given:
                assert "modules" in given, f"{path}: {called} without safetensors"
            assert called not in ("torch.load", "eval", "exec"), path


@pytest.mark.fault("E7")
@pytest.mark.parametrize("folder", ["weights", "question_weights"])
def test_the_bundled_models_are_data_alone(folder: str) -> None:
    kinds = {path.suffix for path in (ROOT / "vectorstore" / folder).rglob("*") if path.is_file()}
    assert ".safetensors" in kinds and kinds <= {".safetensors", ".json", ".md", ".txt", ""}


@pytest.mark.fault("E7")
@pytest.mark.parametrize("name", FLOORS)
def test_what_is_installed_is_above_the_floors(name: str) -> None:
    try:
        installed = metadata.version(name)
    except metadata.PackageNotFoundError:
        return  # an extra that is not installed here; the constraints hold the floor
    assert Version(installed) >= Version(FLOORS[name])


@pytest.mark.fault("E8")
def test_every_file_of_a_library_is_its_owners_alone(desk: Desk) -> None:
    before = os.umask(0o022)
    try:
        desk.sync()
    finally:
        os.umask(before)
    home = desk.home.folder
    for path in (home, *home.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path
