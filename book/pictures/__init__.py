"""Pictures to learn from: they belong to the book, not to the package."""

from pathlib import Path

import numpy as np


def handwritten_digits():
    """Return 1797 scanned digits and what they are.

    A row holds the 64 pixels of an 8×8 picture, line by line, each from 0 (white) to 16 (black);
    the targets are the digits from 0 to 9.

    References
    ----------
    E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
    Repository, 1998 (CC BY 4.0), the test set, as scikit-learn has it.
    """
    with np.load(Path(__file__).with_name("digits.npz")) as file:
        return file["pictures"].astype(float), file["digits"].astype(int)
