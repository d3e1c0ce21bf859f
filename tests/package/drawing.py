"""Networks, rows and targets of any shape, drawn by Hypothesis.

A case that fails is shrunk by Hypothesis to few rows, few layers and small widths.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import strategies as st

from neuralnet import (
    Conv2D,
    Dense,
    MaxPool2D,
    Network,
    ReLU,
    Sigmoid,
    Standardize,
    Tanh,
    binary_cross_entropy,
    cross_entropy,
    mean_squared_error,
    sum_squared_error,
)

LOSSES = [sum_squared_error, mean_squared_error, binary_cross_entropy, cross_entropy]
ACTIVATIONS = [Sigmoid, Tanh, ReLU]
WIDTHS = st.integers(1, 5)


@dataclass
class Case:
    """A network and what it is to learn."""

    net: Network
    X: np.ndarray
    y: np.ndarray
    loss: Any
    l2: float

    def gradient(self, net=None):
        """Return the loss and the gradient, of this network or another one."""
        net = net or self.net
        return net.loss_and_gradient(self.X, self.y, self.loss, self.l2)

    def network(self, **options):
        """Return a network of its own with the same numbers."""
        return Network(self.net.layers, **options)


def scales(width):
    """Return layers that shift and scale so many columns."""
    rng = np.random.default_rng(width)
    return Standardize(rng.uniform(-0.5, 0.5, size=width), rng.uniform(0.7, 1.5, size=width))


def middles(width):
    """Draw what stands behind so many sums: an activation, a scale, both or nothing."""
    activations = [[kind()] for kind in ACTIVATIONS] + [[]]
    return st.sampled_from(activations + [[*row, scales(width)] for row in activations])


@st.composite
def pictured(draw):
    """Draw one or two convolutions that fit each other, with all that may stand around them."""
    shape = draw(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 2)))
    row = draw(st.sampled_from([[], [Tanh()], [scales(int(np.prod(shape)))]]))
    for _ in range(draw(st.integers(1, 2))):
        padding = draw(st.integers(0, 2))
        side = draw(st.integers(1, min(3, min(shape[:2]) + 2 * padding)))
        options = {"bias": draw(st.booleans()), "padding": padding}
        row = [*row, Conv2D(shape, draw(st.integers(1, 3)), side, **options)]
        shape = row[-1].output_shape
        row += draw(middles(row[-1].outputs))
        squares = [k for k in (1, 2, 3) if shape[0] % k == shape[1] % k == 0]
        if draw(st.booleans()):
            row = [*row, MaxPool2D(shape, draw(st.sampled_from(squares)))]
            shape = row[-1].output_shape
    return [*row, *draw(st.sampled_from([[], [Dense(int(np.prod(shape)), 2)]]))]


@st.composite
def layers(draw):
    """Draw layers that fit each other, at least one of them with parameters."""
    widths = draw(st.lists(WIDTHS, min_size=2, max_size=4))
    row = draw(st.sampled_from([[], [scales(widths[0])], [Tanh()], [ReLU()]]))
    for inputs, outputs in pairwise(widths):
        row = [*row, Dense(inputs, outputs, bias=draw(st.booleans())), *draw(middles(outputs))]
    return row


def targets(loss, rows, outputs, rng):
    """Return targets that the loss takes."""
    if loss is cross_entropy:
        return rng.integers(outputs, size=rows)
    if loss is binary_cross_entropy:
        return rng.integers(2, size=(rows, outputs)).astype(float)
    return rng.normal(size=(rows, outputs))


ANY_LAYERS = layers() | pictured()


@st.composite
def cases(draw, some_layers=ANY_LAYERS):
    """Draw a case; its numbers are of the size of one, so that no formula loses digits."""
    net, rng = Network(draw(some_layers)), np.random.default_rng(draw(st.integers(0, 10**6)))
    net.parameters = rng.uniform(-0.8, 0.8, size=net.parameters.shape)
    # One class alone is no question.
    losses = LOSSES if net.outputs > 1 else LOSSES[:-1]
    if isinstance(net.layers[-1], Sigmoid):
        losses = LOSSES[:2]  # the others take raw outputs
    loss, rows = draw(st.sampled_from(losses)), draw(st.integers(1, 7))
    X = rng.uniform(-1, 1, size=(rows, net.inputs))
    l2 = draw(st.sampled_from([0.0, 0.1]))
    return Case(net, X, targets(loss, rows, net.outputs, rng), loss, l2)
