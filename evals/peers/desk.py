"""This project: a real edition, written, sealed, opened and searched as the desk does it."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from bot.startup import one_core_each
from evals.peers.types import BenchPassage, Find, Peer
from ingest.types import Document, Health, Language, OffsetMap, Passage, Record
from vectorstore import edition as editions
from vectorstore.chroma import Place
from vectorstore.edition import Home, Manifest
from vectorstore.embedders import BUNDLED, Embedder, load_embedder
from vectorstore.glossary import Glossary, load_glossary
from vectorstore.library import OpenEdition, open_edition
from vectorstore.search import load_blend, make_search
from vectorstore.shelf import Shelved
from vectorstore.types import Query
from vectorstore.write import INDEX_RECIPE, write_edition

_PLACE = Place("folder")
#: A row of the library and its passage.
_Numbered = tuple[int, BenchPassage]


def shelved(passages: Sequence[BenchPassage], prefix: str = "") -> tuple[Shelved, ...]:
    """The passages in their documents, whose names begin with `prefix`; a passage's id is its row number."""
    groups: dict[str, list[_Numbered]] = {}
    for row, passage in enumerate(passages):
        groups.setdefault(passage.document or f"\0{row}", []).append((row, passage))
    return tuple(_document(f"{prefix}{number:07}.txt", group) for number, group in enumerate(groups.values()))


def _document(source: str, group: Sequence[_Numbered]) -> Shelved:
    first = group[0][1]
    text = "\n".join(passage.text for _, passage in group)
    version = hashlib.sha256(text.encode()).hexdigest()[:16]
    document = Document(
        source=source,
        version=version,
        language=first.language,
        text=text,
        raw=text,
        offsets=OffsetMap((0,), (0,)),
        pages=(),
        blocks=(),
        record=_record(source, first.title, first.language),
        health=Health(len(text), 0, 0, 0.0, 0.0, 0.0, 0.0, 0),
    )
    return Shelved(document, tuple(_passages(document, group)))


def _record(source: str, title: str, language: Language) -> Record:
    japanese, english = (title, "") if language == "ja" else ("", title)
    return Record(key=source, title_ja=japanese, title_en=english, listed=False)


def _passages(document: Document, group: Sequence[_Numbered]) -> Iterator[Passage]:
    start = 0
    for row, passage in group:
        end = start + len(passage.text)
        yield Passage(
            id=str(row),
            source=document.source,
            version=document.version,
            title=passage.title,
            heading=(),
            page=None,
            language=passage.language,
            start=start,
            end=end,
            text=passage.text,
        )
        start = end + 1


def publish(home: Home, documents: Sequence[Shelved], embedder: Embedder, glossary: Glossary) -> None:
    """Writes an edition of `documents`, seals it and makes it live."""
    name = editions.new_name()
    home.make()
    with editions.building(home, name) as folder:
        written = write_edition(folder, name, documents, embedder, glossary, _PLACE, None)
        manifest = Manifest(
            format=editions.FORMAT,
            name=name,
            created=name,
            embedder=embedder.name,
            fingerprint=embedder.fingerprint,
            dimension=embedder.dimension,
            recipe=INDEX_RECIPE,
            collection=written.collection,
            passages=written.passages,
            documents=len(documents),
            files=(),
            sealed=editions.digests(folder),
        )
        editions.seal(folder, manifest)
        editions.publish(home, folder, name)


def open_live(folder: Path, embedder: Embedder) -> OpenEdition:
    """Opens what `build` left in a folder."""
    home = Home(folder)
    return open_edition(home, _PLACE, editions.live_name(home), embedder)


def make() -> Peer:
    """This project with its bundled model, glossary and blend."""
    one_core_each()
    embedder, glossary, blend = load_embedder(BUNDLED), load_glossary(), load_blend()

    def build(passages: Sequence[BenchPassage], folder: Path) -> None:
        publish(Home(folder), shelved(passages), embedder, glossary)

    @contextmanager
    def open_folder(folder: Path) -> Iterator[Find]:
        with closing(open_live(folder, embedder)) as edition:
            search = make_search(edition, embedder, glossary, blend)

            def find(question: str, k: int) -> list[int]:
                return [int(hit.passage.id) for hit in search(Query(question, k))]

            yield find

    return Peer("desk", build, open_folder)
