"""A visitor's whole journey where there is no network: `unshare -rn python -m tests.faults.journey FOLDER`.

Takes in FOLDER/library, serves it, and goes through the pages in Chromium: two questions, a citation to its words, a
question to the staff, every file to take away, and the check of the packet. Prints what was seen and, of every process of
the desk, what it asked of a network: by the audit hook of Python, and by strace where there is one.
"""

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.bot.seat import CHROMIUM, UNKNOWN, Seat
from tests.bot.serving import free_port
from tests.canaries import CANARY
from tests.conftest import ROOT

JAPANESE = "研究データを学外に持ち出すには、誰の承認が必要ですか。"
ENGLISH = "Should ownership and funding be checked before an agreement is signed?"
#: Stands in every Python process of the desk and writes down what it asks of a network.
HOOK = """
import os, sys
def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        said = f"{event} {arguments[0]!r}"
    elif event in ("socket.connect", "socket.sendto") and not isinstance(arguments[1], (str, bytes)):
        said = f"{event} {arguments[1][0]!r}"
    else:
        return
    with open(os.environ["ASKED"], "a") as file:
        file.write(said + "\\n")
sys.addaudithook(watch)
"""
#: Addresses of this machine, as the hook and as strace write them; what strace sees of other families is no network.
_HERE = re.compile(r"'(127[.]0[.]0[.]1|localhost|::1)'|inet_addr.\"127[.]|\"::1\"")
_NETWORK = re.compile(r"AF_INET6?")


def loopback_up() -> None:
    """Brings up 127.0.0.1 in this network namespace, which has nothing else."""
    flags, request = 0x1 | 0x40, 0x8914  # IFF_UP | IFF_RUNNING, SIOCSIFFLAGS
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, request, struct.pack("16sh14x", b"lo", flags))


@dataclass
class Watched:
    """The desk's commands in a folder, each watched."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """Everything that a package may take for leave to call out is set on purpose."""
        site = self.folder / "site"
        site.mkdir(exist_ok=True)
        (site / "sitecustomize.py").write_text(HOOK, "utf-8")
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{site}:{ROOT}",
            "ASKED": str(self.folder / "asked.txt"),
            "DESK_HOME": str(self.folder / "home"),
            "DESK_LIBRARY": str(self.folder / "library"),
            "LANGSMITH_TRACING": "true",
            "LANGSMITH_API_KEY": CANARY,
            "DESK_MODEL_KEY": CANARY,
            "ANONYMIZED_TELEMETRY": "True",
            "GRADIO_ANALYTICS_ENABLED": "True",
            "HF_HUB_OFFLINE": "0",
        }

    def command(self, *words: str) -> list[str]:
        """A command of the desk, watched."""
        return self.watched(words[0], sys.executable, "-W", "ignore", "-m", "bot", *words)

    def watched(self, name: str, *program: str) -> list[str]:
        """A program under strace, where there is one; what it sees is kept under a name."""
        tracer = shutil.which("strace")
        traced = [tracer, "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect"] if tracer else []
        out = ["-o", str(self.folder / f"strace-{name}.txt")] if tracer else []
        return [*traced, *out, *program]

    def run(self, *words: str) -> int:
        """The exit code of a command."""
        ran = subprocess.run(self.command(*words), env=self.environment, cwd=self.folder, timeout=200)
        return ran.returncode

    @contextmanager
    def served(self) -> Iterator[str]:
        """The address of the running desk."""
        base = f"http://127.0.0.1:{free_port()}"
        words = ("serve", "--port", base.rpartition(":")[2])
        said = open(self.folder / "serve.txt", "wb")
        serving = subprocess.Popen(
            self.command(*words),
            env=self.environment,
            cwd=self.folder,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            wait_for(f"{base}/readyz")
            yield base
        finally:
            os.killpg(serving.pid, signal.SIGTERM)  # strace does not pass it on
            said.close()
            try:
                serving.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(serving.pid, signal.SIGKILL)
                raise

    def asked(self) -> list[str]:
        """What any process asked of a network beyond this machine."""
        hook = self.folder / "asked.txt"
        lines = hook.read_text("utf-8").splitlines() if hook.exists() else []
        for trace in self.folder.glob("strace-*.txt"):
            lines += [line for line in trace.read_text("utf-8").splitlines() if _NETWORK.search(line)]
        return [line for line in lines if not _HERE.search(line)]


def wait_for(url: str) -> None:
    """Waits until a page answers."""
    until = time.monotonic() + 300
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def through(page: Page, base: str, folder: Path) -> dict[str, object]:
    """The way of one visitor through the pages, and what was seen on it."""
    seat = Seat(page, base)
    page.context.on("request", seat.note)
    page.on("pageerror", lambda error: seat.errors.append(str(error)))
    page.goto(base)
    page.locator("#question textarea").wait_for()
    answers, marked = [], []
    for question in (JAPANESE, ENGLISH):
        seat.ask(question)
        answers.append(page.locator("#now .statement").first.inner_text())
        page.locator("#now .cite").first.click()
        with page.context.expect_page() as opened:
            page.locator("#panel a.open").first.click()
        marked.append(opened.value.locator("#quote").first.inner_text())
        opened.value.close()
    packet = page.locator("#now .packet").get_attribute("href") or ""
    links = [*page.locator(".saving a").evaluate_all("all => all.map(a => a.href)"), f"{base}{packet}"]
    files = {link.rpartition(".")[2]: page.request.get(link).body() for link in links}
    for suffix, content in files.items():
        (folder / f"taken.{suffix}").write_bytes(content)
    seat.ask(UNKNOWN)
    page.locator("#ask-staff").click()
    page.locator("#send-staff").click()
    expect(page.locator("#now .became")).to_contain_text("受付番号 1")
    for path in ("/library", "/search?q=承認", "/glossary", "/api"):
        page.goto(base + path)
    sizes = {suffix: len(content) for suffix, content in files.items()}
    return {
        "answers": answers,
        "marked": marked,
        "files": sizes,
        "strangers": seat.strangers,
        "errors": seat.errors,
    }


def main(folder: Path) -> None:
    """The whole journey."""
    loopback_up()
    desk = Watched(folder)
    codes = [desk.run("ingest")]
    with desk.served() as base, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_context(locale="ja-JP").new_page()
        seen = through(page, base, folder)
        chromium.close()
    codes.append(desk.run("verify", str(folder / "taken.json")))
    traced = sorted(path.name for path in folder.glob("strace-*.txt"))
    print("\n" + json.dumps({**seen, "codes": codes, "asked": desk.asked(), "traced": traced}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
