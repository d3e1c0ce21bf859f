"""What is assigned to parameters is written into them, so that everyone sees the same numbers."""

import copy
import pickle

import numpy as np
import pytest

from neuralnet import (
    SGD,
    Adam,
    Dense,
    Network,
    Neuron,
    ReLU,
    Sigmoid,
    Standardize,
    Tanh,
    load,
    mean_squared_error,
    save,
    train,
)
from neuralnet.datasets import eight_points
from neuralnet.layers import Layer
from tests.package.tools import X, Y, network, refusal

NEW = np.linspace(-1.0, 1.0, 13)
WEIGHTS, BIASES = NEW[:6].reshape(2, 3), NEW[6:9]


def other():
    """Return a network with the numbers NEW, without an assignment to any of its arrays."""
    net = network()
    net.parameters[...] = NEW
    return net


def set_vector(net):
    net.parameters = NEW


def set_vector_from_a_list(net):
    net.parameters = NEW.tolist()


def set_vector_in_another_precision(net):
    net.parameters = NEW.astype(np.longdouble)


def set_layers(net):
    net.layers[0].weights, net.layers[0].biases = WEIGHTS, BIASES
    net.layers[2].weights, net.layers[2].biases = NEW[9:12, None], NEW[12:]


def set_layers_from_lists(net):
    net.layers[0].weights, net.layers[0].biases = WEIGHTS.tolist(), BIASES.tolist()
    net.layers[2].weights, net.layers[2].biases = NEW[9:12, None].tolist(), [NEW[12]]


def set_by_a_step(net):
    net.parameters -= net.parameters - NEW


def set_twice(net):
    net.parameters = NEW[::-1]
    net.layers[0].weights = np.zeros((2, 3))
    net.parameters = NEW


def set_from_itself(net):
    net.parameters[...] = NEW[::-1]
    net.parameters = net.parameters[::-1]


SETTERS = [
    set_vector,
    set_vector_from_a_list,
    set_vector_in_another_precision,
    set_layers,
    set_layers_from_lists,
    set_by_a_step,
    set_twice,
    set_from_itself,
]
every_setter = pytest.mark.parametrize("setter", SETTERS, ids=lambda setter: setter.__name__)


def assert_same(net, expected):
    assert net.parameters.tobytes() == expected.parameters.tobytes()
    assert net.predict(X).tobytes() == expected.predict(X).tobytes()
    for layer, like in zip(net.layers, expected.layers, strict=True):
        assert layer.weights.tobytes() == like.weights.tobytes()
        assert layer.biases.tobytes() == like.biases.tobytes()
        assert layer.forward(np.ones((1, layer.inputs or 3))).tobytes() == (
            like.forward(np.ones((1, layer.inputs or 3))).tobytes()
        )


# Parameters of a network


@every_setter
def test_predictions_and_layers_see_what_was_assigned(setter):
    net = network()
    vector, weights = net.parameters, net.layers[0].weights
    setter(net)
    assert net.parameters is vector
    assert net.layers[0].weights is weights
    np.testing.assert_allclose(net.parameters, NEW, rtol=1e-15)
    net.parameters[...] = NEW  # a step rounds its last digit
    assert_same(net, other())


@every_setter
@pytest.mark.parametrize("make", [lambda: SGD(0.1), lambda: SGD(0.1, momentum=0.9), Adam])
def test_training_goes_on_from_what_was_assigned(setter, make):
    net, like = network(), other()
    setter(net)
    histories = [
        train(each, X, Y, mean_squared_error, make(), epochs=5, batch_size=3, rng=0)
        for each in (net, like)
    ]
    np.testing.assert_allclose(histories[0].loss, histories[1].loss, rtol=1e-12)
    np.testing.assert_allclose(net.parameters, like.parameters, rtol=1e-9)
    np.testing.assert_allclose(net.predict(X), like.predict(X), rtol=1e-9)


def saved(net, tmp_path):
    save(net, tmp_path / "net.npz")
    return load(tmp_path / "net.npz")


TWINS = {
    "copy": lambda net, path: copy.copy(net),
    "deep copy": lambda net, path: copy.deepcopy(net),
    "pickle": lambda net, path: pickle.loads(pickle.dumps(net)),
    "file": saved,
    "network of its layers": lambda net, path: Network(net.layers),
}
every_twin = pytest.mark.parametrize("twin_of", TWINS.values(), ids=TWINS)


@every_twin
@every_setter
def test_copies_and_files_see_what_was_assigned(setter, twin_of, tmp_path):
    net = network()
    setter(net)
    net.parameters[...] = NEW
    assert_same(twin_of(net, tmp_path), other())


@every_twin
@every_setter
def test_what_is_assigned_to_a_copy_is_written_into_the_copy(setter, twin_of, tmp_path):
    net = network()
    twin, before = twin_of(net, tmp_path), net.parameters.tobytes()
    setter(twin)
    twin.parameters[...] = NEW
    assert_same(twin, other())
    train(twin, X, Y, mean_squared_error, SGD(0.1), epochs=1)
    assert net.parameters.tobytes() == before


