"""The canary scan: no secret that a test plants comes up in what is logged, printed or raised, in any test of the suite.

A plugin of pytest, which tests/conftest.py registers. It reads what pytest captured of every test, the words of a failure,
and what every child process gave back. A test in which a secret comes up fails, and the secret is not shown again.
"""

import os
import re
import subprocess
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import pytest

from bot.accounts.accounts import TOKEN
from tests.speaking import SECRET

#: In the environment of the whole suite, so that every command that a test runs has a key to lose.
PLANTED = "sk-canary-5d20e8b1f7"
#: A key, and the password of a database, of tests that look for it themselves too.
CANARY = "sk-canary-3f9a17c2"
#: With which accounts of the tests log in.
PASSWORDS = ("七羽の青い鳥 seven blue birds", "青い鳥が七羽飛んでいく朝", "correct horse battery staple")
SECRETS = (PLANTED, CANARY, SECRET, *PASSWORDS)
_TOKEN = re.compile(re.escape(TOKEN) + r"[\w-]{43}")
_HIDDEN = "(a planted secret)"


def found_in(text: str, more: Iterable[str] = ()) -> tuple[str, ...]:
    """The secrets that stand in a text: those of SECRETS and `more`, and tokens of the API."""
    return (*(one for one in (*SECRETS, *more) if one and one in text), *_TOKEN.findall(text))


class Canaries:
    """Fails every test in which a planted secret comes up."""

    def __init__(self) -> None:
        self._run = subprocess.run
        #: What children of the running test gave back.
        self._told: list[str] = []

    def pytest_configure(self) -> None:
        os.environ["DESK_MODEL_KEY"] = PLANTED
        subprocess.run = self._listening  # type: ignore[assignment]

    def pytest_unconfigure(self) -> None:
        subprocess.run = self._run
        os.environ.pop("DESK_MODEL_KEY", None)

    def _listening(self, *arguments: Any, **options: Any) -> subprocess.CompletedProcess[Any]:
        ran = self._run(*arguments, **options)
        for said in (ran.stdout, ran.stderr):
            self._told.append(said.decode("utf-8", "replace") if isinstance(said, bytes) else said or "")
        return ran

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        told, self._told = "\n".join(self._told), []
        # A new token is shown once, by the command that makes it: that of a child is no leak.
        up = [secret for secret in found_in(told) if secret in SECRETS]
        captured = "\n".join((report.longreprtext, *(text for _, text in report.sections)))
        up += found_in(captured, _packet_keys(item))
        if up:
            report.outcome = "failed"
            report.sections = [(name, _without(text, up)) for name, text in report.sections]
            report.longrepr = f"a planted secret came up in this test\n{_without(report.longreprtext, up)}"
        return report


def _packet_keys(item: pytest.Item) -> Iterable[str]:
    folder = getattr(item, "funcargs", {}).get("tmp_path")
    keys = folder.rglob("packet.key") if isinstance(folder, Path) else ()
    return [path.read_text("utf-8", "replace").strip() for path in keys if path.is_file()]


def _without(text: str, secrets: Iterable[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, _HIDDEN)
    return text
