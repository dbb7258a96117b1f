"""The database: one schema and one kind of transaction on SQLite and on PostgreSQL."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.store import schema
from bot.store.base import written
from bot.store.database import Database, parse_url
from bot.store.errors import DatabaseBusy, DatabaseError, NewerSchema
from bot.store.migrate import current, upgrade
from bot.store.opening import Data, newest, open_data, open_database
from tests.conftest import Ticking


def test_the_migrations_make_exactly_the_mapped_tables(data: Data) -> None:
    with data.database.connection() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata()) == []
    assert current(data.database) == newest()


def test_the_newest_revision_is_the_one_that_no_other_follows(data: Data) -> None:
    folder = str(Path(schema.__file__).parent / "migrations")
    assert ScriptDirectory(folder, version_locations=[folder]).get_current_head() == newest()


def test_two_starts_at_once_migrate_once(database_url: str, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as starts:
        opened = list(starts.map(lambda _: open_database(parse_url(database_url, tmp_path)), range(4)))
    assert {current(one) for one in opened} == {newest()}
    for one in opened:
        one.close()


def test_a_start_waits_for_another_that_writes_to_the_new_file(tmp_path: Path) -> None:
    """SQLite itself does not wait here: it refuses to switch to the write-ahead log while another writes."""
    other = sqlite3.connect(tmp_path / "desk.sqlite", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    url = parse_url("", tmp_path)
    with pytest.raises(DatabaseBusy):
        Database(url, wait=0.1).damage()
    release = threading.Timer(0.3, other.execute, ["ROLLBACK"])
    release.start()
    opened = open_database(url)
    assert current(opened) == newest()
    release.join()
    other.close()
    opened.close()


def test_a_migration_that_fails_leaves_nothing(database_url: str, tmp_path: Path) -> None:
    database = Database(parse_url(database_url, tmp_path))
    with database.connection() as connection:
        connection.execute(text("CREATE TABLE audit (other INTEGER)"))
    with pytest.raises(Exception, match="audit"):
        upgrade(database)
    assert current(database) == ""
    with database.connection() as connection:
        connection.execute(text("DROP TABLE audit"))
    upgrade(database)
    assert current(database) == newest()
    database.close()


def test_a_newer_schema_is_refused_in_plain_words(data: Data) -> None:
    with data.database.connection() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchema, match="newer desk"):
        open_database(data.database.url)


def test_an_exception_leaves_nothing_and_calls_nothing(data: Data) -> None:
    with pytest.raises(ZeroDivisionError), data.database.writing() as transaction:
        data.audit.record(transaction, "sato", "test", "ticket:1")
        raise ZeroDivisionError
    assert not data.audit.anchor.exists()
    with data.database.reading() as transaction:
        assert transaction.scalar(text("SELECT count(*) FROM audit")) == 0


def test_a_reader_sees_one_state_throughout(data: Data) -> None:
    with data.database.reading() as reader:
        before = reader.scalar(text("SELECT count(*) FROM audit"))
        with data.database.writing() as transaction:
            data.audit.record(transaction, "sato", "test", "ticket:1")
        assert reader.scalar(text("SELECT count(*) FROM audit")) == before


def test_a_writer_that_waits_too_long_says_so(data: Data) -> None:
    hasty = Database(data.database.url, wait=0.2)
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with data.database.writing():
            held.set()
            free.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(10)
        with pytest.raises(DatabaseBusy), hasty.writing():
            pass
    finally:
        free.set()
        holder.join()
        hasty.close()


def test_the_file_is_safe_and_private(tmp_path: Path, clock: Ticking) -> None:
    data = open_data("", tmp_path / "home", clock)
    pragmas = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout")
    with data.database.reading() as transaction:
        assert [transaction.scalar(text(f"PRAGMA {name}")) for name in pragmas] == ["wal", 2, 1, 1, 5000]
    with data.database.writing() as transaction:
        data.audit.record(transaction, "sato", "test", "ticket:1")
    files = [path for path in (tmp_path / "home").iterdir() if path.is_file()]
    assert len(files) >= 3
    assert {oct(path.stat().st_mode & 0o777) for path in files} == {"0o600"}
    data.close()


@pytest.mark.parametrize("setting", ["mysql://desk@host/x", "not a url", "sqlite://"])
def test_another_database_is_refused_in_plain_words(setting: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="postgresql://"):
        parse_url(setting, tmp_path)


def test_a_file_that_is_no_database_is_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "desk.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(DatabaseError, match="desk restore"):
        open_data("", tmp_path)


def test_moments_are_kept_in_utc_and_sort_as_text(clock: Ticking) -> None:
    assert written(clock()) == "2026-04-01T09:00:01.000000Z"
    with pytest.raises(ValueError, match="zone"):
        written(clock().replace(tzinfo=None))
