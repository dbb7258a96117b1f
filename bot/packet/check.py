"""A packet against the library as it is now: what was edited since it was made, and what has changed around it.

Every span is sliced anew, every hash worked out anew, every verdict given anew by the checker. Pure: reads the
library through the functions of a `Ground`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import prompts
from bot.packet.findings import Judge, finding
from bot.packet.hashes import PROOF, hash_of, hashes_of, key_name, seal_fits, sha256
from bot.packet.make import document_part, edition_part, raw_span, versions_part
from bot.packet.parse import parse
from bot.packet.readable import readable
from bot.packet.types import CitationPart, Finding, Ground, Packet, Report, StatementPart
from bot.types import Draft, Quote
from bot.verify import verify
from ingest.types import Document, Passage
from vectorstore.shelf import Shelved


def verify_packet(data: bytes, ground: Ground) -> Report:
    """Everything that is not as the packet says. Raises PacketError for what is no packet."""
    packet = parse(data)
    proof = tuple(_proof(packet, ground.key))
    kinds = {one.kind for one in proof}
    judge = Judge(genuine=not kinds, foreign=kinds == {"origin"})
    live = {part["source"]: ground.shelved(part["source"]) for part in packet["documents"]}
    around = (
        *_within(packet, judge),
        *_documents(packet, live, judge),
        *_citations(packet, live, judge),
        *_statements(packet, live, ground, judge),
        *_surroundings(packet, ground, judge),
    )
    return Report(tuple(dict.fromkeys((*proof, *around))))


def _proof(packet: Packet, key: bytes) -> Iterator[Finding]:
    """Whether the values fit their hashes, the hashes the one over all, and that one the seal."""
    there, said = hashes_of(packet), packet["hashes"]
    for path in dict.fromkeys((*there, *said)):
        if path not in said:
            yield finding("altered", path, "added")
        elif path not in there:
            yield finding("altered", path, "removed")
        elif there[path] != said[path]:
            yield finding("altered", path, "edited")
    if hash_of(said) != packet["hash"]:
        yield finding("altered", "hash", "whole")
    yield from (finding("altered", path, "added") for path in packet if path not in Packet.__annotations__)
    if packet["seal"]["key"] != key_name(key) or not key:
        yield finding("origin", "seal", "foreign", key=packet["seal"]["key"] or "-")
    elif not seal_fits(packet, key):
        yield finding("altered", "seal", "seal")


def _within(packet: Packet, judge: Judge) -> Iterator[Finding]:
    """What must hold inside a packet, whatever the library says."""
    body: Mapping[str, Any] = {name: part for name, part in packet.items() if name not in PROOF}
    if readable(body) != packet["readable"]:
        yield judge.contradiction("readable", "readable")
    numbers = [part["n"] for part in packet["citations"]]
    sources = [part["source"] for part in packet["documents"]]
    if numbers != list(range(1, len(numbers) + 1)):
        yield judge.contradiction("citations", "numbers")
    for at, statement in enumerate(packet["statements"]):
        if not statement["citations"] or not {*statement["citations"]} <= {*numbers}:
            yield judge.contradiction(f"statements.{at}.citations", "uncited")
    for at, citation in enumerate(packet["citations"]):
        if citation["document"] not in sources:
            yield judge.contradiction(f"citations.{at}.document", "unlisted")
    if len({*sources}) != len(sources):
        yield judge.contradiction("documents", "twice")
    if packet["text"] != _text(packet):
        yield judge.contradiction("text", "text")
    if (packet["status"] == "refused") != (not packet["statements"] and not packet["citations"]):
        yield judge.contradiction("status", "status")


def _text(packet: Packet) -> str:
    """The text that the parts make, as `Answer.text` does."""
    if packet["status"] == "refused":
        return packet["reason"]
    marked = (
        f"{part['text']} {''.join(f'[{n}]' for n in part['citations'])}".strip()
        for part in packet["statements"]
    )
    return "\n".join((*packet["notes"][:1], *marked, *packet["notes"][1:]))


def _documents(packet: Packet, live: Mapping[str, Shelved | None], judge: Judge) -> Iterator[Finding]:
    """Each cited document: still there, still this version, and then the same in everything."""
    for at, said in enumerate(packet["documents"]):
        place, shelved = f"documents.{at}", live[said["source"]]
        if shelved is None:
            yield finding("changed", place, "vanished", source=said["source"])
        elif shelved.document.version != said["version"]:
            yield finding("changed", place, "replaced", source=said["source"])
        else:
            now = document_part(shelved.document)
            for name in ("language", "characters", "text_sha256", "raw_sha256"):
                if now[name] != said[name]:
                    yield judge.differs(f"{place}.{name}", said, now)
            for name in dict.fromkeys((*now["record"], *said["record"])):
                if now["record"].get(name) != said["record"].get(name):
                    yield judge.may_change(f"{place}.record.{name}", said["record"], now["record"])


def _same(part: CitationPart, packet: Packet, live: Mapping[str, Shelved | None]) -> Shelved | None:
    """The live document of a citation, where it is the version that the packet names."""
    versions = {one["source"]: one["version"] for one in packet["documents"]}
    shelved = live.get(part["document"])
    same = shelved is not None and shelved.document.version == versions.get(part["document"])
    return shelved if same else None


def _citations(packet: Packet, live: Mapping[str, Shelved | None], judge: Judge) -> Iterator[Finding]:
    """Each span sliced anew; where the document is another one now, whether the words still stand in it."""
    for at, part in enumerate(packet["citations"]):
        place = f"citations.{at}"
        shelved, other = _same(part, packet, live), live.get(part["document"])
        if shelved is None:
            if other is not None:
                held = part["quote"] in other.document.text
                yield finding("notice" if held else "changed", f"{place}.quote", "held" if held else "gone")
            continue
        passage = _passage(part, shelved)
        if passage is None:
            yield judge.contradiction(f"{place}.passage", "passage")
            continue
        if not passage.start <= part["start"] < part["end"] <= passage.end:
            yield judge.contradiction(f"{place}.start", "outside")
            continue
        now = _cut(part, shelved.document, passage)
        for name in now:
            if now[name] != part[name]:  # type: ignore[literal-required]
                yield judge.differs(f"{place}.{name}", part, now)


def _cut(part: CitationPart, document: Document, passage: Passage) -> dict[str, Any]:
    """What the library says of a span."""
    raw_start, raw_end = raw_span(document, part["start"], part["end"])
    quote = document.text[part["start"] : part["end"]]
    return {
        "quote": quote,
        "quote_sha256": sha256(quote),
        "raw_start": raw_start,
        "raw_end": raw_end,
        "raw_sha256": sha256(document.raw[raw_start:raw_end]),
        "page": passage.page,
        "heading": list(passage.heading),
    }


def _passage(part: CitationPart, shelved: Shelved) -> Passage | None:
    """The passage of that name, or several in a row that begin with it, as far as the packet says."""
    first = next((one for one in shelved.passages if one.id == part["passage"]), None)
    ends = {one.end for one in shelved.passages}
    if first is None or part["passage_end"] not in ends or part["passage_end"] < first.end:
        return None
    text = shelved.document.text[first.start : part["passage_end"]]
    return replace(first, end=part["passage_end"], text=text)


def _quote(part: CitationPart, shelved: Shelved) -> Quote | None:
    passage = _passage(part, shelved)
    if passage is None or not passage.start <= part["start"] < part["end"] <= passage.end:
        return None
    start, end = part["start"] - passage.start, part["end"] - passage.start
    return Quote(passage, shelved.document.record, start, end)


def _statements(
    packet: Packet, live: Mapping[str, Shelved | None], ground: Ground, judge: Judge
) -> Iterator[Finding]:
    """Every verdict given anew, where all that the statement cites is still there."""
    by_number = {part["n"]: part for part in packet["citations"]}
    for at, statement in enumerate(packet["statements"]):
        cited = [by_number[n] for n in statement["citations"] if n in by_number]
        shelved = [(part, _same(part, packet, live)) for part in cited]
        quotes = [_quote(part, one) if one else None for part, one in shelved]
        if not quotes or not all(quotes):
            continue
        draft = Draft(statement["text"], tuple(quote for quote in quotes if quote))
        (checked,), _ = verify([draft], packet["language"], ground.similarity, ground.translate)
        now = StatementPart(
            text=statement["text"],
            citations=statement["citations"],
            verdict=checked.verdict,
            why=checked.why,
        )
        if now["verdict"] != statement["verdict"]:
            yield judge.may_change(f"statements.{at}.verdict", statement, now)
        elif now["why"] != statement["why"]:
            yield judge.may_change(f"statements.{at}.why", statement, now)


def _surroundings(packet: Packet, ground: Ground, judge: Judge) -> Iterator[Finding]:
    """The edition, the prompts and the program."""
    said, now = packet["edition"], edition_part(ground.manifest)
    if said["name"] != now["name"]:
        yield finding("notice", "edition.name", "edition", now=now["name"])
    else:
        for name in now:
            if now[name] != said[name]:  # type: ignore[literal-required]
                yield judge.contradiction(f"edition.{name}", "edition_field")
    for file, digest in packet["model"]["prompts"].items():
        name, _, language = file.removesuffix(".md").partition(".")
        known = name in prompts.HOLES and language in prompts.LANGUAGES
        if not known or prompts.digest(prompts.load(name, language)) != digest:
            yield finding("notice", f"model.prompts.{file}", "prompt")
    for name, value in versions_part(ground).items():
        if packet["versions"][name] != value:  # type: ignore[literal-required]
            yield finding("notice", f"versions.{name}", "version", now=str(value))
