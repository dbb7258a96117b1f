"""Cosine over all-MiniLM-L6-v2 vectors and nothing else: whole passages, compared one by one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from evals.peers.types import BenchPassage, Encode, Find, Peer

_FILE = "vectors.npy"


def make(encode: Encode) -> Peer:
    """The system around a loaded model."""

    def build(passages: Sequence[BenchPassage], folder: Path) -> None:
        np.save(folder / _FILE, encode([passage.text for passage in passages]))

    @contextmanager
    def open_folder(folder: Path) -> Iterator[Find]:
        vectors = np.load(folder / _FILE, allow_pickle=False)

        def find(question: str, k: int) -> list[int]:
            cosines = vectors @ encode([question])[0]
            return [int(row) for row in np.argsort(-cosines, kind="stable")[:k]]

        yield find

    return Peer("minilm", build, open_folder)
