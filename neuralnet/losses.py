"""The functions that measure how wrong the predictions are.

Each returns the loss and its gradient, and its name says what is summed or averaged.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neuralnet.activations import sigmoid
from neuralnet.checks import Array, as_float_array, check_binary, check_labels, check_same_shape

Loss = tuple[float, Array]
LossFunction = Callable[[NDArray[Any], NDArray[Any]], Loss]
Function = TypeVar("Function", bound=Callable[..., Loss])


def summed(loss: Function) -> Function:
    """Mark a loss as a sum over the rows: over batches it is added up, where others are averaged.

    Parameters
    ----------
    loss : callable
        A function that is called like those of this module.

    Returns
    -------
    callable
        The same function.
    """
    vars(loss)["is_sum"] = True
    return loss


@summed
def sum_squared_error(predictions: ArrayLike, targets: ArrayLike) -> Loss:
    """Add up the squared differences between predictions and targets.

    Parameters
    ----------
    predictions, targets : array_like
        Two arrays of one shape, or two numbers, in the unit of the targets.

    Returns
    -------
    value : float
        The sum of ``(predictions - targets)**2`` over all entries.
    gradient : numpy.ndarray
        Its derivative with respect to each prediction, ``2 * (predictions - targets)``;
        the shape of `predictions`.

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
    predictions, targets = check_same_shape(predictions, targets)
    difference = predictions - targets
    return float(np.sum(difference**2)), 2 * difference


def mean_squared_error(predictions: ArrayLike, targets: ArrayLike) -> Loss:
    """Average the squared differences between predictions and targets.

    Parameters
    ----------
    predictions, targets : array_like
        Two arrays of one shape, or two numbers, in the unit of the targets.

    Returns
    -------
    value : float
        The mean of ``(predictions - targets)**2`` over all n entries.
    gradient : numpy.ndarray
        Its derivative with respect to each prediction, ``2 / n * (predictions - targets)``;
        the shape of `predictions`.

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
    predictions, targets = check_same_shape(predictions, targets)
    difference = predictions - targets
    return float(np.mean(difference**2)), 2 / difference.size * difference


def binary_cross_entropy(z: ArrayLike, targets: ArrayLike) -> Loss:
    """Average the surprise at the right answers, for yes-or-no questions.

    Parameters
    ----------
    z : array_like
        Raw outputs, before any sigmoid; ``sigmoid(z)`` is the probability of a yes.
    targets : array_like
        1 for yes, 0 for no; the shape of `z`.

    Returns
    -------
    value : float
        The mean of ``-log(p)``, where ``p`` is the probability given to the right answer.
    gradient : numpy.ndarray
        Its derivative with respect to each of the n raw outputs, ``(sigmoid(z) - targets) / n``;
        the shape of `z`.

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
    z, targets = check_same_shape(z, check_binary("targets", targets))
    # log(1 + exp(z)), computed so that no z overflows.
    value = np.mean(np.logaddexp(0, z) - z * targets)
    return float(value), (sigmoid(z) - targets) / z.size


def cross_entropy(z: ArrayLike, labels: ArrayLike) -> Loss:
    """Average the surprise at the right answers, for one class out of several.

    Parameters
    ----------
    z : array_like
        Raw outputs of shape (rows, classes), before any softmax; ``softmax(z)`` are the
        probabilities.
    labels : array_like
        The number of the right class for each row, of shape (rows,).

    Returns
    -------
    value : float
        The mean of ``-log(p)``, where ``p`` is the probability given to the right class.
    gradient : numpy.ndarray
        Its derivative with respect to each raw output, ``(softmax(z) - one_hot) / rows``;
        the shape of `z`.

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
    z = as_float_array("z", z)
    labels = check_labels("labels", labels, z.shape)
    # The logarithm of softmax(z), computed so that no z overflows.
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    value = -np.mean(log_p[np.arange(len(z)), labels])
    return float(value), (np.exp(log_p) - one_hot(labels, z.shape[1])) / len(z)


def one_hot(labels: NDArray[np.integer], classes: int) -> NDArray[np.bool]:
    """Return a table of shape (rows, classes), true in the column of each row's class.

    Parameters
    ----------
    labels : numpy.ndarray
        The number of the class of each row, of shape (rows,).
    classes : int
        The number of columns.

    Returns
    -------
    numpy.ndarray
        Of shape (rows, classes).
    """
    table: NDArray[np.bool] = labels[:, None] == np.arange(classes)
    return table
