"""Each layer by itself: what it gives, what it passes back, and whose numbers it holds."""

import math
from functools import partial

import numpy as np
import pytest

from neuralnet import Dense, Network, ReLU, Sigmoid, Standardize, Tanh, mean_squared_error
from neuralnet.layers import Layer
from tests.package.tools import refusal, gradient_by_differences

X = np.array([[1.0, 2.0], [3.0, -4.0], [0.5, 0.0]])
D_OUTPUT = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0], [4.0, 2.0, 0.0]])
ONES = np.ones(3)
ACTIVATIONS = [Sigmoid, Tanh, ReLU]
scale = partial(Standardize, [1.0, 2.0], [3.0, 0.5])


@pytest.fixture
def dense():
    """Return a layer of whole numbers, so that its sums are exact."""
    layer = Network([Dense(2, 3)]).layers[0]
    layer.weights[...] = [[1, 2, 3], [4, 5, 6]]
    layer.biases[...] = [10, 20, 30]
    return layer


# Dense


def test_outputs_are_weighted_sums_plus_biases(dense):
    assert dense.forward(X).tolist() == [[19, 32, 45], [-3, 6, 15], [10.5, 21, 31.5]]


def test_without_bias_outputs_are_weighted_sums():
    layer = Network([Dense(2, 3, bias=False)]).layers[0]
    layer.weights[...] = [[1, 2, 3], [4, 5, 6]]
    assert layer.forward(X).tolist() == [[9, 12, 15], [-13, -14, -15], [0.5, 1, 1.5]]
    assert layer.biases.shape == layer.d_biases.shape == (0,)
    layer.differentiate(D_OUTPUT, ONES)
    assert layer.d_weights.tolist() == [[3, 4, -1], [2, -4, 8]]


def test_slopes_over_the_inputs(dense):
    assert dense.backward(D_OUTPUT).tolist() == [[7, 16], [-1, -1], [8, 26]]


def test_slopes_over_the_parameters_are_summed_over_the_rows(dense):
    dense.forward(X)
    dense.differentiate(D_OUTPUT, ONES)
    assert dense.d_weights.tolist() == [[3, 4, -1], [2, -4, 8]]
    assert dense.d_biases.tolist() == [5, 3, 1]


def test_slopes_over_the_parameters_are_overwritten(dense):
    dense.forward(X)
    dense.d_weights[...] = dense.d_biases[...] = np.nan
    dense.differentiate(D_OUTPUT, ONES)
    dense.differentiate(D_OUTPUT, ONES)
    assert dense.d_weights.tolist() == [[3, 4, -1], [2, -4, 8]]
    assert dense.d_biases.tolist() == [5, 3, 1]


def test_price_of_weights_is_added_to_their_slopes_and_biases_cost_nothing(dense):
    dense.d_weights[...], dense.d_biases[...] = 1, 1
    price = dense.penalise(0.5)
    assert price == 0.5 * (1 + 4 + 9 + 16 + 25 + 36)
    assert type(price) is float
    assert dense.d_weights.tolist() == [[2, 3, 4], [5, 6, 7]]
    assert dense.d_biases.tolist() == [1, 1, 1]


