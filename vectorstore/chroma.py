"""Chroma: an embedded folder, a server, or Chroma Cloud, behind one class. The only home of chromadb.

A collection holds row numbers and vectors and nothing else: texts live in the edition's shelf, because Chroma's
filters cost time linear in the library and its texts double the index. One collection belongs to one edition and is
never written to after it is sealed.
"""

import os
import shutil
import warnings
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings
from numpy.typing import NDArray

from vectorstore.circuit import Circuit
from vectorstore.types import NewerEdition, StoreError, StoreUnavailable, Vectors

#: (rows, cosines), nearest first.
Found = tuple[NDArray[np.int64], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Breadth:
    """Of an index: nodes that a search keeps in view, that building keeps in view, and neighbours of a node."""

    view: int
    building: int
    neighbours: int


#: Tried in order until every vector finds itself. The first, on 20,000 passages: recall@10 .993 in 4 to 6 ms (a view of
#: 500: .998 in 7, Chroma's defaults .966). Among 1,100 clauses that differ in their numbers it loses some, and the
#: second none.
BREADTHS = (Breadth(300, 400, 32), Breadth(1_200, 800, 64), Breadth(2_500, 1_500, 128))
#: While an edition is checked, far fewer: a search with a wider view visits all that a narrow one visits and more, so
#: that what finds itself here is found later, at a tenth of the time.
_NARROW = 40
#: The version of Chroma that is installed; an edition remembers it.
CHROMA = chromadb.__version__
#: Seconds that a server has to answer a search, and to take a batch of vectors.
ANSWER, TAKE = 4.0, 120.0
_DOWN = ("connect", "timeout", "timed out", "disconnected", "429", "502", "503", "504")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where the collections live: `folder` for an embedded one, `host` and `port` for a server."""

    kind: Literal["folder", "server", "cloud"]
    folder: Path | None = None
    host: str = ""
    port: int = 0
    ssl: bool = False


def parse_place(text: str, allowed_hosts: Sequence[str] = ()) -> Place:
    """`""` (inside each edition), a folder, `http://host:port` or `cloud`.

    Chroma's own server has no authentication, so a host other than this machine must be allowed by name.
    Raises StoreError.
    """
    if text == "cloud":
        return Place("cloud")
    if text.startswith(("http://", "https://")):
        parts = urlsplit(text)
        host = parts.hostname or ""
        if host not in _LOOPBACK and host not in allowed_hosts:
            raise StoreError(
                f"the Chroma server {host!r} is on another machine and Chroma has no login of its own: put a "
                f"proxy with a login before it and allow it by name with DESK_CHROMA_ALLOW={host}"
            )
        ssl = parts.scheme == "https"
        return Place("server", host=host, port=parts.port or (443 if ssl else 8000), ssl=ssl)
    return Place("folder", folder=Path(text).expanduser() if text else None)


def _hnsw(view: int, breadth: Breadth) -> CreateCollectionConfiguration:
    return {
        "hnsw": {
            "space": "cosine",
            "ef_search": view,
            "ef_construction": breadth.building,
            "max_neighbors": breadth.neighbours,
        }
    }


@contextmanager
def _guarded(what: str) -> Iterator[None]:
    """Turns what Chroma raises, its Rust panics (which are no Exception) included, into a StoreError."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, StoreError):
        raise
    except BaseException as error:
        # A server that is down is a ConnectError on use, but a plain ValueError on opening.
        down = any(word in f"{type(error).__name__} {error}".lower() for word in _DOWN)
        kind = StoreUnavailable if down else StoreError
        raise kind(f"Chroma could not {what}: {type(error).__name__}: {error}") from error


def _client(place: Place, folder: Path) -> ClientAPI:
    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    match place.kind:
        case "folder":
            return chromadb.PersistentClient(path=str(folder), settings=settings)
        case "server":
            _answers(place)
            client = chromadb.HttpClient(host=place.host, port=place.port, ssl=place.ssl, settings=settings)
            _bound(client, TAKE)
            return client
        case "cloud":
            return chromadb.CloudClient(settings=settings)


def _answers(place: Place) -> None:
    """Raises StoreUnavailable unless the server answers in time: Chroma's own client would wait for ever."""
    url = f"{'https' if place.ssl else 'http'}://{place.host}:{place.port}/api/v2/heartbeat"
    try:
        httpx.get(url, timeout=ANSWER, trust_env=False).raise_for_status()
    except httpx.HTTPError as error:
        raise StoreUnavailable(
            f"the Chroma server at {place.host}:{place.port} does not answer ({type(error).__name__}); "
            "start it, or set DESK_CHROMA to another place"
        ) from None


def _session(client: ClientAPI) -> httpx.Client | None:
    """The connections of a client of a server; it offers no way to them."""
    session = getattr(getattr(client, "_server", None), "_session", None)
    return session if isinstance(session, httpx.Client) else None


def _bound(client: ClientAPI, seconds: float) -> None:
    """Limits how long a request to a server may take; the client has no setting for it."""
    session = _session(client)
    if session is not None:
        session.timeout = httpx.Timeout(seconds, connect=min(seconds, ANSWER))


def check_version(written_by: str, name: str) -> None:
    """Raises NewerEdition when a newer Chroma wrote an edition: an older one may not open it, or worse."""
    if _version(written_by) > _version(CHROMA):
        raise NewerEdition(
            f"edition {name} was written by Chroma {written_by} and this is {CHROMA}: update it, or run "
            "`desk doctor --repair` to build the edition again"
        )


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:3] if part.isdecimal())


