"""The passes of a training, once more, for speed: recorded once, and run in buffers.

A training repeats one step thousands of times.  Here a step is a list of calls of NumPy with
fixed operands, of which the last one is where the result goes, so that nothing is decided and no
array is made while it runs.  The formulas are those of :mod:`neuralnet.layers`,
:mod:`neuralnet.losses` and :mod:`neuralnet.optimizers`; a layer, loss or optimizer of another
kind stands for itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from neuralnet.checks import Array, check_loss_and_gradient, check_shape
from neuralnet.convolution import Conv2D, MaxPool2D
from neuralnet.dropout import Dropout
from neuralnet.layers import Dense, Layer, ReLU, Sigmoid, Standardize, Tanh
from neuralnet.losses import (
    LossFunction,
    binary_cross_entropy,
    cross_entropy,
    mean_squared_error,
    sum_squared_error,
)
from neuralnet.network import Network
from neuralnet.optimizers import SGD, Adam, Optimizer
from neuralnet.schedules import Scheduled

Call = tuple[Callable[..., object], tuple[Any, ...]]


# Layers: from the buffer of the inputs, and one for the gradient over them, or None if nobody
# asks for it, to the buffers of the outputs and of the gradient over these, and to the calls of
# the forward and of the backward pass.

Recorded = tuple[Array, Array, list[Call], list[Call]]


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
    return pictures, inside, np.zeros(shape, layer.dtype)


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
    for corner, d_corner in zip(corners, d_others):
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


def _itself(layer: Layer, x: Array, d_x: Array | None) -> Recorded:
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


LAYERS: dict[type[Layer], Callable[[Any, Array, Array | None], Recorded]] = {
    Dense: _dense,
    Sigmoid: _sigmoid,
    Tanh: _tanh,
    ReLU: _relu,
    Standardize: _standardize,
    Conv2D: _conv2d,
    MaxPool2D: _max_pool2d,
    Dropout: _dropout,
}


# Losses: from the buffers of the predictions, of the targets and of the gradient over the
# predictions to the calls, and to a function that then tells the value.

RecordedLoss = tuple[list[Call], Callable[[], float]]


def _squared_error(is_sum: bool, predictions: Array, targets: Array, d: Array) -> RecordedLoss:
    difference, total = np.empty_like(predictions), np.empty((), predictions.dtype)
    factor = 1.0 if is_sum else 1 / predictions.size
    flat, twice = difference.ravel(), np.array(2 * factor, predictions.dtype)
    return [
        (np.subtract, (predictions, targets, difference)),
        (flat.dot, (flat, total)),
        (np.multiply, (difference, twice, d)),
    ], lambda: factor * total.item()


def _binary_cross_entropy(z: Array, targets: Array, d: Array) -> RecordedLoss:
    surprise, (zero, one, n) = np.empty_like(z), np.array([[0], [1], [z.size]], z.dtype)
    return [
        (np.logaddexp, (zero, z, surprise)),
        (np.multiply, (z, targets, d)),
        (np.subtract, (surprise, d, surprise)),
        (np.negative, (z, d)),
        (np.exp, (d, d)),
        (np.add, (d, one, d)),
        (np.reciprocal, (d, d)),
        (np.subtract, (d, targets, d)),
        (np.divide, (d, n, d)),
    ], lambda: float(np.mean(surprise))


def _cross_entropy(z: Array, labels: Array, d: Array) -> RecordedLoss:
    # Turned, each class has a row: with few classes, NumPy is faster along these long rows.
    rows, classes = z.shape
    shifted, p, one_hot = np.empty((3, classes, rows), z.dtype)
    largest, sums = np.empty((2, rows), z.dtype)
    n, numbers, ones = np.array(rows, z.dtype), np.arange(classes)[:, None], np.ones(rows, z.dtype)
    return [
        (np.copyto, (shifted, z.T)),
        (np.maximum.reduce, (shifted, 0, None, largest)),
        (np.subtract, (shifted, largest, shifted)),
        (np.exp, (shifted, p)),
        (np.add.reduce, (p, 0, None, sums)),
        (np.divide, (p, sums, p)),
        (np.equal, (labels, numbers, one_hot)),
        (np.subtract, (p, one_hot, p)),
        (np.divide, (p, n, d.T)),
        (np.log, (sums, sums)),
    ], lambda: float(sums.dot(ones) - shifted.ravel().dot(one_hot.ravel())) / rows


def _loss_itself(loss: LossFunction, predictions: Array, targets: Array, d: Array) -> RecordedLoss:
    value = np.empty(())

    def call() -> None:
        value[...], d[...] = check_loss_and_gradient(loss(predictions, targets), predictions)

    return [(call, ())], value.item


# Pairs, for a loss of one's own need not be hashable.
LOSSES: tuple[tuple[LossFunction, Callable[[Array, Array, Array], RecordedLoss]], ...] = (
    (sum_squared_error, partial(_squared_error, True)),
    (mean_squared_error, partial(_squared_error, False)),
    (binary_cross_entropy, _binary_cross_entropy),
    (cross_entropy, _cross_entropy),
)


def record_of(loss: LossFunction) -> Callable[[Array, Array, Array], RecordedLoss] | None:
    """Return what records a loss of :mod:`neuralnet.losses`; None for one of another kind."""
    return next((record for known, record in LOSSES if loss is known), None)


# A step: both passes, and then the optimizer's


class Passes:
    """The forward and the backward pass over a batch, as one list of calls.

    Parameters
    ----------
    net, loss, l2 : Network, callable, float
        What is trained, and with which loss and penalty.
    x, y : numpy.ndarray
        Where the rows and the targets of a batch stand, of shapes (rows, inputs) and (rows, ...).
    """

    def __init__(self, net: Network, loss: LossFunction, l2: float, x: Array, y: Array) -> None:
        self.x, self.y = x, y
        x = net.as_input(x)
        self.calls: list[Call] = [] if x is self.x else [(np.copyto, (x, self.x))]
        d_x: Array | None = None
        backward: list[Call] = []
        for layer in net.layers:
            x, d_y, forward, back = LAYERS.get(type(layer), _itself)(layer, x, d_x)
            self.calls += forward
            # Nobody asks for the gradient over what goes into the first layer that learns.
            if layer.size or d_x is not None:
                d_x = d_y
                backward[:0] = back
        record = record_of(loss) or partial(_loss_itself, loss)
        calls, self.value = record(x, y, d_y)
        self.calls += calls + backward
        for layer in net.layers:
            if l2 and layer.weights.size:
                self.calls += _penalty(l2, layer.weights, layer.d_weights)

    def load(self, X: NDArray[Any], y: NDArray[Any], rows: NDArray[np.integer]) -> None:
        """Copy some rows of the training data into the buffers."""
        # All numbers of rows are right; to look at them would take a third array.
        X.take(rows, 0, self.x, "clip")
        y.take(rows, 0, self.y, "clip")

    def run(self) -> float:
        """Fill the gradients of the network, and return the loss without the penalty."""
        for function, operands in self.calls:
            function(*operands)
        return self.value()


def _penalty(l2: float, weights: Array, d_weights: Array) -> list[Call]:
    """Return what adds to a gradient what the penalty on large weights adds."""
    scaled = np.empty_like(weights)
    return [(np.multiply, (weights, 2 * l2, scaled)), (np.add, (d_weights, scaled, d_weights))]


# Optimizers: from the parameters and their gradients to a function that takes a step.

Step = Callable[[], None]


def _sgd(optimizer: SGD, parameters: Array, gradients: Array) -> Step:
    change, rate = np.empty_like(parameters), np.empty((), parameters.dtype)
    momentum = np.array(optimizer.momentum, parameters.dtype)

    def step() -> None:
        direction = gradients
        if optimizer.momentum:
            direction = optimizer.velocity
            np.multiply(direction, momentum, direction)
            np.add(direction, gradients, direction)
        rate[()] = optimizer.learning_rate
        np.multiply(direction, rate, change)
        np.subtract(parameters, change, parameters)

    return step


def _adam(optimizer: Adam, parameters: Array, gradients: Array) -> Step:
    """Both corrections are moved from the vectors to the numbers beside them."""
    change, dtype = np.empty_like(parameters), parameters.dtype
    rate, epsilon = np.empty((), dtype), np.empty((), dtype)
    average1, average2 = _average(optimizer.beta1, dtype), _average(optimizer.beta2, dtype)

    def step() -> None:
        optimizer.steps += 1
        average1(optimizer.m, gradients, change)
        np.multiply(gradients, gradients, change)
        average2(optimizer.v, change, change)
        root = math.sqrt(1 - optimizer.beta2**optimizer.steps)
        epsilon[()] = optimizer.epsilon * root
        rate[()] = optimizer.learning_rate * root / (1 - optimizer.beta1**optimizer.steps)
        np.sqrt(optimizer.v, change)
        np.add(change, epsilon, change)
        np.divide(optimizer.m, change, change)
        np.multiply(change, rate, change)
        np.subtract(parameters, change, parameters)

    return step


def _average(beta: float, dtype: np.dtype[Any]) -> Callable[[Array, Array, Array], None]:
    """Return a function that moves a mean, so that new values have a share of ``1 - beta``."""
    old, new = np.array(beta, dtype), np.array(1 - beta, dtype)

    def update(mean: Array, values: Array, spare: Array) -> None:
        np.multiply(mean, old, mean)
        np.multiply(values, new, spare)
        np.add(mean, spare, mean)

    return update


def _scheduled(optimizer: Scheduled, parameters: Array, gradients: Array) -> Step:
    take = _step_of(optimizer.optimizer, parameters, gradients)

    def step() -> None:
        optimizer.advance()
        take()

    return step


def _optimizer_itself(optimizer: Optimizer, parameters: Array, gradients: Array) -> Step:
    return partial(optimizer.step, parameters, gradients)


OPTIMIZERS: dict[type[Optimizer], Callable[[Any, Array, Array], Step]] = {
    SGD: _sgd,
    Adam: _adam,
    Scheduled: _scheduled,
}


def _step_of(optimizer: Optimizer, parameters: Array, gradients: Array) -> Step:
    record = OPTIMIZERS.get(type(optimizer), _optimizer_itself)
    return record(optimizer, parameters, gradients)


class Training:
    """What a training repeats: an epoch of steps, each over a batch of rows.

    Parameters
    ----------
    net, X, y, loss, optimizer, l2
        What :func:`neuralnet.training.train` takes; rows and targets fit.
    """

    def __init__(
        self,
        net: Network,
        X: NDArray[Any],
        y: NDArray[Any],
        loss: LossFunction,
        optimizer: Optimizer,
        l2: float,
    ) -> None:
        self.net, self.X, self.y, self.l2 = net, X, y, l2
        self.weights = [layer.weights for layer in net.layers]
        self.passes_over = partial(Passes, net, loss, l2)
        self.is_sum = getattr(loss, "is_sum", False)
        self.optimizer = optimizer
        self.batches: dict[int, Passes] = {}
        optimizer.follow(net.parameters)
        self.step = _step_of(optimizer, net.parameters, net.gradients)

    def epoch(self, minibatches: Iterable[NDArray[np.integer]]) -> float:
        """Take a step for each batch; return the loss over all rows, each before its step."""
        total, penalty, batches, size = 0.0, 0.0, self.batches, len(self.X)
        for rows in minibatches:
            count = len(rows)
            passes = batches.get(count) or self._prepared(count)
            if count < size:
                passes.load(self.X, self.y, rows)
            total += passes.run() * (1 if self.is_sum else count)
            if self.l2:
                # As much for each row, so once an epoch.
                penalty += self.l2 * sum(float(np.vdot(w, w)) for w in self.weights) * count
            self.step()
        return (total if self.is_sum else total / size) + penalty / size

    def _prepared(self, count: int) -> Passes:
        """Return the passes over batches of so many rows, for now and for later."""
        if count < len(self.X):
            x, y = self.X[:count].copy(), self.y[:count].copy()
        else:
            # All rows at once need no buffer; nobody may write to them.
            x, y = self.net.as_input(self.X).view(), self.y
            x.flags.writeable = False
        passes = self.batches[count] = self.passes_over(x, y)
        return passes


# One neuron

PlainValues = tuple[list[float], float]  # weights and bias, or a row and its target


def stepped(values: PlainValues, example: PlainValues, learning_rate: float) -> PlainValues:
    """Return what :meth:`neuralnet.neuron.Neuron.learn` makes of weights and bias."""
    # In plain numbers: one call of NumPy takes longer than these few sums.
    (weights, bias), (x, target) = values, example
    z = 0.0
    for weight, number in zip(weights, x):
        z += weight * number
    try:
        prediction = 1 / (1 + math.exp(-(z + bias)))
    except OverflowError:
        prediction = 0.0  # 1 divided by a number too large for a float
    d_z = 2 * (prediction - target) * prediction * (1 - prediction)
    moved = [weight - learning_rate * (d_z * number) for weight, number in zip(weights, x)]
    return moved, bias - learning_rate * d_z
