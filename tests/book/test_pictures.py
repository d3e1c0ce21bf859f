"""The pictures of the book are those of their source."""

import numpy as np
from sklearn.datasets import load_digits

from book.pictures import CLOTHES, HERE, clothes, handwritten_digits, shifted


def test_digits_are_those_of_scikit_learn():
    for ours, theirs in zip(handwritten_digits(), load_digits(return_X_y=True), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_clothes_are_pictures_of_bytes_with_their_kinds():
    X, y, new, kinds = clothes()
    assert (X.shape, new.shape, X.dtype) == ((6000, 784), (1000, 784), np.uint8)
    assert (X.max(), new.max()) == (255, 255)
    assert (len(y), len(kinds)) == (6000, 1000)
    assert set(y) == set(kinds) == set(range(len(CLOTHES)))
    assert min(np.bincount(y)) > 500


def test_first_and_last_picture_are_read_where_they_stand():
    X, y, new, kinds = clothes()
    assert [CLOTHES[label] for label in (y[0], kinds[0])] == ["ankle boot", "ankle boot"]
    # A boot stands on the ground and is dark above its foot; shifted bytes would not show this.
    boot = X[0].reshape(28, 28)
    assert boot[-6:].sum() > 3 * boot[:6].sum()
    assert len(new) == len(kinds)


def test_clothes_carry_their_licence():
    assert "Zalando SE" in (HERE / "clothes" / "LICENSE").read_text(encoding="utf-8")


def test_shifted_moves_a_picture_and_fills_with_background():
    row = np.arange(1, 10).reshape(1, 9)
    assert shifted(row, 1, 0).tolist() == [[0, 0, 0, 1, 2, 3, 4, 5, 6]]
    assert shifted(row, 0, -1).tolist() == [[2, 3, 0, 5, 6, 0, 8, 9, 0]]
