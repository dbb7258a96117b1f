"""FAULTS.md from the tests: every row with what shows it and what came of it when `make faults` last ran."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from tests.faults.rows import ROWS, Row, rows_of

ROOT = Path(__file__).parent.parent.parent
REPORT = ROOT / "FAULTS.md"
_HEAD = """# Faults

What the desk must survive, what shows that it does, and what is not shown. `make faults` runs all of it and writes this
file; `make test` runs what takes no minutes and checks that the file names the tests there are.

| row | fault | shown by | result |
|---|---|---|---|
"""
_ROW = re.compile(r"^\| ([A-E]\d+) \|.*\| ([^|]*) \|$", re.M)


def _marks(node: ast.FunctionDef) -> Iterator[str]:
    """The rows in a test's own marks."""
    for mark in node.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.fault":
            yield from (one.value for one in mark.args if isinstance(one, ast.Constant))


def all_tests() -> Iterator[tuple[str, ast.FunctionDef]]:
    """(file, function) of every test there is; read from the source, nothing is run."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield path.relative_to(ROOT).as_posix(), node


def shown() -> dict[str, list[str]]:
    """Row -> the files with tests that show the row."""
    found: dict[str, list[str]] = defaultdict(list)
    for file, test in all_tests():
        for row in {*_marks(test), *rows_of(f"{file}::{test.name}")}:
            found[row] = list(dict.fromkeys((*found[row], file)))
    return found


def written(results: Mapping[str, str]) -> str:
    """The whole file, with these results by row."""
    tests = shown()
    return _HEAD + "\n".join(_line(row, tests.get(row.name, []), results) for row in ROWS) + "\n"


def _line(row: Row, files: Sequence[str], results: Mapping[str, str]) -> str:
    by = ", ".join(f"`{file.removeprefix('tests/')}`" for file in files)
    parts = ". ".join(part for part in (by, row.note) if part)
    without = "cannot arise" if row.note.startswith("Cannot arise") else "open"
    result = results.get(row.name, "not run") if files else without
    return f"| {row.name} | {row.fault} | {parts} | {result} |"


def results_in(text: str) -> dict[str, str]:
    """The results that a report holds, by row."""
    return {match[1]: match[2] for match in _ROW.finditer(text)}


class Recorder:
    """A plugin of pytest that counts what came of every row, and at the end writes the report.

    A row whose tests were not all run keeps the result that it had.
    """

    def __init__(self) -> None:
        self._came: dict[str, Counter[str]] = defaultdict(Counter)
        self._files: dict[str, set[str]] = defaultdict(set)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if report.when == "call" or report.outcome != "passed":
            for row in {row for mark in item.iter_markers("fault") for row in mark.args}:
                self._came[row][report.outcome] += 1
                self._files[row].add(item.nodeid.split("::")[0])
        return report

    def pytest_sessionfinish(self) -> None:
        results = results_in(REPORT.read_text("utf-8")) if REPORT.exists() else {}
        for row, files in shown().items():
            if self._files[row] >= set(files):
                came = sorted(self._came[row].items())
                results[row] = ", ".join(f"{count} {outcome}" for outcome, count in came)
        REPORT.write_text(written(results), "utf-8")
