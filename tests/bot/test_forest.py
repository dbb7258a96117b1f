"""Trees that were grown elsewhere are read, written and refused."""

from pathlib import Path

import numpy as np
import pytest

from bot.extract.overall import OVERALL
from bot.extract.signs import FEATURES
from bot.extract.sufficient import load_judgement, summed
from bot.forest import LEAF, Forest, load_forest

#: A stump that asks for feature 1, and a tree of two levels that asks for feature 0 and then for feature 1.
SMALL = Forest(
    feature=np.array([1, LEAF, LEAF, 0, LEAF, 1, LEAF, LEAF], np.int16),
    number=np.array([0.5, 0.2, 0.8, 1.0, 0.4, 2.0, 0.6, 1.0], np.float32),
    right=np.array([2, 0, 0, 5, 0, 7, 0, 0], np.int32),
    roots=np.array([0, 3], np.int32),
)


@pytest.mark.parametrize(
    ("values", "mean"), [((1, 0.5), (0.2 + 0.4) / 2), ((2, 0.6), (0.8 + 0.6) / 2), ((2, 3), (0.8 + 1.0) / 2)]
)
def test_a_row_goes_to_one_leaf_of_every_tree(values: tuple[float, float], mean: float) -> None:
    assert SMALL.probability(np.array(values, np.float32)) == pytest.approx(mean)


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    SMALL.save(tmp_path / "small.npz")
    assert load_forest(tmp_path / "small.npz").probability(np.array([2, 3], np.float32)) == pytest.approx(0.9)


def test_another_file_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", feature=np.zeros(1))
    with pytest.raises(ValueError, match=r"other\.npz holds no number, right, roots"):
        load_forest(tmp_path / "other.npz")


def test_the_bundled_trees_read_rows_as_they_are_made() -> None:
    forest = load_judgement().forest
    places = np.zeros((3, len(FEATURES)), np.float32)
    row = summed(np.zeros(len(OVERALL), np.float32), places, np.zeros(3, np.float32))
    assert forest.feature.max() < len(row)
    assert 0 <= forest.probability(row) <= 1


def test_a_row_holds_the_place_with_the_highest_logit_and_what_all_have() -> None:
    places = np.array([[1, 5], [3, 2]], np.float32)
    row = summed(np.array([1], np.float32), places, np.array([-1, 2], np.float32))
    assert row.tolist() == [1, 3, 2, 2, -1, 0.5, 1.5, 3, 5, 2, 3.5]
