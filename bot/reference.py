"""The generated parts of the README: the settings, the commands and the tree. Pure but for reading the files."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.__main__ import COMMANDS
from bot.settings import Settings

ROOMS = ("ingest", "vectorstore", "prompts", "bot", "evals", "tests")
#: What stands in the tree for files that carry no docstring.
_OTHER = {
    "pyproject.toml": "the package, its dependencies with a reason each, the tools' settings",
    "constraints.txt": "the exact version of every package, direct or not",
    "Makefile": "run, test, check, format",
    "CHANGELOG.md": "what changed, by version",
    "FAULTS.md": "every fault that the desk must survive, what shows it, and what came of it",
    "LICENSE": "Apache-2.0",
    ".ci/run": "what a change must pass",
    "ingest/library": "the bundled digests and their catalogue, sources.toml",
    "vectorstore/weights": "the bundled embedding model and its card",
    "vectorstore/question_weights": "the bundled model that reads questions and its card",
    "vectorstore/training/questions/sets.tsv": "questions that ask the same, with near misses: what that model learned from",
    "vectorstore/terms.tsv": "the bilingual glossary",
    "vectorstore/blend.json": "the fitted weights of the search features",
    "bot/extract/sufficiency.json": "the fitted weights of the decision whether the documents answer a question",
    "bot/extract/sufficiency.npz": "the trees of that decision",
    "bot/desk/matching.json": "from which share of the trees on a question asks what an approved answer answers",
    "bot/desk/matching.npz": "the trees of that decision",
    "bot/desk/concepts.tsv": "words of both languages for what questions are about, by concept and dimension",
    "evals/matching.tsv": "paraphrases and near misses of approved answers, some of them held back",
    "evals/cases": "the questions with their gold passages and facts, JSON Lines",
    "evals/LOG.md": "every experiment with its figures, the failed ones too",
}
_SKIPPED = ("__pycache__", "weights", "library", "cases", ".egg-info")


def settings_table() -> str:
    """Every setting with its default and what it does, as a Markdown table."""
    rows = ["| setting | default | what it does |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = f"`{field.default}`" if str(field.default) else "empty"
        description = (field.description or "").replace("|", "\\|")
        rows.append(f"| `DESK_{name.upper()}` | {default} | {description} |")
    return "\n".join(rows)


def commands_table() -> str:
    """Every sub-command of `desk` with its one line."""
    rows = ["| command | what it does |", "|---|---|"]
    return "\n".join(rows + [f"| `desk {name}` | {text} |" for name, (_, text) in COMMANDS.items()])


def _first_sentence(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    line = " ".join(docstring.split("\n\n")[0].split())
    return re.split(r"(?<=[a-z)`])\. ", line)[0].rstrip(".")


def _entries(root: Path, room: str) -> Iterator[tuple[str, str]]:
    """(path, one clause) of everything in a room that the tree shows."""
    for path in sorted((root / room).rglob("*")):
        name = path.relative_to(root).as_posix()
        if name in _OTHER:
            yield name, _OTHER[name]
        elif any(part in name for part in _SKIPPED):
            continue
        elif path.suffix == ".py" and path.stat().st_size:
            yield name, _first_sentence(path)
        elif path.suffix == ".md" and room == "prompts":
            yield name, "words for the language model"


def tree(root: Path) -> str:
    """The project's files with one clause each, from their docstrings."""
    lines = ["```"]
    for name in (
        "pyproject.toml",
        "constraints.txt",
        "Makefile",
        "CHANGELOG.md",
        "FAULTS.md",
        "LICENSE",
        ".ci/run",
    ):
        lines.append(f"{name:<34} {_OTHER[name]}")
    for room in ROOMS:
        lines.append(f"{room}/")
        lines += [f"  {name.removeprefix(room + '/'):<32} {clause}" for name, clause in _entries(root, room)]
    return "\n".join([*lines, "```"])


def parts(root: Path) -> dict[str, Callable[[], str]]:
    """Name of a marked part of the README -> what it should say."""
    return {"settings": settings_table, "commands": commands_table, "tree": lambda: tree(root)}


def _filled(text: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{found[1]}{text}\n{found[2]}"


def rewritten(readme: str, root: Path) -> str:
    """The README with every part between `<!-- name -->` and `<!-- /name -->` generated anew.

    Raises ValueError when a part is missing.
    """
    for name, make in parts(root).items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not pattern.search(readme):
            raise ValueError(f"the README has no part <!-- {name} -->")
        text = make()
        readme = pattern.sub(_filled(text), readme)
    return readme
