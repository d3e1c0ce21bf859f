"""The sum of squared errors: its value, its gradient and what it refuses."""

import math
from fractions import Fraction

import numpy as np
import pytest

from neuralnet import sum_squared_error


def central_difference(prediction, target, index, step=1e-5):
    """Differentiate the value numerically with respect to one prediction."""
    higher, lower = prediction.copy(), prediction.copy()
    higher[index] += step
    lower[index] -= step
    rise = sum_squared_error(higher, target)[0] - sum_squared_error(lower, target)[0]
    return rise / (2 * step)


def test_value_is_the_sum_over_all_entries():
    prediction, target = [[0.75, 0.25], [3.0, -1.5]], [[1.0, 0.5], [0.5, 2.0]]
    exact = sum(
        (Fraction(p) - Fraction(t)) ** 2
        for ps, ts in zip(prediction, target, strict=True)
        for p, t in zip(ps, ts, strict=True)
    )
    value, _ = sum_squared_error(prediction, target)
    assert type(value) is float
    assert value == exact


@pytest.mark.parametrize("shape", [(4,), (4, 1), (2, 3)])
def test_gradient_matches_central_differences(shape):
    rng = np.random.default_rng(5)
    prediction, target = rng.normal(size=shape), rng.normal(size=shape)
    _, gradient = sum_squared_error(prediction, target)
    assert gradient.shape == shape
    for index in np.ndindex(shape):
        numerical = central_difference(prediction, target, index)
        assert gradient[index] == pytest.approx(numerical, abs=1e-9)


def test_two_numbers_give_two_numbers():
    value, gradient = sum_squared_error(0.75, 1)
    assert (value, gradient) == (0.0625, -0.5)


def test_perfect_prediction_costs_nothing():
    value, gradient = sum_squared_error([0.25, 3.0], [0.25, 3.0])
    assert value == 0
    assert gradient.tolist() == [0, 0]


def test_nan_is_passed_on_not_hidden():
    value, _ = sum_squared_error([0.5, np.nan], [0.5, 1.0])
    assert math.isnan(value)


def test_yes_and_no_count_as_one_and_zero():
    value, gradient = sum_squared_error([0.75, 0.25], [True, False])
    assert value == 0.125
    assert gradient.tolist() == [-0.5, 0.5]


@pytest.mark.parametrize(
    ("prediction", "target"),
    [((3,), (3, 1)), ((3, 1), (3,)), ((3,), ()), ((2, 3), (3,)), ((2, 3), (3, 2))],
)
def test_nothing_is_stretched_to_fit(prediction, target):
    with pytest.raises(ValueError, match="shape") as refusal:
        sum_squared_error(np.zeros(prediction), np.zeros(target))
    assert str(refusal.value) == (
        f"the target has shape {target}, but the prediction has shape {prediction}: "
        "reshape the target so that the two are alike"
    )
