"""Reads the bundled model of questions back, so that it can be taught further. What is stored as whole numbers comes back
rounded.
"""

from pathlib import Path

import torch
from torch import Tensor

from vectorstore.questions import ALONE, TOGETHER, TOKENS, unfolded
from vectorstore.training.questions.student import Judge, Shape, Student
from vectorstore.transformer import HEAD

_INSIDE = "encoder.layer.0.intermediate.dense.weight"


def read_alone(folder: Path) -> Student:
    """What reads one question. Raises OSError or SafetensorError."""
    return _student(folder, _parts(folder / ALONE))


def read_together(folder: Path) -> Judge:
    """What reads two questions, with what judges them. Raises OSError or SafetensorError."""
    parts = _parts(folder / TOGETHER)
    judge = Judge(_student(folder, parts), len(parts["judge.0.weight"]))
    maps = {"0.": "judge.0.", "2.": "judge.1."}
    judge.judge.load_state_dict(
        {there + kind: parts[name + kind] for there, name in maps.items() for kind in ("weight", "bias")}
    )
    return judge


def _student(folder: Path, parts: dict[str, Tensor]) -> Student:
    table = _parts(folder / TOKENS)["embeddings"]
    layers = len({name.split(".")[2] for name in parts if name.startswith("encoder.layer.")})
    student = Student(Shape(layers, table.shape[1] // HEAD, len(parts[_INSIDE])), table)
    student.take_over({name: values for name, values in parts.items() if not name.startswith("judge.")})
    return student


def _parts(path: Path) -> dict[str, Tensor]:
    return {name: torch.tensor(values) for name, values in unfolded(path).items()}
