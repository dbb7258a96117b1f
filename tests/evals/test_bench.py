"""Ranks as figures, and a system measured on a bank."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from evals.bench import ask_all, figures, first_right, measure_quality, recall, reciprocal
from evals.bench_sets import Bank, Questions
from evals.peers.types import BenchPassage, Find, Peer, first_rows

QUESTIONS = Questions(
    "ja→ja", ("輸出管理", "利益相反", "贈与"), (frozenset({0}), frozenset({1}), frozenset({2})), False
)
BANK = Bank("試し", tuple(BenchPassage(text, "ja") for text in QUESTIONS.texts), (QUESTIONS,))


@pytest.mark.parametrize(
    ("found", "right", "rank"),
    [
        ((4, 2, 9), {2}, 2),
        ((4, 2, 9), {9, 4}, 1),
        ((4,), {7}, 0),
        ((), {1}, 0),
        (range(20), {10}, 0),
        (range(20), {9}, 10),
    ],
)
def test_the_first_right_passage_gives_the_rank(found: Sequence[int], right: set[int], rank: int) -> None:
    assert first_right(found, frozenset(right)) == rank


def test_figures_of_known_ranks() -> None:
    made = figures("desk", 40, QUESTIONS, [1, 4, 0])
    assert (made.recall_1, made.recall_5, made.recall_10) == pytest.approx((1 / 3, 2 / 3, 2 / 3))
    assert made.mrr_10 == pytest.approx((1 + 1 / 4) / 3)
    assert (made.set, made.questions, made.pool, made.crossing) == ("ja→ja", 3, 40, False)


def test_no_question_gives_zero_and_no_error() -> None:
    assert recall([], 5) == reciprocal([]) == 0.0


def test_chunks_of_one_passage_count_once() -> None:
    assert first_rows([3, 3, 1, 3, 2], 2) == [3, 1]


def _written(folders: list[Path]) -> Peer:
    """A system that keeps the texts in a file and finds by equality; notes the folders that it was given."""

    def build(passages: Sequence[BenchPassage], folder: Path) -> None:
        folders.append(folder)
        (folder / "texts").write_text("\n".join(one.text for one in passages), "utf-8")

    @contextmanager
    def opened(folder: Path) -> Iterator[Find]:
        texts = (folder / "texts").read_text("utf-8").split("\n")
        yield lambda question, k: [row for row, text in enumerate(texts) if text == question][:k]

    return Peer("exact", build, opened)


def test_a_system_is_built_in_a_folder_that_goes_afterwards() -> None:
    folders: list[Path] = []
    told: list[str] = []
    (made,) = measure_quality([_written(folders)], BANK, told.append)
    assert (made.peer, made.recall_1, made.pool) == ("exact", 1.0, 3)
    assert not folders[0].exists()
    assert told == ["試し: exact"]


def test_every_question_is_asked_ten_deep() -> None:
    asked: list[tuple[str, int]] = []

    def find(question: str, k: int) -> list[int]:
        asked.append((question, k))
        return [1]

    assert ask_all(find, QUESTIONS) == [0, 1, 0]
    assert asked == [(text, 10) for text in QUESTIONS.texts]
