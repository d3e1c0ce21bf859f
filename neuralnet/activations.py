"""The functions that turn a weighted sum into an answer.

Without one of them a network of any depth is only a straight line.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neuralnet.checks import as_float_array


def sigmoid(z: ArrayLike) -> NDArray[np.floating]:
    """Squash every number into the range from 0 to 1: ``1 / (1 + exp(-z))``.

    Parameters
    ----------
    z : array_like
        Weighted sums, of any shape and without a unit.

    Returns
    -------
    numpy.ndarray
        Answers between 0 and 1, of the same shape as `z`.

    Examples
    --------
    >>> print(sigmoid(0.0))
    0.5
    >>> print(sigmoid([-1000.0, 1000.0]))
    [0. 1.]
    """
    z = as_float_array("z", z)
    # Below z = -709 exp overflows to infinity; 1 / infinity is 0, right to 300 decimal places.
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def softmax(z: ArrayLike) -> NDArray[np.floating]:
    """Turn each row of numbers into probabilities: ``exp(z) / sum(exp(z))``.

    Parameters
    ----------
    z : array_like
        Raw outputs of shape (rows, classes), or (classes,) for one row; without a unit.

    Returns
    -------
    numpy.ndarray
        Numbers from 0 to 1 that add up to 1 in each row; the shape of `z`.

    Examples
    --------
    >>> print(softmax([[0.0, 0.0], [1000.0, 0.0]]))
    [[0.5 0.5]
     [1.  0. ]]
    """
    z = as_float_array("z", z)
    # A common shift changes nothing; this one keeps exp from overflowing.
    raised: NDArray[np.floating] = np.exp(z - z.max(axis=-1, keepdims=True))
    raised /= raised.sum(axis=-1, keepdims=True)
    return raised
