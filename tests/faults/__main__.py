"""`python -m tests.faults [PATHS]`: runs every test that carries a row of the list, and writes FAULTS.md."""

import sys

import pytest

from tests.faults.report import Recorder

if __name__ == "__main__":
    sys.exit(
        pytest.main(
            ["-m", "fault", "--full", "--durations=10", *(sys.argv[1:] or ["tests"])], plugins=[Recorder()]
        )
    )
