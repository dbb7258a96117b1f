"""The ladder of rooms, the homes of heavy packages, sizes, and no work at import: read from the source with ast."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LADDER = ("ingest", "vectorstore", "bot", "evals")
#: What each room may import of the others, doors left out.
MAY_IMPORT = {
    "ingest": {"ingest"},
    "vectorstore": {"ingest", "vectorstore"},
    "prompts": {"prompts"},
    "bot": {"ingest", "vectorstore", "prompts", "bot"},
    "evals": {"ingest", "vectorstore", "prompts", "bot", "evals"},
}
#: Heavy package -> the files or folders that may import it.
HOMES = {
    "chromadb": ("vectorstore/chroma.py",),
    "sentence_transformers": ("vectorstore/models.py", "vectorstore/training/", "evals/peers/minilm.py"),
    "torch": ("vectorstore/models.py", "vectorstore/training/"),
    "transformers": ("vectorstore/training/questions/",),
    "langchain": ("bot/model/llm.py",),
    "langchain_core": ("bot/model/llm.py", "evals/peers/langchain_default.py"),
    "llama_index": ("evals/peers/llamaindex_default.py",),
    "langsmith": ("bot/model/llm.py",),
    "langchain_chroma": ("evals/peers/langchain_default.py",),
    "langchain_text_splitters": ("evals/peers/langchain_default.py",),
    "rank_bm25": ("evals/peers/bm25_spaces.py",),
    "matplotlib": ("evals/bench_plot.py", "evals/report/plots.py"),
    "gradio": ("bot/ui/", "evals/ui/"),
    "fastapi": ("bot/web/server.py", "bot/web/login.py", "bot/api/", "bot/ui/"),
    "argon2": ("bot/accounts/passwords.py",),
    "uvicorn": ("bot/web/server.py",),
    "pypdfium2": ("ingest/readers/pdf.py", "ingest/readers/painted.py"),
    "docx": ("ingest/readers/docx.py", "bot/docx_file.py"),
    "lxml": ("ingest/readers/html.py",),
    "cssselect": ("ingest/readers/styles.py",),
    "markdown_it": ("ingest/readers/text.py",),
    "sudachipy": ("vectorstore/words.py",),
    "bm25s": ("vectorstore/lexical.py", "evals/peers/bm25.py"),
    "sqlalchemy": ("bot/store/",),
    "alembic": ("bot/store/",),
}
FILE_LINES, FUNCTION_LINES = 300, 50


def _is_door(path: Path) -> bool:
    name = path.relative_to(ROOT).as_posix()
    return (
        path.name == "__main__.py" or name.startswith(("bot/commands/", "evals/commands/")) or name in DOORS
    )


#: Doors that are not a room's __main__: programs of their own.
DOORS = {
    "evals/bench_door.py",
    "evals/fit.py",
    "evals/mutant_door.py",
    "evals/fit_choice.py",
    "evals/fit_matching.py",
    "evals/fit_refusal.py",
    "ingest/sandbox_child.py",
    "vectorstore/training/carry.py",
}
SOURCES = sorted(
    path for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py") if "__pycache__" not in path.parts
)
TREES = {path: ast.parse(path.read_text("utf-8")) for path in SOURCES}


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_room_imports_only_rooms_to_its_left(path: Path) -> None:
    if _is_door(path):
        return
    room = path.relative_to(ROOT).parts[0]
    roots = {name.split(".")[0] for name in _imports(TREES[path])}
    assert roots & set(MAY_IMPORT) <= MAY_IMPORT[room]


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_nobody_imports_a_door(path: Path) -> None:
    if _is_door(path) and _name(path).startswith("evals/"):
        return  # the commands of `desk eval` share options, and its door lists them
    if _name(path) == "bot/reference.py":
        return  # the list of commands, for the README, stands at the door
    for name in _imports(TREES[path]):
        assert not name.endswith(".__main__") and not name.startswith(("bot.commands", "evals.commands")), (
            name
        )


def test_imports_form_no_cycle() -> None:
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in SOURCES}
    graph = {name: {one for one in _imports(TREES[path]) if one in modules} for name, path in modules.items()}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above, name))
        if name not in done:
            for below in graph[name]:
                visit(below, (*above, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("package", HOMES)
def test_a_heavy_package_has_one_home(package: str) -> None:
    users = {_name(path) for path in SOURCES if package in {n.split(".")[0] for n in _imports(TREES[path])}}
    strangers = {user for user in users if not user.startswith(HOMES[package])}
    assert not strangers


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_files_and_functions_stay_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < FILE_LINES
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < FUNCTION_LINES, node.name


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_nothing_is_imported_inside_a_function(path: Path) -> None:
    functions = (n for n in ast.walk(TREES[path]) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    hidden = [n for f in functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert not hidden


def test_importing_the_rooms_does_no_work(tmp_path: Path) -> None:
    """No folder is made, no environment is read for settings, and no model, torch or page is loaded."""
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in SOURCES
        if not _is_door(path)
        and not _name(path).startswith(
            (
                "vectorstore/models.py",
                "vectorstore/training",
                "bot/ui",
                "bot/web/server",
                "bot/api",
                "bot/model/llm",
                "evals/peers",
                "evals/bench_plot",
                "evals/report/",
                "evals/ui/",
            )
        )
    ]
    program = (
        "import importlib, sys, os\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "heavy = {'torch', 'sentence_transformers', 'gradio'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "assert not os.listdir('.'), os.listdir('.')\n"
    )
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "DESK_PORT": "not a number"}
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
