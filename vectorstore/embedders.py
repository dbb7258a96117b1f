"""Name -> embedder. The bundled model is read without torch; any other name goes to sentence-transformers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.static import StaticModel, load_static
from vectorstore.types import Embed, Rerank

BUNDLED = "bundled"
#: How many words' tokens are remembered, and how many characters a word has at most: no question is kept.
WORDS, WORD = 20_000, 24


@dataclass(frozen=True, slots=True)
class Embedder:
    """A named embedder. `fingerprint` changes with its weights, prompts and pooling; an edition remembers it."""

    name: str
    dimension: int
    fingerprint: str
    passages: Embed
    queries: Embed
    #: Texts -> (n,) how much each says by itself; what the model gives grammar is small. Ones where not known.
    salience: Callable[[Sequence[str]], NDArray[np.float32]] = lambda texts: np.ones(len(texts), np.float32)


def bundled_model() -> StaticModel:
    """The model in vectorstore/weights, read with numpy and tokenizers."""
    return load_static(Path(str(files("vectorstore").joinpath("weights"))))


@cache
def _bundled() -> Embedder:
    """Read once a process: every room that embeds shares the table of 100 MB."""
    model = bundled_model()
    # The words of questions come again and again, and cutting one into tokens takes longer than looking them up.
    known = lru_cache(maxsize=WORDS)(model.tokens)

    def tokens(text: str) -> tuple[int, ...]:
        return known(text) if len(text) <= WORD else model.tokens(text)

    def queries(texts: Sequence[str]) -> NDArray[np.float32]:
        return model.pooled([tokens(text) for text in texts]) if texts else model.encode(())

    def salience(texts: Sequence[str]) -> NDArray[np.float32]:
        return model.lengths([tokens(text) for text in texts]) if texts else np.zeros(0, np.float32)

    return Embedder(BUNDLED, model.dimension, model.fingerprint, model.encode, queries, salience)


def load_embedder(name: str) -> Embedder:
    """The embedder called `name`: `bundled`, or a sentence-transformers name or folder.

    Raises StoreError when the model is not there.
    """
    if name == BUNDLED:
        return _bundled()
    load: Callable[[str], Embedder] = import_module("vectorstore.models").load_embedder
    return load(name)


def load_reranker(name: str) -> Rerank:
    """Any cross-encoder that sentence-transformers loads. Raises StoreError when it is not there."""
    load: Callable[[str], Rerank] = import_module("vectorstore.models").load_reranker
    return load(name)