@pytest.mark.parametrize("inputs", [4, 100])
def test_start_weights_make_sums_of_the_size_of_one(inputs):
    layer = Network([Dense(inputs, 10_000 // inputs)], rng=0).layers[0]
    assert layer.weights.mean() == pytest.approx(0, abs=0.04 / math.sqrt(inputs))
    assert layer.weights.std() == pytest.approx(1 / math.sqrt(inputs), rel=0.04)
    assert not layer.biases.any()


def test_start_overwrites_what_was_there(dense):
    dense.start(np.random.default_rng(5))
    expected = np.random.default_rng(5).standard_normal((2, 3)) / math.sqrt(2)
    assert dense.weights.tolist() == expected.tolist()
    assert dense.biases.tolist() == [0, 0, 0]


@pytest.mark.parametrize("bias", [True, False, 2, None, "yes"])
def test_size_counts_every_parameter(bias):
    assert Dense(5, 3, bias=bias).size == 15 + 3 * bool(bias)


@pytest.mark.parametrize("count", [0, -1, 2.5, "2", None])
def test_numbers_of_inputs_and_outputs_are_whole(count):
    said = f" is {count!r}, but it must be a whole number above zero"
    assert refusal(Dense, count, 1) == f"inputs{said}"
    assert refusal(Dense, 1, count) == f"outputs{said}"


def test_layers_show_how_they_are_made():
    layers = [Dense(2, 3), Dense(3, 1, bias=False), Sigmoid(), Tanh(), ReLU()]
    assert [repr(layer) for layer in layers] == [
        "Dense(2, 3)",
        "Dense(3, 1, bias=False)",
        "Sigmoid()",
        "Tanh()",
        "ReLU()",
    ]


# Activations

PLAIN = {
    Sigmoid: lambda z: 1 / (1 + math.exp(-z)),
    Tanh: lambda z: math.sinh(z) / math.cosh(z),
    ReLU: lambda z: z if z > 0 else 0.0,
}


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_each_number_is_bent_by_itself(kind):
    expected = [[PLAIN[kind](z) for z in row] for row in X.tolist()]
    np.testing.assert_allclose(kind().forward(X), expected, rtol=1e-14)


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_slopes_of_an_activation_match_central_differences(kind):
    x = np.random.default_rng(6).normal(size=(4, 3))
    d_output = np.random.default_rng(7).normal(size=(4, 3))
    layer = kind()
    numerical = gradient_by_differences(lambda z: np.sum(d_output * layer.forward(z)), x)
    layer.forward(x)
    np.testing.assert_allclose(layer.backward(d_output), numerical, rtol=0, atol=1e-9)


def test_slope_of_relu_at_zero_is_zero():
    layer = ReLU()
    layer.forward(np.array([[-1.0, -0.0, 0.0, 1e-300]]))
    assert layer.backward(np.full((1, 4), 3.0)).tolist() == [[0, 0, 0, 3]]


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_far_sums_raise_no_warning(kind):
    net = Network([Dense(1, 2), kind()])
    net.layers[0].weights[...] = [-1000.0, 1000.0]
    assert np.isfinite(net.predict([1.0])).all()
    assert np.isfinite(net.gradient([[1.0]], [[0.0, 0.0]], mean_squared_error))
    assert np.isfinite(net.gradients).all()


# All layers


@pytest.mark.parametrize("kind", [Layer, scale, *ACTIVATIONS])
def test_layer_without_parameters_learns_nothing_and_costs_nothing(kind):
    layer = Network([Dense(2, 2), kind()]).layers[1]
    assert (layer.size, layer.parameters.shape) == (0, (0,))
    layer.differentiate(X, ONES)
    assert layer.penalise(1.0) == 0


@pytest.mark.parametrize("kind", [partial(Dense, 2, 3), scale, *ACTIVATIONS])
def test_layer_answers_in_the_room_that_it_is_given(kind):
    layer = Network([Dense(2, 2), kind()], rng=0).layers[1]
    answers = layer.forward(X)
    room, back = np.empty_like(answers), np.empty_like(X)
    assert layer.forward(X, room) is room
    np.testing.assert_allclose(room, answers, rtol=1e-15)
    slopes = layer.backward(room)
    assert layer.backward(room, back) is back
    assert back.tolist() == slopes.tolist()


def test_plain_layer_changes_nothing():
    assert Layer().forward(X) is X
    assert Layer().backward(X) is X


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_backward_twice_gives_the_same(kind):
    layer = kind()
    layer.forward(X)
    assert layer.backward(X).tolist() == layer.backward(X).tolist()


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_activation_leaves_its_arguments_alone(kind):
    layer, x, d_output = kind(), X.copy(), X.copy()
    layer.forward(x)
    layer.backward(d_output)
    assert x.tolist() == d_output.tolist() == X.tolist()


def test_dense_leaves_its_arguments_alone(dense):
    x, d_output = X.copy(), D_OUTPUT.copy()
    dense.forward(x)
    dense.differentiate(d_output, ONES)
    dense.backward(d_output)
    assert x.tolist() == X.tolist()
    assert d_output.tolist() == D_OUTPUT.tolist()
