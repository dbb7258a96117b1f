"""Writes the model as `vectorstore.questions` reads it: whole numbers with one scale a row, and no table twice."""

from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from torch import nn

from vectorstore.questions import ALONE, SCALE, TOGETHER, TOKENS
from vectorstore.training.questions.student import Judge, Student
from vectorstore.training.save import quantise

#: Rows of a matrix from which on it is stored as whole numbers.
MANY = 64


def save(folder: Path, alone: Student, together: Judge) -> None:
    """The table of tokens, which both share, and the layers of each."""
    folder.mkdir(parents=True, exist_ok=True)
    table, scales = quantise(alone.words.weight.detach().cpu().float().numpy()[: alone.filler])
    save_file({"embeddings": table, "embeddings" + SCALE: scales}, folder / TOKENS)
    save_file(_parts(alone), folder / ALONE)
    save_file(_parts(together), folder / TOGETHER)
    for name in (TOKENS, ALONE, TOGETHER):
        (folder / name).chmod(0o644)


def _parts(model: nn.Module) -> dict[str, np.ndarray]:
    """The parameters by their names in a BertModel, and those of the judge; the two maps of the judge are 0 and 1."""
    parts: dict[str, np.ndarray] = {}
    for name, values in model.state_dict().items():
        if "word_embeddings" in name or "position_ids" in name:
            continue
        plain = name.removeprefix("student.").removeprefix("bert.").replace("judge.2", "judge.1")
        array = values.detach().cpu().float().numpy()
        if array.ndim == 2 and len(array) >= MANY:
            parts[plain], parts[plain + SCALE] = quantise(array)
        else:
            parts[plain] = array
    return parts
