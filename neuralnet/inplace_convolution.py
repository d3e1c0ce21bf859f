"""What is recorded of the layers that look at pictures: windows and squares that are not copied.

The formulas are those of :mod:`neuralnet.convolution`.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from neuralnet.checks import Array
from neuralnet.convolution import Conv2D, MaxPool2D
from neuralnet.inplace_layers import Call, Record, Recorded
from neuralnet.layers import Layer


def _conv2d(layer: Conv2D, x: Array, d_x: Array | None) -> Recorded:
    """The sums of windows that are not copied: each is `side` strips that lie side by side."""
    y, d_y = np.empty((2, len(x), layer.outputs), layer.dtype)
    strips, forward = _strips(layer, x)
    windows, turned = _windows(layer, strips), _turned(layer, layer.weights)
    # Pixels of a strip lie below each other, so the weights stand here column by column.
    weights = np.empty(turned.shape, layer.dtype)
    flat, sums = weights.reshape(layer.weights.shape), d_y if layer.bias else y
    forward += [
        (np.copyto, (weights, turned)),
        (np.matmul, (windows, flat, _at_places(layer, sums))),
    ]
    if layer.bias:
        forward += _biases_added(layer, sums, y)
    backward = _added_up(layer, windows, d_y)
    if d_x is not None:
        backward += _shared_out(layer, flat, d_y, d_x)
    return y, d_y, forward, backward


def _strips(layer: Conv2D, x: Array) -> tuple[Array, list[Call]]:
    """Return the strips of all pictures, each of (side, channels), and what fills them."""
    pictures, inside, strips = _empty_strips(layer, len(x))
    calls: list[Call] = [(np.copyto, (inside, x.reshape(inside.shape)))]
    for i in range(layer.side):
        here = pictures[:, i : i + strips.shape[1]]
        calls.append((np.copyto, (strips[:, :, :, i], here)))
    return strips, calls


def _empty_strips(layer: Conv2D, rows: int) -> tuple[Array, Array, Array]:
    """Return buffers: pictures with a rim of zeros, what is inside of it, and their strips."""
    (height, width, channels), rim = layer.shape, layer.padding
    pictures = np.zeros((rows, height + 2 * rim, width + 2 * rim, channels), layer.dtype)
    inside = pictures[:, rim : rim + height, rim : rim + width]
    shape = rows, layer.output_shape[0], width + 2 * rim, layer.side, channels
    return pictures, inside, np.empty(shape, layer.dtype)


def _windows(layer: Conv2D, strips: Array) -> Array:
    """Return views of all windows: for each column one table, (rows * height, pixels)."""
    table = strips.reshape(strips.shape[0] * strips.shape[1], -1)
    every = sliding_window_view(table, len(layer.weights), axis=1)
    return every[:, :: layer.side * layer.shape[2]].swapaxes(0, 1)


def _at_places(layer: Conv2D, y: Array) -> Array:
    """Return a view of outputs in which each column has one table, (rows * height, filters)."""
    return y.reshape(-1, *layer.output_shape[1:]).swapaxes(0, 1)


def _turned(layer: Conv2D, weights: Array) -> Array:
    """Return a view of weights in which the columns of a window come before its rows."""
    return weights.reshape(layer.side, layer.side, -1, layer.filters).swapaxes(0, 1)


def _biases_added(layer: Conv2D, sums: Array, y: Array) -> list[Call]:
    # NumPy is slow where it repeats a short row, so one as long as a picture is filled first.
    biases = np.empty(layer.outputs, layer.dtype)
    return [
        (np.copyto, (biases.reshape(-1, layer.filters), layer.biases)),
        (np.add, (sums, biases, y)),
    ]


def _added_up(layer: Conv2D, windows: Array, d_y: Array) -> list[Call]:
    """Return what adds up the gradient over weights and biases from all places."""
    parts = np.empty((len(windows), *layer.weights.shape), layer.dtype)
    turned = _turned(layer, layer.d_weights)
    d_weights = np.empty(turned.shape, layer.dtype)
    calls: list[Call] = [
        (np.matmul, (windows.swapaxes(1, 2), _at_places(layer, d_y), parts)),
        (np.add.reduce, (parts, 0, None, d_weights.reshape(parts.shape[1:]))),
        (np.copyto, (turned, d_weights)),
    ]
    if layer.bias:
        d = d_y.reshape(-1, layer.filters)
        calls.append((np.ones(len(d), layer.dtype).dot, (d, layer.d_biases)))
    return calls


def _shared_out(layer: Conv2D, weights: Array, d_y: Array, d_x: Array) -> list[Call]:
    """Return what adds up the gradient of each pixel: over columns of windows, then over rows."""
    height, width, filters = layer.output_shape
    pictures, inside, strips = _empty_strips(layer, len(d_x))
    shares, d = np.empty_like(strips[:, :, :width]), d_y.reshape(-1, filters)
    columns = weights.reshape(layer.side, -1, filters)
    calls: list[Call] = [(strips.fill, (0,)), (pictures.fill, (0,))]
    for j in range(layer.side):
        there = strips[:, :, j : j + width]
        calls.append((d.dot, (columns[j].T, shares.reshape(len(d), -1))))
        calls.append((np.add, (there, shares, there)))
    for i in range(layer.side):
        there = pictures[:, i : i + height]
        calls.append((np.add, (there, strips[:, :, :, i], there)))
    return [*calls, (np.copyto, (d_x.reshape(inside.shape), inside))]


def _max_pool2d(layer: MaxPool2D, x: Array, d_x: Array | None) -> Recorded:
    """Each pixel of a square by itself: all first ones, all second ones, and so on."""
    y, d_y = np.empty((2, len(x), layer.outputs), layer.dtype)
    most, d = (a.reshape(-1, *layer.output_shape) for a in (y, d_y))
    first, *others = corners = _corners(layer, x)
    forward: list[Call] = [(np.copyto, (most, first))]
    for corner in others:
        forward.append((partial(np.maximum, most, corner, out=most), ()))
    if d_x is None:
        return y, d_y, forward, []
    backward: list[Call] = []
    is_most, (*d_others, d_last) = np.empty(most.shape, bool), _corners(layer, d_x)
    # What one corner takes is no longer there for the next that is as large.
    for corner, d_corner in zip(corners, d_others, strict=False):
        backward += [
            (np.equal, (corner, most, is_most)),
            (np.multiply, (is_most, d, d_corner)),
            (np.subtract, (d, d_corner, d)),
        ]
    return y, d_y, forward, [*backward, (np.copyto, (d_last, d))]


def _corners(layer: MaxPool2D, x: Array) -> list[Array]:
    """Return a view for each pixel of a square: of those at this place in every square."""
    pictures, side = x.reshape(-1, *layer.shape), layer.side
    return [pictures[:, i::side, j::side] for i in range(side) for j in range(side)]


PICTURE_LAYERS: dict[type[Layer], Record] = {Conv2D: _conv2d, MaxPool2D: _max_pool2d}