class Collection:
    """The vectors of one edition, by row number. Use `create` to write one and `open` to search it."""

    def __init__(self, client: ClientAPI, place: Place, name: str, create: Breadth | None) -> None:
        self._client = client
        self._narrow = False
        self._name = name
        self._circuit = Circuit()
        # Clients of one server share its connections, which stay open for the next one.
        close: Callable[[], None] = getattr(client, "close", lambda: None)
        self._ending = weakref.finalize(self, close) if _session(client) is None else close
        self._breadth = create or BREADTHS[0]
        if create:
            # A server keeps the view that an index was made with until it is started again.
            self._narrow = place.kind == "folder"
            view = _NARROW if self._narrow else create.view
            self._collection = client.create_collection(
                name, embedding_function=None, configuration=_hnsw(view, create)
            )
        else:
            self._collection = client.get_collection(name, embedding_function=None)

    @classmethod
    def create(cls, place: Place, folder: Path, name: str, breadth: Breadth = BREADTHS[0]) -> "Collection":
        """A new, empty collection. Raises StoreError, StoreUnavailable."""
        with _guarded("make a collection"):
            folder.mkdir(parents=True, exist_ok=True) if place.kind == "folder" else None
            return cls(_client(place, folder), place, name, create=breadth)

    @classmethod
    def open(cls, place: Place, folder: Path, name: str) -> "Collection":
        """An existing collection. `folder` must be this process's own copy: opening writes. Raises StoreError."""
        with _guarded("open the collection"):
            client = _client(place, folder)
            opened = cls(client, place, name, create=None)
            _bound(client, ANSWER)
            return opened

    def add(self, vectors: Vectors, progress: Callable[[int], None] = lambda _: None) -> None:
        """Adds (n, d) vectors as rows 0..n-1, in batches of the size that the client allows."""
        with _guarded("add vectors"):
            step = self._client.get_max_batch_size()
            for at in range(0, len(vectors), step):
                batch = vectors[at : at + step]
                self._collection.upsert(
                    ids=[str(row) for row in range(at, at + len(batch))], embeddings=batch
                )
                progress(len(batch))

    def query(self, vector: NDArray[np.float32], k: int) -> Found:
        """(rows, cosines) of the k nearest to one finite (d,) vector, nearest first."""
        if not np.isfinite(vector).all():
            raise ValueError("a query vector must be finite: Chroma answers NaN with arbitrary rows")
        return self.query_many(vector[None], k)[0]

    def query_many(self, vectors: Vectors, k: int) -> list[Found]:
        """`query` for every row of (n, d) vectors. Raises StoreUnavailable at once while a server stays down."""
        if not self._circuit.allows():
            raise StoreUnavailable("the Chroma server did not answer several times; it is asked again soon")
        try:
            with _guarded("search"):
                found = self._collection.query(query_embeddings=vectors, n_results=k, include=["distances"])
        except StoreUnavailable:
            self._circuit.failed()
            raise
        self._circuit.worked()
        return [
            (np.array([int(row) for row in ids], dtype=np.int64), 1.0 - np.array(distances, dtype=np.float32))
            for ids, distances in zip(found["ids"], found["distances"] or [], strict=True)
        ]

    def count(self) -> int:
        """How many rows the collection says it holds."""
        with _guarded("count"):
            return int(self._collection.count())

    def stored(self, rows: Sequence[int]) -> Vectors:
        """The vectors that are kept for these rows; NaN for a row that is not there."""
        with _guarded("read vectors"):
            found = self._collection.get(ids=[str(row) for row in rows], include=["embeddings"])
        kept = np.asarray(found["embeddings"], dtype=np.float32).reshape(len(found["ids"]), -1)
        vectors = np.full((len(rows), kept.shape[1] or 1), np.nan, np.float32)
        places = {row: at for at, row in enumerate(rows)}
        vectors[[places[int(row)] for row in found["ids"]]] = kept
        return vectors

    def settle(self) -> None:
        """Gives a collection that is complete the view that searches need, from its next opening on."""
        if self._narrow:
            with _guarded("set up the collection"), warnings.catch_warnings():
                # Chroma warns of its own record of "no embedding function" when it reads the settings back.
                warnings.simplefilter("ignore", DeprecationWarning)
                self._collection.modify(configuration={"hnsw": {"ef_search": self._breadth.view}})

    def drop(self) -> None:
        """Deletes the collection (on a server; an embedded one goes with its folder)."""
        with _guarded("delete a collection"):
            self._client.delete_collection(self._name)

    def close(self) -> None:
        """Frees the client; the files are settled afterwards."""
        with _guarded("close"):
            self._ending()


def folder_of(place: Place, edition: Path, name: str) -> Path:
    """Where an embedded collection lies: in its edition's folder, or in the place's own under the edition's name."""
    return place.folder / name if place.folder else edition / "chroma"


def forget(place: Place, names: Sequence[str]) -> None:
    """Deletes the collections of editions that are gone, where they did not go with the edition's folder."""
    for name in names:
        if place.folder:
            shutil.rmtree(place.folder / name, ignore_errors=True)
        elif place.kind != "folder":
            collection = Collection.open(place, Path(), collection_name(name))
            collection.drop()
            collection.close()


def collection_name(edition: str) -> str:
    """The name of an edition's collection."""
    return f"desk-{edition}"


def private_copy(folder: Path, target: Path) -> Path:
    """Copies a sealed folder for this process alone: Chroma writes into what it opens, and others may change it."""
    shutil.copytree(folder, target)
    os.chmod(target, 0o700)
    return target
