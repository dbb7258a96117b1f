"""A desk with accounts and its own two rooms as `desk serve` mounts them, over an office and runs that are really there."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.accounts.roles import require
from bot.desk.approved import Answers
from bot.desk.matching import Matcher
from bot.desk.office import Office
from bot.quiet import quiet
from bot.store.opening import open_data
from tests.bot.desk.making import QUESTION, office_of
from tests.bot.pages import MemoryDesk, documents
from tests.bot.rooms import FAST, ROOMS, accounts_of
from tests.bot.serving import served
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.questions import load_questions


@dataclass
class FullHouse:
    """A running desk, what its rooms work on, and the folder that all of it lies in."""

    base: str
    office: Office
    folder: Path
    started: list[Sequence[str]] = field(default_factory=list)

    def state(self) -> dict[str, Any]:
        """All that a call may leave behind: files, tickets with their records, runs that were started."""
        files = {
            str(path): path.stat().st_size for path in self.folder.rglob("*") if "sqlite" not in path.name
        }
        tickets = [(one.number, one.state, one.question) for one in self.office.listed()]
        return {"files": files, "tickets": tickets, "first": self.office.file(1), "runs": list(self.started)}


@contextmanager
def full_house(folder: Path, embedder: Embedder, glossary: Glossary) -> Iterator[FullHouse]:
    """The desk, served; ticket 1 is there."""
    quiet(os.environ)
    mount, evals = import_module("bot.ui.mount"), import_module("evals.ui.page")
    runs, labels = import_module("evals.runs").Runs, import_module("evals.labels").Labels
    data = open_data("", folder / "home")
    office = office_of(data)
    office.escalate(QUESTION)
    answers = Answers(office.data, office.writer, Matcher(embedder, glossary, load_questions))
    made = FullHouse("", office, folder)

    def start(library: str, given: Sequence[str], tell: Any) -> Any:
        made.started.append(given)
        raise import_module("evals.runs").RunError("not in a test")

    def build() -> Any:
        kept = runs(folder / "runs")
        allowed = ROOMS["/evals"]
        return evals.build_evals(kept, labels(folder / "l.jsonl"), start, lambda r: require(r, allowed).name)

    rooms = (
        import_module("bot.ui.staff.room").staff_room(office, answers, "内線 1234"),
        mount.Room("/evals", ROOMS["/evals"], "evals", build, css=evals.style(), words=evals.i18n()),
    )
    with served(MemoryDesk(documents()), FAST, people=accounts_of(data), rooms=rooms, staff=office) as base:
        made.base = base
        yield made
    data.close()
