"""Each layer by itself: what it gives, what it passes back, and whose numbers it holds."""

import math
from functools import partial

import numpy as np
import pytest

from neuralnet import Dense, Network, ReLU, Sigmoid, Standardize, Tanh, mean_squared_error
from neuralnet.layers import Layer
from tests.package.tools import gradient_by_differences, refusal

X = np.array([[1.0, 2.0], [3.0, -4.0], [0.5, 0.0]])
D_OUTPUT = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0], [4.0, 2.0, 0.0]])
ACTIVATIONS = [Sigmoid, Tanh, ReLU]
scale = partial(Standardize, [1.0, 2.0], [3.0, 0.5])


@pytest.fixture(params=[False, True], ids=["alone", "in a network"])
def in_a_network(request):
    return request.param


@pytest.fixture
def dense(in_a_network):
    """Return a layer of whole numbers, so that its sums are exact."""
    layer = Dense(2, 3)
    layer.weights, layer.biases = [[1, 2, 3], [4, 5, 6]], [10, 20, 30]
    return Network([layer]).layers[0] if in_a_network else layer


# Dense


def test_outputs_are_weighted_sums_plus_biases(dense):
    assert dense.forward(X).tolist() == [[19, 32, 45], [-3, 6, 15], [10.5, 21, 31.5]]


def test_without_bias_outputs_are_weighted_sums(in_a_network):
    layer = Dense(2, 3, bias=False)
    layer.weights = [[1, 2, 3], [4, 5, 6]]
    layer = Network([layer]).layers[0] if in_a_network else layer
    assert layer.forward(X).tolist() == [[9, 12, 15], [-13, -14, -15], [0.5, 1, 1.5]]
    assert layer.biases.shape == layer.d_biases.shape == (0,)
    assert layer.backward(D_OUTPUT).tolist() == [[7, 16], [-1, -1], [8, 26]]
    assert layer.d_weights.tolist() == [[3, 4, -1], [2, -4, 8]]


def test_gradient_over_the_inputs(dense):
    dense.forward(X)
    assert dense.backward(D_OUTPUT).tolist() == [[7, 16], [-1, -1], [8, 26]]


def test_gradients_over_the_parameters_are_summed_over_the_rows(dense):
    dense.forward(X)
    dense.backward(D_OUTPUT)
    assert dense.d_weights.tolist() == [[3, 4, -1], [2, -4, 8]]
    assert dense.d_biases.tolist() == [5, 3, 1]


def test_gradients_over_the_parameters_are_overwritten(dense):
    dense.forward(X)
    dense.d_weights[...] = dense.d_biases[...] = np.nan
    dense.backward(D_OUTPUT)
    dense.backward(D_OUTPUT)
    assert dense.d_weights.tolist() == [[3, 4, -1], [2, -4, 8]]
    assert dense.d_biases.tolist() == [5, 3, 1]


def test_gradients_begin_with_zeros_in_the_shapes_of_the_parameters(dense):
    assert dense.d_weights.tolist() == [[0, 0, 0], [0, 0, 0]]
    assert dense.d_biases.tolist() == [0, 0, 0]


def test_penalty_is_added_to_the_gradients_of_weights_and_biases_cost_nothing(dense):
    def ones(predictions, targets):
        return 1.0, np.ones_like(predictions)

    net = Network([dense])
    value, gradient = net.loss_and_gradient([[1.0, 1.0]], [[0.0] * 3], ones, l2=0.5)
    assert value == 1 + 0.5 * (1 + 4 + 9 + 16 + 25 + 36)
    assert type(value) is float
    assert net.layers[0].d_weights.tolist() == [[2, 3, 4], [5, 6, 7]]
    assert net.layers[0].d_biases.tolist() == [1, 1, 1]
    assert gradient.tolist() == [2, 3, 4, 5, 6, 7, 1, 1, 1]


