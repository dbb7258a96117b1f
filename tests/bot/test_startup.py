"""The start of the server: Gradio writes nothing into the installed packages, and collecting goes on afterwards."""

import gc
import subprocess
import sys

import pytest

from bot.startup import quick_start

LOOK = """
from bot.startup import spare
spare()
import gradio.component_meta
from gradio.components import Textbox
print(gradio.component_meta.create_or_modify_pyi.__module__, callable(Textbox().change))
"""
COMPARED = """
from bot.startup import spare
spare()
import chromadb, sys
print(sys.modules["overrides.overrides"]._overrides.__module__, chromadb.EphemeralClient().heartbeat() > 0)
"""


def test_gradio_draws_up_no_stubs_and_its_components_are_whole() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["bot.startup", "True"]


def test_chroma_compares_no_methods_and_works() -> None:
    done = subprocess.run([sys.executable, "-c", COMPARED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["bot.startup", "True"]


def test_the_collector_works_again_after_a_start_that_failed() -> None:
    with pytest.raises(ValueError), quick_start():
        assert not gc.isenabled()
        raise ValueError
    assert gc.isenabled()
