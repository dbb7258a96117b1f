"""A backup of the whole database in one file, taken while the desk runs, readable by either kind of database.

A zip with `tables/NAME.jsonl`, a row a line, and `manifest.json`, written last: the schema, the audit log's head, and
the SHA-256 and number of rows of every table. What does not agree with its manifest is not restored.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select, text

from bot.store.base import Clock, written
from bot.store.database import Database
from bot.store.errors import DatabaseError
from bot.store.migrate import upgrade

#: Grows when the file changes its meaning.
FORMAT = 1
_AT_ONCE = 500
_OWN = "alembic_version"


@dataclass(frozen=True, slots=True)
class Member:
    """One table of a backup."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds; `head` is the audit log's last number and digest, empty for an empty log."""

    format: int
    created: str
    revision: str
    head: str
    tables: dict[str, Member]


_MANIFEST = TypeAdapter(Manifest)


class BadBackup(DatabaseError):
    """A file that is no whole backup."""


def _tables(connection: Connection) -> list[Table]:
    """The tables as the database has them, those that are referred to first."""
    held = MetaData()
    held.reflect(connection)
    return [table for table in held.sorted_tables if table.name != _OWN]


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    order = list(table.primary_key.columns)
    for row in connection.execute(select(table).order_by(*order)).mappings():
        yield json.dumps(dict(row), ensure_ascii=False, sort_keys=True).encode() + b"\n"


def back_up(database: Database, path: Path, clock: Clock) -> Manifest:
    """Writes a backup: the file is there whole, or not at all. Raises DatabaseError."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        with open(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as handle:
            with zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as out:
                manifest = _write(database, out, clock)
            handle.flush()
            os.fsync(handle.fileno())
        check(fresh)
        os.replace(fresh, path)
    except OSError as error:
        raise DatabaseError(f"{path} cannot be written ({error.strerror})") from None
    finally:
        fresh.unlink(missing_ok=True)
    return manifest


def _write(database: Database, out: zipfile.ZipFile, clock: Clock) -> Manifest:
    members: dict[str, Member] = {}
    with database.reading() as transaction:
        connection = transaction.connection()
        revision = MigrationContext.configure(connection).get_current_revision() or ""
        last = connection.execute(
            text("SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1")
        ).first()
        for table in _tables(connection):
            digest, rows = hashlib.sha256(), 0
            with out.open(f"tables/{table.name}.jsonl", "w") as member:
                for line in _lines(connection, table):
                    member.write(line)
                    digest.update(line)
                    rows += 1
            members[table.name] = Member(rows, digest.hexdigest())
    manifest = Manifest(FORMAT, written(clock()), revision, f"{last[0]} {last[1]}" if last else "", members)
    out.writestr("manifest.json", json.dumps(asdict(manifest), indent=2))
    return manifest


def check(path: Path) -> Manifest:
    """The manifest of a whole backup. Raises BadBackup."""
    try:
        with zipfile.ZipFile(path) as held:
            manifest = _MANIFEST.validate_json(held.read("manifest.json"))
            if manifest.format > FORMAT:
                raise BadBackup(f"{path} was written by a newer desk")
            for name, member in manifest.tables.items():
                with held.open(f"tables/{name}.jsonl") as lines:
                    if hashlib.file_digest(lines, "sha256").hexdigest() != member.sha256:  # type: ignore[arg-type]
                        raise BadBackup(f"{path}: the table {name} is damaged; use another backup")
    except (OSError, KeyError, zipfile.BadZipFile, ValidationError):
        raise BadBackup(f"{path} is not a whole backup of the desk; use another one") from None
    return manifest


def restore(database: Database, path: Path) -> Manifest:
    """Fills an empty database from a backup and brings it to the newest schema. Raises BadBackup, DatabaseError.

    The rows come in one transaction: a crash leaves an empty database, and the restore can be run again.
    """
    manifest = check(path)
    with database.connection() as connection:
        full = [t for t in _tables(connection) if connection.scalar(select(func.count()).select_from(t))]
        empty_schema = not inspect(connection).get_table_names()
    if full:
        raise DatabaseError("the database is not empty; restore into a new DESK_HOME or an empty database")
    if empty_schema:
        upgrade(database, manifest.revision)
    with zipfile.ZipFile(path) as held, database.connection() as connection:
        for table in _tables(connection):
            if table.name in manifest.tables:
                _fill(connection, table, held)
    upgrade(database)
    return manifest


def _fill(connection: Connection, table: Table, held: zipfile.ZipFile) -> None:
    batch: list[dict[str, Any]] = []
    with held.open(f"tables/{table.name}.jsonl") as lines:
        for line in lines:
            batch.append(json.loads(line))
            if len(batch) == _AT_ONCE:
                connection.execute(insert(table), batch)
                batch = []
    if batch:
        connection.execute(insert(table), batch)
    key = next(iter(table.primary_key.columns))
    if connection.dialect.name == "postgresql" and key.name == "number" and table.name != "audit":
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'number'), "
                f"(SELECT coalesce(max(number), 0) + 1 FROM {table.name}), false)"
            )
        )
