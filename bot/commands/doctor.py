"""DOOR: `desk doctor`: is everything as it should be, and what to do where it is not."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Annotated

import typer

from bot.console import EXIT_CODES, plain_errors
from bot.desk.keeping import examine
from bot.settings import Settings
from bot.startup import give_way
from bot.wiring import catalogue_of, data_of, home_of, library_of, writer_of
from ingest.readers import read_pages
from vectorstore import edition as editions
from vectorstore.embedders import load_embedder
from vectorstore.glossary import load_glossary
from vectorstore.kept import lost_rows
from vectorstore.repair import repair
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
        raise BrokenEdition(f"{name}: {'; '.join(problems)}; {editions.REPAIR}")
    manifest = editions.read_manifest(home, name)
    return f"{name}: {manifest.documents} documents, {manifest.passages} passages; every file as sealed"


def _opens(settings: Settings) -> str:
    library = library_of(settings)
    try:
        return f"{library.edition().name} opens with {library.edition().passages} vectors"
    finally:
        library.close()


def _vectors(settings: Settings) -> str:
    library = library_of(settings)
    try:
        edition = library.edition()
        vectors = mix(edition.vectors, edition.contexts[edition.index.context_of])
        if lost := lost_rows(edition.collection, vectors):
            raise BrokenEdition(f"{len(lost)} vectors do not find themselves; {editions.REPAIR}")
        return f"all {edition.passages} vectors find themselves"
    finally:
        library.close()


def _database(settings: Settings) -> str:
    with closing(data_of(settings)) as data:
        return examine(data)


def _texts(settings: Settings) -> str:
    library = library_of(settings)
    try:
        shelf = library.edition().shelf
        texts = {source: document.text for source in shelf.sources if (document := shelf.document(source))}
        wrong = [p.id for p in shelf.all() if texts.get(p.source, "")[p.start : p.end] != p.text]
        if shelf.integrity() != "ok" or wrong:
            raise BrokenEdition(f"{len(wrong)} passages are not words of their documents; {editions.REPAIR}")
        return f"all passages are words of {len(texts)} documents"
    finally:
        library.close()


Check = Callable[[Settings], str]
CHECKS: dict[str, Check] = {
    "embedder": _embedder,
    "glossary": _glossary,
    "catalogue": _catalogue,
    "edition": _edition,
    "opening": _opens,
    "database": _database,
}
DEEP: dict[str, Check] = {"vectors": _vectors, "texts": _texts}


def _run(settings: Settings, checks: dict[str, Check]) -> Iterator[tuple[str, bool, str]]:
    for name, check in checks.items():
        try:
            yield name, True, check(settings)
        except tuple(kind for kind, _ in EXIT_CODES) as error:
            yield name, False, str(error)


@app.command()
def doctor(
    deep: Annotated[
        bool, typer.Option(help="Also let every vector find itself and compare every text.")
    ] = False,
    mend: Annotated[
        bool, typer.Option("--repair", help="Repair the library without its sources first.")
    ] = False,
) -> None:
    """Check the embedder, the glossary, the catalogue, the live edition and the desk's own database; --repair mends the edition."""
    with plain_errors():
        settings = Settings()
        if mend:
            give_way()
            done = repair(writer_of(settings, read_pages), force=deep)
            typer.echo(f"repaired: {done.done}; {done.edition} is live")
        results = list(_run(settings, CHECKS | DEEP if deep else CHECKS))
    for name, good, text in results:
        typer.echo(f"{'ok  ' if good else 'BAD '} {name}: {text}")
    if not all(good for _, good, _ in results):
        raise typer.Exit(5)
