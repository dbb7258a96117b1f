"""How well each system of the bench finds the right passage, all on the same passages and questions."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.bench_sets import Bank, Questions
from evals.peers.types import Find, Peer

#: How deep a search is looked at; MRR@10 as in MS MARCO's passage ranking.
DEPTH = 10

#: Told what is being measured, for a person who waits.
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures of one system on one set: shares of 1 over `questions` questions and `pool` passages."""

    peer: str
    set: str
    questions: int
    pool: int
    crossing: bool
    recall_1: float
    recall_5: float
    recall_10: float
    mrr_10: float


def first_right(found: Sequence[int], right: frozenset[int]) -> int:
    """1 where the first passage found is right, 2 where the second is …; 0 where none of DEPTH is."""
    return next((rank for rank, row in enumerate(found[:DEPTH], start=1) if row in right), 0)


def recall(ranks: Sequence[int], k: int) -> float:
    """Share of questions with a right passage among the first k."""
    return float(np.mean([0 < rank <= k for rank in ranks])) if ranks else 0.0


def reciprocal(ranks: Sequence[int]) -> float:
    """Mean of 1 / rank, and of 0 where nothing right was found."""
    return float(np.mean([1 / rank if rank else 0.0 for rank in ranks])) if ranks else 0.0


def ask_all(find: Find, questions: Questions) -> list[int]:
    """The rank of the first right passage for every question."""
    return [
        first_right(find(text, DEPTH), right)
        for text, right in zip(questions.texts, questions.gold, strict=True)
    ]


def figures(peer: str, pool: int, questions: Questions, ranks: Sequence[int]) -> Quality:
    """Ranks as figures."""
    return Quality(
        peer=peer,
        set=questions.name,
        questions=len(ranks),
        pool=pool,
        crossing=questions.crossing,
        recall_1=recall(ranks, 1),
        recall_5=recall(ranks, 5),
        recall_10=recall(ranks, 10),
        mrr_10=reciprocal(ranks),
    )


def measure_bank(peer: Peer, bank: Bank) -> Iterator[Quality]:
    """Builds `peer` over the bank in a folder that goes afterwards, and asks it everything."""
    with tempfile.TemporaryDirectory(prefix="desk-bench-", ignore_cleanup_errors=True) as folder:
        peer.build(bank.passages, Path(folder))
        with peer.open(Path(folder)) as find:
            for questions in bank.questions:
                yield figures(peer.name, len(bank.passages), questions, ask_all(find, questions))


def measure_quality(peers: Sequence[Peer], bank: Bank, tell: Tell = lambda _: None) -> tuple[Quality, ...]:
    """Every system on one bank."""
    results: list[Quality] = []
    for peer in peers:
        tell(f"{bank.name}: {peer.name}")
        results.extend(measure_bank(peer, bank))
    return tuple(results)
