"""An answer -> its packet. Pure: reads the edition through the functions of a `Ground`."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import prompts
from bot.packet.hashes import sealed, sha256
from bot.packet.readable import readable
from bot.packet.types import (
    FORMAT,
    KIND,
    CitationPart,
    DocumentPart,
    EditionPart,
    Ground,
    ModelPart,
    Packet,
    PacketError,
    StatementPart,
    VersionsPart,
)
from bot.types import Answer, Citation
from ingest.recipe import recipe
from ingest.types import Document
from vectorstore.edition import Manifest

#: The prompts that a language model's answer rests on.
PROMPTS = ("answer", "condense")


def raw_span(document: Document, start: int, end: int) -> tuple[int, int]:
    """Where a span of the cleaned text, not empty, stands in the raw text."""
    first, last = document.offsets.raw(start), document.offsets.raw(end - 1)
    return first, max(first, last + 1)


def citation_part(n: int, document: Document, citation: Citation) -> CitationPart:
    """A citation with its offsets in both texts and its hashes."""
    passage, start, end = citation.quote.passage, citation.start, citation.end
    raw_start, raw_end = raw_span(document, start, end)
    quote = document.text[start:end]
    return CitationPart(
        n=n,
        document=document.source,
        passage=passage.id,
        passage_end=passage.end,
        heading=list(passage.heading),
        page=passage.page,
        start=start,
        end=end,
        raw_start=raw_start,
        raw_end=raw_end,
        quote=quote,
        quote_sha256=sha256(quote),
        raw_sha256=sha256(document.raw[raw_start:raw_end]),
    )


def document_part(document: Document) -> DocumentPart:
    """A document with its hashes and its record."""
    return DocumentPart(
        source=document.source,
        version=document.version,
        language=document.language,
        characters=len(document.text),
        text_sha256=sha256(document.text),
        raw_sha256=sha256(document.raw),
        record=_plain(asdict(document.record)),
    )


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in record.items()}


def edition_part(manifest: Manifest) -> EditionPart:
    """What a packet says of an edition."""
    return EditionPart(
        name=manifest.name,
        created=manifest.created,
        documents=manifest.documents,
        passages=manifest.passages,
        embedder=manifest.embedder,
        fingerprint=manifest.fingerprint,
    )


def versions_part(ground: Ground) -> VersionsPart:
    """The versions of this program, of how it reads files, and of its glossary."""
    try:
        desk = version("advisory-desk")
    except PackageNotFoundError:
        desk = "unknown"
    return VersionsPart(desk=desk, ingest=recipe(), glossary=ground.glossary)


def model_part(answer: Answer) -> ModelPart:
    """The model and the hashes of the prompts that it was given, by file name."""
    names = PROMPTS if answer.model else ()
    loaded = (prompts.load(name, answer.language) for name in names)
    return ModelPart(
        name=answer.model, prompts={f"{one.name}.{one.language}.md": prompts.digest(one) for one in loaded}
    )


def _cited(answer: Answer, ground: Ground) -> dict[str, Document]:
    """The cited documents by source. Raises PacketError where the library is no longer what was answered from."""
    versions = {one.quote.passage.source: one.quote.passage.version for one in answer.citations}
    shelved = (ground.shelved(source) for source in versions)
    found = {one.document.source: one.document for one in shelved if one}
    same = all(source in found and found[source].version == version for source, version in versions.items())
    if answer.edition != ground.manifest.name or not same:
        raise PacketError(
            "the library has changed since this answer was given; ask again",
            "この回答のあとで文書庫が変わりました。もう一度質問してください。",
        )
    return found


def make_packet(answer: Answer, ground: Ground, now: datetime | None = None) -> Packet:
    """The packet of an answer or a refusal. Raises PacketError when the library has moved on since."""
    documents = _cited(answer, ground)
    body: dict[str, Any] = {
        "kind": KIND,
        "format": FORMAT,
        "created": (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds"),
        "question": answer.question,
        "query": answer.query,
        "language": answer.language,
        "status": answer.status,
        "text": answer.text,
        "reason": answer.reason,
        "notes": list(answer.notes),
        "confidence": round(answer.confidence, 4),
        "statements": [
            StatementPart(text=s.text, citations=list(s.citations), verdict=s.verdict, why=s.why)
            for s in answer.statements
        ],
        "citations": [
            citation_part(one.n, documents[one.quote.passage.source], one) for one in answer.citations
        ],
        "documents": [document_part(document) for document in documents.values()],
        "edition": edition_part(ground.manifest),
        "model": model_part(answer),
        "versions": versions_part(ground),
    }
    return sealed({"readable": readable(body), **body}, ground.key)


def as_bytes(packet: Packet) -> bytes:
    """The packet as a file: UTF-8, indented, Japanese left readable."""
    return (json.dumps(packet, ensure_ascii=False, indent=1) + "\n").encode()
