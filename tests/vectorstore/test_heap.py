"""The C library's heap: what is freed is given back, and threads share a few parts of it."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from vectorstore.heap import ARENAS

GLIBC = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")

FREED = """
import os
from pathlib import Path
from vectorstore.heap import give_back
def megabytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
blocks = [bytes(1000) for _ in range(100_000)]
last = blocks.pop()
blocks.clear()
before = megabytes()
give_back()
print(before - megabytes())
"""
THREADS = """
import ctypes, sys, threading
from vectorstore.heap import few_arenas
few_arenas()
together, kept = threading.Barrier(10), []
def hold():
    together.wait()
    kept.append([bytes(1000) for _ in range(1000)])
    together.wait()
threads = [threading.Thread(target=hold) for _ in range(10)]
for thread in threads: thread.start()
for thread in threads: thread.join()
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(library.fopen(sys.argv[1].encode(), b"w"))
library.malloc_info(0, file)
library.fclose(file)
"""


def _printed(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@GLIBC
def test_what_was_freed_below_the_last_thing_in_use_is_given_back() -> None:
    assert float(_printed(FREED)) > 70


@GLIBC
def test_ten_threads_share_a_few_arenas(tmp_path: Path) -> None:
    _printed(THREADS, str(tmp_path / "heap.xml"))
    assert 1 <= (tmp_path / "heap.xml").read_text("utf-8").count("<heap nr=") <= ARENAS
