"""Reads questions with a small transformer: whether two of them ask the same, within a language and across the two.

A question read alone becomes a vector: questions that ask the same lie near. Two read together get one score, which tells
more and has to be worked out for each pair. The tokens are those of the bundled model; the weights and how they were
made are described in question_weights/README.md. Runs without torch.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from vectorstore.static import TOKENIZER, read_tokenizer
from vectorstore.transformer import Floats, Linear, Transformer, gelu, mean, read_linear, read_transformer

FOLDER = "question_weights"
TOKENS, ALONE, TOGETHER = "tokens.safetensors", "alone.safetensors", "together.safetensors"
#: What is added to the name of a table of whole numbers for that of its scales, one a row.
SCALE = ".scale"
#: Tokens of a question that is read alone, and of two that are read together: the last ones, where the question is.
LONGEST, BOTH = 48, 64
#: Two threads that ask first shall not read it twice.
_LOADING = threading.Lock()
#: Questions or pairs that are worked out at once.
BATCH = 16

Item = TypeVar("Item")
Ids = Sequence[int]


@dataclass(frozen=True, slots=True, eq=False)
class QuestionModel:
    """The two readers. `table` (v, d) holds whole numbers, `scales` (v,) what a row of it is multiplied by."""

    tokenizer: Tokenizer
    table: NDArray[np.int8]
    scales: Floats
    reads_alone: Transformer
    reads_together: Transformer
    #: (4 d, h) and (h, 1): from what two questions are like, and differ in, to one number.
    judge: tuple[Linear, Linear]

    def alone(self, texts: Sequence[str]) -> Floats:
        """(n, d) the vectors of questions, each of length one: their cosine says how much they ask the same."""
        vectors = np.zeros((len(texts), self.table.shape[1]), np.float32)
        ids = [self._ids(text, LONGEST) for text in texts]
        for batch in _alike([len(one) for one in ids]):
            tokens, there, _ = _table([ids[at] for at in batch], [[]] * len(batch))
            means = mean(self.reads_alone(self._vectors(tokens), np.zeros_like(tokens), there), there)
            vectors[batch] = means / np.linalg.norm(means, axis=1, keepdims=True)
        return vectors

    def together(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """(n,) how surely the two questions of each pair ask the same: log-odds, as the training pairs had it."""
        odds = np.zeros(len(pairs), np.float32)
        ids = [fitting(self._ids(one, LONGEST), self._ids(other, LONGEST)) for one, other in pairs]
        for batch in _alike([len(one) + len(other) for one, other in ids]):
            tokens, there, second = _table(*zip(*(ids[at] for at in batch), strict=True))
            rows = self.reads_together(self._vectors(tokens), second.astype(np.intp), there)
            one, other = mean(rows, there & ~second), mean(rows, there & second)
            compared = np.hstack([one, other, np.abs(one - other), one * other])
            odds[batch] = self.judge[1](gelu(self.judge[0](compared)))[:, 0]
        return odds

    def _ids(self, text: str, most: int) -> list[int]:
        return list(self.tokenizer.encode(text, add_special_tokens=False).ids[-most:]) or [0]

    def _vectors(self, tokens: NDArray[np.intp]) -> Floats:
        return np.asarray(self.table[tokens] * self.scales[tokens][..., None], np.float32)


def fitting(one: Ids, other: Ids) -> tuple[Ids, Ids]:
    """The ends of two texts that have room together: half of it for each, and what the other leaves of its half."""
    second = min(len(other), max(BOTH // 2, BOTH - len(one)))
    return one[-(BOTH - second) :], other[-second:]


def _alike(lengths: Sequence[int]) -> list[list[int]]:
    """Places in batches of about one length: what is filled up in a batch is worked out for nothing."""
    order = sorted(range(len(lengths)), key=lambda at: lengths[at])
    return [order[start : start + BATCH] for start in range(0, len(order), BATCH)]


def _table(
    ones: Sequence[Ids], others: Sequence[Ids]
) -> tuple[NDArray[np.intp], NDArray[np.bool_], NDArray[np.bool_]]:
    """(b, l) the tokens of two texts each, the second behind the first; where there are any; where the second's stand."""
    rows = [[*one, *other] for one, other in zip(ones, others, strict=True)]
    shape = (len(rows), max(map(len, rows)))
    tokens, there, second = np.zeros(shape, np.intp), np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    for at, (row, one) in enumerate(zip(rows, ones, strict=True)):
        tokens[at, : len(row)] = row
        there[at, : len(row)] = True
        second[at, len(one) : len(row)] = True
    return tokens, there, second


def load_questions() -> QuestionModel:
    """The bundled model, read once a process. Raises OSError or SafetensorError where a file is missing or broken."""
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> QuestionModel:
    room = Path(str(files("vectorstore")))
    return read_questions(room / FOLDER, read_tokenizer(room / "weights" / TOKENIZER))


def read_questions(folder: Path, tokenizer: Tokenizer) -> QuestionModel:
    """The model in `folder`, over the tokens of `tokenizer`."""
    held = load_file(folder / TOKENS)
    alone, together = unfolded(folder / ALONE), unfolded(folder / TOGETHER)
    return QuestionModel(
        tokenizer,
        held["embeddings"],
        held["embeddings" + SCALE],
        read_transformer(alone),
        read_transformer(together),
        (read_linear(together, "judge.0"), read_linear(together, "judge.1")),
    )


def unfolded(path: Path) -> dict[str, Floats]:
    """The arrays of a file: tables of whole numbers, multiplied by the scale of each row, and the others as they are."""
    held = load_file(path)
    return {
        name: np.asarray(array * held[name + SCALE][:, None] if name + SCALE in held else array, np.float32)
        for name, array in held.items()
        if not name.endswith(SCALE)
    }
