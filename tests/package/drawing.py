"""Networks, rows and targets of any shape, drawn by Hypothesis.

A case that fails is shrunk by Hypothesis to few rows, few layers and small widths.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import strategies as st

from neuralnet import (
    Dense,
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


@st.composite
def cases(draw):
    """Draw a case; its numbers are of the size of one, so that no formula loses digits."""
    net, rng = Network(draw(layers())), np.random.default_rng(draw(st.integers(0, 10**6)))
    net.parameters = rng.uniform(-0.8, 0.8, size=net.parameters.shape)
    # One class alone is no question.
    losses = LOSSES if net.outputs > 1 else LOSSES[:-1]
    if isinstance(net.layers[-1], Sigmoid):
        losses = LOSSES[:2]  # the others take raw outputs
    loss, rows = draw(st.sampled_from(losses)), draw(st.integers(1, 7))
    X = rng.uniform(-1, 1, size=(rows, net.inputs))
    l2 = draw(st.sampled_from([0.0, 0.1]))
    return Case(net, X, targets(loss, rows, net.outputs, rng), loss, l2)
