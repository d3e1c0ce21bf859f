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
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuralnet.checks import Array, check_loss_and_gradient, check_shape
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

Call = tuple[Callable[..., object], tuple[Any, ...]]
Rows = slice | NDArray[np.integer]
Batch = tuple[int, Rows | None]


# Layers: from the buffer of the inputs, and one for the gradient over them, or None if nobody
# asks for it, to the buffers of the outputs and of the gradient over these.


class Recorded(NamedTuple):
    """A layer's buffers, of shape (rows, outputs), and the calls of its two passes."""

    y: Array
    d_y: Array
    forward: list[Call]
    backward: list[Call]


def _dense(layer: Dense, x: Array, d_x: Array | None) -> Recorded:
    y = np.empty((len(x), layer.outputs), layer.dtype)
    d_y, ones = np.empty_like(y), np.ones(len(x), layer.dtype)
    forward: list[Call] = [(x.dot, (layer.weights, y))]
    backward: list[Call] = [(x.T.dot, (d_y, layer.d_weights))]
    if layer.bias:
        # Until the backward pass d_y is free; NumPy is slow where it reads and writes one number.
        forward = [(x.dot, (layer.weights, d_y)), (np.add, (d_y, layer.biases, y))]
        backward.append((ones.dot, (d_y, layer.d_biases)))
    if d_x is not None:
        backward.append((d_y.dot, (layer.weights.T, d_x)))
    return Recorded(y, d_y, forward, backward)


def _sigmoid(layer: Sigmoid, x: Array, d_x: Array | None) -> Recorded:
    y, d_y, one = np.empty_like(x), np.empty_like(x), np.ones((), layer.dtype)
    spare = np.empty_like(x)
    forward: list[Call] = [
        (np.negative, (x, d_y)),
        (np.exp, (d_y, y)),
        (np.add, (y, one, d_y)),
        (np.reciprocal, (d_y, y)),
    ]
    backward: list[Call] = [
        (np.subtract, (one, y, d_x)),
        (np.multiply, (d_x, y, spare)),
        (np.multiply, (spare, d_y, d_x)),
    ]
    return Recorded(y, d_y, forward, backward)


def _tanh(layer: Tanh, x: Array, d_x: Array | None) -> Recorded:
    y, d_y, one = np.empty_like(x), np.empty_like(x), np.ones((), layer.dtype)
    spare = np.empty_like(x)
    backward: list[Call] = [
        (np.multiply, (y, y, d_x)),
        (np.subtract, (one, d_x, spare)),
        (np.multiply, (spare, d_y, d_x)),
    ]
    return Recorded(y, d_y, [(np.tanh, (x, y))], backward)


def _relu(layer: ReLU, x: Array, d_x: Array | None) -> Recorded:
    y, d_y, zero = np.empty_like(x), np.empty_like(x), np.zeros((), layer.dtype)
    passes = np.empty(x.shape, bool)
    # np.maximum alone takes its result by name only.
    forward: list[Call] = [(partial(np.maximum, x, zero, out=y), ())]
    backward: list[Call] = [
        (np.greater, (y, zero, passes)),
        (np.multiply, (passes, d_y, d_x)),
    ]
    return Recorded(y, d_y, forward, backward)


def _standardize(layer: Standardize, x: Array, d_x: Array | None) -> Recorded:
    y, shifted = np.empty(x.shape, layer.dtype), np.empty(x.shape)
    d_y = np.empty_like(y)
    forward: list[Call] = [
        (np.subtract, (x, layer.mean, shifted)),
        (np.divide, (shifted, layer.std, y)),
    ]
    return Recorded(y, d_y, forward, [(np.divide, (d_y, layer.std, d_x))])


def _itself(layer: Layer, x: Array, d_x: Array | None) -> Recorded:
    y = np.empty((len(x), layer.outputs or x.shape[1]), layer.dtype)
    d_y = np.empty_like(y)
    forward: list[Call] = [(_fill, (y, f"{layer!r}.forward", layer.forward, x))]
    backward: list[Call] = [(_fill, (d_x, f"{layer!r}.backward", layer.backward, d_y))]
    return Recorded(y, d_y, forward, backward)


def _fill(out: Array | None, name: str, function: Callable[[Array], Array], x: Array) -> None:
    result = function(x)
    if out is not None:
        check_shape(f"what {name} returns", result, out.shape)
        out[...] = result


