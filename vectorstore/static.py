"""Reads a folder of static token embeddings and turns texts into vectors, without torch.

A text's vector is the mean of its tokens' vectors, scaled to length one. The folder is the one that
sentence-transformers saves for `StaticEmbedding` followed by `Normalize`, so either program can read it.
This file does not know how the table was trained or where passages are kept.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Encoding, Tokenizer

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
UNKNOWN = "[UNK]"
BATCH = 512  # texts per gather: bounds the (tokens, dimension) array that a batch of long texts needs
FEW = 64  # texts, such as the words of a question, that are tokenised one by one
TINY = 1e-12  # guards the division by a vector's length; the value that torch's normalize uses


Item = TypeVar("Item")


class StaticModelError(ValueError):
    """A model folder is missing, incomplete or not static token embeddings."""


@dataclass(frozen=True, slots=True, eq=False)
class StaticModel:
    """Static token embeddings: one float32 row per token, mean pooled, scaled to length one."""

    token_vectors: NDArray[np.float32]
    tokenizer: Tokenizer
    unknown: int
    fingerprint: str

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return int(self.token_vectors.shape[1])

    def tokens(self, text: str) -> tuple[int, ...]:
        """Rows of the table that `text` uses, in order; the unknown token alone where there are none."""
        return tuple(self.tokenizer.encode(text, add_special_tokens=False).ids) or (self.unknown,)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `texts`, float32 of shape (n, d), each of length one and never NaN."""
        parts = [self._encode_batch(batch) for batch in _batches(texts)]
        return np.concatenate(parts) if parts else np.empty((0, self.dimension), np.float32)

    def _encodings(self, texts: Sequence[str]) -> Sequence[Encoding]:
        """A few texts one by one: handing them to the tokenizer's threads costs more than it brings."""
        if len(texts) <= FEW:
            return [self.tokenizer.encode(text, add_special_tokens=False) for text in texts]
        return self.tokenizer.encode_batch(list(texts), add_special_tokens=False)

    def _encode_batch(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.pooled([encoding.ids or [self.unknown] for encoding in self._encodings(texts)])

    def pooled(self, ids: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Vectors of texts that are given as rows of the table, (n, d), each of length one; n > 0, no text empty."""
        means = self._means(ids)
        lengths = np.linalg.norm(means, axis=1, keepdims=True)
        return np.asarray(means / np.maximum(lengths, TINY), np.float32)

    def lengths(self, ids: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """(n,) how long the mean of a text's rows is: little for words that say little."""
        return np.asarray(np.linalg.norm(self._means(ids), axis=1), np.float32)

    def _means(self, ids: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """Texts of one length are summed together: ten times as fast as one `reduceat` over all their rows."""
        same: dict[int, list[int]] = {}
        for at, row in enumerate(ids):
            same.setdefault(len(row), []).append(at)
        means = np.empty((len(ids), self.dimension), np.float64)
        for count, places in same.items():
            for part in _batches(places):
                means[part] = self.token_vectors[np.array([ids[at] for at in part])].sum(axis=1) / count
        return means


def load_static(folder: Path) -> StaticModel:
    """Read the model in `folder`.

    Raises StaticModelError where a file is missing or the table and the tokenizer do not fit together.
    """
    weights, tokens = folder / WEIGHTS, folder / TOKENIZER
    for path in (weights, tokens):
        if not path.is_file():
            raise StaticModelError(f"no {path.name} in {folder}: not a static embedding model")
    table = _read_table(weights)
    tokenizer = read_tokenizer(tokens)
    unknown = tokenizer.token_to_id(UNKNOWN)
    if unknown is None:
        raise StaticModelError(f"the tokenizer in {folder} has no {UNKNOWN} token")
    if len(table) != tokenizer.get_vocab_size():
        raise StaticModelError(f"{folder}: {len(table)} vectors for {tokenizer.get_vocab_size()} tokens")
    return StaticModel(table, tokenizer, unknown, _fingerprint(weights, tokens))


def read_tokenizer(path: Path) -> Tokenizer:
    """A tokenizer that neither fills up nor cuts off. Raises StaticModelError where the file cannot be read."""
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing narrower
        raise StaticModelError(f"{path} is not a readable tokenizer: {error}") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _read_table(path: Path) -> NDArray[np.float32]:
    """The float32 table, from a plain one or from whole numbers with one scale per row."""
    try:
        arrays = load_file(path)
    except SafetensorError as error:
        raise StaticModelError(f"{path} is not a readable safetensors file: {error}") from error
    plain, whole, scales = (arrays.get(name) for name in ("embedding.weight", "embeddings", "weights"))
    table = plain if plain is not None else whole
    if table is None or table.ndim != 2:
        raise StaticModelError(f"{path} holds no table of token vectors")
    floats = np.asarray(table, np.float32)
    if plain is not None or scales is None:
        return floats
    return np.asarray(floats * scales[:, None], np.float32)


def _fingerprint(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
