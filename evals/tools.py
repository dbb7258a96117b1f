"""What the fitting programs share: the live library of each home with its search and its reading tools, and what a case asks."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.extract.reading import Writing, writing_for
from bot.question.condense import condense
from bot.settings import Settings
from bot.types import Turn
from bot.wiring import library_of
from evals.types import Case
from vectorstore.embedders import load_embedder
from vectorstore.glossary import Glossary, load_glossary
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


def alone(case: Case, glossary: Glossary) -> str:
    """The question of a case as it stands alone: that of a dialogue is its last one, condensed by rule."""
    history: tuple[Turn, ...] = ()
    for question in case.asked:
        history = (*history, Turn(question, "", condense(question, history, glossary)))
    return history[-1].query