@pytest.mark.parametrize("inputs", [4, 100])
def test_start_weights_make_sums_of_the_size_of_one(inputs):
    layer = Network([Dense(inputs, 10_000 // inputs)], rng=0).layers[0]
    assert layer.weights.mean() == pytest.approx(0, abs=0.04 / math.sqrt(inputs))
    assert layer.weights.std() == pytest.approx(1 / math.sqrt(inputs), rel=0.04)
    assert not layer.biases.any()


def test_initializing_again_overwrites_what_was_there(dense):
    dense.initialize(np.random.default_rng(5))
    expected = np.random.default_rng(5).standard_normal((2, 3)) / math.sqrt(2)
    assert dense.weights.tolist() == expected.tolist()
    assert dense.biases.tolist() == [0, 0, 0]


@pytest.mark.parametrize("inputs", [4, 100])
def test_layer_alone_starts_like_one_in_a_network(inputs):
    layer = Dense(inputs, 3)
    assert layer.size == 3 * inputs + 3
    layer.prepare(0)
    expected = np.random.default_rng(0).standard_normal((inputs, 3)) / math.sqrt(inputs)
    assert layer.weights.tolist() == expected.tolist()
    assert Network([Dense(inputs, 3)], rng=0).layers[0].weights.tolist() == expected.tolist()
    layer.prepare(1)
    assert layer.weights.tolist() == expected.tolist()


def test_layer_alone_draws_its_weights_when_they_are_first_asked_for():
    one, other = Dense(2, 3), Dense(2, 3)
    assert not one.is_initialized
    assert one.forward(X).shape == (3, 3)
    assert one.is_initialized
    assert one.weights.tolist() != other.weights.tolist()
    assert not one.biases.any()


@pytest.mark.parametrize("bias", [True, False, np.True_, np.False_])
def test_size_counts_every_parameter(bias):
    assert Dense(5, 3, bias=bias).size == 15 + 3 * bool(bias)


@pytest.mark.parametrize("bias", [1, 0, 2, None, "yes", 1.0, [True]], ids=repr)
def test_bias_is_there_or_not(bias):
    said = refusal(Dense, 5, 3, bias=bias)
    assert said == f"bias is {bias!r}, but it must be True or False"


@pytest.mark.parametrize("third", ["relu", Tanh(), ReLU, True, 3], ids=repr)
def test_activation_is_a_layer_of_its_own_and_no_argument_of_dense(third):
    with pytest.raises(TypeError, match="takes 3 positional arguments but 4 were given"):
        Dense(6, 16, third)


@pytest.mark.parametrize("name", ["activation", "use_bias", "input_dim"])
def test_dense_has_no_other_arguments(name):
    with pytest.raises(TypeError, match=f"unexpected keyword argument '{name}'"):
        Dense(6, 16, **{name: "relu"})


@pytest.mark.parametrize("count", [0, -1, 2.5, "2", None, True])
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
def test_each_number_is_turned_by_itself(kind):
    expected = [[PLAIN[kind](z) for z in row] for row in X.tolist()]
    np.testing.assert_allclose(kind().forward(X), expected, rtol=1e-14)


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_gradient_of_an_activation_matches_central_differences(kind):
    x = np.random.default_rng(6).normal(size=(4, 3))
    d_output = np.random.default_rng(7).normal(size=(4, 3))
    layer = kind()
    numerical = gradient_by_differences(lambda z: np.sum(d_output * layer.forward(z)), x)
    layer.forward(x)
    np.testing.assert_allclose(layer.backward(d_output), numerical, rtol=0, atol=1e-9)


def test_nothing_passes_back_through_a_relu_at_zero():
    layer = ReLU()
    layer.forward(np.array([[-1.0, -0.0, 0.0, 1e-300]]))
    assert layer.backward(np.full((1, 4), 3.0)).tolist() == [[0, 0, 0, 3]]


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_far_sums_raise_no_warning(kind):
    net = Network([Dense(1, 2), kind()])
    net.layers[0].weights[...] = [-1000.0, 1000.0]
    assert np.isfinite(net.predict([1.0])).all()
    value, gradient = net.loss_and_gradient([[1.0]], [[0.0, 0.0]], mean_squared_error)
    assert np.isfinite(value)
    assert np.isfinite(gradient).all()


# All layers


@pytest.mark.parametrize("kind", [Layer, scale, *ACTIVATIONS])
def test_layer_without_parameters_learns_nothing_and_costs_nothing(kind):
    net = Network([Dense(2, 2), kind()], rng=0)
    for layer in (kind(), net.layers[1]):
        layer.backward(layer.forward(X))
        assert layer.size == 0
        for array in (layer.weights, layer.biases, layer.d_weights, layer.d_biases):
            assert array.shape == (0,)
    value, _ = net.loss_and_gradient(X, X, mean_squared_error)
    penalized, _ = net.loss_and_gradient(X, X, mean_squared_error, 1.0)
    assert penalized == pytest.approx(value + np.sum(net.layers[0].weights ** 2), rel=1e-14)


@pytest.mark.parametrize("kind", [partial(Dense, 2, 3), scale, *ACTIVATIONS])
def test_layer_alone_is_that_of_a_network(kind):
    layer = Network([Dense(2, 2), kind()], rng=0).layers[1]
    alone = kind()
    if layer.size:
        alone.weights, alone.biases = layer.weights, layer.biases
    outputs = layer.forward(X)
    assert alone.forward(X).tobytes() == outputs.tobytes()
    assert alone.backward(outputs).tobytes() == layer.backward(outputs).tobytes()
    assert alone.d_weights.tobytes() == layer.d_weights.tobytes()
    assert alone.d_biases.tobytes() == layer.d_biases.tobytes()


@pytest.mark.parametrize("kind", [partial(Dense, 2, 3), scale, *ACTIVATIONS])
def test_outputs_and_gradients_are_new_arrays_each_time(kind):
    layer = kind()
    outputs, gradients = layer.forward(X), layer.backward(layer.forward(X))
    kept = outputs.tobytes(), gradients.tobytes()
    other = layer.forward(X + 1)
    layer.backward(other + 1)
    assert (outputs.tobytes(), gradients.tobytes()) == kept
    assert not np.shares_memory(outputs, other)


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
    dense.backward(d_output)
    assert x.tolist() == X.tolist()
    assert d_output.tolist() == D_OUTPUT.tolist()
