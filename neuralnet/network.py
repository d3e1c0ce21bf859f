"""A network: layers in a row, and one vector that holds all their parameters.

Whoever changes that vector changes the layers, for their arrays are views of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy, deepcopy
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from neuralnet.checks import as_many_rows, not_negative, rows_of, table_of, targets_for
from neuralnet.layers import Array, Layer
from neuralnet.losses import LossFunction


class Network:
    """Layers in a row: the outputs of each are the inputs of the next.

    Parameters
    ----------
    layers : sequence of Layer
        From the first to the last.  The network works on copies of its own; a layer that
        has been part of a network brings its values along.
    rng : numpy.random.Generator or int, optional
        Where the start values come from; a seed makes them the same each time.
    dtype : data type
        The precision of the parameters, ``numpy.float64`` or ``numpy.float32``.

    Attributes
    ----------
    layers : list of Layer
        The layers; set start values through their arrays, ``net.layers[0].weights[...] = W``.
    inputs, outputs : int
        How many numbers go into the first layer and come out of the last.
    widths : list of int
        How many numbers go into the first layer and come out of each.
    parameters, gradients : numpy.ndarray
        All parameters and the slopes of the loss over them, each of shape (size,).  Change
        them in place, ``net.parameters[...] = values``.

    Raises
    ------
    ValueError
        If the layers do not fit together, or `dtype` is no kind of float.

    Notes
    -----
    The layers remember the rows of the last forward pass.  So a network computes one thing at
    a time: it does not serve two threads, and no loss can ask it for predictions.

    Examples
    --------
    >>> from neuralnet import Dense, Sigmoid
    >>> net = Network([Dense(2, 3), Sigmoid(), Dense(3, 1)], rng=0)
    >>> net.parameters.shape, net.predict([[0.0, 1.0]]).shape
    ((13,), (1, 1))
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        *,
        rng: np.random.Generator | int | None = None,
        dtype: DTypeLike = np.float64,
    ) -> None:
        if np.dtype(dtype).kind != "f":
            raise ValueError(
                f"dtype is {np.dtype(dtype)}, but parameters need fractions: pass numpy.float64 or "
                "numpy.float32"
            )
        self.layers = [copy(layer) for layer in layers]
        self.widths = _widths(self.layers)
        self.inputs, self.outputs = self.widths[0], self.widths[-1]
        # `type` says nothing of the order of the bytes, so the vectors get this machine's own.
        size, native = sum(layer.size for layer in self.layers), np.dtype(dtype).type
        self.parameters: Array = np.zeros(size, native)
        self.gradients: Array = np.zeros(size, native)
        self._bind(np.random.default_rng(rng))

    def __copy__(self) -> Self:
        # Two networks cannot share layers that look into one vector.
        return deepcopy(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        # A copy or a pickle tears the layers' arrays off the vector, which joblib may have put
        # into memory that must not be written to.
        self.__dict__.update(state)
        self.parameters, self.gradients = (
            np.require(vector, requirements="W") for vector in (self.parameters, self.gradients)
        )
        self._bind(np.random.default_rng())

    def __repr__(self) -> str:
        return f"Network([{', '.join(map(repr, self.layers))}])"

    def _bind(self, rng: np.random.Generator) -> None:
        first = 0
        for layer in self.layers:
            learned, part = layer.parameters, slice(first, first + layer.size)
            layer.parameters = self.parameters[part]
            layer.bind(layer.parameters, self.gradients[part])
            if learned is None:
                layer.start(rng)
            else:
                layer.parameters[...] = learned
            first += layer.size

    def predict(self, X: ArrayLike) -> Array:
        """Run the rows through all layers.

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
        X = rows_of("X", X, self.inputs)
        answers = self._forward(np.atleast_2d(X))
        return answers if X.ndim == 2 else answers[0]

    def _forward(self, X: Array) -> Array:
        x = X.astype(self.parameters.dtype, copy=False)
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def gradient(self, X: ArrayLike, y: ArrayLike, loss: LossFunction, l2: float = 0.0) -> float:
        """Compute the loss, and write its slopes over all parameters into `gradients`.

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
            The price of each squared weight, added to the loss.

        Returns
        -------
        float
            The loss, in the unit of `loss`.

        Raises
        ------
        ValueError
            If the arguments do not fit the network or each other.
        """
        X, y = self.checked(X, y)
        with np.errstate(over="ignore"):
            return Backpropagation(self, len(X), loss, not_negative("l2", l2)).gradient(X, y)

    def checked(self, X: ArrayLike, y: ArrayLike) -> tuple[Array, NDArray[np.generic]]:
        """Turn rows and targets into arrays that fit this network, or say what does not.

        Parameters
        ----------
        X, y : array_like
            What :meth:`gradient` takes.

        Returns
        -------
        X : numpy.ndarray
            Of shape (rows, inputs).
        y : numpy.ndarray
            As many targets; of shape (rows, 1) rather than (rows,) if there is one output.

        Raises
        ------
        ValueError
            If `X` does not fit the network or `y` does not fit `X`.
        """
        X, y = table_of("X", X, self.inputs), targets_for(self.outputs, y)
        as_many_rows(X, y)
        return X, y


class Backpropagation:
    """The way forward and back through a network, in rooms that are used again.

    Parameters
    ----------
    net : Network
        Whose layers compute.
    rows : int
        How many rows go through at once.
    loss : callable
        What compares the last outputs with the targets.
    l2 : float
        The price of each squared weight, added to the loss.

    Attributes
    ----------
    ahead : list of tuple
        From the first layer to the last: `forward`, and room for its outputs.
    back : list of tuple
        From the last layer to the second that learns: `differentiate`, `backward`, and room for
        the slopes over its inputs.
    first : Layer
        The first layer that learns; nobody asks for the slopes over its inputs.
    ones : numpy.ndarray
        A 1 for each row, of shape (rows,).
    """

    def __init__(self, net: Network, rows: int, loss: LossFunction, l2: float) -> None:
        self.layers, self.loss, self.l2 = net.layers, loss, l2
        layers, dtype = net.layers, net.parameters.dtype
        rooms = [np.empty((rows, width), dtype) for width in net.widths[1:]]
        self.ahead = [(layer.forward, room) for layer, room in zip(layers, rooms, strict=True)]
        first = next(k for k, layer in enumerate(layers) if layer.size)
        self.first, self.back = layers[first], []
        for k in reversed(range(first + 1, len(layers))):
            # What goes into a layer has come out of the one before.
            room = np.empty_like(rooms[k - 1])
            self.back.append((layers[k].differentiate, layers[k].backward, room))
        self.ones = np.ones(rows, dtype)

    def gradient(self, x: Array, target: NDArray[np.generic]) -> float:
        """Do what :meth:`Network.gradient` does, for rows and targets that fit.

        Parameters
        ----------
        x, target : numpy.ndarray
            What :meth:`Network.checked` returns; the target as the check of the loss has made it,
            if `loss` does not check by itself.

        Returns
        -------
        float
            The loss, in its unit.

        Raises
        ------
        ValueError
            If `loss` refuses the targets.
        """
        ones = self.ones
        x = x.astype(ones.dtype, copy=False)
        for forward, room in self.ahead:
            x = forward(x, room)
        value, slopes = self.loss(x, target)
        slopes = slopes.astype(ones.dtype, copy=False)
        for differentiate, backward, room in self.back:
            differentiate(slopes, ones)
            slopes = backward(slopes, room)
        self.first.differentiate(slopes, ones)
        return value + sum(layer.penalise(self.l2) for layer in self.layers) if self.l2 else value


def _widths(layers: Sequence[Layer]) -> list[int]:
    """Return how many numbers go into the first layer, and how many come out of each."""
    for number, layer in enumerate(layers):
        if not isinstance(layer, Layer):
            raise ValueError(
                f"layer {number} is {layer!r}, but it must be a layer, such as Sigmoid()"
            )
    if not any(layer.size for layer in layers):
        raise ValueError("there is nothing to learn: give the network at least one Dense layer")
    widths = [next(layer.inputs for layer in layers if layer.inputs)]
    for number, layer in enumerate(layers):
        if layer.inputs not in (None, widths[-1]):
            raise ValueError(
                f"layer {number}, {layer!r}, takes {layer.inputs} numbers, but the layer before "
                f"it gives {widths[-1]}: make the two alike"
            )
        widths.append(layer.outputs or widths[-1])
    return widths
