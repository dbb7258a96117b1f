"""Texts as flat arrays of token numbers, and the order in which training sees the pairs.

Every distinct text is tokenised once and has one number, so that a batch can tell when a "negative" is
in fact the same text as the right answer.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from vectorstore.static import UNKNOWN
from vectorstore.training.corpora import Pairs

Ints = NDArray[np.int64]
CHUNK = 20_000  # texts handed to the tokenizer at once: bounds its memory


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Token numbers of all texts end to end: text i is tokens[starts[i]:starts[i + 1]]."""

    tokens: NDArray[np.int32]
    starts: Ints

    def gather(self, numbers: Ints, longest: int) -> tuple[Ints, Ints]:
        """Tokens of the given texts end to end, each cut at `longest`, and where each begins."""
        first = self.starts[numbers]
        counts = np.minimum(self.starts[numbers + 1] - first, longest)
        offsets = np.cumsum(counts) - counts
        places = np.arange(int(counts.sum())) + np.repeat(first - offsets, counts)
        return self.tokens[places].astype(np.int64), offsets


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """Pairs of one kind as text numbers: left[i] goes with right[i]."""

    name: str
    left: Ints
    right: Ints
    passes: float


#: (task, random) -> every pair of the task once, in the order in which batches are cut.
Order = Callable[[Task, np.random.Generator], Ints]


def prepare(groups: Sequence[Pairs], tokenizer: Tokenizer) -> tuple[Texts, tuple[Task, ...]]:
    """Tokenise every distinct text of `groups` once; a text without tokens becomes the unknown token."""
    unknown = tokenizer.encode(UNKNOWN, add_special_tokens=False).ids
    numbers: dict[str, int] = {}
    tasks = tuple(
        Task(group.name, _number(numbers, group.left), _number(numbers, group.right), group.passes)
        for group in groups
    )
    texts, tokens, counts = tuple(numbers), [], [0]
    for start in range(0, len(texts), CHUNK):
        chunk = list(texts[start : start + CHUNK])
        for encoding in tokenizer.encode_batch_fast(chunk, add_special_tokens=False):
            ids = encoding.ids or unknown
            tokens.append(np.array(ids, np.int32))
            counts.append(len(ids))
    return Texts(np.concatenate(tokens), np.cumsum(np.array(counts, np.int64))), tasks


def _number(numbers: dict[str, int], texts: Sequence[str]) -> Ints:
    return np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int64)


def schedule(
    tasks: Sequence[Task], size: int, passes: float, random: np.random.Generator, order: Order
) -> tuple[tuple[int, Ints], ...]:
    """The steps of training, in random order: (task number, pair numbers).

    A batch holds one kind of pair only, because negatives of the same kind are the harder ones; `order` says
    which pairs of a task come to lie in one batch.
    """
    steps = [
        (number, batch)
        for number, task in enumerate(tasks)
        for batch in _cut(task, task.passes * passes, size, random, order)
    ]
    return tuple(steps[place] for place in random.permutation(len(steps)))


def shuffled(task: Task, random: np.random.Generator) -> Ints:
    """The pairs of a task in random order."""
    return random.permutation(len(task.left))


def _cut(task: Task, passes: float, size: int, random: np.random.Generator, order: Order) -> Iterator[Ints]:
    """Batches of `size` that go through a task `passes` times, without a rest under half a batch."""
    least = max(2, min(size // 2, len(task.left)))
    for number in range(math.ceil(passes)):
        pairs = order(task, random)[: round(min(1.0, passes - number) * len(task.left))]
        for start in range(0, len(pairs), size):
            if len(pairs) - start >= least:
                yield pairs[start : start + size]
