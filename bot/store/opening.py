"""Opens all that the desk keeps about its own work: the database, and the audit log with its anchor."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import URL

from bot.store import schema as schema  # every table is known before a transaction begins
from bot.store.audit import Audit
from bot.store.base import Clock, system_clock
from bot.store.database import Database, parse_url
from vectorstore.edition import Home

ANCHOR = "audit.head"


@dataclass(frozen=True, slots=True)
class Data:
    """The open database with its audit log and clock."""

    database: Database
    audit: Audit
    clock: Clock

    def close(self) -> None:
        """Closes the database."""
        self.database.close()


def newest() -> str:
    """The newest revision that this desk knows, from the names of the migrations: 0005 of m0005_acceptances.py."""
    return max(path.stem for path in (Path(__file__).parent / "migrations").glob("m*.py"))[1:5]


def open_database(url: URL) -> Database:
    """A database with the newest schema. Raises NewerSchema, DatabaseBusy, DatabaseError."""
    database = Database(url)
    try:
        if not _is_newest(database):
            # Imported only where there is something to change: Alembic takes a quarter of a second.
            import_module("bot.store.migrate").upgrade(database)
    except BaseException:
        database.close()
        raise
    return database


def _is_newest(database: Database) -> bool:
    with database.reading() as transaction:
        if not inspect(transaction.connection()).has_table("alembic_version"):
            return False
        return transaction.scalars(text("SELECT version_num FROM alembic_version")).all() == [newest()]


def open_data(setting: str, home: Path, clock: Clock = system_clock) -> Data:
    """The database that DESK_DATABASE names, with the newest schema. Raises DatabaseError, StoreError."""
    Home(home).make()
    return Data(open_database(parse_url(setting, home)), Audit(home / ANCHOR, clock), clock)
