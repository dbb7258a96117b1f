"""Opens all that the desk keeps about its own work: the database, and the audit log with its anchor."""

from dataclasses import dataclass
from pathlib import Path

from bot.store import schema as schema  # every table is known before a transaction begins
from bot.store.audit import Audit
from bot.store.base import Clock, system_clock
from bot.store.database import Database, parse_url
from bot.store.migrate import open_database
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


def open_data(setting: str, home: Path, clock: Clock = system_clock) -> Data:
    """The database that DESK_DATABASE names, with the newest schema. Raises DatabaseError, StoreError."""
    Home(home).make()
    return Data(open_database(parse_url(setting, home)), Audit(home / ANCHOR, clock), clock)
