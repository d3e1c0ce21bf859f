"""The gradient of a network against two witnesses: small differences and autograd.

A witness is worth something only if it objects to a wrong gradient; that is tested too.
"""

import numpy as np
import pytest

from neuralnet import (
    SGD,
    Dense,
    Network,
    ReLU,
    Sigmoid,
    Standardize,
    Tanh,
    binary_cross_entropy,
    cross_entropy,
    gradient_check,
    mean_squared_error,
    sum_squared_error,
    train,
)
from tests.package import oracle
from tests.package.tools import refusal

X = np.random.default_rng(3).normal(size=(7, 3))
NUMBERS = np.random.default_rng(4).normal(size=(7, 2))
TARGETS = {
    sum_squared_error: NUMBERS,
    mean_squared_error: NUMBERS,
    binary_cross_entropy: (NUMBERS > 0).astype(float),
    cross_entropy: (NUMBERS[:, 0] > 0).astype(int),
}
MIDDLES = {
    "sigmoid": [Sigmoid()],
    "tanh": [Tanh()],
    "relu": [ReLU()],
    "standardize": [Tanh(), Standardize([0.1, -0.2, 0.3, 0.0], [2.0, 0.5, 1.5, 1.0])],
    "nothing": [],
}


def trained(layers, loss, **options):
    """Return a network of these layers after three steps."""
    net = Network(layers, rng=5)
    train(net, X, TARGETS[loss], loss, SGD(0.05), epochs=3, **options)
    return net


def error_beside_autograd(net, loss, l2=0.0):
    """Return the largest difference to autograd, of the value and as part of the largest slope."""
    value = net.gradient(X, TARGETS[loss], loss, l2)
    expected, slopes = oracle.loss_and_gradient(
        net.layers, loss, net.parameters.copy(), X, TARGETS[loss], l2
    )
    assert value == pytest.approx(expected, rel=1e-13)
    return np.abs(net.gradients - slopes).max() / np.abs(slopes).max()


every_loss = pytest.mark.parametrize("loss", TARGETS)
every_middle = pytest.mark.parametrize("middle", MIDDLES.values(), ids=MIDDLES)
with_and_without_bias = pytest.mark.parametrize("bias", [True, False])


@every_loss
@every_middle
@with_and_without_bias
def test_both_witnesses_agree_after_a_few_steps(middle, loss, bias):
    net = trained([Dense(3, 4, bias=bias), *middle, Dense(4, 2, bias=bias)], loss)
    assert gradient_check(net, X, TARGETS[loss], loss) < 1e-6
    assert error_beside_autograd(net, loss) < 1e-13


@every_loss
@pytest.mark.parametrize("kind", [Sigmoid, Tanh, ReLU])
def test_activation_at_the_end(kind, loss):
    net = trained([Dense(3, 2), kind()], loss)
    assert gradient_check(net, X, TARGETS[loss], loss) < 1e-6
    assert error_beside_autograd(net, loss) < 1e-13


@every_loss
@pytest.mark.parametrize("l2", [0.01, 3.0])
def test_price_of_weights(loss, l2):
    net = trained([Dense(3, 4), Tanh(), Dense(4, 2)], loss, l2=0.01)
    assert gradient_check(net, X, TARGETS[loss], loss, l2=l2) < 1e-6
    assert error_beside_autograd(net, loss, l2) < 1e-13


@every_loss
def test_many_layers_with_scales_at_both_ends(loss):
    scale = Standardize.fit(X)
    layers = [scale, Dense(3, 5), Tanh(), Dense(5, 4), Sigmoid(), Dense(4, 3), ReLU(), Dense(3, 2)]
    net = trained([*layers, Standardize([0.5, 0.25], [2.0, 0.5]).inverse()], loss)
    assert gradient_check(net, X, TARGETS[loss], loss) < 1e-6
    assert error_beside_autograd(net, loss) < 1e-13


@every_loss
def test_gradients_are_overwritten_and_the_same_each_time(loss):
    net = trained([Dense(3, 4), Sigmoid(), Dense(4, 2)], loss)
    before = net.parameters.tolist()
    value, slopes = net.gradient(X, TARGETS[loss], loss, 0.1), net.gradients.tolist()
    net.gradient(X[:2], TARGETS[loss][:2], loss)
    net.predict(X + 1)
    net.gradients[...] = np.nan
    assert net.gradient(X, TARGETS[loss], loss, 0.1) == value
    assert net.gradients.tolist() == slopes
    assert net.parameters.tolist() == before


def test_loss_of_ones_own():
    def absolute_error(prediction, target):
        return float(np.sum(np.abs(prediction - target))), np.sign(prediction - target)

    net = Network([Dense(3, 4), Tanh(), Dense(4, 2)], rng=0)
    assert gradient_check(net, X, NUMBERS, absolute_error) < 1e-6


# The check itself


