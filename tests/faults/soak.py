"""The soak: chats that never stop while editions are written, killed, damaged and mended, one of them with a language model
that does its worst in every way in turn; prints figures as JSON.

    python -m tests.faults.soak --minutes 20 --chats 10            # with faults mixed in
    python -m tests.faults.soak --minutes 3 --chats 10 --calm      # new editions alone

The desk answers in this process, each ingest is the real command in another one. Ends with 1 when a question failed or
found nothing, when memory grew or files stayed open.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import SecretStr

from bot.ask import Bot
from bot.settings import Settings
from bot.wiring import bot_of, home_of
from ingest.bundled import bundled_library
from tests.conftest import ROOT
from tests.hostile import MODES, SECRET, hostile
from tests.speaking import Hostile
from vectorstore import edition as editions
from vectorstore.types import Query, StoreError

#: Megabytes an hour, open files and megabytes of temporary files that a run may gain after its warm-up.
SLOPE, FILES, TEMPORARY = 10.0, 5, 50.0
#: Share of the run that is warm-up.
WARM_UP = 0.25
#: What a rough soak does in turn, each after a change of the library: by turns and not by chance, so that a slow machine
#: sees every kind too.
TURNS = ("kill", "ingest", "damage")


@dataclass
class Seen:
    """What the chats have seen so far."""

    times: list[float] = field(default_factory=list)
    answers: int = 0
    empty: int = 0
    #: Of the answers, those of the chat with the hostile model.
    modelled: int = 0
    failures: list[str] = field(default_factory=list)
    editions: set[str] = field(default_factory=set)
    #: (seconds, megabytes, open files)
    samples: list[tuple[float, float, int]] = field(default_factory=list)


def _questions(bot: Bot) -> list[str]:
    """Headings of the library, as people would type them, in both languages."""
    found = []
    for source, _, _ in bot.catalogue():
        document = bot.document(source)
        for block in document.blocks if document else ():
            if document and block.kind == "heading":
                found.append(document.text[block.start : block.end][:60])
    return sorted({text for text in found if len(text) > 6})


def _chat(bot: Bot, questions: list[str], seen: Seen, stop: threading.Event, seed: int) -> None:
    chance = random.Random(seed)
    while not stop.is_set():
        question = chance.choice(questions)
        try:
            began = time.perf_counter()
            hits = bot.search(Query(question, 10))
            seen.times.append(time.perf_counter() - began)
            answer = bot.ask(question)
            seen.empty += not hits or not answer.text
            seen.answers += 1
            seen.editions.add(answer.edition)
        except Exception:
            seen.failures.append(f"{question!r}: {traceback.format_exc(limit=-3)}")
        stop.wait(chance.uniform(0.2, 1.5))  # people read


def _misled(bot: Bot, questions: list[str], seen: Seen, stop: threading.Event, server: Hostile) -> None:
    """A chat whose model does its worst, another way for every question."""
    chance = random.Random(20261126)
    for mode in cycle(MODES):
        if stop.wait(chance.uniform(0.2, 1.5)):
            return
        server.act = MODES[mode]
        server.seen.clear()
        server.keys.clear()
        question = chance.choice(questions)
        try:
            answer = bot.ask(question)
            seen.empty += not answer.text
            seen.modelled += 1
            if SECRET in answer.text:
                seen.failures.append(f"{mode}: the provider's words came through")
        except Exception:
            seen.failures.append(f"{mode}: {question!r}: {traceback.format_exc(limit=-3)}")


def _sample(seen: Seen, stop: threading.Event, began: float) -> None:
    page = os.sysconf("SC_PAGE_SIZE") / 2**20
    while not stop.wait(1.0):
        resident = int(Path("/proc/self/statm").read_text().split()[1]) * page
        seen.samples.append((time.monotonic() - began, resident, len(os.listdir("/proc/self/fd"))))


class Writer:
    """Writes new editions with the real command, and in a rough soak kills, damages and mends them."""

    def __init__(self, settings: Settings, library: Path, calm: bool) -> None:
        self._home, self._library = home_of(settings), library
        self._chance = random.Random(20261126)
        self._turns = cycle(("ingest",) if calm else TURNS)
        #: Seconds that the last ingest took.
        self._took = 5.0
        self.done = {"ingests": 0, "kills": 0, "damages": 0, "repairs": 0}
        self.wrong: list[str] = []

    def step(self, number: int) -> None:
        """One new edition, or one fault and what mends it."""
        (self._library / "soak.md").write_text(
            f"# 覚書\n\n## 第{number}版\nこの覚書の第{number}版は国際課が保管し、求めに応じて公開する。\n",
            "utf-8",
        )
        kind = next(self._turns)
        if kind == "kill":
            self._killed()
        self._run("ingest")
        if kind == "damage":
            self._damaged()

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-W", "ignore", "-m", "bot", *arguments]

    def _run(self, *arguments: str) -> None:
        began = time.monotonic()
        ran = subprocess.run(self._command(*arguments), cwd=ROOT, capture_output=True, text=True)
        self._took = time.monotonic() - began
        if ran.returncode:
            self.wrong.append(f"{arguments}: {ran.returncode} {(ran.stderr or ran.stdout)[-300:]}")
        self.done["repairs" if "--repair" in arguments else "ingests"] += 1

    def _killed(self) -> None:
        process = subprocess.Popen(
            self._command("ingest"), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(self._chance.uniform(0.1, 0.9) * self._took)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.done["kills"] += 1

    def _damaged(self) -> None:
        name = editions.live_name(self._home)
        files = sorted(
            p for p in self._home.edition(name).rglob("*") if p.is_file() and p.name != "manifest.json"
        )
        # As a file restored from somewhere else: what a running desk has open stays as it was.
        fresh = self._home.folder / "damage"
        fresh.write_bytes(b"damage")
        fresh.replace(self._chance.choice(files))
        self.done["damages"] += 1
        self._run("doctor", "--repair")
        try:
            if editions.verify(self._home, editions.live_name(self._home)):
                self.wrong.append("the live edition does not verify after a repair")
        except StoreError as error:
            self.wrong.append(str(error))


def _figures(seen: Seen, writer: Writer, seconds: float, temporary: float) -> dict[str, Any]:
    times = np.array(seen.times or [0.0]) * 1000
    warm = [sample for sample in seen.samples if sample[0] > WARM_UP * seconds] or seen.samples
    at, resident, files = (np.array(column, dtype=float) for column in zip(*warm, strict=True))
    slope = float(np.polyfit(at, resident, 1)[0]) * 3600 if len(at) > 2 else 0.0
    return {
        "seconds": round(seconds),
        "answers": seen.answers,
        "with_hostile_model": seen.modelled,
        "failed": len(seen.failures),
        "failures": sorted(set(seen.failures))[:10],
        "empty": seen.empty,
        "editions": len(seen.editions),
        "search_ms": {f"p{p}": round(float(np.percentile(times, p)), 1) for p in (50, 95, 99, 100)},
        **writer.done,
        "wrong": writer.wrong,
        "memory_mb": [round(float(np.median(part))) for part in np.array_split(resident, 10) if len(part)],
        "memory_mb_per_hour": round(slope, 1),
        "files_gained": int(np.median(files[-5:]) - np.median(files[:5])),
        "temporary_mb": round(temporary, 1),
        "load": round(os.getloadavg()[0], 1),
    }


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def soak(folder: Path, minutes: float, chats: int, calm: bool) -> dict[str, Any]:
    """The figures of one run in `folder`, which holds the library, the home and the temporary files."""
    library = folder / "library"
    source = Path(os.environ.get("DESK_LIBRARY") or bundled_library())
    # The bundled catalogue is read in any case, and an entry may stand there once.
    shutil.copytree(source, library, ignore=shutil.ignore_patterns("sources.toml", "README.md"))
    (folder / "tmp").mkdir()
    os.environ.update(DESK_LIBRARY=str(library), DESK_HOME=str(folder / "home"), TMPDIR=str(folder / "tmp"))
    tempfile.tempdir = str(folder / "tmp")
    settings = Settings()
    writer = Writer(settings, library, calm)
    writer._run("ingest")
    if writer.wrong:
        raise SystemExit(writer.wrong[0])
    bot, seen, stop, began = bot_of(settings), Seen(), threading.Event(), time.monotonic()
    questions = _questions(bot)
    threads = [threading.Thread(target=_chat, args=(bot, questions, seen, stop, n)) for n in range(chats)]
    threads.append(threading.Thread(target=_sample, args=(seen, stop, began)))
    with hostile("ok", says="http://127.0.0.1:9/ [1]") as server:
        if not calm:
            key = SecretStr(SECRET)
            misled = bot_of(Settings(model="openai:local", model_url=server.url, model_key=key))
            threads.append(threading.Thread(target=_misled, args=(misled, questions, seen, stop, server)))
        for thread in threads:
            thread.start()
        number = 0
        while time.monotonic() - began < 60 * minutes:
            number += 1
            writer.step(number)
            time.sleep(min(3.0, 6 * minutes))
        stop.set()
        for thread in threads:
            thread.join()
    return _figures(seen, writer, time.monotonic() - began, _size(folder / "tmp"))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--chats", type=int, default=10)
    parser.add_argument("--calm", action="store_true", help="new editions alone, no kills and no damage")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="desk-soak-") as folder:
        figures = soak(Path(folder), given.minutes, given.chats, given.calm)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    grew = figures["memory_mb_per_hour"] > SLOPE or figures["files_gained"] > FILES
    bad = figures["failed"] or figures["empty"] or figures["wrong"] or grew
    return int(bool(bad or figures["temporary_mb"] > TEMPORARY))


if __name__ == "__main__":
    sys.exit(main())
