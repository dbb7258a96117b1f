"""The training loop: in-batch softmax in both directions over mean-pooled token vectors, lazy Adam.

Only the rows of a batch's own tokens are gathered, differentiated and moved, so a step costs the same however
large the vocabulary is.
"""

import logging
import math
from collections.abc import Iterable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from vectorstore.training.batches import Ints, Order, Task, Texts, schedule, shuffled
from vectorstore.training.neighbours import neighbour_order, places
from vectorstore.training.recipe import Recipe

log = logging.getLogger(__name__)

BETAS = (0.9, 0.999)  # the defaults of Adam (Kingma and Ba 2015)
EPSILON = 1e-8
REPORT = 100  # steps between two lines of the log


class LazyAdam:
    """Adam over the rows of one table, where a step touches only the rows that the batch used."""

    def __init__(self, table: torch.Tensor) -> None:
        self.table = table
        self.mean = torch.zeros_like(table)
        self.square = torch.zeros_like(table)
        self.steps = 0

    def step(self, rows: torch.Tensor, gradient: torch.Tensor, rate: float) -> None:
        """Move `rows` (k,) of the table against `gradient` (k, d)."""
        self.steps += 1
        first, second = BETAS
        mean = self.mean[rows].mul_(first).add_(gradient, alpha=1 - first)
        square = self.square[rows].mul_(second).addcmul_(gradient, gradient, value=1 - second)
        self.mean[rows], self.square[rows] = mean, square
        size = rate * math.sqrt(1 - second**self.steps) / (1 - first**self.steps)
        self.table.index_add_(0, rows, mean.div_(square.sqrt_().add_(EPSILON)), alpha=-size)


def train(texts: Texts, tasks: Sequence[Task], vocabulary: int, recipe: Recipe) -> NDArray[np.float32]:
    """Learn one vector per token: float32 of shape (vocabulary, recipe.dimension).

    The first part of the passes draws its batches at random. The rest fills them with groups of near pairs,
    found with the table that the first part made.
    """
    torch.set_num_threads(recipe.threads)
    generator = torch.Generator().manual_seed(recipe.seed)
    table = torch.randn(vocabulary, recipe.dimension, generator=generator) * recipe.spread
    optimiser = LazyAdam(table)
    random = np.random.default_rng(recipe.seed)
    done = 0.0
    for share, order in ((recipe.easy, shuffled), (1 - recipe.easy, _near(texts, table, recipe))):
        steps = schedule(tasks, recipe.batch, recipe.passes * share, random, order)
        rates = (one_cycle(done + share * number / len(steps), recipe) for number in range(len(steps)))
        _walk(optimiser, texts, tasks, steps, rates, recipe)
        done += share
    return table.numpy()


def _near(texts: Texts, table: torch.Tensor, recipe: Recipe) -> Order:
    """An order that looks at the table as it stands when a task's batches are cut."""

    def order(task: Task, random: np.random.Generator) -> Ints:
        return neighbour_order(places(texts, task.right, table.numpy(), recipe.seed), recipe.group, random)

    return order


def _walk(
    optimiser: LazyAdam,
    texts: Texts,
    tasks: Sequence[Task],
    steps: Sequence[tuple[int, Ints]],
    rates: Iterable[float],
    recipe: Recipe,
) -> None:
    losses: list[float] = []
    for number, ((task, pairs), rate) in enumerate(zip(steps, rates, strict=True), start=1):
        left, right = tasks[task].left[pairs], tasks[task].right[pairs]
        losses.append(learn(optimiser, texts, left, right, rate, recipe))
        if len(losses) == REPORT:
            log.info("step %d of %d: loss %.3f", number, len(steps), sum(losses) / REPORT)
            losses.clear()


def learn(optimiser: LazyAdam, texts: Texts, left: Ints, right: Ints, rate: float, recipe: Recipe) -> float:
    """One step over one batch; returns its loss."""
    tokens, offsets = texts.gather(np.concatenate([left, right]), recipe.longest)
    rows, places = torch.unique(torch.from_numpy(tokens), return_inverse=True)
    vectors = optimiser.table[rows].requires_grad_()
    pooled = functional.embedding_bag(places, vectors, torch.from_numpy(offsets), mode="mean")
    unit = functional.normalize(pooled, dim=1)
    scores = unit[: len(left)] @ unit[len(left) :].T / recipe.temperature
    loss = contrastive(scores, torch.from_numpy(left), torch.from_numpy(right))
    loss.backward()  # type: ignore[no-untyped-call]
    assert vectors.grad is not None
    optimiser.step(rows, vectors.grad, rate)
    return float(loss.detach())


def contrastive(scores: torch.Tensor, left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """Mean cross entropy of the diagonal of `scores` (n, n), by rows and by columns.

    An entry off the diagonal whose text on either side is that of the right answer is no negative: it is
    left out.
    """
    same = (left[:, None] == left[None, :]) | (right[:, None] == right[None, :])
    same.fill_diagonal_(False)
    kept = scores.masked_fill(same, -math.inf)
    target = torch.arange(len(scores))
    return (functional.cross_entropy(kept, target) + functional.cross_entropy(kept.T, target)) / 2


def one_cycle(done: float, recipe: Recipe) -> float:
    """Learning rate after the share `done` of all steps: up a straight line, then down half a cosine."""
    if done < recipe.warm_up:
        return recipe.peak_rate * (done / recipe.warm_up)
    return recipe.peak_rate * 0.5 * (1 + math.cos(math.pi * (done - recipe.warm_up) / (1 - recipe.warm_up)))
