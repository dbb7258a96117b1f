"""Whether an approved answer still stands on the library as it is now. Pure.

It does not when the sentences that it quotes are gone from their document, when the document has lost its standing,
or when the same issuer has since put out a newer work.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.desk.letter import Letter
from bot.types import Citation
from bot.verify import whole_sentences
from ingest.types import Document, Record

_SPACE = re.compile(r"\s+")
Find = Callable[[str], Document | None]


def _squeezed(text: str) -> str:
    return _SPACE.sub("", text)


def _names(record: Record) -> frozenset[str]:
    return frozenset(name for name in (record.issuer_ja, record.issuer_en) if name)


def issued_alike(letter: Letter, records: Iterable[Record]) -> tuple[str, ...]:
    """Keys of the works in the library whose issuer is one that the letter cites."""
    issuers = frozenset(name for c in letter.citations for name in _names(c.quote.record))
    return tuple(sorted({record.key for record in records if _names(record) & issuers}))


def on_records(letter: Letter, find: Find) -> Letter:
    """The letter with the records of its documents as they are now."""
    return replace(letter, citations=tuple(_as_now(citation, find) for citation in letter.citations))


def _as_now(citation: Citation, find: Find) -> Citation:
    document = find(citation.quote.passage.source)
    return replace(citation, quote=replace(citation.quote, record=document.record)) if document else citation


def _changed(citation: Citation, document: Document | None) -> str:
    """Why a citation does not hold any more; empty where it does."""
    quote = citation.quote
    if document is None:
        return f"{quote.passage.source} is no longer in the library"
    if document.record.superseded_by and not quote.record.superseded_by:
        return f"{quote.passage.source} is superseded by {document.record.superseded_by}"
    if document.record.standing != quote.record.standing:
        return f"{quote.passage.source} now stands as {document.record.standing}"
    if document.version == quote.passage.version:
        return ""
    if _squeezed(whole_sentences(quote)) in _squeezed(document.text):
        return ""
    return f"the cited words of {quote.passage.source} have changed"


def reasons(letter: Letter, known: tuple[str, ...], find: Find, records: Iterable[Record]) -> tuple[str, ...]:
    """Why the letter needs a review; empty where it stands as it was approved."""
    found = [
        why
        for citation in letter.citations
        if (why := _changed(citation, find(citation.quote.passage.source)))
    ]
    for record in records:
        for citation in letter.citations:
            cited = citation.quote.record
            newer = record.date > cited.date if cited.date else bool(record.date)
            if record.key not in known and _names(record) & _names(cited) and newer:
                found.append(f"{record.key} of {record.date} is newer than {cited.key}")
    return tuple(dict.fromkeys(found))
