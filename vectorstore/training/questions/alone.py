"""Stage 2: questions that ask the same draw near, and near misses move away. Supervised contrast (Khosla 2020)."""

import logging
from math import log as ln

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from vectorstore.training.questions.distil import Taught
from vectorstore.training.questions.recipe import Recipe
from vectorstore.training.questions.sets import Sets
from vectorstore.training.questions.steps import halves, steps
from vectorstore.training.questions.student import Student
from vectorstore.training.questions.texts import tabled

log = logging.getLogger(__name__)
RISE = 20


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


def draw_apart(student: Student, sets: Sets, tokenizer: Tokenizer, general: Taught, recipe: Recipe) -> None:
    """Teaches the student's layers on the sets, held to its teacher by some `general` sentences a step."""
    device = student.words.weight.device
    random = np.random.default_rng(recipe.seed)
    texts = tabled(tokenizer, sets.texts, recipe.longest, student.filler, device)
    of, asks = (torch.tensor(numbers, device=device) for numbers in (sets.of, sets.asks))
    a_round = max(1, len(np.unique(sets.of)) // recipe.sets)
    walk = steps(
        [(student.layers(), recipe.set_rate, recipe.decay)],
        int(a_round * recipe.set_rounds),
        RISE,
        recipe.clip,
    )
    student.train()
    for step in walk:
        if step % a_round == 0:
            order = random.permutation(np.unique(sets.of))
        chosen = order[step % a_round * recipe.sets :][: recipe.sets]
        places = torch.tensor(np.flatnonzero(np.isin(sets.of, chosen)), device=device)
        kept = torch.randint(len(general.vectors), (recipe.kept,), device=device)
        with halves(device):
            vectors = student(*texts.at(places)).float()
            held = general.loss(student, kept, recipe.alike, 0.0)
        loss = contrast(vectors, of[places], asks[places], recipe.temperature, recipe.own) + held
        walk.take(loss)
        if step % 50 == 0:
            log.info("alone %d of %d: %.4f", step, walk.total, loss.item())