def test_check_leaves_the_parameters_alone_and_the_gradients_computed():
    net = Network([Dense(3, 2), Tanh()], rng=0)
    net.gradient(X, NUMBERS, sum_squared_error, 0.1)
    before = net.parameters.tolist(), net.gradients.tolist()
    gradient_check(net, X, NUMBERS, sum_squared_error, l2=0.1)
    assert (net.parameters.tolist(), net.gradients.tolist()) == before


def test_check_of_a_perfect_network_finds_no_error():
    net = Network([Dense(3, 2)], rng=0)
    net.parameters[...] = 0
    error = gradient_check(net, X, np.zeros((7, 2)), sum_squared_error)
    assert (error, type(error)) == (0, float)


@pytest.mark.parametrize("factor", [0.5, 0.75, 1.25, 2.0])
def test_error_is_a_part_of_the_largest_slope_whether_computed_or_measured(factor):
    def stretched(prediction, target):
        value, slopes = sum_squared_error(prediction, target)
        return value, factor * slopes

    net = Network([Dense(3, 2), Tanh()], rng=0)
    expected = abs(factor - 1) / max(factor, 1)
    assert gradient_check(net, X, NUMBERS, stretched) == pytest.approx(expected, rel=1e-6)


def test_check_needs_double_precision():
    net = Network([Dense(3, 2)], rng=0, dtype=np.float32)
    assert refusal(gradient_check, net, X, NUMBERS, sum_squared_error) == (
        "the network computes in float32, too coarse for small differences: "
        "check it with dtype=numpy.float64"
    )


def test_check_refuses_what_the_gradient_refuses():
    net = Network([Dense(3, 2)], rng=0)
    said = refusal(gradient_check, net, X, NUMBERS[:, 0], sum_squared_error)
    assert said.startswith("the target has shape (7,), but the prediction has shape (7, 2): ")


# Planted errors


class WrongFactor(Tanh):
    def backward(self, d_output, out=None):
        return 1.00001 * super().backward(d_output, out)


class SlopeOfTheInput(Tanh):
    def forward(self, x, out=None):
        self.x = x
        return super().forward(x, out)

    def backward(self, d_output, out=None):
        return d_output * (1 - self.x**2)


class WrongSign(Dense):
    def backward(self, d_output, out=None):
        return -super().backward(d_output, out)


class ForgottenBiases(Dense):
    def differentiate(self, d_output, ones):
        super().differentiate(d_output, ones)
        self.d_biases[...] = 0


class Accumulated(Dense):
    def differentiate(self, d_output, ones):
        before = self.d_weights.copy()
        super().differentiate(d_output, ones)
        self.d_weights += before


class HalfThePrice(Dense):
    def penalise(self, l2):
        return super().penalise(l2) / 2


def half_squared_error(prediction, target):
    value, slopes = sum_squared_error(prediction, target)
    return value, slopes / 2


PLANTED = {
    "wrong factor": [Dense(3, 4), WrongFactor(), Dense(4, 2)],
    "slope of the input": [Dense(3, 4), SlopeOfTheInput(), Dense(4, 2)],
    "wrong sign": [Dense(3, 4), Tanh(), WrongSign(4, 2)],
    "forgotten biases": [Dense(3, 4), Tanh(), ForgottenBiases(4, 2)],
    "accumulated": [Accumulated(3, 4), Tanh(), Dense(4, 2)],
}


def plain(layers):
    """Return the layers that the planted ones pretend to be, as the oracle knows them."""
    return [Tanh() if isinstance(layer, Tanh) else layer for layer in layers]


@pytest.mark.parametrize("layers", PLANTED.values(), ids=PLANTED)
def test_both_witnesses_object_to_a_planted_error(layers):
    net = Network(layers, rng=5)
    net.gradient(X, NUMBERS, sum_squared_error)  # slopes that another call could pile up on
    assert gradient_check(net, X, NUMBERS, sum_squared_error) > 1e-6
    net.gradient(X, NUMBERS, sum_squared_error)
    _, slopes = oracle.loss_and_gradient(
        plain(layers), sum_squared_error, net.parameters.copy(), X, NUMBERS
    )
    assert np.abs(net.gradients - slopes).max() / np.abs(slopes).max() > 1e-13


def test_check_objects_to_a_loss_whose_slopes_are_not_its_own():
    net = Network([Dense(3, 4), Tanh(), Dense(4, 2)], rng=5)
    assert gradient_check(net, X, NUMBERS, half_squared_error) > 0.1


def test_check_objects_to_a_price_that_is_not_what_its_slopes_say():
    net = Network([Dense(3, 4), Tanh(), HalfThePrice(4, 2)], rng=5)
    assert gradient_check(net, X, NUMBERS, sum_squared_error) < 1e-6
    assert gradient_check(net, X, NUMBERS, sum_squared_error, l2=0.1) > 1e-3
