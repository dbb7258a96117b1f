"""The canary scan finds what it is there for, wherever it comes up, and shows it no second time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.canaries import PLANTED, found_in
from tests.conftest import ROOT

#: Test -> its body; in all but the last a secret comes up.
LEAKS = {
    "printed": "print('key', {secret!r})",
    "on_standard_error": "os.write(2, {secret!r}.encode())",
    "logged": "logging.getLogger('desk').warning('refused %s', {secret!r})",
    "raised": "raise ValueError({secret!r})",
    "in_a_child": "subprocess.run([sys.executable, '-c', \"print({secret!r})\"], capture_output=True)",
    "taken_from_the_environment": "print(os.environ['DESK_MODEL_KEY'])",
    "a_token": "print({token!r})",
    "a_packet_key": "(tmp_path / 'packet.key').write_text('ab' * 32); print('ab' * 32)",
    "nothing": "print('no secret')",
}


@pytest.mark.fault("E2")
def test_a_secret_that_comes_up_anywhere_fails_its_test(tmp_path: Path) -> None:
    given = {"secret": PLANTED, "token": "desk_" + "x" * 43}
    bodies = (f"def test_{name}(tmp_path):\n    {body.format(**given)}\n" for name, body in LEAKS.items())
    file = tmp_path / "test_leaks.py"
    file.write_text("import logging, os, subprocess, sys\n" + "\n".join(bodies), "utf-8")
    (tmp_path / "conftest.py").write_text(
        "from tests.canaries import Canaries\n\ndef pytest_configure(config):\n"
        "    config.pluginmanager.register(Canaries())\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, str(file)]
    ran = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert f"{len(LEAKS) - 1} failed, 1 passed" in ran.stdout, ran.stdout
    assert not found_in(ran.stdout), ran.stdout
    assert ran.stdout.count("a planted secret came up") >= len(LEAKS) - 1
