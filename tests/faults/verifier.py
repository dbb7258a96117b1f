"""The verifier: whether what a home serves is one whole edition, down to every single vector and word."""

from dataclasses import dataclass

from tests.conftest import Desk
from vectorstore import edition as editions
from vectorstore.kept import lost_rows
from vectorstore.write import mix


@dataclass(frozen=True)
class Sound:
    """A live edition that was found whole: its name, and the text of every document."""

    name: str
    texts: dict[str, str]


def sound(desk: Desk) -> Sound:
    """The live edition. Fails unless every file is as sealed, every vector finds itself and every passage is there."""
    name = editions.live_name(desk.home)
    assert editions.damage(desk.home, name) == {}
    library = desk.open()
    try:
        edition = library.edition()
        assert edition.name == name
        passages = list(edition.shelf.all())
        assert len(passages) == edition.passages == edition.collection.count() == len(edition.vectors)
        assert len({passage.id for passage in passages}) == len(passages)
        assert (
            lost_rows(edition.collection, mix(edition.vectors, edition.contexts[edition.index.context_of]))
            == []
        )
        texts = {
            source: document.text
            for source in edition.shelf.sources
            if (document := edition.shelf.document(source))
        }
        assert all(texts[passage.source][passage.start : passage.end] == passage.text for passage in passages)
        assert edition.shelf.integrity() == "ok"
        return Sound(name, texts)
    finally:
        library.close()
