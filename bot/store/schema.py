"""All tables of the desk together: imported where the whole schema is needed."""

from sqlalchemy import MetaData

from bot.store import acceptances, accounts, answers, audit, logins, ratings, tickets
from bot.store.base import Base

#: The files that map tables.
FILES = (acceptances, accounts, answers, audit, logins, ratings, tickets)


def metadata() -> MetaData:
    """The tables of every file."""
    return Base.metadata
