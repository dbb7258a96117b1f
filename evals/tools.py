"""What the fitting programs share: the live library of each home with its search and its reading tools."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.extract.reading import Writing, writing_for
from bot.settings import Settings
from bot.wiring import library_of
from vectorstore.embedders import load_embedder
from vectorstore.glossary import load_glossary
from vectorstore.search import load_blend, make_search
from vectorstore.types import Search


def libraries(homes: Sequence[str]) -> Iterator[tuple[Search, Writing]]:
    """Search and reading tools of every home, one after the other. Raises StoreError and its kinds."""
    settings = Settings()
    embedder, glossary, blend = load_embedder(settings.embedder), load_glossary(), load_blend()
    for home in homes:
        library = library_of(settings.model_copy(update={"home": Path(home)}))
        edition = library.edition()
        yield make_search(edition, embedder, glossary, blend), writing_for(edition, embedder, glossary)
        library.close()