LAYERS: dict[type[Layer], Callable[[Any, Array, Array | None], Recorded]] = {
    Dense: _dense,
    Sigmoid: _sigmoid,
    Tanh: _tanh,
    ReLU: _relu,
    Standardize: _standardize,
}


# Losses: from the buffers of the predictions, of the targets and of the gradient over the
# predictions to the calls, and to a function that then tells the value.

Value = Callable[[], float]


def _squared_error(
    factor: float, predictions: Array, targets: Array, d: Array
) -> tuple[list[Call], Value]:
    difference, total = np.empty_like(predictions), np.empty((), predictions.dtype)
    flat = difference.ravel()
    calls: list[Call] = [
        (np.subtract, (predictions, targets, difference)),
        (flat.dot, (flat, total)),
        (np.multiply, (difference, np.array(2 * factor, predictions.dtype), d)),
    ]
    return calls, lambda: factor * total.item()


def _sum_squared_error(predictions: Array, targets: Array, d: Array) -> tuple[list[Call], Value]:
    return _squared_error(1.0, predictions, targets, d)


def _mean_squared_error(predictions: Array, targets: Array, d: Array) -> tuple[list[Call], Value]:
    return _squared_error(1 / predictions.size, predictions, targets, d)


def _binary_cross_entropy(z: Array, targets: Array, d: Array) -> tuple[list[Call], Value]:
    zero, one = np.zeros((), z.dtype), np.ones((), z.dtype)
    surprise, total, n = np.empty_like(z), np.empty((), z.dtype), np.array(z.size, z.dtype)
    flat = surprise.ravel()
    calls: list[Call] = [
        (np.logaddexp, (zero, z, surprise)),
        (np.multiply, (z, targets, d)),
        (np.subtract, (surprise, d, surprise)),
        (flat.dot, (np.ones_like(flat), total)),
        (np.negative, (z, d)),
        (np.exp, (d, d)),
        (np.add, (d, one, d)),
        (np.reciprocal, (d, d)),
        (np.subtract, (d, targets, d)),
        (np.divide, (d, n, d)),
    ]
    return calls, lambda: total.item() / z.size


def _cross_entropy(z: Array, labels: Array, d: Array) -> tuple[list[Call], Value]:
    # Turned, each class has a row: with few classes, NumPy is faster along these long rows.
    rows, classes = z.shape
    shifted, p = np.empty((classes, rows), z.dtype), np.empty((classes, rows), z.dtype)
    one_hot, largest, sums = np.empty_like(p), np.empty(rows, z.dtype), np.empty(rows, z.dtype)
    n, of_sums, of_classes = np.array(rows, z.dtype), np.empty((), z.dtype), np.empty((), z.dtype)
    calls: list[Call] = [
        (np.copyto, (shifted, z.T)),
        (np.maximum.reduce, (shifted, 0, None, largest)),
        (np.subtract, (shifted, largest, shifted)),
        (np.exp, (shifted, p)),
        (np.add.reduce, (p, 0, None, sums)),
        (np.divide, (p, sums, p)),
        (np.equal, (labels, np.arange(classes)[:, None], one_hot)),
        (np.subtract, (p, one_hot, p)),
        (np.divide, (p, n, d.T)),
        (np.log, (sums, sums)),
        (sums.dot, (np.ones_like(sums), of_sums)),
        (shifted.ravel().dot, (one_hot.ravel(), of_classes)),
    ]
    return calls, lambda: (of_sums.item() - of_classes.item()) / rows


def _loss_itself(
    loss: LossFunction, predictions: Array, targets: Array, d: Array
) -> tuple[list[Call], Value]:
    value = np.empty(())

    def call() -> None:
        value[...], d[...] = check_loss_and_gradient(loss(predictions, targets), predictions)

    return [(call, ())], value.item


