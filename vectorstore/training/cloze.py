"""Questions made from the passages themselves: a sentence asks for the passage that it was taken out of.

The inverse cloze task (Lee, Chang and Toutanova 2019). It gives question-like pairs where nobody wrote any:
for English passages, and from a sentence in one language to a passage in the other.
"""

import re
from collections.abc import Iterable

import numpy as np

Pair = tuple[str, str]
SENTENCE = re.compile(r"[^。.!?！？]+(?:[。！？]+|[.!?]+(?=\s|$)|[.!?](?!\s)[^。.!?！？]*)*")
LEAST = 12  # characters that a sentence must have to be worth asking
DRAWS = 2  # sentences of one passage that ask, at most
KEEP = 0.1  # share of passages that keep the sentence, so that the same words still count (as in the paper)


def cloze(passages: Iterable[Pair], seed: int) -> tuple[Pair, ...]:
    """(sentence, passage) pairs made of (asking, answering) passages.

    Where both are the same text, the sentences drawn are taken out of the passage nine times in ten: all of
    them at once, so that they share one right answer.
    """
    random = np.random.default_rng(seed)
    return tuple(pair for asking, answering in passages for pair in _draw(asking, answering, random))


def _draw(asking: str, answering: str, random: np.random.Generator) -> tuple[Pair, ...]:
    found = [sentence.strip() for sentence in SENTENCE.findall(asking)]
    good = [sentence for sentence in found if len(sentence) >= LEAST]
    drawn = [good[place] for place in random.permutation(len(good))[: min(DRAWS, len(good) - 1)]]
    if asking == answering and random.random() >= KEEP:
        for sentence in drawn:
            answering = answering.replace(sentence, " ", 1)
    return tuple((sentence, answering) for sentence in drawn)
