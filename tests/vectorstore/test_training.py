import lzma
import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import torch

from vectorstore.static import load_static
from vectorstore.training.__main__ import main
from vectorstore.training.batches import Task, Texts, prepare, schedule, shuffled
from vectorstore.training.build import build
from vectorstore.training.cloze import cloze
from vectorstore.training.corpora import CorpusError, Link, Pairs, Source, read_glossary, read_rows
from vectorstore.training.loop import contrastive, one_cycle
from vectorstore.training.measure import Ask, best_ranks, summary
from vectorstore.training.neighbours import PROJECTED, neighbour_order
from vectorstore.training.recipe import Recipe
from vectorstore.training.tokenizer import learn_tokenizer

NOUNS = (
    ("research", "研究"),
    ("university", "大学"),
    ("export", "輸出"),
    ("contract", "契約"),
    ("student", "学生"),
    ("funding", "資金"),
    ("patent", "特許"),
    ("foreign", "外国"),
)
VERBS = (("manages", "管理する"), ("reports", "報告する"), ("protects", "保護する"), ("reviews", "審査する"))
PAIRS = tuple(
    (f"The {a} office {v} the {b} plan.", f"{x}課は{y}計画を{z}。")
    for (a, x), (b, y) in combinations(NOUNS, 2)
    for v, z in VERBS
)
TINY = replace(
    Recipe(),
    vocabulary=200,
    dimension=24,
    vocabulary_pairs=100,
    threads=1,
    batch=32,
    passes=30.0,
    peak_rate=0.2,
)
SOURCE = (Source("pairs", 2, (Link((0,), 1),), 1.0, words=True),)
ASK = (Ask("translation", "pairs", 2, 0, 1),)


def write_corpus(folder: Path, name: str, rows: Sequence[Sequence[str]]) -> None:
    with lzma.open(folder / f"{name}.tsv.xz", "wt", encoding="utf-8") as file:
        file.writelines("\t".join(row) + "\n" for row in rows)


def test_a_tiny_model_ranks_the_translation_first_and_says_so_on_its_card(tmp_path: Path) -> None:
    write_corpus(tmp_path, "pairs", PAIRS)
    out = tmp_path / "model"
    made = build(tmp_path, tmp_path / "none.tsv", out, TINY, SOURCE, ASK)
    model = load_static(out)
    scores = model.encode([en for en, _ in PAIRS]) @ model.encode([ja for _, ja in PAIRS]).T
    assert (scores.argmax(axis=1) == np.arange(len(PAIRS))).mean() > 0.8
    assert made.figures[0].questions == len(PAIRS)
    written = (out / "README.md").read_text(encoding="utf-8")
    assert f"| {made.figures[0].first:.3f} |" in written and "| translation |" in written
    assert model.dimension == TINY.dimension and f"{made.vocabulary:,} subword tokens" in written


def test_the_same_seed_gives_the_same_model(tmp_path: Path) -> None:
    write_corpus(tmp_path, "pairs", PAIRS[:60])
    tiny = replace(TINY, passes=2.0)
    tables = []
    for name in ("one", "two"):
        build(tmp_path, tmp_path / "none.tsv", tmp_path / name, tiny, SOURCE, ())
        tables.append(load_static(tmp_path / name).token_vectors)
    np.testing.assert_array_equal(tables[0], tables[1])


def test_a_missing_corpora_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "nowhere"
    assert main(["--corpora", str(missing), "--out", str(tmp_path / "model")]) == 2
    assert f"no parallel_train.tsv.xz in {missing}" in capsys.readouterr().err
    assert not (tmp_path / "model").exists()


def test_a_row_with_a_missing_column_is_named_with_its_line(tmp_path: Path) -> None:
    write_corpus(tmp_path, "pairs", (("one", "一"), ("two",)))
    with pytest.raises(CorpusError, match="line 2: 1 columns instead of 2"):
        tuple(read_rows(tmp_path, "pairs", 2))


