"""The passes of a training, once more, for speed: recorded once, and run in buffers.

A training repeats one step thousands of times.  Here a step is a list of calls of NumPy with
fixed operands, of which the last one is where the result goes, so that nothing is decided and no
array is made while it runs.  What is recorded of layers stands in :mod:`neuralnet.inplace_layers`
and :mod:`neuralnet.inplace_convolution`.  The other formulas are those of :mod:`neuralnet.losses`
and :mod:`neuralnet.optimizers`; a layer, loss or optimizer of another kind stands for itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuralnet.checks import Array, check_loss_and_gradient
from neuralnet.inplace_convolution import PICTURE_LAYERS
from neuralnet.inplace_layers import ROW_LAYERS, Call, itself
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

LAYERS = ROW_LAYERS | PICTURE_LAYERS


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
            x, d_y, forward, back = LAYERS.get(type(layer), itself)(layer, x, d_x)
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
