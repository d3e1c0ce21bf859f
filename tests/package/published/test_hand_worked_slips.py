"""Two hand-worked examples that go wrong on the way: what they print, and what is right."""

import numpy as np
import pytest

from neuralnet import (
    Dense,
    Network,
    ReLU,
    Sigmoid,
    sigmoid,
    softmax,
    sum_squared_error,
)
from tests.package.published.networks import network
from tests.package.published.printed import agrees, check


@pytest.fixture
def miller():
    """XOR with three hidden neurons and no biases.

    Source: Steven Miller, "Mind: How to Build a Neural Network (Part One)",
    https://stevenmiller888.github.io/mind-how-to-build-a-neural-network/.
    The slips: he rounds the hidden answers to two digits and prints sixteen of the output; and
    where the chain rule multiplies by a hidden answer or a weight, he divides by it.
    """
    return network(
        [Dense(2, 3, bias=False), Sigmoid(), Dense(3, 1, bias=False), Sigmoid()],
        ([[0.8, 0.4, 0.3], [0.2, 0.9, 0.5]], None),
        ([[0.3], [0.5], [0.9]], None),
    )


def test_miller_forward_pass(miller):
    hidden = Network(miller.layers[:2]).predict([[1, 1]])
    check("0.73105857863 0.78583498304 0.68997448112", hidden, cut=True)
    printed = "0.7746924929149283"
    check(printed, Network(miller.layers[2:]).predict(hidden.round(2)))
    assert not agrees(printed, miller.predict([[1, 1]]).item())
    check("0.77438", miller.predict([[1, 1]]))


def test_miller_step_divides_where_the_slope_multiplies(miller):
    hidden = Network(miller.layers[:2]).predict([[1, 1]])[0]
    answer = sigmoid(1.235)
    delta = answer * (1 - answer) * -0.77
    check("-0.13439890643886018", delta)

    old = miller.layers[2].weights[:, 0].copy()
    divided_by_answers = delta / hidden
    divided_by_weights = delta / old * hidden * (1 - hidden)
    check("-0.1838 -0.1710 -0.1920", -0.1344 / np.array([0.73105, 0.78583, 0.69997]))
    check("0.1162 0.329", (old + divided_by_answers)[:2])
    check("0.712 0.3548 0.2681", miller.layers[0].weights[0] + divided_by_weights)
    check("0.112 0.8548 0.4681", miller.layers[0].weights[1] + divided_by_weights)

    miller.loss_and_gradient([[1, 1]], [0], sum_squared_error)
    exact = miller.predict([[1, 1]]).item()
    exact_delta = -exact * exact * (1 - exact)
    steps = -miller.gradients / 2
    np.testing.assert_allclose(steps[6:], exact_delta * hidden)
    np.testing.assert_allclose(steps[:3], exact_delta * old * hidden * (1 - hidden))


@pytest.fixture
def prakash():
    """Three layers of three: ReLU, sigmoid and, so it says, softmax.

    Source: Prakash Jay, "Back-Propagation is very simple. Who made it Complicated?", Medium,
    and its notebook, Prakashvanapalli/TensorFlow, Blogposts/Backpropogation.ipynb.
    The slips: where the notebook multiplies by the first matrix, it shows another one; and what
    it calls softmax divides each number by the sum, without raising e to it.  ojAlgo tests the
    network with a real softmax (optimatika/ojAlgo, BackPropagationIsVerySimple.java).
    """
    return network(
        [Dense(3, 3), ReLU(), Dense(3, 3), Sigmoid(), Dense(3, 3)],
        ([[0.1, 0.2, 0.3], [0.3, 0.2, 0.7], [0.4, 0.3, 0.9]], 1.0),
        ([[0.2, 0.3, 0.5], [0.3, 0.5, 0.7], [0.6, 0.4, 0.8]], 1.0),
        ([[0.1, 0.4, 0.8], [0.3, 0.7, 0.2], [0.5, 0.2, 0.9]], 1.0),
    )


ROW = [[0.1, 0.2, 0.7]]


def test_prakash_hidden_answers(prakash):
    check("1.35 1.27 1.8", Network(prakash.layers[:2]).predict(ROW))
    check("0.938 0.94 0.98", Network(prakash.layers[:4]).predict(ROW), cut=True)


def test_prakash_output_is_no_softmax(prakash):
    rounded = Network(prakash.layers[4:]).predict([[0.938, 0.94, 0.98]])
    check("0.26980 0.32235 0.40784", rounded / rounded.sum())
    check("0.19858 0.28559 0.51583", softmax(rounded))
    # Right is, without rounding on the way:
    check("0.19845 0.28536 0.51620", softmax(prakash.predict(ROW)))