def test_every_form_of_a_term_goes_with_every_form_in_the_other_language(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text(
        "kind\tja\ten\nterm\t利益相反 | 利益相反行為\tconflict of interest | COI\n", encoding="utf-8"
    )
    pairs = read_glossary(path, 2.0)
    assert set(zip(pairs.left, pairs.right, strict=True)) == {
        (en, ja) for en in ("conflict of interest", "COI") for ja in ("利益相反", "利益相反行為")
    }


def test_a_sentence_is_taken_out_of_its_own_passage_but_not_out_of_its_translation() -> None:
    ja = "研究の国際化は重要である。利益相反を適切に管理すること。安全保障輸出管理も必要である。"
    en = "International research matters. Manage conflicts of interest. Export control is needed."
    own = cloze(((ja, ja),) * 40, seed=5)
    assert len(own) == 80 and {sentence in ja for sentence, _ in own} == {True}
    assert 0.6 < np.mean([sentence not in passage for sentence, passage in own]) < 1.0
    across = cloze(((ja, en),) * 40, seed=5)
    assert {passage for _, passage in across} == {en}
    assert cloze((("一文だけの短い段落である。", "a"),), seed=5) == ()


def test_a_text_that_occurs_twice_is_tokenised_once() -> None:
    groups = (
        Pairs("a", ("研究", "大学"), ("research", "university"), 1.0),
        Pairs("b", ("研究",), ("、",), 1.0),
    )
    texts, tasks = prepare(groups, learn_tokenizer(("研究 大学 research university",), 60))
    assert len(texts.starts) == 5 + 1
    assert tasks[1].left[0] == tasks[0].left[0]
    assert (np.diff(texts.starts) > 0).all()


def test_gather_cuts_long_texts_and_keeps_order() -> None:
    texts = Texts(np.array([1, 2, 3, 4, 5, 6], np.int32), np.array([0, 3, 4, 6]))
    tokens, offsets = texts.gather(np.array([2, 0]), 2)
    assert tokens.tolist() == [5, 6, 1, 2] and offsets.tolist() == [0, 2]


def test_a_batch_holds_one_kind_and_a_pass_sees_every_pair_once() -> None:
    numbers = np.arange(64)
    tasks = (Task("a", numbers, numbers, 1.0), Task("b", numbers, numbers, 1.5))
    steps = schedule(tasks, 16, 1.0, np.random.default_rng(3), shuffled)
    seen = [[int(pair) for task, batch in steps if task == kind for pair in batch] for kind in (0, 1)]
    assert sorted(seen[0]) == list(range(64))
    assert len(seen[1]) == 96 and set(seen[1]) == set(range(64))
    assert [task for task, _ in steps] != sorted(task for task, _ in steps)


def test_near_pairs_come_to_lie_in_one_group() -> None:
    random = np.random.default_rng(4)
    centres = random.normal(size=(8, PROJECTED)).astype(np.float32)
    kinds = random.permutation(np.repeat(np.arange(8), 16))
    order = neighbour_order(centres[kinds] + 0.01 * random.normal(size=(128, PROJECTED)), 16, random)
    assert sorted(order) == list(range(128))
    together = [len(set(kinds[order[start : start + 16]])) for start in range(0, 128, 16)]
    assert np.mean(together) < 3


def test_the_same_text_elsewhere_in_the_batch_is_no_negative() -> None:
    scores = torch.tensor([[5.0, 9.0, 0.0], [0.0, 5.0, 0.0], [0.0, 0.0, 5.0]])
    left = torch.tensor([0, 1, 2])
    twice = contrastive(scores, left, torch.tensor([7, 7, 8]))
    apart = contrastive(scores, left, torch.tensor([7, 9, 8]))
    assert float(twice) < 0.1 < float(apart)


@pytest.mark.parametrize(("done", "share"), [(0.0, 0.0), (0.05, 0.5), (0.1, 1.0), (0.55, 0.5), (1.0, 0.0)])
def test_the_rate_rises_and_falls(done: float, share: float) -> None:
    recipe = replace(Recipe(), warm_up=0.1, peak_rate=2.0)
    assert math.isclose(one_cycle(done, recipe), 2.0 * share, abs_tol=1e-9)


def test_ranks_count_a_tie_against_the_model() -> None:
    scores = np.array([[0.9, 0.5, 0.9], [0.1, 0.8, 0.2], [0.3, 0.2, 0.1]], np.float32)
    ranks = best_ranks(scores, [{0}, {1}, {1, 2}])
    assert ranks.tolist() == [2, 1, 2]
    first, mrr, recall = summary(np.array([1, 2, 20, 4]))
    assert (first, recall) == (0.25, 0.75) and math.isclose(mrr, (1 + 0.5 + 0.25) / 4)
