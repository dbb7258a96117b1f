"""One database, SQLite or PostgreSQL, and its transactions: writers one at a time, readers on a snapshot.

A writing transaction takes the one right to write before it reads (`BEGIN IMMEDIATE` on SQLite, an advisory
lock on PostgreSQL). It ends in a commit that survives a crash of the machine, or leaves nothing.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from bot.store.errors import DatabaseBusy, DatabaseError

#: What the files of this folder are handed: a session within a transaction that the caller began.
Transaction = Session

FILE = "desk.sqlite"
#: How long a writer waits for another one, in seconds.
WAIT = 5.0
#: Names the right to write among the advisory locks of a PostgreSQL database.
WRITER_LOCK = 0x6465736B
_PRAGMAS = (
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "recursive_triggers = ON",
)
#: What SQLite says of a file that is not, or no longer, a database.
_DAMAGED = ("malformed", "not a database")
_WRITES, _NO_BEGIN, _THEN = "desk_writes", "desk_no_begin", "then"


def parse_url(setting: str, home: Path) -> URL:
    """The database that DESK_DATABASE names, `desk.sqlite` in `home` for an empty one. Raises DatabaseError."""
    if not setting:
        return URL.create("sqlite", database=str(home / FILE))
    try:
        url = make_url(setting)
    except ArgumentError:
        raise DatabaseError("DESK_DATABASE is not a URL such as postgresql://user@host/name") from None
    if url.get_backend_name() == "sqlite" and url.database:
        return url
    if url.get_backend_name() != "postgresql":
        raise DatabaseError("DESK_DATABASE takes postgresql://user@host/name, or sqlite:////path/desk.sqlite")
    return url.set(drivername="postgresql+psycopg")


class Database:
    """An open database. Safe to use from many threads and many processes."""

    def __init__(self, url: URL, wait: float = WAIT) -> None:
        self.url = url
        self.sqlite = url.get_backend_name() == "sqlite"
        self._engine = _sqlite(url, wait) if self.sqlite else _postgres(url, wait)
        reads: dict[str, Any] = (
            {} if self.sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )
        self._reads = self._engine.execution_options(**reads)
        self._writes = self._engine.execution_options(**{_WRITES: True})

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database."""
        return Path(str(self.url.database)) if self.sqlite else None

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that sees one state of the database throughout. Raises DatabaseError."""
        with _plain_errors(), Session(self._reads, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that alone may write; it commits at the end, or leaves nothing after an exception.

        Raises DatabaseBusy after `wait` seconds for another writer, DatabaseError.
        """
        with _plain_errors(), Session(self._writes, expire_on_commit=False) as session:
            session.connection()  # takes the right to write before anything is read
            yield session
            session.commit()
        for act in session.info.get(_THEN, {}).values():
            act()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """As `writing`, as a bare connection: for the migrations and for checks of the database itself."""
        with _plain_errors(), self._writes.begin() as connection:
            yield connection

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A connection outside any transaction, for what cannot run within one. Raises DatabaseError."""
        with _plain_errors(), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT", **{_NO_BEGIN: True})

    @property
    def kind(self) -> str:
        """The name of the database's kind."""
        return "SQLite" if self.sqlite else "PostgreSQL"

    def damage(self) -> str:
        """What SQLite finds wrong with its file, or with a reference between tables; empty where all is well."""
        if not self.sqlite:
            return ""  # PostgreSQL checks its own pages and references
        with self.alone() as connection:
            found = connection.execute(text("PRAGMA integrity_check(1)")).scalar() or ""
            astray = connection.execute(text("PRAGMA foreign_key_check")).first()
        return found if found != "ok" else (f"a row of {astray[0]} refers to nothing" if astray else "")

    def close(self) -> None:
        """Closes every pooled connection."""
        self._engine.dispose()


def after_commit(transaction: Transaction, name: str, act: Callable[[], None]) -> None:
    """Has `act` called once the transaction is safe on disk, and not at all when it is not.

    Of several acts with one name the last is called.
    """
    transaction.info.setdefault(_THEN, {})[name] = act


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise _plain(error) from error
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") == "55P03":
            raise _plain(error) from error
        if any(word in str(error.orig) for word in _DAMAGED):
            raise DatabaseError("desk.sqlite is damaged; bring back a backup with `desk restore`") from error
        raise


def _plain(error: DBAPIError) -> DatabaseError:
    said = str(error.orig).splitlines()[0] if error.orig and str(error.orig) else "no answer"
    if "locked" in said or getattr(error.orig, "sqlstate", "") == "55P03":
        return DatabaseBusy("another process is writing to the desk's database; try again in a moment")
    if "unable to open" in said or "readonly" in said:
        return DatabaseError(f"the desk's database cannot be opened ({said}); check DESK_HOME and its owner")
    if "disk is full" in said:
        return DatabaseError("the disk is full; make room and try again, nothing was lost")
    return DatabaseError(f"the desk's database cannot be used ({said}); check DESK_DATABASE")


def _sqlite(url: URL, wait: float) -> Engine:
    path = Path(str(url.database))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise DatabaseError(f"{path} cannot be written ({error.strerror}); check DESK_HOME") from None
    engine = create_engine(
        url, pool_size=8, max_overflow=32, pool_timeout=WAIT, connect_args={"timeout": wait}
    )

    def connected(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions begin where this file says so
        _write_ahead(connection, wait)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    def begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get(_NO_BEGIN):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITES) else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
    return engine


def _write_ahead(connection: sqlite3.Connection, wait: float) -> None:
    """Switches the file to its write-ahead log, which lets readers go on while another writes.

    Waits for another that writes to the new file, which SQLite does not do here: it fears a deadlock and says
    at once that the file is busy (https://www.sqlite.org/c3ref/busy_handler.html).
    """
    until = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _postgres(url: URL, wait: float) -> Engine:
    engine = create_engine(url, pool_size=8, max_overflow=32, pool_timeout=WAIT, pool_pre_ping=True)

    def begun(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITES):
            connection.execute(text(f"SET LOCAL lock_timeout = {int(wait * 1000)}"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})"))
            connection.execute(text("SET LOCAL lock_timeout = 0"))

    event.listen(engine, "begin", begun)
    return engine
