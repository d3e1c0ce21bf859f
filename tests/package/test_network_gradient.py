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
    """Return the largest difference to autograd as a part of the largest entry of the gradient."""
    value, gradient = net.loss_and_gradient(X, TARGETS[loss], loss, l2)
    expected, their_gradient = oracle.loss_and_gradient(
        net.layers, loss, net.parameters.copy(), X, TARGETS[loss], l2
    )
    assert value == pytest.approx(expected, rel=1e-13)
    assert gradient.tolist() == net.gradients.tolist()
    return np.abs(gradient - their_gradient).max() / np.abs(their_gradient).max()


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


@pytest.mark.parametrize(
    ("kind", "loss"),
    # The cross-entropies take raw outputs.
    [(kind, loss) for kind in (Tanh, ReLU) for loss in TARGETS]
    + [(Sigmoid, sum_squared_error), (Sigmoid, mean_squared_error)],
)
def test_activation_at_the_end(kind, loss):
    net = trained([Dense(3, 2), kind()], loss)
    assert gradient_check(net, X, TARGETS[loss], loss) < 1e-6
    assert error_beside_autograd(net, loss) < 1e-13


@every_loss
@pytest.mark.parametrize("l2", [0.01, 3.0])
def test_penalty(loss, l2):
    net = trained([Dense(3, 4), Tanh(), Dense(4, 2)], loss, l2=0.01)
    assert gradient_check(net, X, TARGETS[loss], loss, l2=l2) < 1e-6
    assert error_beside_autograd(net, loss, l2) < 1e-13


def test_check_asks_for_no_penalty_unless_told():
    net = trained([Dense(3, 4), Tanh(), Dense(4, 2)], mean_squared_error)
    arguments = net, X, NUMBERS, mean_squared_error
    assert gradient_check(*arguments) == gradient_check(*arguments, l2=0.0)
    assert gradient_check(*arguments) != gradient_check(*arguments, l2=1.0)


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
    value, gradient = net.loss_and_gradient(X, TARGETS[loss], loss, 0.1)
    kept = gradient.tolist()
    net.loss_and_gradient(X[:2], TARGETS[loss][:2], loss)
    net.predict(X + 1)
    net.gradients = np.full(net.gradients.shape, np.nan)
    again, same = net.loss_and_gradient(X, TARGETS[loss], loss, 0.1)
    assert again == value
    assert kept == gradient.tolist() == same.tolist() == net.gradients.tolist()
    assert net.parameters.tolist() == before


def test_loss_of_ones_own():
    def absolute_error(predictions, targets):
        return float(np.sum(np.abs(predictions - targets))), np.sign(predictions - targets)

    net = Network([Dense(3, 4), Tanh(), Dense(4, 2)], rng=0)
    assert gradient_check(net, X, NUMBERS, absolute_error) < 1e-6


# The check itself


# Numbers that a sum with the small change, or a product, would not give back.
HARD = [0.0, -0.0, 1e-300, 5e-324, -5e-324, 1e-12, 0.1, 1e17]


def awkward(net):
    """Give the network parameters and gradients whose bits are easily lost; return all bits."""
    net.parameters = np.resize(HARD, net.parameters.shape)
    net.gradients = np.resize([np.nan, -0.0, 5e-324, np.inf, 1e300], net.gradients.shape)
    return bits(net)


def bits(net):
    return net.parameters.tobytes(), net.gradients.tobytes()


@pytest.mark.parametrize("loss", [sum_squared_error, mean_squared_error, cross_entropy])
@pytest.mark.parametrize("l2", [0.0, 0.1])
def test_check_leaves_parameters_and_gradients_as_they_were_bit_for_bit(loss, l2):
    net = Network([Dense(3, 4), Tanh(), Dense(4, 2)], rng=0)
    before = awkward(net)
    gradient_check(net, X, TARGETS[loss], loss, l2=l2)
    assert bits(net) == before


