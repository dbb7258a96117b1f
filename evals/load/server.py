"""A desk of the rig's own: `desk serve` in a process of its own, how soon it is ready, and what memory it takes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

#: Seconds that a server may take to be ready.
PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Running:
    """A running desk. `ready` is the seconds from its start to the first good /readyz."""

    base: str
    pid: int
    ready: float

    def megabytes(self) -> float:
        """Resident memory of the process now (Linux)."""
        lines = Path(f"/proc/{self.pid}/status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


@contextmanager
def running(home: Path, **settings: str) -> Iterator[Running]:
    """`desk serve` over the library in `home`, stopped at the end; `settings` are further environment variables.

    Raises TimeoutError, ChildProcessError.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = {**os.environ, "DESK_HOME": str(home), "DESK_HOST": "127.0.0.1", **settings}
    began = time.perf_counter()
    command = [sys.executable, "-m", "bot", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        try:
            base = f"http://127.0.0.1:{port}"
            _wait(base, child, began)
            yield Running(base, child.pid, round(time.perf_counter() - began, 2))
        finally:
            child.terminate()


def _wait(base: str, child: "subprocess.Popen[bytes]", began: float) -> None:
    while time.perf_counter() - began < PATIENCE:
        if child.poll() is not None:
            raise ChildProcessError("the desk did not start; run `desk serve` to see why")
        try:
            if httpx.get(f"{base}/readyz", timeout=1).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"the desk was not ready within {PATIENCE:.0f} seconds")
