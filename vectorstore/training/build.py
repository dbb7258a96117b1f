"""The straight line of training: read, learn the vocabulary, learn the table, save, measure, write the card.

The card is written last, so a folder with a card is a finished one.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from vectorstore.static import load_static
from vectorstore.training.batches import prepare
from vectorstore.training.card import Made, card
from vectorstore.training.corpora import SOURCES, Pairs, Source, read_glossary, read_pairs
from vectorstore.training.loop import train
from vectorstore.training.measure import ASKS, Ask, Scores, measure
from vectorstore.training.recipe import Recipe
from vectorstore.training.save import save_model
from vectorstore.training.tokenizer import learn_tokenizer

log = logging.getLogger(__name__)

CARD = "README.md"


def build(
    corpora: Path,
    glossary: Path,
    out: Path,
    recipe: Recipe,
    sources: Sequence[Source] = SOURCES,
    asks: Sequence[Ask] = ASKS,
) -> Made:
    """Train with `recipe` on the text in `corpora` and write the model's folder to `out`.

    Raises CorpusError where a corpus file is missing or malformed.
    """
    groups = (*read_pairs(corpora, sources, recipe.seed), *_glossary(glossary, recipe))
    log.info("%s pairs", f"{sum(len(group.left) for group in groups):,}")
    tokenizer = learn_tokenizer(vocabulary_texts(groups, recipe), recipe.vocabulary)
    texts, tasks = prepare(groups, tokenizer)
    log.info("%s tokens in the vocabulary, %s in the text", tokenizer.get_vocab_size(), len(texts.tokens))
    table = train(texts, tasks, tokenizer.get_vocab_size(), recipe)
    (out / CARD).unlink(missing_ok=True)
    save_model(out, tokenizer, table)
    model = load_static(out)

    def cosine(questions: Sequence[str], pool: Sequence[str]) -> Scores:
        return model.encode(questions) @ model.encode(pool).T

    counts = Counter[str]()
    for group in groups:
        counts[group.name.partition(":")[0]] += len(group.left)
    made = Made(recipe, tokenizer.get_vocab_size(), tuple(counts.items()), measure(cosine, corpora, asks))
    (out / CARD).write_text(card(made), encoding="utf-8")
    return made


def _glossary(path: Path, recipe: Recipe) -> tuple[Pairs, ...]:
    return (read_glossary(path, recipe.glossary_passes),) if path.is_file() else ()


def vocabulary_texts(groups: Sequence[Pairs], recipe: Recipe) -> Iterator[str]:
    """Texts to learn the vocabulary from: at most `vocabulary_pairs` of each group that teaches words."""
    random = np.random.default_rng(recipe.seed)
    for group in groups:
        count = min(recipe.vocabulary_pairs, len(group.left)) if group.words else 0
        for place in random.choice(len(group.left), count, replace=False):
            yield from (group.left[place], group.right[place])
