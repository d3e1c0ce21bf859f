"""Whole runs of training that others printed, from their start weights to their last digits."""

import random

import numpy as np
import pytest

from neuralnet import SGD, Dense, Sigmoid, sum_squared_error, train
from tests.package.published.networks import network
from tests.package.published.printed import check

XOR = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)


def mean_miss(net, X, targets):
    return np.mean(np.abs(net.predict(X)[:, 0] - targets))


def uniform(stream, shape):
    return 2 * stream.random_sample(shape) - 1


def test_trask_two_layers():
    """Ten thousand steps of one layer.

    Source: Andrew Trask, "A Neural Network in 11 lines of Python (Part 1)", 12 July 2015,
    https://iamtrask.github.io/2015/07/12/basic-python-network/.
    Conventions: half the sum of squares; start weights from NumPy's legacy stream, seed 1; what
    is printed are the answers before the last step.
    """
    stream = np.random.RandomState(1)
    net = network([Dense(3, 1, bias=False), Sigmoid()], (uniform(stream, (3, 1)), None))
    train(net, XOR, [0, 0, 1, 1], sum_squared_error, SGD(0.5), epochs=9_999)
    check("0.00966449 0.00786506 0.99358898 0.99211957", net.predict(XOR))


@pytest.mark.parametrize(
    ("alpha", "printed"),
    [(0.001, "0.495164025493"), (1, "0.00858452565325"), (10, "0.00312938876301")],
)
def test_trask_three_layers_learn_xor(alpha, printed):
    """Ten thousand steps with three learning rates: far too small, good, and better still.

    Source: Andrew Trask, "A Neural Network in 13 lines of Python (Part 2 - Gradient Descent)",
    https://iamtrask.github.io/2015/07/27/python-network-part2/; with rate 1 also in part 1.
    Conventions as above; the error is the mean distance from the targets.
    """
    stream, targets = np.random.RandomState(1), [0, 1, 1, 0]
    net = network(
        [Dense(3, 4, bias=False), Sigmoid(), Dense(4, 1, bias=False), Sigmoid()],
        (uniform(stream, (3, 4)), None),
        (uniform(stream, (4, 1)), None),
    )
    check("0.496410031903", mean_miss(net, XOR, targets))
    train(net, XOR, targets, sum_squared_error, SGD(alpha / 2), epochs=10_000)
    check(printed, mean_miss(net, XOR, targets))


def brownlee(parameters):
    """Return a network from its neurons' lists of weights, each with the bias at its end."""
    layers, pairs = [], []
    for neurons in map(np.array, parameters):
        layers += [Dense(neurons.shape[1] - 1, len(neurons)), Sigmoid()]
        pairs.append((neurons[:, :-1].T, neurons[:, -1]))
    return network(layers, *pairs)


def test_brownlee_forward_pass():
    """Source: Jason Brownlee, "How to Code a Neural Network with Backpropagation In Python
    (from scratch)", Machine Learning Mastery."""
    hidden = [[0.13436424411240122, 0.8474337369372327, 0.763774618976614]]
    output = [[0.2550690257394217, 0.49543508709194095], [0.4494910647887381, 0.651592972722763]]
    net = brownlee([hidden, output])
    check("0.6629970129852887 0.7253160725279748", net.predict([[1, 0]]))


def test_brownlee_training():
    """Twenty epochs, one row at a time.

    Source: the same.  Conventions: half the sum of squares; start weights from Python's own
    stream, seed 1, neuron by neuron with the bias last; the error is summed over an epoch's rows.
    """
    stream = random.Random(1)
    net = brownlee([[[stream.random() for _ in range(3)] for _ in range(2)] for _ in range(2)])
    X = [
        [2.7810836, 2.550537003],
        [1.465489372, 2.362125076],
        [3.396561688, 4.400293529],
        [1.38807019, 1.850220317],
        [3.06407232, 3.005305973],
        [7.627531214, 2.759262235],
        [5.332441248, 2.088626775],
        [6.922596716, 1.77106367],
        [8.675418651, -0.242068655],
        [7.673756466, 3.508563011],
    ]
    targets = np.repeat(np.eye(2), 5, axis=0)
    history = train(
        net, X, targets, sum_squared_error, SGD(0.25), epochs=20, batch_size=1, shuffle=False
    )
    check(
        "6.350 5.531 5.221 4.951 4.519 4.173 3.835 3.506 3.192 2.898 "
        "2.626 2.377 2.153 1.953 1.774 1.614 1.472 1.346 1.233 1.132",
        history.loss,
    )
    hidden, output = net.layers[0], net.layers[2]
    for printed, parameters in (
        (
            "-1.4688375095432327 1.850887325439514 0.37711098142462157 -0.0625909894552989",
            hidden.weights.T,
        ),
        ("1.0858178629550297 0.2765123702642716", hidden.biases),
        (
            "2.515394649397849 -0.3391927502445985 -2.5584149848484263 1.0036422106209202",
            output.weights.T,
        ),
        ("-0.9671565426390275 0.42383086467582715", output.biases),
    ):
        check(printed, parameters, summands=1)  # 200 steps, from weights between 0 and 1


def test_stack_overflow_xor():
    """Three epochs of XOR, one row at a time, from weights that are all 0.6.

    Source: an answer to "Artificial neural networks benchmark", Stack Overflow 2359571 (2010),
    that passes on a homework.  Conventions: half the square, so our rate is half of 0.1; the
    bias is the weight of an input that is always -1, the printed one therefore minus ours; its
    "RMSE" of a row is the distance from the target, measured after the epoch.
    """
    X, targets = XOR[:, :2], np.array([0, 1, 1, 0])
    net = network(
        [Dense(2, 2), Sigmoid(), Dense(2, 1), Sigmoid()],
        (np.full((2, 2), 0.6), -0.6),
        (np.full((2, 1), 0.6), -0.6),
    )
    hidden, output = net.layers[0], net.layers[2]
    optimizer = SGD(0.05)
    for largest, mean, hidden_columns, output_column in (
        (
            "0.5435466682137927",
            "0.4999991292217466",
            "0.599691 0.599987 0.599985",
            "0.599864 0.599712 0.599712",
        ),
        (
            "0.5435080531724404",
            "0.4999982558452263",
            "0.599382 0.599973 0.599970",
            "0.599726 0.599425 0.599425",
        ),
        (
            "0.5434701135827593",
            "0.4999973799942081",
            "0.599072 0.599960 0.599956",
            "0.599587 0.599139 0.599139",
        ),
    ):
        train(net, X, targets, sum_squared_error, optimizer, epochs=1, batch_size=1, shuffle=False)
        for column in (0, 1):
            check(hidden_columns, [-hidden.biases[column], *hidden.weights[:, column]])
        check(output_column, [-output.biases[0], *output.weights[:, 0]])
        check(largest, np.abs(net.predict(X)[:, 0] - targets).max())
        check(mean, mean_miss(net, X, targets))