@pytest.mark.parametrize("during", [True, False])
def test_training_sees_what_a_callback_assigns(during):
    net, like = network(), network()

    def restart(history):
        if during and history.epochs[-1] == 1:
            net.layers[0].weights, net.parameters = WEIGHTS, NEW

    train(net, X, Y, mean_squared_error, SGD(0.1), epochs=4, callback=restart)
    train(like, X, Y, mean_squared_error, SGD(0.1), epochs=2)
    if during:
        like.parameters = NEW
    train(like, X, Y, mean_squared_error, SGD(0.1), epochs=2)
    assert net.parameters.tolist() == like.parameters.tolist()


def test_training_sees_what_a_callback_writes_into_the_arrays():
    net, like = network(), network()

    def freeze(history):
        net.layers[0].biases = [0, 0, 0]

    train(net, X, Y, mean_squared_error, SGD(0.1), epochs=3, callback=freeze)
    for _ in range(3):
        train(like, X, Y, mean_squared_error, SGD(0.1), epochs=1)
        like.layers[0].biases[...] = 0
    assert net.parameters.tolist() == like.parameters.tolist()
    assert net.layers[0].biases.tolist() == [0, 0, 0]


def test_what_is_assigned_keeps_the_precision_of_the_network():
    net = Network([Dense(2, 3), Tanh(), Dense(3, 1)], dtype=np.float32)
    net.parameters = NEW
    net.layers[0].weights = WEIGHTS
    assert net.parameters.dtype == net.layers[0].weights.dtype == np.float32
    assert net.parameters.tolist() == NEW.astype(np.float32).tolist()
    assert net.predict(X).dtype == np.float32


def test_array_that_was_assigned_stays_the_callers_own():
    net, values = network(), NEW.copy()
    net.parameters = values
    values[...] = 0
    assert net.parameters.tolist() == NEW.tolist()
    net.parameters[...] = 1
    assert not values.any()


# Gradients


@pytest.mark.parametrize("values", [NEW, NEW.tolist(), NEW.astype(np.float32)], ids=type)
def test_gradients_that_are_assigned_are_those_of_the_layers(values):
    net = network()
    vector = net.gradients
    net.gradients = values
    assert net.gradients is vector
    expected = np.asarray(values, float)
    assert net.layers[0].d_weights.ravel().tolist() == expected[:6].tolist()
    assert net.layers[2].d_biases.tolist() == expected[12:].tolist()
    SGD(1.0).step(net.parameters, net.gradients)
    assert net.parameters.tolist() == (network().parameters - expected).tolist()


def test_gradients_that_a_layer_is_given_are_those_of_the_network():
    net = network()
    net.layers[0].d_weights, net.layers[0].d_biases = WEIGHTS, BIASES
    net.layers[2].d_weights, net.layers[2].d_biases = NEW[9:12, None], NEW[12:]
    assert net.gradients.tolist() == NEW.tolist()


# Layers


def test_layers_cannot_be_exchanged():
    net = network()
    before = net.predict(X).tolist()
    with pytest.raises(AttributeError):
        net.layers = [Dense(2, 1)]
    with pytest.raises(TypeError):
        net.layers[0] = Dense(2, 3)
    with pytest.raises(TypeError):
        del net.layers[0]
    with pytest.raises(AttributeError):
        net.layers.append(Sigmoid())
    with pytest.raises(TypeError):
        net.layers += [Sigmoid()]
    assert net.predict(X).tolist() == before
    assert repr(net) == repr(network())


def test_layer_alone_takes_values_before_and_after_its_first_use():
    layer = Dense(2, 3)
    layer.weights, layer.biases = WEIGHTS.tolist(), BIASES.tolist()
    assert layer.forward(X).tolist() == (X @ WEIGHTS + BIASES).tolist()
    turned = WEIGHTS[::-1].copy()  # NumPy may add up a view in another order
    layer.weights = turned
    assert layer.forward(X).tolist() == (X @ turned + BIASES).tolist()
    net = Network([layer, Dense(3, 1)])
    assert net.layers[0].weights.tolist() == turned.tolist()
    assert net.parameters[:9].tolist() == [*turned.ravel(), *BIASES]


def test_values_of_the_callers_layer_and_of_the_network_are_two():
    layer = Dense(2, 3)
    layer.weights = WEIGHTS
    net = Network([layer])
    layer.weights = np.zeros((2, 3))
    assert net.layers[0].weights.tolist() == WEIGHTS.tolist()
    net.layers[0].weights = np.ones((2, 3))
    assert not layer.weights.any()


class Scale(Layer):
    def __init__(self, factors):
        self.weights = factors


def test_first_values_of_a_layer_of_ones_own_stay_the_callers_own():
    factors = np.array([1.0, 2.0])
    layer = Scale(factors)
    layer.weights[...] = 3.0
    assert factors.tolist() == [1, 2]
    factors[...] = 4.0
    assert layer.weights.tolist() == [3, 3]


