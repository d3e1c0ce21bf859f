"""The two squared errors: their values, their gradients and what they refuse."""

import math
from fractions import Fraction

import numpy as np
import pytest

from neuralnet import mean_squared_error, sum_squared_error
from neuralnet.losses import summed
from tests.package.tools import gradient_by_differences, refusal

ERRORS = [sum_squared_error, mean_squared_error]


def test_value_is_the_sum_over_all_entries():
    prediction, target = [[0.75, 0.25], [3.0, -1.5]], [[1.0, 0.5], [0.5, 2.0]]
    exact = sum(
        (Fraction(p) - Fraction(t)) ** 2
        for ps, ts in zip(prediction, target, strict=True)
        for p, t in zip(ps, ts, strict=True)
    )
    value, _ = sum_squared_error(prediction, target)
    assert value == exact
    assert mean_squared_error(prediction, target)[0] == exact / 4


@pytest.mark.parametrize("shape", [(1,), (4,), (4, 1), (3, 2), (1, 7)])
def test_mean_is_the_sum_divided_by_the_number_of_entries(shape):
    rng = np.random.default_rng(5)
    prediction, target = rng.normal(size=shape), rng.normal(size=shape)
    total, gradient = sum_squared_error(prediction, target)
    mean, parts = mean_squared_error(prediction, target)
    assert mean == total / math.prod(shape)
    np.testing.assert_allclose(parts, gradient / math.prod(shape), rtol=1e-15)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("shape", [(4,), (4, 1), (2, 3)])
def test_gradient_matches_central_differences(error, shape):
    rng = np.random.default_rng(5)
    prediction, target = rng.normal(size=shape), rng.normal(size=shape)
    _, gradient = error(prediction, target)
    numerical = gradient_by_differences(lambda p: error(p, target)[0], prediction)
    np.testing.assert_allclose(gradient, numerical, rtol=0, atol=1e-9)


@pytest.mark.parametrize("error", ERRORS)
def test_two_numbers_give_two_numbers(error):
    value, gradient = error(0.75, 1)
    assert (value, gradient) == (0.0625, -0.5)


@pytest.mark.parametrize("error", ERRORS)
def test_perfect_prediction_costs_nothing(error):
    value, gradient = error([0.25, 3.0], [0.25, 3.0])
    assert type(value) is float
    assert value == 0
    assert gradient.tolist() == [0, 0]


@pytest.mark.parametrize("error", ERRORS)
def test_nan_is_passed_on_not_hidden(error):
    value, _ = error([0.5, np.nan], [0.5, 1.0])
    assert math.isnan(value)


@pytest.mark.parametrize("error", ERRORS)
def test_arguments_are_left_alone(error):
    prediction, target = np.array([1.0, 2.0]), np.array([0.0, 5.0])
    error(prediction, target)
    assert (prediction.tolist(), target.tolist()) == ([1, 2], [0, 5])


def test_a_sum_is_marked_as_one_and_a_mean_is_not():
    assert sum_squared_error.is_sum
    assert not hasattr(mean_squared_error, "is_sum")


def test_marking_a_loss_as_a_sum_leaves_it_as_it_is():
    def loss(predictions, targets):
        """Say something."""

    assert summed(loss) is loss
    assert loss.is_sum


def test_yes_and_no_count_as_one_and_zero():
    value, gradient = sum_squared_error([0.75, 0.25], [True, False])
    assert value == 0.125
    assert gradient.tolist() == [-0.5, 0.5]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize(
    ("prediction", "target"),
    [((3,), (3, 1)), ((3, 1), (3,)), ((3,), ()), ((2, 3), (3,)), ((2, 3), (3, 2))],
)
def test_nothing_is_stretched_to_fit(error, prediction, target):
    assert refusal(error, np.zeros(prediction), np.zeros(target)) == (
        f"targets has shape {target}, but predictions has shape {prediction}: "
        "reshape the targets so that the two are alike"
    )


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("shape", [(0,), (0, 3)])
def test_nothing_cannot_be_measured(error, shape):
    assert refusal(error, np.zeros(shape), np.zeros(shape)) == (
        "there are no predictions: pass those of at least one row"
    )
