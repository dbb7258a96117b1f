"""What many tests share: a small library of our own, ingested for real, and where the real documents are."""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from bot.store.opening import Data, open_data
from ingest.catalogue import load_catalogue
from ingest.files import find_files
from tests.canaries import Canaries
from tests.faults.rows import rows_of
from tests.postgres import cluster
from vectorstore.chroma import parse_place
from vectorstore.edition import Home
from vectorstore.embedders import Embedder, load_embedder
from vectorstore.glossary import Glossary, load_glossary
from vectorstore.library import Library, OpenEdition, open_edition
from vectorstore.sync import IngestReport, Writer, sync

ROOT = Path(__file__).parent.parent

#: `pytest --hypothesis-profile=faults` tries this many inputs on each property of tests/test_fuzz.py.
settings.register_profile("faults", max_examples=800, deadline=None)

POLICY = """# 研究データ取扱指針

## 1. 目的
この指針は、学内の研究データを適切に管理することを目的とする。令和5年4月1日から適用する。

## 2. 持ち出しの手続
研究データを学外に持ち出す者は、事前に情報管理室の承認を得なければならない。承認の有効期間は90日である。
個人情報を含む研究データは持ち出してはならない。

## 3. 客員研究員
客員研究員にもこの指針を適用する。ただし、滞在が30日以内の者は届出のみでよい。
"""
NOTE = """# Note on partnership agreements

## 1. Before signing
The international office should check the partner's ownership and funding before an agreement is signed.
An agreement may be renewed once for up to five years.

## 2. Exchange students
Exchange students do not pay tuition at the host university. The host university accepts up to 12 students a year.
"""
CATALOGUE = """
[[source]]
key = "data-policy"
title_ja = "研究データ取扱指針"
title_en = "Research data handling policy"
issuer_ja = "みずほ平大学"
issuer_en = "Mizuhodaira University"
aliases = ["MZU"]
date = "2023-04-01"
kind = "guideline"
standing = "in force"
match = { names = ["policy.md"] }
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="also what takes minutes, as `make faults` does")


def pytest_configure(config: pytest.Config) -> None:
    """No planted secret may come up in any test."""
    config.pluginmanager.register(Canaries())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks the tests that show a row of FAULTS.md, and leaves out what takes minutes unless it is asked for."""
    for item in items:
        if rows := rows_of(item.nodeid.split("[")[0]):
            item.add_marker(pytest.mark.fault(*rows))
    if not config.getoption("--full"):
        long = [item for item in items if item.get_closest_marker("full")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@dataclass(frozen=True)
class Desk:
    """A home with a library folder beside it."""

    home: Home
    folder: Path
    writer: Writer

    def sync(self) -> IngestReport:
        """Brings the library in line with the folder."""
        return sync(self.writer, find_files([self.folder]).files)

    def open(self, embedder: Embedder | None = None) -> Library:
        """The live library."""
        used = embedder or self.writer.embedder
        return Library(lambda name: open_edition(self.home, self.writer.place, name, used), self.home)


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The bundled embedder."""
    return load_embedder("bundled")


@pytest.fixture(scope="session")
def glossary() -> Glossary:
    """The bundled glossary."""
    return load_glossary()


def make_desk(folder: Path, embedder: Embedder, glossary: Glossary) -> Desk:
    """A desk whose library holds POLICY and NOTE, not yet ingested."""
    library = folder / "library"
    library.mkdir()
    (library / "policy.md").write_text(POLICY, "utf-8")
    (library / "note.md").write_text(NOTE, "utf-8")
    (library / "sources.toml").write_text(CATALOGUE, "utf-8")
    return desk_in(folder, embedder, glossary)


def desk_in(folder: Path, embedder: Embedder, glossary: Glossary) -> Desk:
    """The desk that `make_desk` made in this folder, perhaps in another process."""
    library, home = folder / "library", Home(folder / "home")
    catalogue = load_catalogue([library / "sources.toml"])
    return Desk(home, library, Writer(home, parse_place(""), embedder, glossary, catalogue))


@pytest.fixture
def desk(tmp_path: Path, embedder: Embedder, glossary: Glossary) -> Desk:
    """A desk of this test alone, not yet ingested."""
    return make_desk(tmp_path, embedder, glossary)


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, glossary: Glossary) -> Desk:
    """An ingested desk that no test changes."""
    made = make_desk(tmp_path_factory.mktemp("desk"), embedder, glossary)
    assert not made.sync().failed
    return made


@pytest.fixture(scope="session")
def edition(ingested: Desk) -> Iterator[OpenEdition]:
    """The live edition of `ingested`, open."""
    library = ingested.open()
    yield library.edition()
    library.close()


def real_library() -> Path | None:
    """The folder of the real documents, where this machine has it."""
    named = os.environ.get("DESK_LIBRARY", "").split(":")[0]
    folder = Path(named) if named else ROOT.parent / "shared" / "library"
    return folder if any(folder.glob("00[0-4]_*.txt")) else None


@pytest.fixture(scope="session")
def documents() -> Path:
    """The real documents; skips where they are not."""
    folder = real_library()
    if folder is None:
        pytest.skip("the real documents are not on this machine (DESK_LIBRARY)")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL that only these tests use; skips where none is installed."""
    with cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The setting of a new empty database of this test alone: once on SQLite, once on PostgreSQL."""
    if request.param == "sqlite":
        yield ""
        return
    server = request.getfixturevalue("postgres")
    name = f"t{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield server.replace("/postgres?", f"/{name}?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@dataclass
class Ticking:
    """A clock that a test moves; every look takes a second."""

    now: datetime = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Ticking:
    """A clock that starts on 1 April 2026."""
    return Ticking()


@pytest.fixture
def data(database_url: str, tmp_path: Path, clock: Ticking) -> Iterator[Data]:
    """The desk's own data, new and empty, on either database."""
    opened = open_data(database_url, tmp_path / "home", clock)
    yield opened
    opened.close()
