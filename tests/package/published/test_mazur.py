"""The best-known backpropagation by hand, with nine digits, and a slip at its end.

Source: Matt Mazur, "A Step by Step Backpropagation Example", 17 March 2015,
https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/, and its program,
https://github.com/mattm/simple-neural-network (neural-network.py).

Conventions: half the sum of squares, so our rate is half of 0.5; the biases are never changed.
The slip: the post steps each weight along the gradient at the start weights, as is right. But the
error after the first round and the two outputs at the end come from a program that used the
output weights *after* their step for the hidden layer's gradients.  The post first gave
0.000035085 for the error after 10,000 rounds, from that program too, and later 0.0000351085,
which is that of the right method after 9,999.
"""

import numpy as np
import pytest

from neuralnet import SGD, Dense, Sigmoid, evaluate, sum_squared_error
from tests.package.published.networks import network
from tests.package.published.printed import agrees, check

X, TARGETS = np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])
RATE = 0.5


@pytest.fixture
def net():
    return network(
        [Dense(2, 2), Sigmoid(), Dense(2, 2), Sigmoid()],
        ([[0.15, 0.25], [0.20, 0.30]], 0.35),
        ([[0.40, 0.50], [0.45, 0.55]], 0.60),
    )


def error(net):
    return evaluate(net, X, TARGETS, sum_squared_error) / 2


def learn(net, rounds):
    optimizer = SGD(RATE / 2)
    for _ in range(rounds):
        net.loss_and_gradient(X, TARGETS, sum_squared_error)
        for layer in (net.layers[0], net.layers[2]):
            layer.d_biases[...] = 0
        optimizer.step(net.parameters, net.gradients)


def learn_with_changed_output_weights(net, rounds):
    """Do what the program behind the post's last numbers did, in plain NumPy."""
    hidden_layer, output_layer = net.layers[0], net.layers[2]
    for _ in range(rounds):
        hidden = 1 / (1 + np.exp(-(X @ hidden_layer.weights + hidden_layer.biases)))
        output = 1 / (1 + np.exp(-(hidden @ output_layer.weights + output_layer.biases)))
        gradient = (output - TARGETS) * output * (1 - output)
        output_layer.weights -= RATE * hidden.T @ gradient
        gradient = gradient @ output_layer.weights.T * hidden * (1 - hidden)
        hidden_layer.weights -= RATE * X.T @ gradient


def test_forward_pass(net):
    check("0.75136507 0.772928465", net.predict(X))
    check("0.298371109", error(net))


def test_weights_after_one_round(net):
    learn(net, 1)
    check("0.149780716 0.19956143 0.24975114 0.29950229", net.layers[0].weights.T)
    check("0.35891648 0.408666186 0.511301270 0.561370121", net.layers[2].weights.T)


def test_the_error_printed_for_one_round_is_that_of_the_slip(net):
    learn_with_changed_output_weights(net, 1)
    check("0.291027924", error(net))


def test_the_error_after_one_round_is_another(net):
    learn(net, 1)
    check("0.291027774", error(net))


def test_what_is_printed_for_ten_thousand_rounds_is_that_of_the_slip(net):
    learn_with_changed_output_weights(net, 10_000)
    check("0.015912196 0.984065734", net.predict(X))
    check("0.000035085", error(net))


def test_the_corrected_error_is_that_of_one_round_before(net):
    learn(net, 9_999)
    check("0.0000351085", error(net))
    learn(net, 1)
    assert not agrees("0.0000351085", error(net))
    # Right is:
    check("0.000035102", error(net))
