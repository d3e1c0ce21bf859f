"""Networks with which courses let students check their own code."""

import numpy as np
import pytest

from neuralnet import Dense, ReLU, Sigmoid, binary_cross_entropy, cross_entropy
from tests.package.published.networks import network
from tests.package.published.printed import check


def test_cs231n_toy_network():
    """Scores and loss of a network with ReLU, softmax and a penalty on weights.

    Source: Stanford CS231n, assignment 1, two_layer_net.ipynb.
    Conventions: start weights and rows from NumPy's legacy stream, seeds 0 and 1; the penalty of
    0.05 is that on each squared weight (in its first years the notebook said 0.1, and halved it).
    """
    stream = np.random.RandomState(0)
    net = network(
        [Dense(4, 10), ReLU(), Dense(10, 3)],
        (0.1 * stream.randn(4, 10), 0),
        (0.1 * stream.randn(10, 3), 0),
    )
    X = 10 * np.random.RandomState(1).randn(5, 4)
    check(
        """-0.81233741 -1.27654624 -0.70335995
        -0.17129677 -1.18803311 -0.47310444
        -0.51590475 -1.01354314 -0.8504215
        -0.15419291 -0.48629638 -0.52901952
        -0.00618733 -0.12435261 -0.15226949""",
        net.predict(X),
    )
    value, _ = net.loss_and_gradient(X, [0, 1, 2, 2, 1], cross_entropy, l2=0.05)
    check("1.30378789133", value)


def test_cs231n_two_layer_network():
    """The same with fifty hidden neurons and parameters at even distances.

    Source: Stanford CS231n, assignment 2, FullyConnectedNets.ipynb.
    Conventions: its rows are filled column by column; it penalizes half of each squared weight.
    """
    net = network(
        [Dense(5, 50), ReLU(), Dense(50, 7)],
        (np.linspace(-0.7, 0.3, 250).reshape(5, 50), np.linspace(-0.1, 0.9, 50)),
        (np.linspace(-0.3, 0.4, 350).reshape(50, 7), np.linspace(-0.9, 0.1, 7)),
    )
    X, labels = np.linspace(-5.5, 4.5, 15).reshape(5, 3).T, [0, 5, 1]
    check(
        """11.53165108 12.2917344 13.05181771 13.81190102 14.57198434 15.33206765 16.09215096
        12.05769098 12.74614105 13.43459113 14.1230412 14.81149128 15.49994135 16.18839143
        12.58373087 13.20054771 13.81736455 14.43418138 15.05099822 15.66781506 16.2846319""",
        net.predict(X),
    )
    for printed, l2 in (("3.4702243556", 0.0), ("26.5948426952", 0.5)):
        check(printed, net.loss_and_gradient(X, labels, cross_entropy, l2)[0])


@pytest.mark.parametrize(
    ("penalty", "cost", "gradient"),
    [
        (
            0,
            "7.4070",
            """0.766138 0.979897 -0.027540 -0.035844 -0.024929 -0.053862
            0.883417 0.568762 0.584668 0.598139 0.459314 0.344618
            0.256313 0.311885 0.478337 0.368920 0.259771 0.322331""",
        ),
        (
            4,
            "19.474",
            """0.76614 0.97990 0.37246 0.49749 0.64174 0.74614
            0.88342 0.56876 0.58467 0.59814 1.92598 1.94462
            1.98965 2.17855 2.47834 2.50225 2.52644 2.72233""",
        ),
    ],
)
def test_coursera_network_cost(penalty, cost, gradient):
    """Cost and all eighteen gradients of a network with four yes-or-no outputs.

    Source: the test case for exercise 4 of Andrew Ng's "Machine Learning" (Coursera) in the
    course's forum, week 5, thread uPd5FJqnEeWWpRIGHRsuuw.
    Conventions: a matrix (outputs, 1 + inputs) holds the biases in its first column, and its
    numbers go column by column; the cost is summed over the outputs where we take the mean, so
    it is four times ours; a squared weight costs penalty / (2 * rows).
    """
    theta = np.arange(1, 19) / 10
    first, second = theta[:6].reshape(2, 3, order="F"), theta[6:].reshape(4, 3, order="F")
    net = network(
        [Dense(2, 2), Sigmoid(), Dense(2, 4)],
        (first[:, 1:].T, first[:, 0]),
        (second[:, 1:].T, second[:, 0]),
    )
    X, targets = np.cos([[1, 2], [3, 4], [5, 6]]), np.eye(4)[[3, 1, 2]]
    outputs, l2 = 4, penalty / (2 * len(X))

    value, _ = net.loss_and_gradient(X, targets, binary_cross_entropy, l2=l2 / outputs)
    check(cost, outputs * value)
    theirs = [
        np.column_stack([layer.d_biases, layer.d_weights.T]).ravel(order="F")
        for layer in (net.layers[0], net.layers[2])
    ]
    check(gradient, outputs * np.concatenate(theirs))


def test_coursera_gradient_of_the_sigmoid():
    """Source: a test case for the same exercise, of its function sigmoidGradient."""
    z = np.array([[-1.0, -2, -3], [8, 1, 6], [3, 5, 7], [4, 9, 2]])
    activation = Sigmoid()
    activation.forward(z)
    check(
        """1.9661e-001 1.0499e-001 4.5177e-002
        3.3524e-004 1.9661e-001 2.4665e-003
        4.5177e-002 6.6481e-003 9.1022e-004
        1.7663e-002 1.2338e-004 1.0499e-001""",
        activation.backward(np.ones_like(z)),
    )
