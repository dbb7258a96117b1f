"""Stage 3: two questions read together get one score, which is high where they ask the same. A cross-encoder."""

import logging

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from vectorstore.training.questions.recipe import Recipe
from vectorstore.training.questions.sets import Sets
from vectorstore.training.questions.steps import halves, steps
from vectorstore.training.questions.student import Judge
from vectorstore.training.questions.texts import Texts, tabled

log = logging.getLogger(__name__)
RISE, BATCH = 50, 2_048
Ints = NDArray[np.int64]


def joined(
    texts: Texts, ones: Tensor, others: Tensor, each: int, filler: int
) -> tuple[Tensor, Tensor, Tensor]:
    """(b, l) tokens of two texts one behind the other, (b,) how many the first has and (b,) both, `each` at most."""
    first, second = texts.counts[ones].clamp(max=each), texts.counts[others].clamp(max=each)
    places = torch.arange(int((first + second).max()), device=first.device)[None]
    last = texts.tokens.shape[1] - 1
    front = torch.gather(texts.tokens[ones].long(), 1, places.expand(len(ones), -1).clamp(max=last))
    back = torch.gather(texts.tokens[others].long(), 1, (places - first[:, None]).clamp(0, last))
    tokens = torch.where(places < first[:, None], front, back)
    tokens = torch.where(places < (first + second)[:, None], tokens, torch.full_like(tokens, filler))
    return tokens, first, first + second


def learn_pairs(judge: Judge, sets: Sets, tokenizer: Tokenizer, recipe: Recipe) -> None:
    """Teaches the layers and the judge on pairs of questions: of one meaning, near misses, and near ones of other sets."""
    student = judge.student
    device = student.words.weight.device
    random = np.random.default_rng(recipe.seed)
    texts = tabled(tokenizer, sets.texts, recipe.longest, student.filler, device)
    others = _nearest(judge, texts, sets, recipe)
    same, near = sets.pairs()
    for module in judge.modules():
        if isinstance(module, nn.Dropout):
            module.p = recipe.pair_dropout
    a_round = max(1, len(same) // recipe.pairs)
    walk = steps(
        [([*student.layers(), *judge.judge.parameters()], recipe.pair_rate, recipe.decay)],
        int(a_round * recipe.pair_rounds),
        RISE,
        recipe.clip,
    )
    judge.train()
    for step in walk:
        if step % a_round == 0:
            order = random.permutation(len(same))
        alike = same[order[step % a_round * recipe.pairs :][: recipe.pairs]]
        asked = random.integers(len(sets.texts), size=recipe.pairs // 2)
        far = np.stack([asked, others[asked, random.integers(others.shape[1], size=len(asked))]], axis=1)
        drawn = np.concatenate([alike, near[random.integers(len(near), size=recipe.pairs)], far])
        wanted = (torch.arange(len(drawn), device=device) < len(alike)).float()
        ones, twos = torch.tensor(drawn.T, device=device)
        with halves(device):
            odds = judge(*joined(texts, ones, twos, recipe.each, student.filler))
        loss = binary_cross_entropy_with_logits(odds.float(), wanted)
        walk.take(loss)
        if step % 200 == 0:
            log.info("together %d of %d: %.4f", step, walk.total, loss.item())


@torch.no_grad()
def _nearest(judge: Judge, texts: Texts, sets: Sets, recipe: Recipe) -> Ints:
    """(n, k) for each question the nearest ones of other sets."""
    device = texts.counts.device
    student = judge.student.eval()
    every = torch.arange(len(sets.texts), device=device)
    vectors = torch.cat([student(*texts.at(part)) for part in torch.split(every, BATCH)])
    of = torch.tensor(sets.of, device=device)
    most = min(recipe.nearest, int((of != of[0]).sum()))
    found = []
    for part in torch.split(every, BATCH):
        cosines = (vectors[part] @ vectors.T).masked_fill(of[part][:, None] == of[None], -1.0)
        found.append(cosines.topk(most, dim=1).indices.cpu().numpy())
    return np.asarray(np.concatenate(found), np.int64)
