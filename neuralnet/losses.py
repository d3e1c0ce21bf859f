"""The functions that measure how wrong a prediction is.

Each returns the loss and its gradient, and its name says what is summed or averaged.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neuralnet.checks import same_shape


def sum_squared_error(
    prediction: ArrayLike, target: ArrayLike
) -> tuple[float, NDArray[np.floating]]:
    """Add up the squared differences between predictions and targets.

    Parameters
    ----------
    prediction, target : array_like
        Two arrays of one shape, or two numbers, in the unit of the target.

    Returns
    -------
    value : float
        The sum of ``(prediction - target) ** 2`` over all entries.
    gradient : numpy.ndarray
        Its derivative with respect to each prediction, ``2 * (prediction - target)``;
        the shape of `prediction`.

    Raises
    ------
    ValueError
        If the two shapes differ.  Nothing is broadcast.

    Examples
    --------
    >>> value, gradient = sum_squared_error([0.75, 0.25], [1.0, 0.0])
    >>> print(value, gradient)
    0.125 [-0.5  0.5]
    """
    prediction, target = same_shape(prediction, target)
    difference = prediction - target
    return float(np.sum(difference**2)), 2 * difference
