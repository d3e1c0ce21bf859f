"""The rules of descent: one step, in place."""

import numpy as np
import pytest

from neuralnet import SGD
from tests.package.tools import refusal


def test_step_subtracts_the_rate_times_the_slopes_in_place():
    parameters, gradients = np.array([1.0, 2.0, -3.0]), np.array([4.0, -8.0, 0.0])
    same = parameters
    assert SGD(0.25).step(parameters, gradients) is None
    assert same.tolist() == [0, 4, -3]
    assert gradients.tolist() == [4, -8, 0]


def test_each_step_starts_where_the_last_one_ended():
    optimizer, parameters = SGD(0.5), np.array([8.0])
    for _ in range(3):
        optimizer.step(parameters, parameters.copy())
    assert parameters.tolist() == [1]


def test_step_keeps_the_precision():
    parameters = np.ones(3, dtype=np.float32)
    SGD(0.1).step(parameters, parameters.copy())
    assert parameters.dtype == np.float32


@pytest.mark.parametrize("rate", [0, -0.1, np.nan, np.inf, "0.1", None], ids=repr)
def test_learning_rate_is_a_number_above_zero(rate):
    assert refusal(SGD, rate) == (
        f"learning_rate is {rate!r}, but it must be a number above zero, such as 0.1"
    )


def test_learning_rate_is_kept_as_a_plain_float():
    assert type(SGD(np.float32(0.5)).learning_rate) is float
    assert SGD(1).learning_rate == 1.0
