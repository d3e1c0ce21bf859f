"""The layers of which networks are made.

Each goes forward from its inputs to its outputs, and backward from slopes to slopes.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neuralnet.activations import sigmoid
from neuralnet.checks import finite, whole

Array = NDArray[np.floating]


class Layer:
    """What all layers have in common: one without parameters, which changes nothing.

    Attributes
    ----------
    size : int
        The number of parameters.
    inputs, outputs : int or None
        The number of columns that go in and come out; None if any number will do.
    parameters : numpy.ndarray or None
        The layer's part of its network's vector, of shape (size,); None without a network.
    """

    size = 0
    inputs: int | None = None
    outputs: int | None = None
    parameters: Array | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Leave out the rows that went through last: no copy and no file is meant to hold them."""
        return {name: kept for name, kept in vars(self).items() if name not in ("x", "y")}

    def bind(self, parameters: Array, gradients: Array) -> None:
        """Look into two vectors of shape (size,), for the parameters and their slopes."""

    def start(self, rng: np.random.Generator) -> None:
        """Draw start values for the parameters."""

    def forward(self, x: Array, out: Array | None = None) -> Array:
        """Turn rows of shape (rows, inputs) into (rows, outputs); keep what `backward` needs."""
        return x

    def backward(self, d_output: Array, out: Array | None = None) -> Array:
        """Turn slopes over the outputs, (rows, outputs), into those over (rows, inputs)."""
        return d_output

    def differentiate(self, d_output: Array, ones: Array) -> None:
        """Write the slopes over the parameters, from (rows, outputs) and a 1 a row, (rows,)."""

    def penalise(self, l2: float) -> float:
        """Add the slopes of a price on large weights, and return the price."""
        return 0.0


class Dense(Layer):
    """A layer in which every output is a weighted sum of all inputs: ``x @ weights + biases``.

    Parameters
    ----------
    inputs, outputs : int
        How many numbers go in and how many come out.
    bias : bool
        Whether a constant is added to each sum.

    Attributes
    ----------
    weights : numpy.ndarray
        Of shape (inputs, outputs): column j holds the weights of output j.
    biases : numpy.ndarray
        Of shape (outputs,), or of shape (0,) without bias.
    d_weights, d_biases : numpy.ndarray
        The slopes of the loss over both, after a backward pass.

    Raises
    ------
    ValueError
        If `inputs` or `outputs` is not a whole number above zero.

    Notes
    -----
    The arrays exist as soon as the layer is part of a :class:`neuralnet.network.Network`.
    """

    def __init__(self, inputs: int, outputs: int, bias: bool = True) -> None:
        self.inputs: int = whole("inputs", inputs)
        self.outputs: int = whole("outputs", outputs)
        self.bias = bias
        self.size = (self.inputs + bool(bias)) * self.outputs

    def __repr__(self) -> str:
        return f"Dense({self.inputs}, {self.outputs}{'' if self.bias else ', bias=False'})"

    def bind(self, parameters: Array, gradients: Array) -> None:
        """Make the layer's arrays views of these two vectors, of shape (size,)."""
        self.weights, self.biases = self._views(parameters)
        self.d_weights, self.d_biases = self._views(gradients)

    def _views(self, vector: Array) -> tuple[Array, Array]:
        split = self.inputs * self.outputs
        return vector[:split].reshape(self.inputs, self.outputs), vector[split:]

    def start(self, rng: np.random.Generator) -> None:
        """Draw weights so that sums of many inputs are of the size of one; biases are 0."""
        self.weights[...] = rng.standard_normal(self.weights.shape) / np.sqrt(self.inputs)
        self.biases[...] = 0

    def forward(self, x: Array, out: Array | None = None) -> Array:
        """Return the weighted sums, of shape (rows, outputs)."""
        self.x = x
        sums = x.dot(self.weights, out)
        return np.add(sums, self.biases, sums) if self.bias else sums

    def differentiate(self, d_output: Array, ones: Array) -> None:
        """Write the slopes over both, from those over (rows, outputs) and a 1 a row, (rows,)."""
        self.x.T.dot(d_output, self.d_weights)
        if self.bias:
            ones.dot(d_output, self.d_biases)

    def backward(self, d_output: Array, out: Array | None = None) -> Array:
        """Return the slopes over the inputs, of shape (rows, inputs)."""
        return d_output.dot(self.weights.T, out)

    def penalise(self, l2: float) -> float:
        """Return ``l2 * sum(weights**2)``, and add its slope; biases cost nothing."""
        self.d_weights += 2 * l2 * self.weights
        return l2 * float(np.sum(self.weights**2))


