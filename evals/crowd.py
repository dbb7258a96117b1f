"""What a crowd of foreign passages costs: the cases over the live library alone, and beside passages of one language.

A desk that takes in a thousand pages of Japanese rules must still find the English statement that it had before.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from evals.bench_sets import read_library
from evals.documents import load_documents
from evals.peers.desk import open_live, publish, shelved
from evals.peers.types import BenchPassage
from evals.searching import searched
from evals.systems.desk import texts_of
from evals.types import Case
from ingest.types import Language
from vectorstore.edition import Home
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.library import OpenEdition
from vectorstore.search import load_blend, make_search
from vectorstore.shelf import Shelved

#: Begins the names of the added documents, so that none is taken for one that a case asks for.
_ADDED = "added-"


@dataclass(frozen=True, slots=True)
class Crowded:
    """Share of questions with a gold passage among the first five, by the question's language."""

    library: str
    passages: int
    english: float
    japanese: float


def passages_in(corpora: Path, language: Language, count: int) -> tuple[BenchPassage, ...]:
    """`count` passages of one language from the corpora. Raises CorpusError, ValueError where there are fewer."""
    return tuple(one for one in read_library(corpora, 2 * count + 2) if one.language == language)[:count]


def _measured(
    name: str, edition: OpenEdition, cases: Sequence[Case], embedder: Embedder, glossary: Glossary
) -> Crowded:
    search = make_search(edition, embedder, glossary, load_blend())
    found = searched(cases, search, texts_of(edition), load_documents())
    of = {
        language: [one.values["success_5"] for one in found if one.case.language == language]
        for language in ("en", "ja")
    }
    english, japanese = (sum(values) / max(len(values), 1) for values in of.values())
    return Crowded(name, edition.passages, english, japanese)


def crowded(
    live: OpenEdition,
    added: Sequence[tuple[str, Sequence[BenchPassage]]],
    cases: Sequence[Case],
    embedder: Embedder,
    glossary: Glossary,
) -> Iterator[Crowded]:
    """The live library as it is, then beside each of the named crowds, in an edition that goes afterwards."""
    yield _measured("as it is", live, cases, embedder, glossary)
    own = [live.shelf.shelved(source) for source in live.shelf.sources]
    for name, passages in added:
        documents: list[Shelved] = [one for one in own if one] + list(shelved(passages, _ADDED))
        with tempfile.TemporaryDirectory(prefix="desk-crowd-", ignore_cleanup_errors=True) as folder:
            publish(Home(Path(folder)), documents, embedder, glossary)
            with closing(open_live(Path(folder), embedder)) as edition:
                yield _measured(name, edition, cases, embedder, glossary)
