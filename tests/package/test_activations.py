"""Sigmoid and softmax: right, smooth at both ends and true to the number format they get."""

import math

import numpy as np
import pytest

from neuralnet import sigmoid, softmax

LINE = np.linspace(-40, 40, 1601)


@pytest.mark.parametrize("odds", [1, 2, 3, 9, 99, 1e6])
def test_odds_become_a_probability(odds):
    assert sigmoid(math.log(odds)) == pytest.approx(odds / (odds + 1), rel=1e-15)
    assert sigmoid(-math.log(odds)) == pytest.approx(1 / (odds + 1), rel=1e-14)


def test_zero_gives_exactly_one_half():
    assert sigmoid(0.0) == 0.5
    assert sigmoid(0) == 0.5


def test_mirrored_sum_gives_the_remainder_to_one():
    np.testing.assert_allclose(sigmoid(-LINE), 1 - sigmoid(LINE), rtol=0, atol=2.3e-16)


def test_left_tail_keeps_its_digits():
    z = np.linspace(-700, -40, 100)
    np.testing.assert_allclose(sigmoid(z), [math.exp(v) for v in z], rtol=1e-14)


def test_never_falls():
    assert (np.diff(sigmoid(LINE)) >= 0).all()
    assert (np.diff(sigmoid(LINE[abs(LINE) < 30])) > 0).all()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_far_sums_give_zero_and_one_without_a_warning(dtype):
    assert sigmoid(np.array([-1000, 1000], dtype=dtype)).tolist() == [0, 1]


def test_is_exactly_one_from_37_on():
    assert sigmoid(36.7) < 1
    assert sigmoid(37.0) == 1


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_number_format_is_kept(dtype):
    assert sigmoid(np.ones(3, dtype=dtype)).dtype == dtype


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int8, int])
def test_whole_numbers_give_what_floats_give(dtype):
    answer = sigmoid(np.array([0, 1], dtype=dtype))
    assert answer.dtype == np.float64
    assert answer.tolist() == sigmoid([0.0, 1.0]).tolist()


@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (2, 1, 3)])
def test_shape_is_kept(shape):
    assert np.shape(sigmoid(np.zeros(shape))) == shape


def test_argument_is_left_alone():
    z = np.array([-1.0, 1.0])
    sigmoid(z)
    assert z.tolist() == [-1.0, 1.0]


# Several numbers that add up to one


def test_softmax_is_the_share_of_the_raised_numbers():
    z = [[0.0, math.log(2), math.log(5)], [math.log(3), 0.0, math.log(4)]]
    expected = [[0.125, 0.25, 0.625], [0.375, 0.125, 0.5]]
    np.testing.assert_allclose(softmax(z), expected, rtol=1e-14)


def test_softmax_of_two_numbers_is_the_sigmoid_of_their_difference():
    z = np.column_stack([LINE, np.zeros_like(LINE)])
    np.testing.assert_allclose(softmax(z)[:, 0], sigmoid(LINE), rtol=1e-14)


def test_softmax_ignores_a_common_shift():
    z = np.random.default_rng(1).normal(size=(5, 4))
    np.testing.assert_allclose(softmax(z + 700.0), softmax(z), rtol=1e-12)
    np.testing.assert_allclose(softmax(z).sum(axis=1), 1, rtol=1e-15)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_softmax_of_far_numbers_raises_no_warning(dtype):
    far = np.array([[-1000, 1000], [1000, 1000]], dtype=dtype)
    assert softmax(far).tolist() == [[0, 1], [0.5, 0.5]]
    assert softmax(far).dtype == dtype


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int8, int])
def test_softmax_of_whole_numbers_is_that_of_floats(dtype):
    answer = softmax(np.array([[0, 1], [1, 0]], dtype=dtype))
    assert answer.tolist() == softmax([[0.0, 1.0], [1.0, 0.0]]).tolist()


def test_softmax_leaves_its_argument_alone():
    z = np.array([[-1.0, 1.0]])
    softmax(z)
    assert z.tolist() == [[-1, 1]]


@pytest.mark.parametrize("function", [sigmoid, softmax])
def test_masked_sums_do_not_lose_their_mask(function):
    with pytest.raises(ValueError, match="z has masked entries: fill them"):
        function(np.ma.masked_greater([1.0, 999.0], 100))