class Activation(Layer):
    """A layer that bends each number by itself; slopes are computed from its output."""

    zero: float | Array = 0.0
    one: float | Array = 1.0

    def bind(self, parameters: Array, gradients: Array) -> None:
        """Keep 0 and 1 as arrays of shape (), which NumPy takes faster; the vectors are empty."""
        self.zero, self.one = np.zeros((), parameters.dtype), np.ones((), parameters.dtype)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Sigmoid(Activation):
    """Bend each number into the range from 0 to 1."""

    def forward(self, x: Array, out: Array | None = None) -> Array:
        """Return ``1 / (1 + exp(-x))``, of the shape of `x`."""
        if out is None:
            self.y = sigmoid(x)
        else:
            np.exp(np.negative(x, out), out)
            out += self.one
            self.y = np.reciprocal(out, out)
        return self.y

    def backward(self, d_output: Array, out: Array | None = None) -> Array:
        """Multiply by the slope, ``y * (1 - y)`` for the output ``y``; the shape stays."""
        slopes: Array = np.subtract(self.one, self.y, out)
        slopes *= self.y
        slopes *= d_output
        return slopes


class Tanh(Activation):
    """Bend each number into the range from -1 to 1."""

    def forward(self, x: Array, out: Array | None = None) -> Array:
        """Return ``tanh(x)``, of the shape of `x`."""
        self.y = np.tanh(x, out)
        return self.y

    def backward(self, d_output: Array, out: Array | None = None) -> Array:
        """Multiply by the slope, ``1 - y**2`` for the output ``y``; the shape stays."""
        slopes = np.multiply(self.y, self.y, out)
        np.subtract(self.one, slopes, slopes)
        slopes *= d_output
        return slopes


class ReLU(Activation):
    """Replace negative numbers by 0."""

    def forward(self, x: Array, out: Array | None = None) -> Array:
        """Return ``max(x, 0)``, of the shape of `x`."""
        self.y = np.maximum(x, self.zero, out=out)
        return self.y

    def backward(self, d_output: Array, out: Array | None = None) -> Array:
        """Pass the slopes on where the output ``y`` is above 0, not at 0; the shape stays."""
        return np.multiply(d_output, self.y > self.zero, out)


class Standardize(Layer):
    """Shift and scale each column: ``(x - mean) / std``.

    Parameters
    ----------
    mean, std : array_like
        One number for each column, of shape (columns,).

    Raises
    ------
    ValueError
        If a number is missing, infinite or alone, or a deviation is zero.

    Examples
    --------
    >>> scale = Standardize.like([[1.0, 10.0], [3.0, 30.0]])
    >>> print(scale.forward([[1.0, 20.0]]))
    [[-1.  0.]]
    >>> print(scale.inverse().forward([[-1.0, 0.0]]))
    [[ 1. 20.]]
    """

    def __init__(self, mean: ArrayLike, std: ArrayLike) -> None:
        self.mean, self.std = np.atleast_1d(finite("mean", mean)), np.atleast_1d(finite("std", std))
        if self.mean.ndim != 1 or self.mean.shape != self.std.shape:
            raise ValueError(
                f"mean has shape {self.mean.shape} and std {self.std.shape}: pass one number of "
                "each for every column"
            )
        self.inputs = self.outputs = self.mean.size
        if np.any(self.std == 0):
            raise ValueError(
                f"std is 0 in column {np.flatnonzero(self.std == 0)[0]}: a column that never "
                "changes tells nothing, so drop it"
            )

    @classmethod
    def like(cls, X: ArrayLike) -> Self:
        """Take mean and standard deviation (division by n) of each column, in double precision.

        Parameters
        ----------
        X : array_like
            At least one row, of shape (rows, columns); or one column, of shape (rows,).

        Returns
        -------
        Standardize
            The layer that gives `X` a mean of 0 and a deviation of 1 in each column.

        Raises
        ------
        ValueError
            If a column never changes, or a number is missing or infinite.
        """
        X = finite("X", X)
        X = X[:, None] if X.ndim == 1 else X
        if X.ndim != 2 or len(X) == 0:
            raise ValueError(
                f"X has shape {X.shape}, but a mean needs at least one row: pass shape "
                "(rows, columns)"
            )
        changes = X.max(axis=0) > X.min(axis=0)
        mean, std = X.mean(axis=0, dtype=np.float64), X.std(axis=0, dtype=np.float64)
        # Rounding can leave a tiny deviation to a column that never changes.
        return cls(mean, std * changes)

    def inverse(self) -> Self:
        """Return the layer that undoes this one."""
        return type(self)(-self.mean / self.std, 1 / self.std)

    def bind(self, parameters: Array, gradients: Array) -> None:
        """Take on the precision of these two vectors, of shape (0,): nothing is learned."""
        self.mean, self.std = (a.astype(parameters.dtype) for a in (self.mean, self.std))

    def __repr__(self) -> str:
        return f"Standardize({self.mean.tolist()}, {self.std.tolist()})"

    def forward(self, x: Array, out: Array | None = None) -> Array:
        """Return the scaled rows, of the shape of `x`."""
        return np.divide(np.subtract(x, self.mean, out=out), self.std, out=out)

    def backward(self, d_output: Array, out: Array | None = None) -> Array:
        """Divide the slopes by the same scale; the shape stays."""
        return np.divide(d_output, self.std, out=out)
