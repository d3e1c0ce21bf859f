"""What is recorded of a layer: its forward and its backward pass, as calls of NumPy.

The formulas are those of :mod:`neuralnet.layers` and :mod:`neuralnet.dropout`; the layers that look
at pictures are recorded in :mod:`neuralnet.inplace_convolution`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from neuralnet.checks import Array, check_shape
from neuralnet.dropout import Dropout
from neuralnet.layers import Dense, Layer, ReLU, Sigmoid, Standardize, Tanh

Call = tuple[Callable[..., object], tuple[Any, ...]]

# From the buffer of the inputs, and one for the gradient over them, or None if nobody asks for it,
# to the buffers of the outputs and of the gradient over these, and to the calls of the forward and
# of the backward pass.
Recorded = tuple[Array, Array, list[Call], list[Call]]
Record = Callable[[Any, Array, Array | None], Recorded]


def _dense(layer: Dense, x: Array, d_x: Array | None) -> Recorded:
    y, d_y = np.empty((2, len(x), layer.outputs), layer.dtype)
    forward: list[Call] = [(x.dot, (layer.weights, y))]
    backward: list[Call] = [(x.T.dot, (d_y, layer.d_weights))]
    if layer.bias:
        # Until the backward pass d_y is free; NumPy is slow where it reads and writes one number.
        forward = [(x.dot, (layer.weights, d_y)), (np.add, (d_y, layer.biases, y))]
        backward.append((np.ones(len(x), layer.dtype).dot, (d_y, layer.d_biases)))
    if d_x is not None:
        backward.append((d_y.dot, (layer.weights.T, d_x)))
    return y, d_y, forward, backward


def _sigmoid(layer: Sigmoid, x: Array, d_x: Array | None) -> Recorded:
    (y, d_y, spare), one = np.empty((3, *x.shape), layer.dtype), np.ones((), layer.dtype)
    return (
        y,
        d_y,
        [
            (np.negative, (x, d_y)),
            (np.exp, (d_y, y)),
            (np.add, (y, one, d_y)),
            (np.reciprocal, (d_y, y)),
        ],
        [
            (np.subtract, (one, y, d_x)),
            (np.multiply, (d_x, y, spare)),
            (np.multiply, (spare, d_y, d_x)),
        ],
    )


def _tanh(layer: Tanh, x: Array, d_x: Array | None) -> Recorded:
    (y, d_y, spare), one = np.empty((3, *x.shape), layer.dtype), np.ones((), layer.dtype)
    return (
        y,
        d_y,
        [(np.tanh, (x, y))],
        [
            (np.multiply, (y, y, d_x)),
            (np.subtract, (one, d_x, spare)),
            (np.multiply, (spare, d_y, d_x)),
        ],
    )


def _relu(layer: ReLU, x: Array, d_x: Array | None) -> Recorded:
    (y, d_y, passes), zero = np.empty((3, *x.shape), layer.dtype), np.zeros((), layer.dtype)
    return (
        y,
        d_y,
        # np.maximum alone takes its result by name only.
        [(partial(np.maximum, x, zero, out=y), ())],
        [(np.greater, (y, zero, passes)), (np.multiply, (passes, d_y, d_x))],
    )


def _standardize(layer: Standardize, x: Array, d_x: Array | None) -> Recorded:
    (y, d_y), shifted = np.empty((2, *x.shape), layer.dtype), np.empty(x.shape)
    return (
        y,
        d_y,
        [(np.subtract, (x, layer.mean, shifted)), (np.divide, (shifted, layer.std, y))],
        [(np.divide, (d_y, layer.std, d_x))],
    )


def _dropout(layer: Dropout, x: Array, d_x: Array | None) -> Recorded:
    (y, d_y, factors), drawn = np.empty((3, *x.shape), layer.dtype), np.empty(x.shape)
    scale = np.array(1 / (1 - layer.rate), layer.dtype)
    return (
        y,
        d_y,
        [
            (layer.rng.random, (None, np.float64, drawn)),
            (np.greater_equal, (drawn, layer.rate, factors)),
            (np.multiply, (factors, scale, factors)),
            (np.multiply, (x, factors, y)),
        ],
        [(np.multiply, (factors, d_y, d_x))],
    )


ROW_LAYERS: dict[type[Layer], Record] = {
    Dense: _dense,
    Sigmoid: _sigmoid,
    Tanh: _tanh,
    ReLU: _relu,
    Standardize: _standardize,
    Dropout: _dropout,
}


def itself(layer: Layer, x: Array, d_x: Array | None) -> Recorded:
    """Record the methods of a layer as they are: one of another kind stands for itself."""
    y, d_y = np.empty((2, len(x), layer.outputs or x.shape[1]), layer.dtype)
    return (
        y,
        d_y,
        [(_fill, (y, f"what {layer!r}.forward returns", layer.forward_in_training, x))],
        [(_fill, (d_x, f"what {layer!r}.backward returns", layer.backward, d_y))],
    )


def _fill(out: Array | None, name: str, function: Callable[[Array], Array], x: Array) -> None:
    result = function(x)
    if out is not None:
        out[...] = check_shape(name, result, out.shape)
