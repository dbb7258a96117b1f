"""Whether an approved answer still stands on the library as it is now. Pure.

It does not when the sentences that it quotes are gone from their document, when the document has lost its standing,
or when the same issuer has since put out a newer work.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from bot.desk.letter import Letter
from bot.labels import standing
from bot.types import Citation
from bot.verify import whole_sentences
from ingest.types import Document, Language, Record

_SPACE = re.compile(r"\s+")
Find = Callable[[str], Document | None]
Kind = Literal["gone", "superseded", "standing", "changed", "newer"]
_WORDS: Mapping[Kind, tuple[str, str]] = {
    "gone": ("「{source}」が資料から外れました", "{source} is no longer in the library"),
    "superseded": ("「{source}」は「{other}」に置き換えられました", "{source} is superseded by {other}"),
    "standing": ("「{source}」の位置付けが「{other}」になりました", "{source} now stands as {other}"),
    "changed": ("「{source}」の引用した文言が変わりました", "the cited words of {source} have changed"),
    "newer": (
        "同じ発行元から、「{source}」より新しい「{other}」（{date}）が出ています",
        "{other} of {date}, by the same issuer, is newer than {source}",
    ),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer needs a review: the document that it cites, and what has come beside it."""

    kind: Kind
    source: str
    other: str = ""
    date: str = ""

    def said(self, language: Language) -> str:
        """The reason for a reader."""
        other = standing(self.other, language) if self.kind == "standing" else self.other
        words = _WORDS[self.kind][0 if language == "ja" else 1]
        return words.format(source=self.source, other=other, date=self.date)


_JSON = TypeAdapter(tuple[Reason, ...])


def written(why: Sequence[Reason]) -> str:
    """The reasons as they are stored; "" for none."""
    return _JSON.dump_json(tuple(why)).decode() if why else ""


def told(stored: str, language: Language) -> str:
    """Stored reasons for a reader; what an older desk stored as a sentence stands as it is."""
    try:
        why = _JSON.validate_json(stored)
    except ValidationError:
        return stored
    between, end = ("。", "。") if language == "ja" else ("; ", ".")
    return between.join(one.said(language) for one in why) + end


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


def _changed(citation: Citation, document: Document | None) -> Reason | None:
    """Why a citation does not hold any more; None where it does."""
    quote, source = citation.quote, citation.quote.passage.source
    if document is None:
        return Reason("gone", source)
    if document.record.superseded_by and not quote.record.superseded_by:
        return Reason("superseded", source, document.record.superseded_by)
    if document.record.standing != quote.record.standing:
        return Reason("standing", source, document.record.standing)
    if document.version == quote.passage.version:
        return None
    if _squeezed(whole_sentences(quote)) in _squeezed(document.text):
        return None
    return Reason("changed", source)


def reasons(
    letter: Letter, known: tuple[str, ...], find: Find, records: Iterable[Record]
) -> tuple[Reason, ...]:
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
                found.append(Reason("newer", cited.key, record.key, record.date))
    return tuple(dict.fromkeys(found))