LOSSES: dict[LossFunction, Callable[[Array, Array, Array], tuple[list[Call], Value]]] = {
    sum_squared_error: _sum_squared_error,
    mean_squared_error: _mean_squared_error,
    binary_cross_entropy: _binary_cross_entropy,
    cross_entropy: _cross_entropy,
}


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
        self.calls: list[Call] = []
        x = self._converted(net)
        d_x: Array | None = None
        backward: list[Call] = []
        for layer in net.layers:
            x, d_y, forward, back = LAYERS.get(type(layer), _itself)(layer, x, d_x)
            self.calls += forward
            # Nobody asks for the gradient over what goes into the first layer that learns.
            if layer.size or d_x is not None:
                d_x = d_y
                backward[:0] = back
        calls, self.value = LOSSES.get(loss, partial(_loss_itself, loss))(x, y, d_y)
        self.calls += calls + backward
        if l2:
            self._penalize(l2, net.layers)

    def _penalize(self, l2: float, layers: Iterable[Layer]) -> None:
        """Add what the penalty on large weights adds to the gradients and to the loss."""
        weights, value = [layer.weights for layer in layers], self.value
        for layer in layers:
            scaled = np.empty_like(layer.weights)
            self.calls.append((np.multiply, (layer.weights, 2 * l2, scaled)))
            self.calls.append((np.add, (layer.d_weights, scaled, layer.d_weights)))
        self.value = lambda: value() + l2 * sum(float(np.vdot(w, w)) for w in weights)

    def _converted(self, net: Network) -> Array:
        """Return where the rows stand in the precision of the network."""
        converted = net.as_input(self.x)
        if converted is not self.x:
            self.calls.append((np.copyto, (converted, self.x)))
        return converted

    def load(self, X: NDArray[Any], y: NDArray[Any], rows: Rows) -> None:
        """Copy some rows of the training data into the buffers."""
        if isinstance(rows, slice):
            self.x[...], self.y[...] = X[rows], y[rows]
        else:
            # All numbers of rows are right; to look at them would take a third array.
            X.take(rows, 0, self.x, "clip")
            y.take(rows, 0, self.y, "clip")

    def run(self) -> float:
        """Fill the gradients of the network, and return the loss."""
        for function, operands in self.calls:
            function(*operands)
        return self.value()


def step_of(optimizer: Optimizer, net: Network) -> Callable[[], None]:
    """Return a function that takes one step of an optimizer."""
    optimizer.follow(net.parameters)
    make = OPTIMIZERS.get(type(optimizer))
    if make is None:
        return partial(optimizer.step, net.parameters, net.gradients)
    return make(optimizer, net.parameters, net.gradients)


def _sgd(optimizer: SGD, parameters: Array, gradients: Array) -> Callable[[], None]:
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


def _adam(optimizer: Adam, parameters: Array, gradients: Array) -> Callable[[], None]:
    change, dtype = np.empty_like(parameters), parameters.dtype
    beta1, rest1, beta2, rest2 = (
        np.array(value, dtype)
        for beta in (optimizer.beta1, optimizer.beta2)
        for value in (beta, 1 - beta)
    )
    rate, epsilon = np.empty((), dtype), np.empty((), dtype)

    def step() -> None:
        m, v = optimizer.m, optimizer.v
        optimizer.steps += 1
        np.multiply(m, beta1, m)
        np.multiply(gradients, rest1, change)
        np.add(m, change, m)
        np.multiply(v, beta2, v)
        np.multiply(gradients, gradients, change)
        np.multiply(change, rest2, change)
        np.add(v, change, v)
        # Both corrections are moved from the vectors to the numbers beside them.
        root = math.sqrt(1 - optimizer.beta2**optimizer.steps)
        epsilon[()] = optimizer.epsilon * root
        rate[()] = optimizer.learning_rate * root / (1 - optimizer.beta1**optimizer.steps)
        np.sqrt(v, change)
        np.add(change, epsilon, change)
        np.divide(m, change, change)
        np.multiply(change, rate, change)
        np.subtract(parameters, change, parameters)

    return step


OPTIMIZERS: dict[type[Optimizer], Callable[[Any, Array, Array], Callable[[], None]]] = {
    SGD: _sgd,
    Adam: _adam,
}


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
        self.net, self.X, self.y = net, X, y
        self.passes_over = partial(Passes, net, loss, l2)
        self.is_sum = getattr(loss, "is_sum", False)
        self.step = step_of(optimizer, net)
        self.batches: dict[int, Passes] = {}

    def epoch(self, minibatches: Iterable[Batch]) -> float:
        """Take a step for each batch; return the loss over all rows, each before its step."""
        total, batches = 0.0, self.batches
        for count, rows in minibatches:
            passes = batches.get(count) or self._prepared(count)
            if rows is not None:
                passes.load(self.X, self.y, rows)
            total += passes.run() * (1 if self.is_sum else count)
            self.step()
        return total if self.is_sum else total / len(self.X)

    def _prepared(self, count: int) -> Passes:
        """Return the passes over batches of so many rows, for now and for later."""
        if count < len(self.X):
            x = np.empty((count, *self.X.shape[1:]), self.X.dtype)
            y = np.empty((count, *self.y.shape[1:]), self.y.dtype)
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
