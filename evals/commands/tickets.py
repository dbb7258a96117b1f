"""DOOR: `desk eval tickets`: how fast the staff's page is on a full desk while chats run."""

import asyncio
import json
import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from pydantic import SecretStr

from bot.accounts.accounts import Accounts
from bot.console import BadInput, plain_errors
from bot.desk.letter import from_answer
from bot.desk.office import Office
from bot.settings import Settings
from bot.wiring import bot_of, data_of, home_of
from evals.load.filling import fill, waiting
from evals.load.scenarios import questions
from evals.load.server import running
from evals.load.tickets import APPROVER, PASSWORD, staff_beside_chats
from ingest.language import language_of

#: What of a home is the library's: no desk data of its own is touched.
_LIBRARY = ("CURRENT", "editions", "added")

#: Different questions, with their drafts, that the tickets are made of.
DRAFTS = 20


def tickets(
    count: Annotated[int, typer.Option(help="Tickets that the desk is filled with.")] = 10_000,
    rounds: Annotated[int, typer.Option(help="Tickets that are listed, opened and approved.")] = 100,
    chats: Annotated[int, typer.Option(help="Chats beside that.")] = 10,
    database: Annotated[str, typer.Option(help="An empty PostgreSQL database; SQLite by default.")] = "",
) -> None:
    """Fill a desk of its own with tickets, then list, open and approve as the page does: seconds as JSON."""
    with plain_errors(), tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _library_into(home_of(Settings()).folder, home)
        settings = Settings(home=home, database=SecretStr(database))
        numbers = _filled(settings, count, rounds)
        try:
            with running(home, DESK_DATABASE=database) as desk:
                found: dict[str, Any] = asyncio.run(staff_beside_chats(desk.base, numbers, chats))
        except (ChildProcessError, TimeoutError, PermissionError, RuntimeError, httpx.HTTPError) as error:
            raise BadInput(str(error)) from None
        found["approved"] = _approved(settings, numbers)
    said = {
        "tickets": count,
        "chats": chats,
        "database": "PostgreSQL" if database else "SQLite",
    }
    typer.echo(json.dumps({**said, **found}, indent=1))


def _library_into(source: Path, home: Path) -> None:
    if not (source / "CURRENT").exists():
        raise BadInput("there is no library yet; run `desk ingest` first")
    for name in _LIBRARY:
        if (source / name).is_dir():
            shutil.copytree(source / name, home / name)
        elif (source / name).exists():
            shutil.copy2(source / name, home / name)


def _filled(settings: Settings, count: int, rounds: int) -> tuple[int, ...]:
    """Numbers of the tickets that the rig is to approve."""
    with closing(data_of(settings)) as data:
        bot = bot_of(settings, data)
        drafts = [
            (question, from_answer(bot.draft(question), language_of(question)))
            for question in questions()[:DRAFTS]
        ]
        fill(data, count, [(question, letter) for question, letter in drafts if not letter.unsupported])
        Accounts(data, "load").add(APPROVER, "staff", PASSWORD)
        numbers = waiting(data, rounds)
    if len(numbers) < rounds:
        raise BadInput(
            f"{count} tickets have {len(numbers)} that wait for an approval; raise --count or lower --rounds"
        )
    return numbers


def _approved(settings: Settings, numbers: tuple[int, ...]) -> int:
    """How many of them are approved now."""
    with closing(data_of(settings)) as data:
        office = Office(data, bot_of(settings, data))
        return sum(office.file(number).ticket.state == "approved" for number in numbers)
