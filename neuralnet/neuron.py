"""One neuron: it weighs its inputs, adds a bias and answers with a number from 0 to 1.

It learns from examples, by steps against the gradient of its squared error.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neuralnet.activations import sigmoid
from neuralnet.checks import (
    Array,
    as_float_array,
    check_answers,
    check_rows,
    check_shape,
    check_table,
    positive,
    positive_int,
)
from neuralnet.history import History, TrainingDiverged
from neuralnet.inplace import PlainValues, stepped
from neuralnet.losses import sum_squared_error
from neuralnet.parameters import Filled


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
        One weight for each feature, of shape (inputs,).  What is assigned is written into it.
    bias : float
        The weighted sum of a row of zeros.

    Raises
    ------
    ValueError
        If `inputs` is not a whole number above zero.

    Examples
    --------
    >>> neuron = Neuron(2)
    >>> neuron.weights, neuron.bias = [1.45, -0.66], 0.0
    >>> print(round(neuron.predict([1.66, 1.56]), 2))
    0.8
    """

    weights: Filled = Filled()

    def __init__(self, inputs: int, *, rng: np.random.Generator | int | None = None) -> None:
        rng = np.random.default_rng(rng)
        self.weights = rng.standard_normal(positive_int("inputs", inputs))
        self.bias = rng.standard_normal()

    def __repr__(self) -> str:
        return f"Neuron(weights={self.weights.tolist()}, bias={self.bias})"

    @property
    def bias(self) -> float:
        """The weighted sum of a row of zeros."""
        return self._bias

    @bias.setter
    def bias(self, value: float) -> None:
        self._bias = float(check_shape("bias", as_float_array("bias", value), ()))

    def predict(self, x: ArrayLike) -> float | Array:
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
        prediction = self._forward(check_rows("x", x, len(self.weights)))
        return prediction if prediction.ndim else float(prediction)

    def _forward(self, x: NDArray[np.number]) -> Array:
        return sigmoid(x @ self.weights + self.bias)

    def gradient(self, x: ArrayLike, targets: ArrayLike) -> tuple[Array, float]:
        """Differentiate the squared error with respect to the weights and the bias.

        Parameters
        ----------
        x : array_like
            One row of shape (inputs,), or many of shape (rows, inputs).
        targets : array_like
            The right answer for the row, or one for each row, of shape (rows,); from 0 to 1.

        Returns
        -------
        d_weights : numpy.ndarray
            Of shape (inputs,): the derivative of ``(prediction - target)**2``,
            summed over the rows, with respect to each weight.
        d_bias : float
            The same with respect to the bias.

        Raises
        ------
        ValueError
            If `x` does not fit the weights, or `targets` do not fit `x`.
        """
        x = check_rows("x", x, len(self.weights))
        targets = check_answers("targets", targets, x)
        predictions = self._forward(x)
        d_z = 2 * (predictions - targets) * predictions * (1 - predictions)
        return np.dot(d_z, x), float(np.sum(d_z))

    def learn(self, x: ArrayLike, targets: ArrayLike, learning_rate: float) -> None:
        """Take one step against the gradient, in place.

        Parameters
        ----------
        x, targets : array_like
            What :meth:`gradient` takes.
        learning_rate : float
            The length of the step as a multiple of the gradient; above zero.

        Raises
        ------
        ValueError
            If an argument does not fit; the neuron is then unchanged.
        """
        learning_rate = positive("learning_rate", learning_rate)
        d_weights, d_bias = self.gradient(x, targets)
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
            How many steps to take.
        rng : numpy.random.Generator or int, optional
            Who draws the rows; a seed makes the run repeatable.
        record_every : int
            The number of steps between two records of the loss.

        Returns
        -------
        History
            The sum of squared errors over all rows before the first step, after every
            `record_every` steps and after the last.  Ctrl-C ends the run early, keeps the
            weights and says ``stopped="interrupted"``.

        Raises
        ------
        ValueError
            If an argument does not fit; the neuron is then unchanged.
        TrainingDiverged
            If the loss, a weight or the bias becomes infinite or NaN; the neuron is then as it
            was at the last record.
        """
        X = check_table("X", X, len(self.weights))
        targets = check_answers("targets", targets, X)
        learning_rate = positive("learning_rate", learning_rate)
        steps = positive_int("steps", steps)
        record_every = positive_int("record_every", record_every)
        history, moved, taken = History(learning_rate), (self.weights.tolist(), self.bias), 0
        try:
            rows = np.random.default_rng(rng).integers(len(X), size=steps).tolist()
            examples = list(zip(X.tolist(), targets.tolist(), strict=True))
            for row in rows:
                if taken % record_every == 0:
                    self._record(moved, taken, X, targets, history)
                moved, taken = stepped(moved, examples[row], learning_rate), taken + 1
            self._record(moved, taken, X, targets, history)
        except KeyboardInterrupt:
            history.interrupt()
            if history.steps[-1:] != [taken]:
                self._record(moved, taken, X, targets, history)
        return history

    @np.errstate(over="ignore", invalid="ignore")
    def _record(
        self,
        moved: PlainValues,
        taken: int,
        X: NDArray[np.number],
        targets: Array,
        history: History,
    ) -> None:
        """Note the loss with weights and bias that are finite, and take them on."""
        weights, bias = moved
        loss, _ = sum_squared_error(sigmoid(X @ weights + bias), targets)
        # The sigmoid answers infinite parameters with a finite number, so the loss would hide them.
        if not np.isfinite([*weights, bias, loss]).all():
            raise TrainingDiverged(history, history.learning_rate, step=taken)
        self.weights, self.bias = moved
        history.record_step(taken, loss)
