"""Puts a system together out of the desk's settings and a run's changes; seen by doors only."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from bot.ask import Bot, Check
from bot.checks.types import Similarity, Translate
from bot.extract.sufficient import Judgement, load_judgement
from bot.model.attempt import Model
from bot.settings import Settings
from bot.types import Citation, Draft, Statement
from bot.verify import verify
from bot.wiring import library_folders, library_of, model_of, writer_of
from evals.changes import ChangeError, Changes
from evals.documents import Documents, digest, original
from evals.metering import Meter
from evals.peers import PEERS, load_peer, missing_packages
from evals.systems.desk import Reading, desk_system
from evals.systems.peer import bench_passages, peer_system
from evals.systems.types import System
from ingest.bundled import bundled_library
from ingest.files import find_files
from ingest.sandbox import Sandbox
from ingest.types import Language
from vectorstore.embedders import load_embedder, load_reranker
from vectorstore.glossary import Glossary, load_glossary, parse_glossary
from vectorstore.lexical import Keywords
from vectorstore.library import OpenEdition
from vectorstore.search import load_blend, make_search
from vectorstore.sync import sync
from vectorstore.types import Filter, Search

BUNDLED = "bundled"
#: The library name of the bundled digests.
DIGESTS = "digests"
#: Features of the blend that rest on words as they are written, which go with the keyword half.
_WRITTEN = ("keywords", "exact", "figures")
_NO_GLOSSARY = parse_glossary(["kind\tja\ten"])


@dataclass(frozen=True, slots=True)
class Built:
    """A system with what its recipe says of it."""

    system: System
    search: Search
    #: What every search is held to: all documents but those that were dropped.
    only: Filter
    library: str
    edition: OpenEdition
    embedder: str
    glossary: str
    model: str


def settings_for(settings: Settings, library: str, changes: Changes) -> tuple[Settings, str]:
    """The settings of a run and the name of its library.

    A library that is named gets a home of its own below the desk's, so that the live one stays as it is.
    """
    known = changes.settings
    settings = settings.model_copy(update=dict(known))
    if not library:
        return settings, Path(settings.library).name if settings.library else DIGESTS
    if library == BUNDLED:
        folder, name = bundled_library(), DIGESTS
    else:
        folder, name = Path(library).expanduser().resolve(), Path(library).resolve().name
    key = hashlib.sha256(f"{folder}\0{settings.embedder}".encode()).hexdigest()[:12]
    home = settings.home / "evals" / "libraries" / f"{name}-{key}"
    return settings.model_copy(update={"home": home, "library": str(folder), "chroma": ""}), name


def bring_up(settings: Settings) -> None:
    """Ingests the library of a run's own home; what has not changed costs nothing. Says which files are left out.

    Raises IngestError, StoreError.
    """
    with Sandbox() as read:
        report = sync(writer_of(settings, read), find_files(library_folders(settings)).files)
    for row in report.files:
        if row.status in ("failed", "quarantined"):
            typer.echo(f"{row.source} is left out of the library: {row.reason}", err=True)


def unchecked(
    drafts: Sequence[Draft],
    language: Language,
    similarity: Similarity | None = None,
    translate: Translate | None = None,
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """What the desk would show with its checker off: every draft, with the citations that it asks for."""
    statements, citations = verify(drafts, language, similarity, translate)
    return tuple(replace(one, verdict="supported", why="") for one in statements), citations


def _searching(settings: Settings, changes: Changes, glossary: Glossary) -> Callable[[OpenEdition], Search]:
    embedder, weights = load_embedder(settings.embedder), load_blend()
    if unknown := set(changes.blend) - set(weights):
        raise ChangeError(f"the blend has no feature {sorted(unknown)[0]}; it has {', '.join(weights)}")
    weights.update(changes.blend)
    if "keywords" in changes.off:
        weights.update({name: 0.0 for name in _WRITTEN if name in weights})
    rerank = load_reranker(settings.reranker) if settings.reranker else None

    def searching(edition: OpenEdition) -> Search:
        if "keywords" in changes.off:
            edition = replace(edition, keywords=Keywords(None, edition.passages))
        return make_search(edition, embedder, glossary, weights, rerank)

    return searching


def _judgement(changes: Changes) -> Judgement:
    fitted = load_judgement()
    threshold = 0.0 if "refusal" in changes.off else changes.threshold
    return fitted if threshold is None else replace(fitted, threshold=threshold)


def _kept(edition: OpenEdition, changes: Changes, documents: Documents) -> Filter:
    """A filter that leaves the dropped documents out. Raises ChangeError for one that is not there."""
    pairs = list(zip(edition.shelf.sources, edition.shelf.records, strict=True))
    gone: set[str] = set()
    for name in changes.drop:
        found = {
            s
            for s, record in pairs
            if original(name, s, record, documents) or digest(name, record, documents)
        }
        if not found:
            raise ChangeError(f"the library has no document {name}")
        gone |= found
    return Filter(sources=tuple(s for s, _ in pairs if s not in gone)) if gone else Filter()


@contextmanager
def _model(settings: Settings, meter: Meter) -> Iterator[Model | None]:
    model = model_of(settings)
    if model is None:
        yield None
        return
    with closing(model):
        yield replace(model, chat=meter.metered(model.chat))


@contextmanager
def as_peer(one: Built, name: str) -> Iterator[Built]:
    """A system of the bench over the same passages, judged by the same judge. Raises ChangeError for an unknown one."""
    if name not in PEERS:
        raise ChangeError(f"there is no system {name!r}; there are desk, {', '.join(PEERS)}")
    if lacking := missing_packages(PEERS[name]):
        raise ChangeError(f"{name} needs {', '.join(lacking)}: install the extra `bench`")
    shelf, system = one.edition.shelf, one.system
    records = dict(zip(shelf.sources, shelf.records, strict=True))
    placed = [(passage, records[passage.source]) for passage in shelf.all()]
    peer = load_peer(PEERS[name])
    with TemporaryDirectory() as folder:
        peer.build(bench_passages(placed), Path(folder))
        with peer.open(Path(folder)) as find:
            yield replace(
                one, system=peer_system(name, find, placed, system.library, system.judge, system.text_of)
            )


@contextmanager
def built(settings: Settings, library: str, changes: Changes, documents: Documents) -> Iterator[Built]:
    """The desk as a run measures it. Raises ChangeError, StoreError, IngestError, ModelUnavailable."""
    used, name = settings_for(settings, library, changes)
    if library:
        bring_up(used)
    embedder, glossary, meter = load_embedder(used.embedder), load_glossary(), Meter()
    asked_with = _NO_GLOSSARY if "glossary" in changes.off else glossary
    searching, checking = _searching(used, changes, asked_with), _checking(changes)
    with closing(library_of(used, embedder)) as opened, _model(used, meter) as model:
        edition, judgement = opened.edition(), _judgement(changes)
        bot, forced = (
            Bot(opened, searching, embedder, asked_with, model, one, checking)
            for one in (judgement, replace(judgement, threshold=0.0))
        )
        only = _kept(edition, changes, documents)
        system = desk_system("desk", bot, forced, edition, Reading(embedder, glossary), only, checking, meter)
        yield Built(
            system,
            searching(edition),
            only,
            name,
            edition,
            embedder.fingerprint,
            asked_with.fingerprint,
            used.model,
        )


def _checking(changes: Changes) -> Check:
    return unchecked if "checker" in changes.off else verify


def sources_of(edition: OpenEdition) -> Mapping[str, int]:
    """Every document of an edition with the number of its passages."""
    return {source: len(edition.shelf.rows_of(source)) for source in edition.shelf.sources}
