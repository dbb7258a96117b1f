"""Writes the trained table as a sentence-transformers folder, its numbers stored as whole ones.

Each row is divided by a 127th of its largest entry and rounded; that divisor is the row's scale. The layout
(`embeddings` and `weights` in one safetensors file) is one that sentence-transformers itself reads and
unfolds into float32, so every reader gets the same table and it takes a quarter of the room.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer
from torch import nn

from vectorstore.static import TOKENIZER, WEIGHTS

LARGEST = 127  # of a signed byte, kept symmetric


def quantise(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Whole numbers (V, d) and one scale per row (V,); their product is the stored table."""
    scales = np.abs(table).max(axis=1) / LARGEST
    scales = np.where(scales > 0, scales, 1.0).astype(np.float32)
    return np.rint(table / scales[:, None]).astype(np.int8), scales


def save_model(folder: Path, tokenizer: Tokenizer, table: NDArray[np.float32]) -> None:
    """Write the folder: sentence-transformers' own configuration, the tokenizer and the quantised table."""
    folder.mkdir(parents=True, exist_ok=True)
    modules: list[nn.Module] = [StaticEmbedding(tokenizer, embedding_weights=table), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder), create_model_card=False)
    whole, scales = quantise(table)
    save_file({"embeddings": whole, "weights": scales}, folder / WEIGHTS)
    for name in (WEIGHTS, TOKENIZER):
        (folder / name).chmod(0o644)
