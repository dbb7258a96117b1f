"""Accepting documents of the library: one transaction with its audit records, for the very versions that are named."""

from collections.abc import Collection

from bot.store import acceptances
from bot.store.acceptances import Acceptance
from bot.store.opening import Data

#: Characters of an audit record's subject.
_SUBJECT = 200


def accepted(data: Data, documents: Collection[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those of the documents, given as (source, version), that the staff has accepted. Raises DatabaseError."""
    with data.database.reading() as transaction:
        return acceptances.accepted(transaction, documents)


def accept(data: Data, documents: Collection[tuple[str, str]], by: str) -> tuple[tuple[str, str], ...]:
    """Accepts documents in these versions: all of them or none. Returns those that were not accepted before.

    Raises DatabaseBusy, DatabaseError.
    """
    with data.database.writing() as transaction:
        known = acceptances.accepted(transaction, documents)
        new = tuple(one for one in dict.fromkeys(documents) if one not in known)
        for source, version in new:
            acceptances.put_acceptance(transaction, Acceptance(source, version, by, data.clock()))
            said = {"source": source, "version": version}
            data.audit.record(transaction, by, "document.accepted", f"document:{source}"[:_SUBJECT], said)
    return new
