"""The neuron's gradient against two witnesses: small differences and plain arithmetic.

A witness is worth something only if it objects to a wrong gradient; that is tested too.
"""

import copy
import math

import numpy as np
import pytest

from neuralnet import Neuron, sigmoid

INPUTS = [1, 2, 5]
ROWS = [None, 1, 7]
SEEDS = range(4)
STEP = 1e-5


def example(inputs, rows, seed):
    """Return a neuron and one row with its target, or many rows with theirs."""
    rng = np.random.default_rng(seed)
    leading = () if rows is None else (rows,)
    return Neuron(inputs, rng=rng), rng.normal(size=(*leading, inputs)), rng.random(leading)


def squared_error(neuron, x, target, nudge):
    """Return the error after a nudge to the weights and, as the last entry, the bias."""
    nudged = copy.deepcopy(neuron)
    nudged.weights += nudge[:-1]
    nudged.bias += nudge[-1]
    return float(np.sum((nudged.predict(x) - target) ** 2))


def central_differences(neuron, x, target):
    """Differentiate the squared error numerically, weights first, then the bias."""
    nudges = STEP * np.eye(len(neuron.weights) + 1)
    return [
        (squared_error(neuron, x, target, nudge) - squared_error(neuron, x, target, -nudge))
        / (2 * STEP)
        for nudge in nudges
    ]


def plain_gradient(weights, bias, rows, targets):
    """Work the formula out in Python's own floats, weights first, then the bias."""
    gradient = [0.0] * (len(weights) + 1)
    for row, target in zip(rows, targets, strict=True):
        total = bias + math.fsum(w * value for w, value in zip(weights, row, strict=True))
        answer = 1 / (1 + math.exp(-total))
        slope = math.exp(-total) / (1 + math.exp(-total)) ** 2
        for i, value in enumerate([*row, 1.0]):
            gradient[i] += 2 * (answer - target) * slope * value
    return gradient


def flat_gradient(neuron, x, target):
    d_weights, d_bias = neuron.gradient(x, target)
    return [*d_weights, d_bias]


def agrees(neuron, x, target):
    """Tell whether the gradient is what central differences say, to nine decimals."""
    numerical = central_differences(neuron, x, target)
    return np.allclose(flat_gradient(neuron, x, target), numerical, rtol=0, atol=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("inputs", INPUTS)
def test_gradient_matches_central_differences(inputs, rows, seed):
    assert agrees(*example(inputs, rows, seed))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("inputs", INPUTS)
def test_gradient_matches_plain_arithmetic(inputs, rows, seed):
    neuron, x, target = example(inputs, rows, seed)
    expected = plain_gradient(
        neuron.weights.tolist(), neuron.bias, np.atleast_2d(x).tolist(), np.atleast_1d(target)
    )
    assert flat_gradient(neuron, x, target) == pytest.approx(expected, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("inputs", INPUTS)
def test_gradient_of_many_rows_is_the_sum_over_the_rows(inputs):
    neuron, x, target = example(inputs, 7, seed=11)
    one_by_one = [flat_gradient(neuron, x[i], target[i]) for i in range(7)]
    assert flat_gradient(neuron, x, target) == pytest.approx(np.sum(one_by_one, axis=0), rel=1e-12)


@pytest.mark.parametrize("inputs", INPUTS)
def test_prediction_of_many_rows_is_that_of_each_row(inputs):
    neuron, x, _ = example(inputs, 7, seed=12)
    assert neuron.predict(x) == pytest.approx([neuron.predict(row) for row in x], rel=1e-14)


def test_asking_for_the_gradient_changes_nothing():
    neuron, x, target = example(2, 7, seed=13)
    before = repr(neuron), x.copy(), target.copy()
    first, second = flat_gradient(neuron, x, target), flat_gradient(neuron, x, target)
    assert first == second
    assert repr(neuron) == before[0]
    assert np.array_equal(x, before[1])
    assert np.array_equal(target, before[2])


def test_gradient_has_a_number_for_each_weight_and_a_plain_float_for_the_bias():
    for rows in ROWS:
        d_weights, d_bias = Neuron(5, rng=0).gradient(*example(5, rows, seed=0)[1:])
        assert d_weights.shape == (5,)
        assert type(d_bias) is float


class Planted(Neuron):
    """A neuron whose gradient is worked out anew, where an error can be planted."""

    factor = 2.0
    bias_factor = 1.0

    def slope(self, prediction):
        return prediction * (1 - prediction)

    def gradient(self, x, target):
        prediction = self.predict(x)
        d_sum = self.factor * (prediction - target) * self.slope(prediction)
        return d_sum @ np.atleast_2d(x), self.bias_factor * float(np.sum(d_sum))


class WrongFactor(Planted):
    factor = 2.001


class WrongSlope(Planted):
    def slope(self, prediction):
        return prediction * (1 + prediction)


class SigmoidTwice(Planted):
    def slope(self, prediction):
        return sigmoid(prediction) * (1 - sigmoid(prediction))


class ForgottenBias(Planted):
    bias_factor = 0.0


def planted(kind):
    neuron, x, target = example(2, 7, seed=21)
    suspect = kind(2)
    suspect.weights, suspect.bias = neuron.weights, neuron.bias
    return suspect, x, target


def test_check_accepts_the_right_gradient():
    assert agrees(*planted(Planted))


@pytest.mark.parametrize("kind", [WrongFactor, WrongSlope, SigmoidTwice, ForgottenBias])
def test_check_catches_a_planted_error(kind):
    assert not agrees(*planted(kind))
