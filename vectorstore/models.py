"""Embedders and rerankers of sentence-transformers: the only home of that package and of torch outside training.

Importing this file takes seconds; `vectorstore.embedders` does so only when another model than the bundled one is
named. Weights are read as safetensors only, and no code that comes with a model is ever run.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sentence_transformers import CrossEncoder, SentenceTransformer

from vectorstore.embedders import Embedder
from vectorstore.types import Hit, Rerank, StoreError, Vectors

#: Sentences whose vectors stand for the model's behaviour in its fingerprint.
_PROBES = ("研究セキュリティの確保", "partnership agreement", "1234")
_BATCH = 512


def _missing(name: str, error: Exception) -> StoreError:
    return StoreError(
        f"the model {name!r} could not be loaded ({type(error).__name__}): give a folder that holds a "
        "sentence-transformers model with safetensors weights, or a name that this machine has already downloaded"
    )


def _check_folder(name: str) -> None:
    """A missing folder would be taken for a hub name, with a confusing error."""
    if name.startswith((".", "/", "~")) and not Path(name).expanduser().is_dir():
        raise StoreError(f"the model folder {name!r} does not exist")


def load_embedder(name: str) -> Embedder:
    """A sentence-transformers model with its query and passage prompts. Raises StoreError."""
    _check_folder(name)
    try:
        model = SentenceTransformer(
            name, device="cpu", trust_remote_code=False, model_kwargs={"use_safetensors": True}
        )
    except Exception as error:
        raise _missing(name, error) from error

    def encode(texts: Sequence[str], kind: str) -> Vectors:
        call = model.encode_query if kind == "query" else model.encode_document
        vectors = call(list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    # Both kinds, so that a change in either prompt is another embedder.
    probe = np.concatenate((encode(_PROBES, "document"), encode(_PROBES, "query")))
    digest = hashlib.sha256(np.round(probe, 3).tobytes()).hexdigest()[:16]
    return Embedder(
        name=name,
        dimension=int(probe.shape[1]),
        fingerprint=f"{Path(name).name}-{digest}",
        passages=lambda texts: encode(texts, "document"),
        queries=lambda texts: encode(texts, "query"),
    )


def load_reranker(name: str) -> Rerank:
    """A cross-encoder as a reranker: the same hits, ordered by its score. Raises StoreError."""
    _check_folder(name)
    try:
        model = CrossEncoder(
            name, device="cpu", trust_remote_code=False, model_kwargs={"use_safetensors": True}
        )
    except Exception as error:
        raise _missing(name, error) from error

    def rerank(question: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        if not hits:
            return hits
        scores = model.predict([(question, hit.passage.text) for hit in hits], show_progress_bar=False)
        order = np.argsort(-np.asarray(scores), kind="stable")
        return tuple(hits[at] for at in order)

    return rerank
