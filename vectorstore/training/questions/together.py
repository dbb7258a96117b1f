"""Stages 3 and 4: two questions read together get one score, which is high where they ask the same. A cross-encoder."""

import logging
from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from vectorstore.questions import BOTH
from vectorstore.training.questions.recipe import Recipe
from vectorstore.training.questions.sets import Sets
from vectorstore.training.questions.steps import halves, steps
from vectorstore.training.questions.student import Judge
from vectorstore.training.questions.texts import Texts, tabled

log = logging.getLogger(__name__)
RISE, BATCH, TOLD = 50, 256, 50
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def joined(texts: Texts, ones: Tensor, others: Tensor, filler: int) -> tuple[Tensor, Tensor, Tensor]:
    """(b, l) tokens of two texts one behind the other, (b,) how many the first has and (b,) both: their ends, as
    `vectorstore.questions.fitting` cuts them.
    """
    before, behind = texts.counts[ones], texts.counts[others]
    second = torch.minimum(behind, (BOTH - before).clamp(min=BOTH // 2))
    first = torch.minimum(before, BOTH - second)
    places = torch.arange(int((first + second).max()), device=first.device)[None]
    last = texts.tokens.shape[1] - 1
    front = torch.gather(texts.tokens[ones].long(), 1, (places + (before - first)[:, None]).clamp(max=last))
    begins = (places - first[:, None]).clamp(min=0) + (behind - second)[:, None]
    back = torch.gather(texts.tokens[others].long(), 1, begins.clamp(max=last))
    tokens = torch.where(places < first[:, None], front, back)
    tokens = torch.where(places < (first + second)[:, None], tokens, torch.full_like(tokens, filler))
    return tokens, first, first + second


def learn_pairs(judge: Judge, sets: Sets, tokenizer: Tokenizer, recipe: Recipe, often: Floats) -> None:
    """Teaches the layers and the judge on pairs of questions: of one meaning, near misses, and near ones of other sets.

    `often` (n,) says how often each question of the sets is drawn, against others.
    """
    student = judge.student
    device = student.words.weight.device
    texts = tabled(tokenizer, sets.texts, recipe.longest, student.filler, device, end=True)
    others = _nearest(judge, texts, sets, recipe)
    same, near = sets.pairs()
    for module in judge.modules():
        if isinstance(module, nn.Dropout):
            module.p = recipe.pair_dropout
    walk = steps(
        [([*student.layers(), *judge.judge.parameters()], recipe.pair_rate, recipe.decay)],
        max(1, int(len(same) / recipe.pairs * recipe.pair_rounds)),
        RISE,
        recipe.clip,
    )
    random = np.random.default_rng(recipe.seed)
    judge.train()
    for step in walk:
        asked = drawn(random, np.arange(len(often)), often, recipe.pairs // 2)
        far = np.stack([asked, others[asked, random.integers(others.shape[1], size=len(asked))]], axis=1)
        alike, missed = (drawn(random, pairs, often[pairs[:, 0]], recipe.pairs) for pairs in (same, near))
        pairs = torch.tensor(np.concatenate([alike, missed, far]), device=device)
        wanted = (torch.arange(len(pairs), device=device) < len(alike)).float()
        lost = walk.take(_losses(judge, texts, pairs, wanted, recipe.parts))
        if step % TOLD == 0:
            log.info("together %d of %d: %.4f", step, walk.total, lost)


def drawn(random: np.random.Generator, rows: Ints, often: Floats, size: int) -> Ints:
    """Some rows, the same one perhaps again, each as often as it is to be drawn."""
    return rows[random.choice(len(rows), size, p=often / often.sum())]


def _losses(judge: Judge, texts: Texts, pairs: Tensor, wanted: Tensor, parts: int) -> Iterator[Tensor]:
    """The parts of the loss of pairs (b, 2), by those of about one length: what is filled up is worked out for nothing."""
    order = torch.argsort(texts.counts[pairs].sum(dim=1))
    for part in torch.chunk(order, parts):
        ones, others = pairs[part].T
        with halves(pairs.device):
            odds = judge(*joined(texts, ones, others, judge.student.filler))
        yield binary_cross_entropy_with_logits(odds.float(), wanted[part], reduction="sum") / len(pairs)


@torch.no_grad()
def _nearest(judge: Judge, texts: Texts, sets: Sets, recipe: Recipe) -> Ints:
    """(n, k) for each question the nearest ones of other sets."""
    device = texts.counts.device
    student = judge.student.eval()
    vectors = torch.zeros(len(sets.texts), student.words.embedding_dim, device=device)
    for part in torch.split(torch.argsort(texts.counts), BATCH):
        with halves(device):
            vectors[part] = student(*texts.at(part)).float()
    of = torch.tensor(sets.of, device=device)
    most = min(recipe.nearest, int((of != of[0]).sum()))
    found = []
    for part in torch.split(torch.arange(len(of), device=device), BATCH):
        cosines = (vectors[part] @ vectors.T).masked_fill(of[part][:, None] == of[None], -1.0)
        found.append(cosines.topk(most, dim=1).indices.cpu().numpy())
    return np.asarray(np.concatenate(found), np.int64)
