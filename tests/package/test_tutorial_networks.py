"""The networks of the second and the third tutorial, to the last digit they print.

Sources: the tutorials of J. Loy (2018) on XOR and of 27 August 2024 on house prices, whose lost
table the ten houses stand in for.
"""

import numpy as np
import pytest

from neuralnet import (
    SGD,
    Dense,
    Network,
    Sigmoid,
    Standardize,
    evaluate,
    mean_squared_error,
    sigmoid,
    sum_squared_error,
    train,
)
from neuralnet.datasets import ten_houses

# The truth table

ROWS = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
ANSWERS = np.array([[0], [1], [1], [0]], dtype=float)


def start_weights(seed):
    """Draw the weights as the tutorial does, from the legacy stream."""
    stream = np.random.RandomState(seed)
    return stream.rand(3, 4), stream.rand(4, 1)


def truth_table_network(seed):
    net = Network([Dense(3, 4, bias=False), Sigmoid(), Dense(4, 1, bias=False), Sigmoid()])
    net.layers[0].weights[...], net.layers[2].weights[...] = start_weights(seed)
    return net


def second_tutorial(seed, steps):
    """Work the tutorial's arithmetic out, without the package: predictions and losses."""
    first, second = start_weights(seed)
    losses = []
    for _ in range(steps + 1):
        hidden = 1 / (1 + np.exp(-(ROWS @ first)))
        output = 1 / (1 + np.exp(-(hidden @ second)))
        losses.append(float(np.sum((ANSWERS - output) ** 2)))
        signal = 2 * (ANSWERS - output) * (output * (1 - output))
        change = ROWS.T @ ((signal @ second.T) * (hidden * (1 - hidden)))
        second = second + hidden.T @ signal
        first = first + change
    return output, losses


def test_truth_table_is_learned_to_the_printed_digits():
    net = truth_table_network(seed=539)
    history = train(net, ROWS, ANSWERS, sum_squared_error, SGD(1.0), epochs=1500)
    printed = [0.023, 0.979, 0.975, 0.025]
    assert net.predict(ROWS)[:, 0] == pytest.approx(printed, abs=0.0015)
    assert (np.diff(history.loss) <= 0).all()


@pytest.mark.parametrize("seed", [539, 0, 1])
def test_truth_table_network_follows_the_tutorials_arithmetic(seed):
    net = truth_table_network(seed)
    history = train(net, ROWS, ANSWERS, sum_squared_error, SGD(1.0), epochs=1500)
    output, losses = second_tutorial(seed, steps=1500)
    np.testing.assert_allclose(net.predict(ROWS), output, rtol=0, atol=1e-12)
    np.testing.assert_allclose(history.loss, losses[:-1], rtol=0, atol=1e-12)


# House prices


def house_network(first, second):
    """Return the third tutorial's network: biases of 1, no activation at the end."""
    inputs, hidden = np.shape(first)
    net = Network([Dense(inputs, hidden), Sigmoid(), Dense(hidden, 1)])
    net.layers[0].weights[...], net.layers[2].weights[...] = first, second
    net.layers[0].biases[...] = net.layers[2].biases[...] = 1
    return net


def scaled_houses():
    X, price = ten_houses()
    return Standardize.fit(X).forward(X), Standardize.fit(price).forward(price[:, None])


def test_first_prediction_of_the_worked_example():
    net = house_network([[0.2, 0.5, 0.8], [0.4, 0.5, 0.5]], [[0.5], [0.4], [0.6]])
    X, _ = scaled_houses()
    hidden = net.layers[1].forward(net.layers[0].forward(X[:1]))
    assert hidden.round(6).tolist() == [[0.650219, 0.610639, 0.58904]]
    prediction = net.predict([-0.3, -0.8])
    assert prediction.round(6).tolist() == [1.922789]
    assert sigmoid(prediction).round(6).tolist() == [0.872449]


def test_first_prediction_in_thousand_euro():
    X, price = ten_houses()
    net = house_network([[0.2, 0.5, 0.8], [0.4, 0.5, 0.5]], [[0.5], [0.4], [0.6]])
    whole = Network([Standardize.fit(X), *net.layers, Standardize.fit(price).inverse()])
    assert whole.predict(X[0]).round(1).tolist() == [530.7]


EPOCHS = [0, 100, 200, 500, 1000, 1500, 2000]
LOSSES = {
    0: [5.1579, 0.2754, 0.1219, 0.0440, 0.0230, 0.0131, 0.0095],
    1: [1.8245, 0.1312, 0.0239, 0.0094, 0.0073, 0.0065, 0.0059],
    2: [2.7346, 0.0844, 0.0499, 0.0262, 0.0162, 0.0129, 0.0111],
    3: [1.8430, 0.1626, 0.0278, 0.0095, 0.0088, 0.0084, 0.0082],
    4: [2.3986, 0.9133, 0.4150, 0.0227, 0.0131, 0.0101, 0.0086],
}


@pytest.mark.parametrize(("seed", "losses"), LOSSES.items())
def test_losses_over_the_houses(seed, losses):
    X, price = scaled_houses()
    stream = np.random.RandomState(seed)
    net = house_network(stream.randn(2, 4), stream.randn(4, 1))
    history = train(net, X, price, mean_squared_error, SGD(0.025), epochs=2000)
    found = [*history.loss, evaluate(net, X, price, mean_squared_error)]
    assert [round(found[epoch], 4) for epoch in EPOCHS] == losses
