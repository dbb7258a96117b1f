"""DOOR: `desk doctor`: is everything as it should be, and what to do where it is not."""

from collections.abc import Callable, Iterator
from contextlib import closing

import typer

from bot.console import EXIT_CODES, plain_errors
from bot.desk.keeping import examine
from bot.settings import Settings
from bot.wiring import catalogue_of, data_of, home_of, library_of
from vectorstore import edition as editions
from vectorstore.chroma import lost_rows
from vectorstore.embedders import load_embedder
from vectorstore.glossary import load_glossary
from vectorstore.types import BrokenEdition
from vectorstore.write import mix

app = typer.Typer(add_completion=False, help="Check the library and say what to do about what is wrong.")


def _embedder(settings: Settings) -> str:
    embedder = load_embedder(settings.embedder)
    return f"{embedder.name}, {embedder.dimension} dimensions, {embedder.fingerprint}"


def _glossary(_: Settings) -> str:
    return f"{len(load_glossary().entries)} entries"


def _catalogue(settings: Settings) -> str:
    return f"{len(catalogue_of(settings).entries)} entries"


def _edition(settings: Settings) -> str:
    home = home_of(settings)
    name = editions.live_name(home)
    if problems := editions.verify(home, name):
        raise BrokenEdition(f"{name}: {'; '.join(problems)}; run `desk ingest --rebuild`")
    manifest = editions.read_manifest(home, name)
    return f"{name}: {manifest.documents} documents, {manifest.passages} passages; every file as sealed"


def _deep(settings: Settings) -> str:
    library = library_of(settings)
    try:
        edition = library.edition()
        vectors = mix(edition.vectors, edition.contexts[edition.index.context_of])
        if lost := lost_rows(edition.collection, vectors):
            raise BrokenEdition(f"{len(lost)} vectors do not find themselves; run `desk ingest --rebuild`")
        return f"all {edition.passages} vectors find themselves"
    finally:
        library.close()


def _database(settings: Settings) -> str:
    with closing(data_of(settings)) as data:
        return examine(data)


Check = Callable[[Settings], str]
CHECKS: dict[str, Check] = {
    "embedder": _embedder,
    "glossary": _glossary,
    "catalogue": _catalogue,
    "edition": _edition,
    "vectors": _deep,
    "database": _database,
}


def _run(settings: Settings) -> Iterator[tuple[str, bool, str]]:
    for name, check in CHECKS.items():
        try:
            yield name, True, check(settings)
        except tuple(kind for kind, _ in EXIT_CODES) as error:
            yield name, False, str(error)


@app.command()
def doctor() -> None:
    """Check the embedder, the glossary, the catalogue, the live edition's files, every vector, and the desk's own database."""
    with plain_errors():
        results = list(_run(Settings()))
    for name, good, text in results:
        typer.echo(f"{'ok  ' if good else 'BAD '} {name}: {text}")
    if not all(good for _, good, _ in results):
        raise typer.Exit(5)