@pytest.mark.filterwarnings("ignore:invalid value")
def test_check_of_huge_parameters_leaves_them_as_they_were():
    net = Network([Dense(3, 4), Tanh(), Dense(4, 2)], rng=0)
    net.parameters = np.resize([1e300, -1.7e308, 1e200], net.parameters.shape)
    before = bits(net)
    gradient_check(net, X, NUMBERS, sum_squared_error)
    assert bits(net) == before


@pytest.mark.parametrize("call", [1, 2, 3, 4, 21])
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_check_that_is_cut_short_leaves_parameters_and_gradients_as_they_were(error, call):
    calls = []

    def breaking(predictions, targets):
        calls.append(len(targets))
        if len(calls) == call:
            raise error("enough")
        return sum_squared_error(predictions, targets)

    net = Network([Dense(3, 4), Tanh(), Dense(4, 2)], rng=0)
    before = awkward(net)
    with pytest.raises(error, match="enough"):
        gradient_check(net, X, NUMBERS, breaking)
    assert bits(net) == before


def test_check_of_a_perfect_network_finds_no_error():
    net = Network([Dense(3, 2)], rng=0)
    net.parameters = np.zeros(8)
    error = gradient_check(net, X, np.zeros((7, 2)), sum_squared_error)
    assert (error, type(error)) == (0, float)


@pytest.mark.parametrize("factor", [0.5, 0.75, 1.25, 2.0])
def test_error_is_a_part_of_the_largest_entry_whether_computed_or_measured(factor):
    def stretched(predictions, targets):
        value, gradient = sum_squared_error(predictions, targets)
        return value, factor * gradient

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
    assert said == "y has shape (7,): make it of shape (7, 2)"


# Planted errors


class WrongFactor(Tanh):
    def backward(self, d_output):
        return 1.00001 * super().backward(d_output)


class GradientOfTheInput(Tanh):
    def forward(self, x):
        self.x = x
        return super().forward(x)

    def backward(self, d_output):
        return d_output * (1 - self.x**2)


class WrongSign(Dense):
    def backward(self, d_output):
        return -super().backward(d_output)


class ForgottenBiases(Dense):
    def backward(self, d_output):
        d_input = super().backward(d_output)
        self.d_biases[...] = 0
        return d_input


class Accumulated(Dense):
    def backward(self, d_output):
        before = self.d_weights.copy()
        d_input = super().backward(d_output)
        self.d_weights += before
        return d_input


def half_squared_error(predictions, targets):
    value, gradient = sum_squared_error(predictions, targets)
    return value, gradient / 2


PLANTED = {
    "wrong factor": [Dense(3, 4), WrongFactor(), Dense(4, 2)],
    "gradient of the input": [Dense(3, 4), GradientOfTheInput(), Dense(4, 2)],
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
    # Numbers that another call could pile up on.
    net.loss_and_gradient(X, NUMBERS, sum_squared_error)
    assert gradient_check(net, X, NUMBERS, sum_squared_error) > 1e-6
    _, gradient = net.loss_and_gradient(X, NUMBERS, sum_squared_error)
    _, their_gradient = oracle.loss_and_gradient(
        plain(layers), sum_squared_error, net.parameters.copy(), X, NUMBERS
    )
    assert np.abs(gradient - their_gradient).max() / np.abs(their_gradient).max() > 1e-13


def test_check_objects_to_a_loss_whose_gradient_is_not_its_own():
    net = Network([Dense(3, 4), Tanh(), Dense(4, 2)], rng=5)
    assert gradient_check(net, X, NUMBERS, half_squared_error) > 0.1


def test_check_objects_to_a_penalty_that_is_not_what_its_gradient_says():
    class Drifting(Dense):
        def backward(self, d_output):
            d_input = super().backward(d_output)
            self.d_weights -= 0.1 * self.weights  # half of what an l2 of 0.1 adds
            return d_input

    net = Network([Dense(3, 4), Tanh(), Drifting(4, 2)], rng=5)
    assert gradient_check(net, X, NUMBERS, sum_squared_error, l2=0.1) > 1e-3
