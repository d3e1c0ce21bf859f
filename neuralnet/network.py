"""A network: layers in a row, and one vector that holds all their parameters."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from neuralnet.checks import (
    Array,
    check_binary,
    check_callable,
    check_consistent_length,
    check_labels,
    check_loss_and_gradient,
    check_rows,
    check_shape,
    check_table,
    check_targets,
    instance,
    non_negative,
    shown,
)
from neuralnet.layers import Layer, Sigmoid, Standardize
from neuralnet.losses import (
    LossFunction,
    binary_cross_entropy,
    cross_entropy,
    mean_squared_error,
    sum_squared_error,
)
from neuralnet.parameters import Filled

# So many numbers, at most, stand between the layers while many rows are predicted.
BLOCK = 1 << 20


class Network:
    """Layers in a row: the outputs of each are the inputs of the next.

    Parameters
    ----------
    layers : sequence of Layer
        From the first to the last.  The network works on copies of its own; a layer that has
        values already, because they were set or used, keeps them.
    rng : numpy.random.Generator or int, optional
        Where the start values of all other layers come from; a seed makes them the same each
        time.
    dtype : data type
        The precision of the parameters, ``numpy.float64`` or ``numpy.float32``.

    Attributes
    ----------
    layers : tuple of Layer
        The layers; what is assigned to their arrays, as in ``net.layers[0].weights = W``, is
        written into `parameters`.
    inputs, outputs : int
        How many numbers go into the first layer and come out of the last.
    widths : list of int
        How many numbers go into the first layer and come out of each.
    parameters, gradients : numpy.ndarray
        All parameters and the gradients of the loss with respect to them, each of shape
        (size,).  What is assigned is written into the vector, and so into the layers.

    Raises
    ------
    ValueError
        If the layers do not fit together, or `dtype` is another one.
    TypeError
        If `layers` are no layers.

    Notes
    -----
    The layers remember the rows of the last forward pass.  So a network computes one thing at
    a time: it does not serve two threads, and no loss can ask it for predictions.

    Examples
    --------
    >>> from neuralnet import Dense, Sigmoid
    >>> net = Network([Dense(2, 3), Sigmoid(), Dense(3, 1)], rng=0)
    >>> net.predict([[0.0, 1.0]]).shape
    (1, 1)
    >>> print(net)
    Dense(2, 3)  (rows, 3)  9 parameters
    Sigmoid()    (rows, 3)  0 parameters
    Dense(3, 1)  (rows, 1)  4 parameters
    in total                13 parameters
    """

    parameters: Filled = Filled()
    gradients: Filled = Filled()

    def __init__(
        self,
        layers: Sequence[Layer],
        *,
        rng: np.random.Generator | int | None = None,
        dtype: DTypeLike = np.float64,
    ) -> None:
        # `type` says nothing of the order of the bytes, so the vectors get this machine's own.
        precision = np.dtype(dtype).type
        if precision not in (np.float32, np.float64):
            raise ValueError(f"dtype is {np.dtype(dtype)}: pass numpy.float64 or numpy.float32")
        if not isinstance(layers, Sequence):
            raise TypeError(f"layers is {shown(layers)}: pass a list of layers, Network([...])")
        self.widths = _widths(layers)
        self.inputs, self.outputs = self.widths[0], self.widths[-1]
        self._layers = tuple(deepcopy(layer) for layer in layers)
        rng = np.random.default_rng(rng)
        for layer in self.layers:
            layer.prepare(rng)
        size = sum(layer.size for layer in self.layers)
        self.parameters = np.zeros(size, precision)
        self.gradients = np.zeros(size, precision)
        self._share()

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers, from the first to the last; to exchange one, make another network."""
        return self._layers

    def _share(self) -> None:
        ends = np.cumsum([layer.size for layer in self.layers])
        parameters, gradients = np.split(self.parameters, ends), np.split(self.gradients, ends)
        for number, layer in enumerate(self.layers):
            layer.share(parameters[number], gradients[number])

    def __copy__(self) -> Self:
        # Two networks cannot share layers that look into one vector.
        return deepcopy(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        # A copy or a pickle tears the layers' arrays off the vectors, which joblib may have put
        # into memory that must not be written to.
        vars(self).update(state)
        for name in ("parameters", "gradients"):
            vars(self)[name] = np.require(state[name], requirements="W")
        self._share()

    def __repr__(self) -> str:
        return f"Network([{', '.join(map(repr, self.layers))}])"

    def __str__(self) -> str:
        """Describe each layer in a line: what it is, the shape of its outputs, what it learns."""
        rows = [
            (repr(layer), f"(rows, {width})", layer.size)
            for layer, width in zip(self.layers, self.widths[1:], strict=True)
        ]
        rows.append(("in total", "", self.parameters.size))
        first, second = max(len(row[0]) for row in rows), max(len(row[1]) for row in rows)
        return "\n".join(f"{a:{first}}  {b:{second}}  {c} parameters" for a, b, c in rows)

    def predict(self, X: ArrayLike) -> Array:
        """Run the rows through all layers, in blocks if there are many.

        Parameters
        ----------
        X : array_like
            Many rows of shape (rows, inputs), or one of shape (inputs,).

        Returns
        -------
        numpy.ndarray
            What the last layer gives, of shape (rows, outputs), or (outputs,) for one row.

        Raises
        ------
        ValueError
            If a row has not as many numbers as there are inputs, or holds NaN or infinity.
        """
        X = check_rows("X", X, self.inputs)
        predictions = self.predict_in_blocks(np.atleast_2d(X))
        return predictions if X.ndim == 2 else predictions[0]

    def predict_in_blocks(self, X: NDArray[Any]) -> Array:
        """Predict rows that fit, (rows, inputs); besides the result, memory stays bounded."""
        predictions = np.empty((len(X), self.outputs), self.parameters.dtype)
        size = max(1, BLOCK // sum(self.widths, sum(layer.workspace for layer in self.layers)))
        for first in range(0, len(X), size):
            block = slice(first, first + size)
            predictions[block] = self._forward(X[block])
        return predictions

    def as_input(self, X: NDArray[Any]) -> Array:
        """Return rows, of shape (rows, inputs), in the precision in which they go in."""
        # Standardize subtracts means in double precision: a large one would drown the rest.
        keeps = isinstance(self.layers[0], Standardize)
        return X if keeps else X.astype(self.parameters.dtype, copy=False)

    def _forward(self, X: NDArray[Any]) -> Array:
        x = self.as_input(X)
        for layer in self.layers:
            x = layer.forward(x)
        return check_shape("what the layers give", x, (len(X), self.outputs))

    def _backward(self, d_output: Array) -> None:
        for layer in reversed(self.layers):
            d_output = layer.backward(d_output)

    def loss_and_gradient(
        self, X: ArrayLike, y: ArrayLike, loss: LossFunction, l2: float = 0.0
    ) -> tuple[float, Array]:
        """Compute the loss and its gradient with respect to all parameters.

        Parameters
        ----------
        X : array_like
            Rows of shape (rows, inputs).
        y : array_like
            Targets of the shape of the outputs; (rows,) if there is one output.  With
            :func:`neuralnet.losses.cross_entropy`, class numbers of shape (rows,).
        loss : callable
            One of :mod:`neuralnet.losses`, or a function that is called like them.
        l2 : float
            The penalty on each squared weight, added to the loss; zero or above.

        Returns
        -------
        value : float
            The loss, in the unit of `loss`.
        gradient : numpy.ndarray
            Of shape (size,); `gradients` and the layers hold the same numbers.

        Raises
        ------
        ValueError
            If the arguments do not fit the network or each other.
        TypeError
            If `loss` is no function, or does not return a value and a gradient.
        """
        X, y = self.check_data(X, y, loss)
        l2 = non_negative("l2", l2)
        with np.errstate(over="ignore"):
            x = self.as_input(X)
            for layer in self.layers:
                x = layer.forward_in_training(x)
            predictions = check_shape("what the layers give", x, (len(X), self.outputs))
            value, d = check_loss_and_gradient(loss(predictions, y), predictions)
            self._backward(d)
            for layer in self.layers if l2 else ():
                value += l2 * float(np.sum(layer.weights**2))
                layer.d_weights += 2 * l2 * layer.weights
        return value, self.gradients.copy()

    def check_data(
        self, X: ArrayLike, y: ArrayLike, loss: LossFunction
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Turn rows and targets into arrays that fit this network and a loss.

        Parameters
        ----------
        X, y, loss : array_like, array_like, callable
            What :meth:`loss_and_gradient` takes.

        Returns
        -------
        X : numpy.ndarray
            Of shape (rows, inputs).
        y : numpy.ndarray
            As many targets; of shape (rows, 1) rather than (rows,) if there is one output.

        Raises
        ------
        ValueError
            If `X` does not fit the network, `y` does not fit `X`, or `loss` the last layer.
        TypeError
            If `loss` is no function.
        """
        check_callable("loss", loss)
        X = check_table("X", X, self.inputs)
        y = self._check_targets(y, loss, X)
        if loss in (binary_cross_entropy, cross_entropy) and self._gives_probabilities(X):
            raise ValueError(
                "the last layer gives probabilities, but this loss takes raw outputs: leave the "
                "last layer out; sigmoid or softmax of the predictions are then the probabilities"
            )
        return X, y

    def _check_targets(self, y: ArrayLike, loss: LossFunction, X: NDArray[Any]) -> NDArray[Any]:
        """Return targets that `loss` takes; what one of an unknown kind takes, it must tell."""
        if loss is cross_entropy:
            return check_labels("y", y, (len(X), self.outputs))
        y = check_targets("y", y, self.outputs)
        check_consistent_length(X, y)
        if loss is binary_cross_entropy:
            check_binary("y", y)
        if loss in (sum_squared_error, mean_squared_error, binary_cross_entropy):
            check_shape("y", y, (len(X), self.outputs))
        return y

    def _gives_probabilities(self, X: NDArray[Any]) -> bool:
        """Look at the last layer, or at what one of an unknown kind gives for some rows."""
        last = type(self.layers[-1])
        if last.__module__ == Layer.__module__:
            return last is Sigmoid
        some = self._forward(X[:100])
        return bool(self.outputs > 1 and (some >= 0).all() and np.allclose(some.sum(axis=1), 1))


def _widths(layers: Sequence[Layer]) -> list[int]:
    """Return how many numbers go into the first layer, and how many come out of each."""
    for number, layer in enumerate(layers):
        instance(f"layer {number}", layer, Layer, "Sigmoid()")
    if not any(layer.size for layer in layers):
        raise ValueError("there is nothing to learn: give the network at least one Dense layer")
    widths = [next((layer.inputs for layer in layers if layer.inputs), 0)]
    if not widths[0]:
        raise ValueError("no layer says how many columns go in: set `inputs` in one of your own")
    for number, layer in enumerate(layers):
        if layer.inputs not in (None, widths[-1]):
            raise ValueError(
                f"layer {number}, {shown(layer)}, takes {layer.inputs} numbers, but the layer "
                f"before it gives {widths[-1]}: make the two alike"
            )
        widths.append(layer.outputs or widths[-1])
    return widths
