"""FAULTS.md says what the tests are."""

from tests.faults.report import REPORT, all_tests, results_in, shown, written
from tests.faults.rows import ELSEWHERE, ROWS, means


def test_every_row_has_a_test_or_a_reason() -> None:
    tests = shown()
    assert [row.name for row in ROWS if not tests.get(row.name) and not row.note] == []


def test_every_test_is_of_a_row_that_there_is() -> None:
    assert set(shown()) | set(ELSEWHERE) <= {row.name for row in ROWS}


def test_every_test_that_is_named_elsewhere_is_there() -> None:
    tests = [f"{file}::{test.name}" for file, test in all_tests()]
    named = {name for names in ELSEWHERE.values() for name in names}
    assert [name for name in sorted(named) if not any(means(name, test) for test in tests)] == []


def test_the_report_is_up_to_date() -> None:
    text = REPORT.read_text("utf-8")
    assert text == written(results_in(text)), "run `make faults`"
    assert "failed" not in text
