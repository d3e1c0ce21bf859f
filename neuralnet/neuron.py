"""One neuron: it weighs its inputs, adds a bias and answers with a number from 0 to 1.

It learns from examples, by steps against the gradient of its squared error.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neuralnet.activations import sigmoid
from neuralnet.checks import answers_for, positive, rows_of, table_of, whole
from neuralnet.history import History
from neuralnet.losses import sum_squared_error


class Neuron:
    """A single neuron with a sigmoid.

    Parameters
    ----------
    inputs : int
        The number of features in a row.
    rng : numpy.random.Generator or int, optional
        Where the start values come from; a seed makes them the same each time.

    Attributes
    ----------
    weights : numpy.ndarray
        One weight for each feature, of shape (inputs,).
    bias : float
        The weighted sum of a row of zeros.

    Raises
    ------
    ValueError
        If `inputs` is not a whole number above zero.

    Examples
    --------
    >>> neuron = Neuron(2)
    >>> neuron.weights, neuron.bias = np.array([1.45, -0.66]), 0.0
    >>> print(round(neuron.predict([1.66, 1.56]), 2))
    0.8
    """

    def __init__(self, inputs: int, *, rng: np.random.Generator | int | None = None) -> None:
        rng = np.random.default_rng(rng)
        self.weights = rng.standard_normal(whole("inputs", inputs))
        self.bias = float(rng.standard_normal())

    def __repr__(self) -> str:
        return f"Neuron(weights={self.weights.tolist()}, bias={self.bias})"

    def predict(self, x: ArrayLike) -> float | NDArray[np.floating]:
        """Answer one row with a number, or many rows with an array.

        Parameters
        ----------
        x : array_like
            One row of shape (inputs,), or many of shape (rows, inputs).

        Returns
        -------
        float or numpy.ndarray
            A number from 0 to 1, or an array of them of shape (rows,).

        Raises
        ------
        ValueError
            If a row has not one number for each weight, or holds NaN or infinity.
        """
        answer = self._forward(rows_of("x", x, len(self.weights)))
        return answer if answer.ndim else float(answer)

    def _forward(self, x: NDArray[np.floating]) -> NDArray[np.floating]:
        return sigmoid(x @ self.weights + self.bias)

    def gradient(self, x: ArrayLike, target: ArrayLike) -> tuple[NDArray[np.floating], float]:
        """Differentiate the squared error with respect to the weights and the bias.

        Parameters
        ----------
        x : array_like
            One row of shape (inputs,), or many of shape (rows, inputs).
        target : array_like
            The right answer for the row, or one for each row, of shape (rows,).

        Returns
        -------
        d_weights : numpy.ndarray
            Of shape (inputs,): the derivative of ``(prediction - target) ** 2``,
            summed over the rows, with respect to each weight.
        d_bias : float
            The same with respect to the bias.

        Raises
        ------
        ValueError
            If `x` does not fit the weights, or `target` does not fit `x`.
        """
        x = rows_of("x", x, len(self.weights))
        return self._backward(x, answers_for(x, "target", target))

    def _backward(
        self, x: NDArray[np.floating], target: NDArray[np.floating]
    ) -> tuple[NDArray[np.floating], float]:
        prediction = self._forward(x)
        d_prediction = 2 * (prediction - target)
        d_sum = d_prediction * prediction * (1 - prediction)
        return np.dot(d_sum, x), float(np.sum(d_sum))

    def learn(self, x: ArrayLike, target: ArrayLike, learning_rate: float) -> None:
        """Take one step against the gradient, in place.

        Parameters
        ----------
        x, target : array_like
            What :meth:`gradient` takes.
        learning_rate : float
            The length of the step as a multiple of the gradient; above zero.

        Raises
        ------
        ValueError
            If an argument does not fit; the neuron is then unchanged.
        """
        learning_rate = positive("learning_rate", learning_rate)
        d_weights, d_bias = self.gradient(x, target)
        self.weights -= learning_rate * d_weights
        self.bias -= learning_rate * d_bias

    def train(
        self,
        X: ArrayLike,
        targets: ArrayLike,
        *,
        learning_rate: float,
        steps: int,
        rng: np.random.Generator | int | None = None,
        record_every: int = 100,
    ) -> History:
        """Learn from rows drawn at random, one row a step (stochastic gradient descent).

        Parameters
        ----------
        X : array_like
            The training rows, of shape (rows, inputs).
        targets : array_like
            The right answers, from 0 to 1, of shape (rows,).
        learning_rate : float
            The length of each step as a multiple of the gradient; above zero.
        steps : int
            How many updates to make.
        rng : numpy.random.Generator or int, optional
            Who draws the rows; a seed makes the run repeatable.
        record_every : int
            The number of updates between two records of the loss.

        Returns
        -------
        History
            The sum of squared errors over all rows before the first update, after every
            `record_every` updates and after the last.  Ctrl-C ends the run early, keeps
            the weights and says ``stopped="interrupted"``.

        Raises
        ------
        ValueError
            If an argument does not fit; the neuron is then unchanged.
        TrainingDiverged
            If the loss becomes infinite or NaN.
        """
        X = table_of("X", X, len(self.weights))
        targets = answers_for(X, "targets", targets)
        learning_rate = positive("learning_rate", learning_rate)
        history = History(learning_rate, whole("record_every", record_every))
        rows = np.random.default_rng(rng).integers(len(X), size=whole("steps", steps)).tolist()
        # The history notices what overflows, and says what to do about it.
        with np.errstate(over="ignore", invalid="ignore"):
            self._descend(X, targets, rows, history)
        return history

    def _descend(
        self,
        X: NDArray[np.floating],
        targets: NDArray[np.floating],
        rows: list[int],
        history: History,
    ) -> None:
        examples = list(zip(X.tolist(), targets.tolist(), strict=True))
        weights, bias, step = self.weights.tolist(), self.bias, 0
        try:
            for row in rows:
                if step % history.record_every == 0:
                    self.weights, self.bias = np.array(weights), bias
                    history.record(step, self._loss(X, targets))
                weights, bias = _stepped(weights, bias, *examples[row], history.learning_rate)
                step += 1
        except KeyboardInterrupt:
            history.stopped = "interrupted"
        self.weights, self.bias = np.array(weights), bias
        if history.steps[-1:] != [step]:
            history.record(step, self._loss(X, targets))

    def _loss(self, X: NDArray[np.floating], targets: NDArray[np.floating]) -> float:
        # The sigmoid answers infinite weights with a finite number, so the loss would hide them.
        if not np.isfinite(self.weights).all():
            return np.inf
        loss, _ = sum_squared_error(self._forward(X), targets)
        return loss


def _stepped(
    weights: list[float], bias: float, x: list[float], target: float, learning_rate: float
) -> tuple[list[float], float]:
    # What `learn` does, in plain numbers: one call of NumPy takes longer than these few sums.
    z = 0.0
    for weight, value in zip(weights, x):
        z += weight * value
    try:
        prediction = 1 / (1 + math.exp(-(z + bias)))
    except OverflowError:
        prediction = 0.0  # 1 divided by a number too large for a float
    slope = 2 * (prediction - target) * prediction * (1 - prediction)
    moved = [weight - learning_rate * (slope * value) for weight, value in zip(weights, x)]
    return moved, bias - learning_rate * slope
