"""Stages 2 and 4: questions that ask the same draw near, and near misses move away. Supervised contrast (Khosla 2020)."""

import logging
from math import log as ln

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from vectorstore.training.questions.distil import Taught
from vectorstore.training.questions.recipe import Recipe
from vectorstore.training.questions.sets import Sets
from vectorstore.training.questions.steps import halves, steps
from vectorstore.training.questions.student import Student
from vectorstore.training.questions.texts import Texts, tabled

log = logging.getLogger(__name__)
RISE, TOLD = 20, 50
Floats = NDArray[np.float64]


def contrast(vectors: Tensor, of: Tensor, asks: Tensor, temperature: float, own: float) -> Tensor:
    """The mean, over pairs that ask the same, of how little a question prefers the other to all that ask something else.

    `vectors` (n, d) of questions of sets `of`; those with the same `asks` ask the same; what asks something else in the
    same set counts `own` times.
    """
    cosines = vectors @ vectors.T / temperature
    same = asks[:, None] == asks[None]
    near = (of[:, None] == of[None]) & ~same
    against = torch.logsumexp((cosines + near * ln(own)).masked_fill(same, -1e9), dim=1, keepdim=True)
    pairs = same & ~torch.eye(len(of), dtype=torch.bool, device=of.device)
    lost = torch.logaddexp(cosines, against) - cosines
    return ((lost * pairs).sum(dim=1) / pairs.sum(dim=1).clamp(min=1)).mean()


def draw_apart(
    student: Student,
    sets: Sets,
    tokenizer: Tokenizer,
    recipe: Recipe,
    often: Floats,
    general: Taught | None = None,
) -> None:
    """Teaches the student's layers on the sets, each drawn as `often` (n,) says of its questions.

    Some `general` sentences a step, where there are any, hold it to its teacher.
    """
    device = student.words.weight.device
    random = np.random.default_rng(recipe.seed)
    texts = tabled(tokenizer, sets.texts, recipe.longest, student.filler, device, end=True)
    of, asks = (torch.tensor(numbers, device=device) for numbers in (sets.of, sets.asks))
    names, firsts = np.unique(sets.of, return_index=True)
    size = min(recipe.sets, len(names))
    walk = steps(
        [(student.layers(), recipe.set_rate, recipe.decay)],
        max(1, int(len(names) / size * recipe.set_rounds)),
        RISE,
        recipe.clip,
    )
    student.train()
    for step in walk:
        chosen = random.choice(names, size, replace=False, p=often[firsts] / often[firsts].sum())
        places = torch.tensor(np.flatnonzero(np.isin(sets.of, chosen)), device=device)
        with halves(device):
            vectors = _read(student, texts, places, recipe.parts)
            held = _held(student, general, recipe)
        loss = contrast(vectors, of[places], asks[places], recipe.temperature, recipe.own) + held
        walk.take([loss])
        if step % TOLD == 0:
            log.info("alone %d of %d: %.4f", step, walk.total, loss.item())


def _read(student: Student, texts: Texts, places: Tensor, parts: int) -> Tensor:
    """(n, d) the vectors of some texts, worked out by those of about one length: what is filled up costs as much as words."""
    order = torch.argsort(texts.counts[places])
    vectors = torch.cat([student(*texts.at(places[part])).float() for part in torch.chunk(order, parts)])
    return vectors[torch.argsort(order)]


def _held(student: Student, general: Taught | None, recipe: Recipe) -> Tensor | float:
    """How far the student has gone from its teacher."""
    if general is None:
        return 0.0
    kept = torch.randint(len(general.vectors), (recipe.kept,), device=general.vectors.device)
    return general.loss(student, kept, recipe.alike, 0.0)
