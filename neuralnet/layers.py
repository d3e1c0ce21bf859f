"""The layers of which networks are made.

Each has a forward pass, from inputs to outputs, and a backward pass, from gradients to gradients.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from neuralnet.activations import sigmoid
from neuralnet.checks import (
    Array,
    boolean,
    check_array,
    check_callable,
    check_shape,
    name_of,
    positive_int,
)
from neuralnet.initializers import Initializer, lecun_normal
from neuralnet.parameters import NOTHING, Gradient, Parameter


class Layer:
    """What all layers have in common: one without parameters, which changes nothing.

    A layer of one's own is a subclass with a `forward` and a `backward`.  If it learns, it assigns
    start values to `weights` (and `biases`) in its constructor, and `backward` assigns their
    gradients to `d_weights` (and `d_biases`).

    Attributes
    ----------
    inputs, outputs : int or None
        The number of columns that go in and come out; None if any number will do.
    weights, biases : numpy.ndarray
        What is learned, with and without a penalty on its size; of shape (0,) if nothing is.
    d_weights, d_biases : numpy.ndarray
        The gradients of the loss with respect to both, of their shapes, after a backward pass.
    workspace : int
        How many numbers a forward pass needs for each row, besides those that go in and out.
    dtype : numpy.dtype
        The precision of the network of which the layer is a part.
    is_initialized : bool
        Whether `weights` and `biases` have their start values.
    """

    inputs: int | None = None
    outputs: int | None = None
    weights: Parameter = Parameter()
    biases: Parameter = Parameter()
    d_weights: Gradient = Gradient()
    d_biases: Gradient = Gradient()
    workspace = 0
    dtype: np.dtype[Any] = np.dtype(np.float64)
    is_initialized = True

    def forward(self, x: Array) -> Array:
        """Turn rows of shape (rows, inputs) into (rows, outputs); keep what `backward` needs."""
        return x

    def forward_in_training(self, x: Array) -> Array:
        """Do what `forward` does, with the same shapes; some layers do something else to learn."""
        return self.forward(x)

    def backward(self, d_output: Array) -> Array:
        """Turn the gradient over the outputs, (rows, outputs), into that over (rows, inputs)."""
        return d_output

    def initialize(self, rng: np.random.Generator) -> None:
        """Draw start values for weights and biases of the shapes that they have."""

    def prepare(self, rng: np.random.Generator | int | None = None) -> None:
        """Draw start values of the right shapes, unless there are values already."""
        if not self.is_initialized:
            self.is_initialized = True
            try:
                self.initialize(np.random.default_rng(rng))
            except BaseException:
                self.is_initialized = False
                raise

    @property
    def size(self) -> int:
        """The number of parameters."""
        return int(sum(vars(self).get(name, NOTHING).size for name in ("weights", "biases")))

    def share(self, parameters: Array, gradients: Array) -> None:
        """Move what the layer holds into two vectors of shape (size,), and look into them."""
        self.dtype, end = parameters.dtype, self.weights.size
        for name, part in (("weights", slice(end)), ("biases", slice(end, None))):
            values = getattr(self, name)
            parameters[part] = values.ravel()
            vars(self)[name] = parameters[part].reshape(values.shape)
            vars(self)[f"d_{name}"] = gradients[part].reshape(values.shape)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out the rows that went through last: no copy and no file is meant to hold them."""
        return {name: kept for name, kept in vars(self).items() if name not in ("x", "y")}

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Dense(Layer):
    """A layer in which every output is a weighted sum of all inputs: ``x @ weights + biases``.

    Parameters
    ----------
    inputs, outputs : int
        How many numbers go in and how many come out.
    bias : bool
        Whether a constant is added to each sum.
    initializer : callable
        Draws the start values of the weights: one of :mod:`neuralnet.initializers`, or a function
        ``(rng, inputs, outputs)`` that returns an array of shape (inputs, outputs).

    Attributes
    ----------
    weights, d_weights : numpy.ndarray
        Of shape (inputs, outputs): column j belongs to output j.
    biases, d_biases : numpy.ndarray
        Of shape (outputs,), or of shape (0,) without bias.

    Raises
    ------
    ValueError
        If `inputs` or `outputs` is not a whole number above zero, or `bias` not True or False;
        later, when `initializer` is called, if it does not return such an array.
    TypeError
        If `initializer` is no function.

    Examples
    --------
    >>> layer = Dense(3, 1)
    >>> layer.weights = [[0.5], [1.0], [2.0]]
    >>> print(layer.forward(np.array([[2.0, 1.0, 1.0]])))
    [[4.]]
    """

    inputs: int
    outputs: int

    def __init__(
        self,
        inputs: int,
        outputs: int,
        *,
        bias: bool = True,
        initializer: Initializer = lecun_normal,
    ) -> None:
        self.inputs, self.outputs = positive_int("inputs", inputs), positive_int("outputs", outputs)
        self.bias = boolean("bias", bias)
        check_callable("initializer", initializer)
        self.initializer = initializer
        self.weights = np.zeros((self.inputs, self.outputs))
        self.biases = np.zeros(self.outputs if self.bias else 0)
        self.is_initialized = False

    def __repr__(self) -> str:
        return f"Dense({self.inputs}, {self.outputs}{self._options()})"

    def _options(self) -> str:
        bias = "" if self.bias else ", bias=False"
        usual = self.initializer is lecun_normal
        return bias if usual else f"{bias}, initializer={name_of(self.initializer)}"

    def initialize(self, rng: np.random.Generator) -> None:
        """Draw weights by the initializer, of shape (inputs, outputs); biases are 0."""
        name, shape = f"what {name_of(self.initializer)} draws", self.weights.shape
        self.weights = check_shape(name, check_array(name, self.initializer(rng, *shape)), shape)
        self.biases[...] = 0

    def forward(self, x: Array) -> Array:
        """Return ``x @ weights + biases``, of shape (rows, outputs)."""
        self.x = x
        z: Array = x @ self.weights
        return z + self.biases if self.bias else z

    def backward(self, d_output: Array) -> Array:
        """Return ``d_output @ weights.T``, of shape (rows, inputs); set both gradients."""
        self.d_weights = self.x.T @ d_output
        if self.bias:
            self.d_biases = d_output.sum(axis=0)
        return d_output @ self.weights.T


