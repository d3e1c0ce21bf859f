"""Scaling columns, and scaling them back."""

import numpy as np
import pytest

from neuralnet import Standardize
from neuralnet.datasets import ten_houses
from tests.package.tools import gradient_by_differences, refusal

COLUMNS = np.random.default_rng(1).normal([100.0, -3.0], [20.0, 0.01], size=(50, 2))


def test_columns_get_mean_0_and_deviation_1():
    scaled = Standardize.fit(COLUMNS).forward(COLUMNS)
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(scaled.std(axis=0), 1, rtol=1e-12)


def test_deviation_is_divided_by_the_number_of_rows():
    scale = Standardize.fit([[1.0, 10.0], [3.0, 30.0]])
    assert (scale.mean.tolist(), scale.std.tolist()) == ([2, 20], [1, 10])


def test_first_house_becomes_two_short_numbers():
    X, _ = ten_houses()
    assert Standardize.fit(X).forward(X)[0].tolist() == [-0.3, -0.8]


def test_column_alone_is_scaled_as_a_column():
    _, price = ten_houses()
    scale = Standardize.fit(price)
    assert (scale.mean.tolist(), scale.std.tolist()) == ([300], [120])
    assert scale.forward(price[:, None]).shape == (10, 1)


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_scale_of_a_short_precision_is_computed_in_a_long_one(dtype):
    # Half precision ends at 65504, and so could not hold a sum of these.
    table = np.array([[60000.0, -60000.0], [50000.0, 60000.0]] * 1000, dtype)
    scale, same = Standardize.fit(table), Standardize.fit(table.astype(np.float64))
    assert (scale.mean.tolist(), scale.std.tolist()) == (same.mean.tolist(), same.std.tolist())


def test_inverse_leads_back():
    scale = Standardize.fit(COLUMNS)
    back = scale.inverse().forward(scale.forward(COLUMNS))
    np.testing.assert_allclose(back, COLUMNS, rtol=1e-14)
    np.testing.assert_allclose(scale.forward(scale.inverse().forward(COLUMNS)), COLUMNS, rtol=1e-11)


def test_inverse_of_the_inverse_is_the_layer_itself():
    scale = Standardize([100.0, -3.0], [20.0, 0.5]).inverse().inverse()
    np.testing.assert_allclose(scale.mean, [100, -3], rtol=1e-15)
    np.testing.assert_allclose(scale.std, [20, 0.5], rtol=1e-15)


def test_gradient_matches_central_differences():
    scale = Standardize([100.0, -3.0], [20.0, 0.5])
    d_output = np.random.default_rng(2).normal(size=(3, 2))
    numerical = gradient_by_differences(lambda x: np.sum(d_output * scale.forward(x)), COLUMNS[:3])
    np.testing.assert_allclose(scale.backward(d_output), numerical, rtol=0, atol=1e-8)


def test_taking_the_scale_leaves_the_table_alone():
    before = COLUMNS.copy()
    Standardize.fit(COLUMNS).forward(COLUMNS)
    assert (before == COLUMNS).all()


def test_layer_knows_its_columns_and_shows_its_numbers():
    scale = Standardize([1, 2, 3], [4, 5, 6])
    assert (scale.inputs, scale.outputs, scale.size) == (3, 3, 0)
    assert repr(scale) == "Standardize([1.0, 2.0, 3.0], [4.0, 5.0, 6.0])"


@pytest.mark.parametrize("rows", [1, 3, 10, 1000])
@pytest.mark.parametrize("constant", [0.0, 0.1, 1e9 / 3])
def test_column_that_never_changes_is_refused_whatever_the_rounding(constant, rows):
    table = np.column_stack([np.arange(rows), np.full(rows, constant)])
    said = "a column that never changes tells nothing, so drop it"
    column = 1 if rows > 1 else 0
    assert refusal(Standardize.fit, table) == f"std is 0 in column {column}: {said}"


def test_deviation_of_zero_is_refused():
    assert refusal(Standardize, [1, 2], [1, 0]).startswith("std is 0 in column 1: ")


@pytest.mark.parametrize(("mean", "std"), [((1,), (2,)), ((2,), (1,)), ((2, 2), (2, 2))])
def test_mean_and_deviation_are_one_number_for_each_column(mean, std):
    assert refusal(Standardize, np.ones(mean), np.ones(std)) == (
        f"mean has shape {mean} and std {std}: pass one number of each for every column"
    )


@pytest.mark.parametrize("shape", [(), (0, 1), (0, 2), (2, 2, 2)])
def test_scale_is_taken_from_a_table_of_rows(shape):
    assert refusal(Standardize.fit, np.ones(shape)) == (
        f"X has shape {shape}, but a mean needs at least one row: pass shape (rows, columns)"
    )


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_missing_and_infinite_numbers_are_refused(value):
    said = f"holds {value} at index"
    remedy = ": drop or fill missing values before you hand them over"
    assert refusal(Standardize.fit, [[1, 2], [3, value]]) == f"X {said} [1, 1]{remedy}"
    assert refusal(Standardize, [value], [1]) == f"mean {said} [0]{remedy}"
    assert refusal(Standardize, [1], [value]) == f"std {said} [0]{remedy}"


def test_shows_its_numbers_for_a_few_columns_only():
    four = Standardize([0.5, 1, 2, 3], [1, 2, 3, 4])
    assert repr(four) == "Standardize([0.5, 1.0, 2.0, 3.0], [1.0, 2.0, 3.0, 4.0])"
    assert repr(Standardize(np.zeros(5), np.ones(5))) == "Standardize(5 columns)"
