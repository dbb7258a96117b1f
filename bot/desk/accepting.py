"""Accepting documents of the library, by the console and by the staff: one transaction with its audit records, for the very versions that are named."""

from collections.abc import Collection

from bot.desk.file import OfficeError
from bot.desk.rules import STAFF, Actor, NotPermitted
from bot.desk.writer import Writer
from bot.store import acceptances
from bot.store.acceptances import Acceptance
from bot.store.opening import Data
from ingest.types import Document

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


def unaccepted(writer: Writer) -> tuple[Document, ...]:
    """The live documents that wait for the staff's word, by source; none where the desk does not ask for it."""
    found = (writer.document(source) for source in sorted(writer.waiting()))
    return tuple(document for document in found if document)


def accept_live(
    data: Data, writer: Writer, who: Actor, documents: Collection[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Accepts live documents for a member of staff, in the versions that they looked at: all of them or none.

    Raises NotPermitted, OfficeError where none is named or the library has another version by now, DatabaseError.
    """
    if who.role not in STAFF:
        raise NotPermitted("role")
    if not documents:
        raise OfficeError("Choose the documents to accept.", "受け入れる資料を選んでください。")
    for source, version in documents:
        now = writer.document(source)
        if now is None or now.version != version:
            raise OfficeError(
                f"{source} has changed since the list was made; please look at it again.",
                f"一覧を開いた後に「{source}」が変わりました。もう一度確認してください。",
            )
    return accept(data, documents, who.name)
