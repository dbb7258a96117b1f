"""Brings a database to the newest schema: numbered migrations, all in one transaction that alone may write."""

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from bot.store.database import Database
from bot.store.errors import NewerSchema


def _scripts() -> ScriptDirectory:
    folder = Path(__file__).parent / "migrations"
    return ScriptDirectory(str(folder), version_locations=[str(folder)])


def current(database: Database) -> str:
    """The revision of a database; empty for a new one."""
    with database.connection() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def upgrade(database: Database, to: str = "head") -> None:
    """Runs the migrations that are missing: all of them or none. Raises NewerSchema, DatabaseError.

    Two processes that start together do it once: the second waits and finds nothing to do.
    """
    scripts = _scripts()
    with database.connection() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
        if now is not None and not _known(scripts, now):
            raise NewerSchema(
                f"the desk's database is of a newer desk (revision {now}); start that one, "
                "or bring back a backup of this one with `desk restore`"
            )
        with EnvironmentContext(
            Config(), scripts, fn=lambda rev, _: scripts._upgrade_revs(to, rev), destination_rev=to
        ) as environment:
            environment.configure(connection=connection, transactional_ddl=True)
            environment.run_migrations()


def _known(scripts: ScriptDirectory, revision: str) -> bool:
    try:
        return scripts.get_revision(revision) is not None
    except CommandError:
        return False
