"""Every number of the training recipe, in one place. `evals/LOG.md` says what each was chosen against."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the model is trained. The defaults are the shipped model's."""

    vocabulary: int = 48_000  # tokens, at most
    dimension: int = 512
    vocabulary_pairs: int = 200_000  # of each group that teaches the vocabulary, at most
    batch: int = 2_048  # pairs; each pair's negatives are the rest of its batch
    temperature: float = 0.05  # divides the cosines before the softmax
    peak_rate: float = 0.1  # of a one-cycle schedule
    warm_up: float = 0.1  # share of the steps in which the rate rises
    spread: float = 1.0  # standard deviation of the first, random vectors
    easy: float = 0.5  # share of the steps whose batches are random; the rest holds groups of near pairs
    group: int = 64  # near pairs that share a batch, at most
    longest: int = 128  # tokens of a text that training looks at
    glossary_passes: float = 40.0  # how often training sees the term list
    passes: float = 1.0  # multiplies every source's own number of passes
    threads: int = 2
    seed: int = 20261120
