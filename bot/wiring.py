"""Puts the rooms together from the settings: the only file besides the doors that sees a Settings."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bot.acceptance import Accepted, everything
from bot.accounts.proxy import Proxies, proxies_of
from bot.ask import Bot
from bot.desk.matching import Matcher
from bot.model.attempt import Model
from bot.packet.key import KeyFile
from bot.settings import Settings, listed
from bot.startup import one_core_each
from bot.web.guard import Rules
from ingest.bundled import bundled_library
from ingest.catalogue import Catalogue, load_catalogue
from vectorstore.chroma import Place, parse_place
from vectorstore.edition import Home
from vectorstore.embedders import Embedder, load_embedder, load_reranker
from vectorstore.glossary import Glossary, load_glossary
from vectorstore.heap import few_arenas
from vectorstore.library import Library, OpenEdition, open_edition
from vectorstore.questions import load_questions
from vectorstore.search import load_blend, make_search
from vectorstore.types import Search

if TYPE_CHECKING:
    from bot.accounts.people import People
    from bot.desk.approved import Answers
    from bot.desk.office import Office
    from bot.model.llm import LanguageModel
    from bot.store.opening import Data
    from ingest.pipeline import Read
    from vectorstore.sync import Writer


def home_of(settings: Settings) -> Home:
    """The home folder, absolute."""
    return Home(settings.home.expanduser().resolve())


def place_of(settings: Settings) -> Place:
    """Where Chroma lives. Raises StoreError."""
    return parse_place(settings.chroma, listed(settings.chroma_allow))


def catalogue_of(settings: Settings) -> Catalogue:
    """The bundled catalogue and that of every library folder; a folder's own entries come first."""
    folders = (*settings.folders(bundled_library()), bundled_library())
    paths = dict.fromkeys(folder / "sources.toml" for folder in folders)
    return load_catalogue([path for path in paths if path.is_file()])


def library_folders(settings: Settings) -> tuple[Path, ...]:
    """The library's folders and that of the files added one by one."""
    added = home_of(settings).added
    return (*settings.folders(bundled_library()), *([added] if added.is_dir() else []))


def writer_of(settings: Settings, read: "Read") -> "Writer":
    """All that an ingest needs; files are read with `read`. Raises StoreError, CatalogueError."""
    # Imported only where there is something to read: the readers of every format take their time.
    make: Callable[..., Writer] = import_module("vectorstore.sync").Writer
    return make(
        home=home_of(settings),
        place=place_of(settings),
        embedder=load_embedder(settings.embedder),
        glossary=load_glossary(),
        catalogue=catalogue_of(settings),
        keep=settings.keep_editions,
        read=read,
    )


def library_of(settings: Settings, embedder: Embedder | None = None) -> Library:
    """The live library. Raises NoLibrary, BrokenEdition, EmbedderMismatch, StoreError."""
    home, place = home_of(settings), place_of(settings)
    used = embedder or load_embedder(settings.embedder)

    def open_live(name: str) -> OpenEdition:
        return open_edition(home, place, name, used)

    return Library(open_live, home)


def _searching(settings: Settings, embedder: Embedder, glossary: Glossary) -> Callable[[OpenEdition], Search]:
    """Edition -> a search over it, with the fitted blend and the reranker that is set."""
    weights = load_blend()
    rerank = load_reranker(settings.reranker) if settings.reranker else None
    return lambda edition: make_search(edition, embedder, glossary, weights, rerank)


def search_of(settings: Settings) -> Search:
    """Search over the live library, without the answering part. Raises StoreError and its kinds."""
    embedder = load_embedder(settings.embedder)
    searching = _searching(settings, embedder, load_glossary())
    return searching(library_of(settings, embedder).edition())


def model_of(settings: Settings) -> Model | None:
    """The language model, if one is set. Raises ModelUnavailable when it cannot be set up."""
    if not settings.model:
        return None
    # Imported only where a model is set: LangChain takes a second.
    load: Callable[[str, str, str], LanguageModel] = import_module("bot.model.llm").load_chat
    chat = load(settings.model, settings.model_url, settings.model_key.get_secret_value())
    return Model(settings.model, chat, settings.mask, chat.close)


def accepted_of(settings: Settings, data: "Data | None" = None) -> Accepted:
    """Which documents count as accepted: all, unless the setting asks for the staff's word. Raises DatabaseError."""
    if not settings.accept_documents:
        return everything
    accepted: Callable[..., frozenset[tuple[str, str]]] = import_module("bot.desk.accepting").accepted
    return partial(accepted, data or data_of(settings))


def bot_of(settings: Settings, data: "Data | None" = None) -> Bot:
    """The desk, ready to answer; `data` is its database where one is open. Raises StoreError, DatabaseError."""
    one_core_each()
    few_arenas()
    embedder, glossary = load_embedder(settings.embedder), load_glossary()
    searching = _searching(settings, embedder, glossary)
    key = KeyFile(home_of(settings).folder / "packet.key")
    library, accepted = library_of(settings, embedder), accepted_of(settings, data)
    return Bot(library, searching, embedder, glossary, model_of(settings), key=key, accepted=accepted)


def data_of(settings: Settings) -> "Data":
    """The desk's own database with the newest schema, and its audit log. Raises DatabaseError and its kinds."""
    # Imported only where it is used: SQLAlchemy and Alembic take a second.
    load: Callable[[str, Path], Data] = import_module("bot.store.opening").open_data
    return load(settings.database.get_secret_value(), home_of(settings).folder)


def people_of(settings: Settings, data: "Data") -> "People":
    """Who may use the desk: accounts, and the proxy that is believed. Raises ProxyError, DatabaseError."""
    proxies = proxies_of(
        listed(settings.proxy), settings.proxy_user, settings.proxy_groups, listed(settings.proxy_roles)
    )
    people: Callable[[Data, Proxies, bool], People] = import_module("bot.accounts.people").people
    return people(data, proxies, settings.chat == "open")


def rules_of(settings: Settings, people: "People") -> Rules:
    """What the guard allows."""
    return Rules(hosts=listed(settings.allowed_hosts), secure=settings.https, proxies=people.proxies)


def staff_of(settings: Settings, bot: Bot, data: "Data") -> "tuple[Office, Answers]":
    """The staff's tickets and approved answers over an open database."""
    office: Callable[[Data, Bot], Office] = import_module("bot.desk.office").Office
    answers: Callable[[Data, Bot, Matcher], Answers] = import_module("bot.desk.approved").Answers
    matcher = Matcher(load_embedder(settings.embedder), load_glossary(), load_questions)
    return office(data, bot), answers(data, bot, matcher)
