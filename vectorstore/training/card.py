"""The card that goes with the weights: what the model is, what it learned from, how well it does. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from vectorstore.training.measure import Figures
from vectorstore.training.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Credit:
    """One body of text that the model learned from, and the terms it is under."""

    file: str
    text: str
    licence: str


@dataclass(frozen=True, slots=True)
class Made:
    """What the card reports of one training run."""

    recipe: Recipe
    vocabulary: int
    pairs: tuple[tuple[str, int], ...]  # (corpus file, pairs taken from it)
    figures: tuple[Figures, ...]


CREDITS = (
    Credit(
        "parallel_train",
        "Japanese-English Bilingual Corpus of Wikipedia's Kyoto Articles, National Institute of Information "
        "and Communications Technology (NICT)",
        "CC BY-SA 3.0",
    ),
    Credit("parallel_train", "Microsoft documentation, human translations", "CC BY 4.0; NuGet pages MIT"),
    Credit("parallel_train", "Tanaka corpus and Tatoeba, graded", "CC BY-SA 4.0"),
    Credit("parallel_train", "JEC basic sentences", "CC BY 3.0"),
    Credit("parallel_train", "PHP documentation", "CC BY 3.0"),
    Credit("parallel_train", "Python documentation", "PSF-2.0"),
    Credit("parallel_train", "TensorFlow and Keycloak documentation", "Apache-2.0"),
    Credit("parallel_train", "Django documentation", "BSD-3-Clause"),
    Credit("parallel_train", "Angular documentation", "MIT"),
    Credit("parallel_train", "JSICK", "CC BY-SA 4.0"),
    Credit("parallel_train", "Mintaka", "CC BY 4.0"),
    Credit("parallel_train", "Mozilla legal documents", "CC BY-SA 3.0"),
    Credit("parallel_train", "InnerSource Patterns", "CC BY-SA 4.0"),
    Credit("jaquad_train", "JaQuAD, questions on Japanese Wikipedia passages", "CC BY-SA 3.0"),
    Credit("sections_train", "Microsoft documentation, sections with their headings", "CC BY 4.0"),
    Credit("paragraphs_train", "NICT Kyoto articles, paragraphs with their titles", "CC BY-SA 3.0"),
    Credit("law_articles_ja", "Japanese statutes", "no copyright"),
    Credit("glossary", "this project's own bilingual term list", "as the project"),
)

TEXT = """---
library_name: sentence-transformers
pipeline_tag: sentence-similarity
language: [ja, en]
license: cc-by-sa-4.0
tags: [sentence-transformers, static-embedding, bilingual]
---
# Static bilingual embeddings, Japanese and English

One vector of {dimension} numbers for each of {vocabulary} subword tokens. A text's vector is the mean
of its tokens' vectors, scaled to length one; compare two texts by cosine. Japanese and English share
one space, so a question in one language finds a passage in the other.

```python
from sentence_transformers import SentenceTransformer

SentenceTransformer("vectorstore/weights").encode(["安全保障輸出管理", "security export control"])
```

`vectorstore/static.py` reads the same folder without torch. The table is stored as signed bytes with
one scale per token; both readers unfold it into float32.

## How well it does

By cosine alone, on text that training did not use. MRR@10 is the mean reciprocal rank within the first
ten; a tie counts against the model.

| set | questions | pool | ranked first | MRR@10 | in the first five |
|---|--:|--:|--:|--:|--:|
{figures}

## What it learned from

| file | text | licence |
|---|---|---|
{credits}

Pairs taken from each file: {pairs}.

Several of these texts are under share-alike terms; whoever passes the weights on should keep this card
with them.

## How it was made

`python -m vectorstore.training --corpora DIR --out DIR --seed {seed}`. Training took half an hour on two
busy cores, beside the reading and tokenising. Unicode NFKC and lower case; pieces split at spaces,
punctuation, digits and changes of script; a unigram vocabulary. In-batch softmax in both directions at
temperature {temperature:g}, batches of {batch} pairs of one kind, the later ones filled with groups of
near pairs; lazy Adam with a peak rate of {peak_rate:g} on a one-cycle schedule. Beside the pairs that the
files hold, sentences ask for the passages they were taken out of. The same text and seed give the same
vocabulary and the same order of batches; the vectors differ by the rounding of sums, which depends on
threads and machine.

## What it cannot do

It does not know word order: "A pays B" and "B pays A" have the same vector. Two senses of one word
share a vector. General text taught it the language, and documentation and Wikipedia are most of that;
terms of research security come mainly from the term list. Languages other than Japanese and English are
not covered.
"""


def card(made: Made) -> str:
    """The card as Markdown, with a front matter that model hubs read."""
    recipe = made.recipe
    return TEXT.format(
        dimension=recipe.dimension,
        vocabulary=f"{made.vocabulary:,}",
        figures="\n".join(_figures_row(figures) for figures in made.figures),
        credits="\n".join(_credit_row(credit) for credit in _used(made.pairs)),
        pairs=", ".join(f"{name} {count:,}" for name, count in made.pairs),
        seed=recipe.seed,
        temperature=recipe.temperature,
        batch=f"{recipe.batch:,}",
        peak_rate=recipe.peak_rate,
    )


def _figures_row(figures: Figures) -> str:
    shares = " | ".join(f"{share:.3f}" for share in (figures.first, figures.mrr, figures.recall))
    return f"| {figures.name} | {figures.questions:,} | {figures.pool:,} | {shares} |"


def _credit_row(credit: Credit) -> str:
    return f"| {credit.file} | {credit.text} | {credit.licence} |"


def _used(pairs: Sequence[tuple[str, int]]) -> tuple[Credit, ...]:
    files = {name for name, _ in pairs}
    return tuple(credit for credit in CREDITS if credit.file in files)
