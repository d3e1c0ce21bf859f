"""The functions that measure how wrong the predictions are.

Each returns the loss and its gradient, and its name says what is summed or averaged.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neuralnet.activations import sigmoid, softmax
from neuralnet.checks import class_labels, from_zero_to_one, same_shape

Loss = tuple[float, NDArray[np.floating]]


def sum_squared_error(prediction: ArrayLike, target: ArrayLike) -> Loss:
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


def mean_squared_error(prediction: ArrayLike, target: ArrayLike) -> Loss:
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
    value, gradient = sum_squared_error(prediction, target)
    return value / gradient.size, gradient / gradient.size


def binary_cross_entropy(z: ArrayLike, target: ArrayLike) -> Loss:
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
    z, target = same_shape(z, target)
    target = from_zero_to_one("the target", target)
    # log(1 + exp(z)), computed so that no z overflows.
    value = np.mean(np.logaddexp(0, z) - z * target)
    return float(value), (sigmoid(z) - target) / z.size


def cross_entropy(z: ArrayLike, labels: ArrayLike) -> Loss:
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
    z, labels = class_labels(z, labels)
    rows = np.arange(len(z))
    gradient = softmax(z)
    top = z.max(axis=1)
    value = np.mean(np.log(np.sum(np.exp(z - top[:, None]), axis=1)) + top - z[rows, labels])
    gradient[rows, labels] -= 1
    return float(value), gradient / len(z)
