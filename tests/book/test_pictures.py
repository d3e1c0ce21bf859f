"""The pictures of the book are those of their source."""

import numpy as np
from sklearn.datasets import load_digits

from book.pictures import handwritten_digits


def test_digits_are_those_of_scikit_learn():
    for ours, theirs in zip(handwritten_digits(), load_digits(return_X_y=True), strict=True):
        np.testing.assert_array_equal(ours, theirs)
