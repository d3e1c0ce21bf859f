"""A network of one neuron is the neuron: the same numbers on the same steps."""

import numpy as np
import pytest

from neuralnet import SGD, Dense, Network, Neuron, Sigmoid, sum_squared_error, train
from neuralnet.datasets import eight_points

INPUTS = [1, 2, 5]


def twins(inputs):
    """Return a neuron and a network with the same numbers."""
    neuron = Neuron(inputs, rng=1)
    net = Network([Dense(inputs, 1), Sigmoid()])
    net.parameters = [*neuron.weights, neuron.bias]
    return neuron, net


def table(inputs, rows=8):
    rng = np.random.default_rng(2)
    return rng.normal(size=(rows, inputs)), rng.integers(2, size=rows).astype(float)


def assert_alike(neuron, net):
    """Compare the numbers of both; the last digit depends on how a sum or a gradient is rounded."""
    numbers = np.append(neuron.weights, neuron.bias)
    np.testing.assert_allclose(net.parameters, numbers, rtol=1e-11)


@pytest.mark.parametrize("inputs", INPUTS)
def test_steps_by_single_rows(inputs):
    neuron, net = twins(inputs)
    X, targets = table(inputs)
    optimizer = SGD(0.7)
    for row in np.random.default_rng(3).integers(len(X), size=300):
        part = slice(row, row + 1)
        value, gradient = net.loss_and_gradient(X[part], targets[part], sum_squared_error)
        expected, _ = sum_squared_error(neuron.predict(X[row]), targets[row])
        assert value == pytest.approx(expected, rel=1e-11)
        optimizer.step(net.parameters, gradient)
        neuron.learn(X[row], targets[row], 0.7)
        assert_alike(neuron, net)
    for row in X:
        assert neuron.predict(row) == pytest.approx(net.predict(row)[0], rel=1e-11)


@pytest.mark.parametrize("inputs", INPUTS)
def test_training_with_batches_of_one_row_in_order(inputs):
    neuron, net = twins(inputs)
    X, targets = table(inputs)
    train(net, X, targets, sum_squared_error, SGD(0.7), epochs=20, batch_size=1, shuffle=False)
    for _ in range(20):
        for row, target in zip(X, targets, strict=True):
            neuron.learn(row, target, 0.7)
    assert_alike(neuron, net)


@pytest.mark.parametrize("inputs", INPUTS)
def test_steps_by_all_rows_agree_to_the_order_of_the_sums(inputs):
    neuron, net = twins(inputs)
    X, targets = table(inputs)
    train(net, X, targets, sum_squared_error, SGD(0.7), epochs=20)
    for _ in range(20):
        neuron.learn(X, targets, 0.7)
    assert_alike(neuron, net)
    np.testing.assert_allclose(net.predict(X)[:, 0], neuron.predict(X), rtol=1e-11)


def test_a_run_of_the_neuron_on_the_rows_it_draws():
    X, targets = eight_points()
    neuron, net = twins(2)
    neuron.train(X, targets, learning_rate=0.1, steps=500, rng=4)
    drawn = np.random.default_rng(4).integers(len(X), size=500)
    options = {"epochs": 1, "batch_size": 1, "shuffle": False}
    train(net, X[drawn], targets[drawn], sum_squared_error, SGD(0.1), **options)
    assert_alike(neuron, net)
