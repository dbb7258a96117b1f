"""All tables of the desk together: imported where the whole schema is needed."""

from sqlalchemy import MetaData

from bot.store import answers, audit, tickets
from bot.store.base import Base

#: The files that map tables.
FILES = (answers, audit, tickets)


def metadata() -> MetaData:
    """The tables of every file."""
    return Base.metadata
