"""Where training must arrive: known minima, rows learned by heart, the same bits again."""

import subprocess
import sys

import numpy as np
import pytest

from neuralnet import (
    SGD,
    Adam,
    Dense,
    Network,
    ReLU,
    Sigmoid,
    Tanh,
    accuracy,
    binary_cross_entropy,
    cross_entropy,
    evaluate,
    mean_squared_error,
    sum_squared_error,
    train,
)

RNG = np.random.default_rng(6)
X = RNG.normal(size=(20, 3))
NUMBERS = RNG.normal(size=(20, 2))
NO_OR_YES, CLASSES = RNG.integers(2, size=20), RNG.integers(4, size=20)
ACTIVATIONS = pytest.mark.parametrize("activation", [Sigmoid, Tanh, ReLU])
RULES = {
    "descent": lambda: SGD(0.2),
    "momentum": lambda: SGD(0.05, momentum=0.8),
    "adam": lambda: Adam(0.01),
}


# The best straight line


@pytest.mark.parametrize("rule", ["descent", "momentum"])
@pytest.mark.parametrize("bias", [True, False])
def test_linear_network_reaches_the_least_squares(bias, rule):
    net = Network([Dense(3, 2, bias=bias)], rng=0)
    train(net, X, NUMBERS, mean_squared_error, RULES[rule](), epochs=600)
    inputs = np.column_stack([X, np.ones(len(X))]) if bias else X
    best, *_ = np.linalg.lstsq(inputs, NUMBERS)
    np.testing.assert_allclose(net.parameters, best.ravel(), rtol=0, atol=1e-13)


@pytest.mark.parametrize("l2", [0.1, 2.0])
def test_penalized_linear_network_reaches_the_ridge(l2):
    net = Network([Dense(3, 2, bias=False)], rng=0)
    train(net, X, NUMBERS, sum_squared_error, SGD(0.01), epochs=600, l2=l2)
    best = np.linalg.solve(X.T @ X + l2 * np.eye(3), X.T @ NUMBERS)
    np.testing.assert_allclose(net.layers[0].weights, best, rtol=0, atol=1e-13)


def test_two_linear_layers_reach_the_least_squares_too():
    net = Network([Dense(3, 4), Dense(4, 2)], rng=0)
    train(net, X, NUMBERS, mean_squared_error, SGD(0.2), epochs=2000)
    inputs = np.column_stack([X, np.ones(len(X))])
    best, *_ = np.linalg.lstsq(inputs, NUMBERS)
    np.testing.assert_allclose(net.predict(X), inputs @ best, rtol=0, atol=1e-12)


def test_yes_or_no_without_features_becomes_the_share():
    net = Network([Dense(1, 1)], rng=0)
    train(net, np.zeros((20, 1)), NO_OR_YES, binary_cross_entropy, SGD(1.0), epochs=300)
    share = NO_OR_YES.mean()
    assert net.parameters[-1] == pytest.approx(np.log(share / (1 - share)), abs=1e-13)


def test_classes_without_features_become_the_shares():
    net = Network([Dense(1, 4)], rng=0)
    train(net, np.zeros((20, 1)), CLASSES, cross_entropy, SGD(1.0), epochs=600)
    shares = np.bincount(CLASSES) / len(CLASSES)
    expected = np.log(shares) - np.log(shares).mean()  # the mean of the biases stays at 0
    np.testing.assert_allclose(net.layers[0].biases, expected, rtol=0, atol=1e-12)


@ACTIVATIONS
@pytest.mark.parametrize("classes", [2, 3, 10])
def test_network_without_an_opinion_loses_the_log_of_the_number_of_classes(classes, activation):
    net = Network([Dense(3, 4), activation(), Dense(4, classes)], rng=0)
    net.layers[2].weights[...] = net.layers[2].biases[...] = 0
    labels = np.arange(20) % classes
    assert evaluate(net, X, labels, cross_entropy) == pytest.approx(np.log(classes), rel=1e-15)
    answers = np.eye(classes)[labels]
    assert evaluate(net, X, answers, binary_cross_entropy) == pytest.approx(np.log(2), rel=1e-15)


# By heart


# A sigmoid is straighter than the others where its sums are small.
@pytest.mark.parametrize(("activation", "spread"), [(Sigmoid, 3), (Tanh, 1), (ReLU, 1)])
def test_twenty_numbers_are_learned_by_heart(activation, spread):
    net = Network([Dense(3, 40), activation(), Dense(40, 2)], rng=0)
    train(net, spread * X, NUMBERS, mean_squared_error, SGD(0.2, momentum=0.9), epochs=1500)
    assert evaluate(net, spread * X, NUMBERS, mean_squared_error) < 1e-10


@ACTIVATIONS
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("labels", "outputs", "loss"),
    [(NO_OR_YES, 1, binary_cross_entropy), (CLASSES, 4, cross_entropy)],
)
def test_twenty_random_labels_are_learned_by_heart(labels, outputs, loss, rule, activation):
    net = Network([Dense(3, 40), activation(), Dense(40, outputs)], rng=0)
    train(net, 3 * X, labels, loss, RULES[rule](), epochs=1000)
    assert accuracy(net, 3 * X, labels, threshold=0) == 1


# The same bits

RUN = """
import numpy as np
from neuralnet import *
rng = np.random.default_rng(7)
X, labels = rng.normal(size=(50, 6)), rng.integers(3, size=50)
for rule in (SGD(0.1), SGD(0.1, momentum=0.9), Adam()):
    net = Network([Dense(6, 20), Tanh(), Dense(20, 3)], rng={seed})
    history = train(net, X, labels, cross_entropy, rule, epochs=5, batch_size=8, rng={seed})
    print(net.parameters.tobytes().hex(), [loss.hex() for loss in history.loss])
"""


def bits(seed):
    """Return what a process of its own prints."""
    run = [sys.executable, "-c", RUN.format(seed=seed)]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()


def test_same_seed_gives_the_same_bits_in_another_process():
    first, again, other = bits(8), bits(8), bits(9)
    assert first == again
    assert len(first) == 3
    assert not set(first) & set(other)