class Sigmoid(Layer):
    """An activation between 0 and 1: ``y = 1 / (1 + exp(-x))``, for each number by itself."""

    def forward(self, x: Array) -> Array:
        """Return ``sigmoid(x)``, of the shape of `x`."""
        self.y = sigmoid(x)
        return self.y

    def backward(self, d_output: Array) -> Array:
        """Return ``y * (1 - y) * d_output``; the shape stays."""
        return self.y * (1 - self.y) * d_output


class Tanh(Layer):
    """An activation between -1 and 1: ``y = tanh(x)``, for each number by itself."""

    def forward(self, x: Array) -> Array:
        """Return ``tanh(x)``, of the shape of `x`."""
        self.y = np.tanh(x)
        return self.y

    def backward(self, d_output: Array) -> Array:
        """Return ``(1 - y**2) * d_output``; the shape stays."""
        return (1 - self.y**2) * d_output


class ReLU(Layer):
    """The rectified linear unit, an activation: ``y = max(x, 0)``, for each number by itself."""

    def forward(self, x: Array) -> Array:
        """Return ``max(x, 0)``, of the shape of `x`."""
        self.y = np.maximum(x, 0)
        return self.y

    def backward(self, d_output: Array) -> Array:
        """Return ``(y > 0) * d_output``, so that nothing passes at 0; the shape stays."""
        return (self.y > 0) * d_output


class Standardize(Layer):
    """Shift and scale each column: ``(x - mean) / std``, in double precision.

    Parameters
    ----------
    mean, std : array_like
        One number for each column, of shape (columns,), in the unit of the column.

    Raises
    ------
    ValueError
        If a number is missing, infinite or alone, or a deviation is zero.

    Examples
    --------
    >>> scale = Standardize.fit([[1.0, 10.0], [3.0, 30.0]])
    >>> print(scale.forward(np.array([[1.0, 20.0]])))
    [[-1.  0.]]
    >>> print(scale.inverse().forward(np.array([[-1.0, 0.0]])))
    [[ 1. 20.]]
    """

    inputs: int
    outputs: int

    def __init__(self, mean: ArrayLike, std: ArrayLike) -> None:
        self.mean, self.std = _columns("mean", mean), _columns("std", std)
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
    def fit(cls, X: ArrayLike) -> Self:
        """Take mean and standard deviation (division by n) of each column.

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
        X = check_array("X", X)
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

    def __repr__(self) -> str:
        if self.inputs > 4:
            return f"Standardize({self.inputs} columns)"
        return f"Standardize({self.mean.tolist()}, {self.std.tolist()})"

    def forward(self, x: Array) -> Array:
        """Return ``(x - mean) / std``, of the shape of `x`, in the precision of the network."""
        return ((x - self.mean) / self.std).astype(self.dtype)

    def backward(self, d_output: Array) -> Array:
        """Return ``d_output / std``; the shape stays."""
        return (d_output / self.std).astype(self.dtype)


def _columns(name: str, values: ArrayLike) -> Array:
    return np.atleast_1d(check_array(name, values)).astype(np.float64)