# What is refused


def state(net):
    return net.parameters.tobytes(), net.gradients.tobytes()


@pytest.mark.parametrize("shape", [(), (1,), (12,), (14,), (13, 1), (1, 13)])
@pytest.mark.parametrize("name", ["parameters", "gradients"])
def test_vector_of_another_shape(name, shape):
    net = network()
    before = state(net)
    assert refusal(setattr, net, name, np.ones(shape)) == (
        f"{name} has shape (13,), but what was assigned has shape {shape}: make the two alike"
    )
    assert state(net) == before


ARRAYS = {
    ("weights", (2, 3)): [(), (6,), (3, 2), (1, 3), (2, 1), (3,), (2, 3, 1), (0,)],
    ("biases", (3,)): [(), (1,), (2,), (3, 1), (1, 3), (0,)],
}


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "in a network"])
@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [(name, right, shape) for (name, right), shapes in ARRAYS.items() for shape in shapes],
)
def test_array_of_another_shape(name, right, wrong, alone):
    net = network()
    layer = copy.deepcopy(net.layers[0]) if alone else net.layers[0]
    for attribute in (name, f"d_{name}"):
        before = getattr(layer, attribute).tolist()
        assert refusal(setattr, layer, attribute, np.ones(wrong)) == (
            f"{attribute} has shape {right}, but what was assigned has shape {wrong}: "
            "make the two alike"
        )
        assert getattr(layer, attribute).tolist() == before


@pytest.mark.parametrize("kind", [Sigmoid, Tanh, ReLU, lambda: Standardize([1, 2, 3], [4, 5, 6])])
def test_layer_without_parameters_takes_none_in_a_network(kind):
    net = Network([Dense(2, 3), kind()])
    for name in ("weights", "biases", "d_weights", "d_biases"):
        assert refusal(setattr, net.layers[1], name, np.ones(3)).startswith(
            f"{name} has shape (0,), but what was assigned has shape (3,): "
        )
        setattr(net.layers[1], name, [])


def test_dense_layer_without_bias_takes_none():
    layer = Dense(2, 3, bias=False)
    assert refusal(setattr, layer, "biases", BIASES).startswith(
        "biases has shape (0,), but what was assigned has shape (3,): "
    )
    assert layer.forward(X).tolist() == (X @ layer.weights).tolist()


# A neuron


@pytest.mark.parametrize(
    "values",
    [[3, -1], (3, -1), np.array([3, -1]), np.float32([3, -1]), np.int8([3, -1]), [3.0, -1]],
    ids=repr,
)
def test_weights_of_a_neuron_may_be_of_any_kind_of_number(values):
    neuron, like = Neuron(2, rng=0), Neuron(2, rng=1)
    array = neuron.weights
    neuron.weights, neuron.bias = values, 2
    like.weights[...], like.bias = [3.0, -1.0], 2.0
    assert neuron.weights is array
    assert neuron.weights.dtype == float
    assert type(neuron.bias) is float
    assert repr(neuron) == repr(like) == "Neuron(weights=[3.0, -1.0], bias=2.0)"
    points, targets = eight_points()
    assert neuron.predict(points).tolist() == like.predict(points).tolist()
    for each in (neuron, like, pickle.loads(pickle.dumps(neuron)), copy.deepcopy(neuron)):
        each.train(points, targets, learning_rate=0.1, steps=20, rng=0)
        each.learn(points, targets, 0.1)
        assert repr(each) == repr(neuron)


@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 1), (1, 2), (0,)])
def test_weights_of_another_shape(shape):
    neuron = Neuron(2, rng=0)
    before = repr(neuron)
    assert refusal(setattr, neuron, "weights", np.ones(shape)) == (
        f"weights has shape (2,), but what was assigned has shape {shape}: make the two alike"
    )
    assert repr(neuron) == before


@pytest.mark.parametrize("shape", [(0,), (1,), (2,), (1, 1)])
def test_bias_of_another_shape(shape):
    neuron = Neuron(2, rng=0)
    before = repr(neuron)
    assert refusal(setattr, neuron, "bias", np.ones(shape)) == (
        f"bias has shape {shape}: make it of shape ()"
    )
    assert repr(neuron) == before


@pytest.mark.parametrize("value", [2, 2.0, np.float32(2), np.int64(2), np.array(2.0), np.array(2)])
def test_bias_is_a_plain_float_whatever_was_assigned(value):
    neuron = Neuron(2, rng=0)
    neuron.bias = value
    assert type(neuron.bias) is float
    assert neuron.bias == 2


def test_weights_of_a_neuron_stay_the_callers_own():
    neuron, values = Neuron(2, rng=0), np.array([1.0, 2.0])
    neuron.weights = values
    neuron.learn([1.0, 1.0], 0, 0.1)
    assert values.tolist() == [1, 2]
    values[...] = 0
    assert neuron.weights.all()
