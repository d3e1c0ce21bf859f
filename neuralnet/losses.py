"""The functions that measure how wrong the predictions are.

Each returns the loss and its gradient, and its name says what is summed or averaged.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neuralnet.activations import sigmoid
from neuralnet.checks import one_hot, same_shape, yes_or_no

Loss = tuple[float, NDArray[np.floating]]
LossFunction = Callable[[ArrayLike, ArrayLike], Loss]


def checked_by(
    check: Callable[..., tuple[Any, Any]],
) -> Callable[[Callable[..., Loss]], LossFunction]:
    """Make a loss check its arguments.

    Parameters
    ----------
    check : callable
        Takes predictions and targets; returns both as arrays, or raises a ValueError.

    Returns
    -------
    callable
        Turns a function that computes a loss into one that checks first.  The two parts remain,
        as `check` and `compute`, for a loop that checks all its targets once.
    """

    def decorate(compute: Callable[..., Loss]) -> LossFunction:
        @wraps(compute)
        def loss(prediction: ArrayLike, target: ArrayLike) -> Loss:
            return compute(*check(prediction, target))

        vars(loss).update(check=check, compute=compute)
        return loss

    return decorate


@checked_by(same_shape)
def sum_squared_error(prediction: NDArray[np.floating], target: NDArray[np.floating]) -> Loss:
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
    difference = prediction - target
    flat = difference.ravel()
    # Twice the difference: NumPy adds two arrays faster than it multiplies one by a plain number.
    return float(flat.dot(flat)), difference + difference


@checked_by(same_shape)
def mean_squared_error(prediction: NDArray[np.floating], target: NDArray[np.floating]) -> Loss:
    """Average the squared differences between predictions and targets.

    Parameters
    ----------
    prediction, target : array_like
        Two arrays of one shape, or two numbers, in the unit of the target.

    Returns
    -------
    value : float
        The mean of ``(prediction - target) ** 2`` over all entries.
    gradient : numpy.ndarray
        Its derivative with respect to each prediction; the shape of `prediction`.

    Raises
    ------
    ValueError
        If the two shapes differ.  Nothing is broadcast.

    Examples
    --------
    >>> value, gradient = mean_squared_error([0.75, 0.25], [1.0, 0.0])
    >>> print(value, gradient)
    0.0625 [-0.25  0.25]
    """
    difference = prediction - target
    n, flat = difference.size, difference.ravel()
    return float(flat.dot(flat)) / n, 2 / n * difference


@checked_by(yes_or_no)
def binary_cross_entropy(z: NDArray[np.floating], target: NDArray[np.floating]) -> Loss:
    """Average the surprise at the right answers, for yes-or-no questions.

    Parameters
    ----------
    z : array_like
        Raw outputs, before any sigmoid; ``sigmoid(z)`` is the probability of a yes.
    target : array_like
        1 for yes, 0 for no; the shape of `z`.

    Returns
    -------
    value : float
        The mean of ``-log(p)``, where ``p`` is the probability given to the right answer.
    gradient : numpy.ndarray
        Its derivative with respect to each raw output; the shape of `z`.

    Raises
    ------
    ValueError
        If the two shapes differ, or a target is not from 0 to 1.  Nothing is broadcast.

    Examples
    --------
    >>> value, gradient = binary_cross_entropy([0.0], [1.0])
    >>> print(f"{value:.4f}", gradient)
    0.6931 [-0.5]
    """
    # log(1 + exp(z)), computed so that no z overflows.
    value = np.mean(np.logaddexp(0, z) - z * target)
    return float(value), (sigmoid(z) - target) / z.size


@checked_by(one_hot)
def cross_entropy(z: NDArray[np.floating], labels: NDArray[np.bool]) -> Loss:
    """Average the surprise at the right answers, for one class out of several.

    Parameters
    ----------
    z : array_like
        Raw outputs of shape (rows, classes); ``softmax(z)`` are the probabilities.
    labels : array_like
        The number of the right class for each row, of shape (rows,).

    Returns
    -------
    value : float
        The mean of ``-log(p)``, where ``p`` is the probability given to the right class.
    gradient : numpy.ndarray
        Its derivative with respect to each raw output; the shape of `z`.

    Raises
    ------
    ValueError
        If `labels` are not whole numbers from 0 to classes - 1, one for each row.

    Examples
    --------
    >>> value, gradient = cross_entropy([[0.0, 0.0]], [1])
    >>> print(f"{value:.4f}", gradient)
    0.6931 [[ 0.5 -0.5]]
    """
    # Turned, each class has a row: with few classes, NumPy is faster along these long rows.
    n, shifted = len(z), z.T.copy()
    shifted -= shifted.max(axis=0)
    gradient = np.exp(shifted)
    sums = gradient.sum(axis=0)
    # The labels are one-hot by now: true once for each example, where the class is the right one.
    surprises = np.log(sums) - shifted.T[labels]
    gradient /= sums
    gradient -= labels.T
    gradient /= n
    return float(surprises.sum()) / n, gradient.T
