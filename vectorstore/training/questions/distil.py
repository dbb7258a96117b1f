"""Stage 1: the student learns the teacher's vectors of English sentences, from them and from their translations.

As Reimers and Gurevych (2020) make a sentence encoder speak more languages; besides, the sentences of a batch shall be as
alike across the languages as the teacher finds them.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from vectorstore.training.questions.recipe import Recipe
from vectorstore.training.questions.steps import halves, steps
from vectorstore.training.questions.student import Student
from vectorstore.training.questions.teacher import Teacher
from vectorstore.training.questions.texts import Texts, tabled

log = logging.getLogger(__name__)
#: How often a source is seen, against the others' once: much is of one kind, and little is of questions.
SEEN = {
    "kyoto_wiki": 0.5,
    "ms_d365ops_ht": 0.4,
    "tanaka_graded": 2.0,
    "jec_basic": 2.0,
    "jsick": 2.0,
    "mintaka_dev": 2.0,
    "mozilla_legal": 2.0,
}
#: Steps in which the rate rises, and batches that are drawn at once and cut by length.
RISE, DRAWN = 200, 16


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """Sentences in both languages and the teacher's vectors of the English ones (n, d)."""

    english: Texts
    japanese: Texts
    vectors: Tensor

    def loss(self, student: Student, places: Tensor, alike: int, weight: float) -> Tensor:
        """How far the student is from the teacher at some sentences."""
        wanted = self.vectors[places].float()
        english, japanese = student(*self.english.at(places)), student(*self.japanese.at(places))
        far: Tensor = (2 - (english * wanted).sum(dim=1) - (japanese * wanted).sum(dim=1)).mean()
        table = wanted[:alike] @ wanted[:alike].T
        off: Tensor = weight * ((japanese[:alike] @ english[:alike].T - table) ** 2).mean()
        return far + off


def taught(
    teacher: Teacher, tokenizer: Tokenizer, pairs: list[tuple[str, str]], student: Student, recipe: Recipe
) -> Taught:
    """(English, Japanese) pairs as the student learns them."""
    device = student.words.weight.device
    english, japanese = [one for one, _ in pairs], [other for _, other in pairs]
    return Taught(
        tabled(tokenizer, english, recipe.longest, student.filler, device),
        tabled(tokenizer, japanese, recipe.longest, student.filler, device),
        teacher.vectors(english, device).half(),
    )


def distil(student: Student, general: Taught, sources: list[str], domain: Taught, recipe: Recipe) -> None:
    """Teaches the student on `general` sentences, each of a source, and on those of the `domain` beside them."""
    device = student.words.weight.device
    walk = steps(
        [(student.table(), recipe.table_rate, 0.0), (student.layers(), recipe.rate, recipe.decay)],
        recipe.steps,
        RISE,
        recipe.clip,
    )
    batches = _batches(general, np.array([SEEN.get(source, 1.0) for source in sources]), recipe)
    beside = max(1, int(recipe.batch * recipe.domain_share))
    student.train()
    for step in walk:
        drawn = torch.randint(len(domain.vectors), (beside,), device=device)
        with halves(device):
            loss = general.loss(student, next(batches).to(device), recipe.alike, recipe.likeness)
            loss = loss + recipe.domain * domain.loss(student, drawn, recipe.alike, recipe.likeness)
        walk.take([loss])
        if step % 100 == 0:
            log.info("distil %d of %d: %.4f", step, recipe.steps, loss.item())


def _batches(general: Taught, seen: np.ndarray, recipe: Recipe) -> Iterator[Tensor]:
    """Sentences of about one length together, without end; each as often as it is to be seen."""
    random = np.random.default_rng(recipe.seed)
    lengths = (general.english.counts + general.japanese.counts).cpu().numpy()
    size = min(recipe.batch, len(lengths))
    while True:
        order = np.concatenate(
            [np.flatnonzero(random.random(len(seen)) < share) for share in (seen, seen - 1)]
        )
        random.shuffle(order)
        for start in range(0, max(len(order) - size, 0) + 1, size * DRAWN):
            drawn = order[start : start + size * DRAWN]
            drawn = drawn[np.argsort(lengths[drawn], kind="stable")]
            parts = [drawn[at : at + size] for at in range(0, len(drawn), size)]
            random.shuffle(parts)
            yield from map(torch.from_numpy, parts)
