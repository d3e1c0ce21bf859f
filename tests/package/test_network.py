"""A network: how its layers fit, whose numbers are whose, and what it refuses."""

import copy
import pickle

import numpy as np
import pytest

from neuralnet import (
    Dense,
    Network,
    ReLU,
    Sigmoid,
    Standardize,
    Tanh,
    cross_entropy,
    mean_squared_error,
)
from neuralnet.layers import Layer
from tests.package.tools import refusal

X = np.random.default_rng(2).normal(size=(4, 2))


def network(**options):
    return Network([Dense(2, 3), Tanh(), Dense(3, 1)], **{"rng": 0} | options)


# Answers


def test_each_layer_takes_what_the_one_before_gives():
    net = network()
    first, _, last = net.layers
    hidden = np.tanh(X @ first.weights + first.biases)
    np.testing.assert_allclose(net.predict(X), hidden @ last.weights + last.biases, rtol=1e-14)


def test_one_row_is_answered_with_one_row():
    net = network()
    assert net.predict(X[0]).shape == (1,)
    assert net.predict(X[:1]).shape == (1, 1)
    assert net.predict(X[0]) == pytest.approx(net.predict(X)[0], rel=1e-14)


def test_no_rows_are_answered_with_no_rows():
    assert network().predict(np.empty((0, 2))).shape == (0, 1)


def test_answers_are_the_callers_own():
    net = Network([Dense(2, 1), Sigmoid()], rng=0)
    first = net.predict(X)
    expected = first.tolist()
    net.predict(X + 1)
    assert first.tolist() == expected


def test_rows_may_be_lists_of_whole_numbers():
    net = network()
    assert net.predict([[1, 2]]).tolist() == net.predict(np.array([[1.0, 2.0]])).tolist()


def test_network_knows_its_inputs_and_outputs_and_shows_its_layers():
    net = Network([Standardize([0, 0], [1, 2]), Dense(2, 3), ReLU(), Dense(3, 4), Tanh()])
    assert (net.inputs, net.outputs) == (2, 4)
    assert repr(network()) == "Network([Dense(2, 3), Tanh(), Dense(3, 1)])"


# Start values


def test_same_seed_gives_the_same_start():
    starts = [network(rng=rng).parameters.tolist() for rng in (0, 0, np.random.default_rng(0), 1)]
    assert starts[0] == starts[1] == starts[2]
    assert starts[0] != starts[3]
    assert Network([Dense(2, 1)]).parameters.tolist() != Network([Dense(2, 1)]).parameters.tolist()


def test_layers_of_one_network_start_with_different_weights():
    net = Network([Dense(3, 3), Dense(3, 3)], rng=0)
    assert (net.layers[0].weights != net.layers[1].weights).all()


# Views


def test_parameters_are_the_layers_numbers_in_order():
    net = network()
    first, _, last = net.layers
    parts = [first.weights, first.biases, last.weights, last.biases]
    assert net.parameters.tolist() == np.concatenate([part.ravel() for part in parts]).tolist()
    assert net.parameters.shape == net.gradients.shape == (13,)


def test_writing_into_the_vector_changes_the_layers():
    net = network()
    net.parameters[...] = np.arange(13)
    assert net.layers[0].weights.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert net.layers[0].biases.tolist() == [6, 7, 8]
    assert net.layers[2].weights.tolist() == [[9], [10], [11]]
    assert net.layers[2].biases.tolist() == [12]


def test_writing_into_the_layers_changes_the_vector():
    net = network()
    net.layers[0].weights[...], net.layers[0].biases[...] = [[0, 1, 2], [3, 4, 5]], [6, 7, 8]
    net.layers[2].weights[...], net.layers[2].biases[...] = [[9], [10], [11]], [12]
    assert net.parameters.tolist() == list(range(13))


def test_gradients_are_the_layers_slopes_in_order():
    net = network()
    net.gradient(X, X[:, :1], mean_squared_error)
    first, _, last = net.layers
    parts = [first.d_weights, first.d_biases, last.d_weights, last.d_biases]
    assert net.gradients.all()
    assert net.gradients.tolist() == np.concatenate([part.ravel() for part in parts]).tolist()


def test_vectors_share_no_memory_and_slopes_begin_with_zero():
    net = network()
    assert not np.shares_memory(net.parameters, net.gradients)
    assert not net.gradients.any()


# Copies


def test_network_works_on_copies_of_its_layers():
    layers = [Dense(2, 3), Tanh(), Dense(3, 1)]
    one, other = Network(layers, rng=0), Network(layers, rng=1)
    assert layers[0].parameters is None
    assert one.parameters.tolist() == network(rng=0).parameters.tolist()
    assert other.parameters.tolist() == network(rng=1).parameters.tolist()


def test_layer_that_has_learned_brings_its_values_along():
    first = network()
    second = Network([first.layers[0], ReLU(), Dense(3, 2)], rng=5)
    before = first.parameters.tolist()
    assert second.layers[0].weights.tolist() == first.layers[0].weights.tolist()
    assert not np.shares_memory(second.parameters, first.parameters)
    second.parameters += 1
    assert first.parameters.tolist() == before


def test_layer_of_ones_own_need_not_call_what_it_inherits():
    class Shift(Layer):
        size = 1

        def bind(self, parameters, gradients):
            self.shift = parameters

    net = Network([Shift(), Dense(2, 1)], rng=0)
    assert net.layers[0].shift == 0
    net.layers[0].shift[...] = 3.0
    assert copy.deepcopy(net).layers[0].shift == Network(net.layers).layers[0].shift == 3.0


def test_layer_used_twice_becomes_two_layers():
    layer = Dense(2, 2)
    net = Network([layer, layer], rng=0)
    assert net.parameters.shape == (12,)
    assert (net.layers[0].weights != net.layers[1].weights).all()


@pytest.mark.parametrize(
    "duplicate",
    [copy.deepcopy, copy.copy, lambda net: pickle.loads(pickle.dumps(net))],
    ids=["deep copy", "copy", "pickle"],
)
def test_copy_is_a_network_of_its_own(duplicate):
    net = network()
    net.gradient(X, X[:, :1], mean_squared_error)
    twin, before, answers = duplicate(net), net.parameters.tolist(), net.predict(X)
    assert twin.predict(X).tolist() == answers.tolist()
    assert twin.gradients.tolist() == net.gradients.tolist()
    twin.parameters[...] = 0
    assert not twin.predict(X).any()
    twin.gradient(X, X[:, :1], mean_squared_error)
    assert twin.gradients[-1] == twin.layers[2].d_biases[0] != 0
    assert net.parameters.tolist() == before
    net.parameters[...] = 0
    assert not net.predict(X).any()


def test_vectors_that_must_not_be_written_to_are_exchanged():
    net = network()
    state = vars(net).copy()
    for name in ("parameters", "gradients"):
        state[name] = state[name].copy()
        state[name].flags.writeable = False
    twin = Network.__new__(Network)
    twin.__setstate__(state | {"layers": copy.deepcopy(net.layers)})
    twin.gradient(X, X[:, :1], mean_squared_error)
    twin.parameters[...] = 0
    assert not twin.predict(X).any()


def test_no_copy_takes_along_the_rows_that_were_seen():
    net, rows = network(), np.random.default_rng(0).normal(size=(1000, 2))
    fresh = len(pickle.dumps(net))
    net.gradient(rows, rows[:, :1], mean_squared_error)
    assert len(pickle.dumps(net)) == fresh


def test_numbers_of_other_machines_are_turned_into_those_of_this_one():
    swapped = np.dtype(float).newbyteorder()
    net = Network([Dense(2, 1)], rng=0, dtype=swapped)
    assert net.parameters.dtype == np.float64
    assert net.gradient(X, X[:, :1], mean_squared_error) > 0


# What it refuses


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        (
            [Dense(2, 3), Dense(4, 1)],
            "layer 1, Dense(4, 1), takes 4 numbers, but the layer before it gives 3",
        ),
        (
            [Dense(2, 3), Tanh(), Dense(2, 1)],
            "layer 2, Dense(2, 1), takes 2 numbers, but the layer before it gives 3",
        ),
        (
            [Standardize([0, 0, 0], [1, 1, 1]), ReLU(), Dense(2, 1)],
            "layer 2, Dense(2, 1), takes 2 numbers, but the layer before it gives 3",
        ),
        (
            [Dense(2, 3), Dense(3, 4), Tanh(), Dense(3, 1)],
            "layer 3, Dense(3, 1), takes 3 numbers, but the layer before it gives 4",
        ),
        (
            [Dense(2, 3), Standardize(0, 1)],
            "layer 1, Standardize([0.0], [1.0]), takes 1 numbers, but the layer before it gives 3",
        ),
    ],
)
def test_layers_that_do_not_fit(layers, said):
    assert refusal(Network, layers) == f"{said}: make the two alike"


@pytest.mark.parametrize("layers", [[], [Sigmoid()], [Standardize([1, 2], [3, 4]), Tanh()]])
def test_network_without_parameters(layers):
    assert refusal(Network, layers) == (
        "there is nothing to learn: give the network at least one Dense layer"
    )


@pytest.mark.parametrize("value", [Sigmoid, np.tanh, "sigmoid", 3], ids=repr)
def test_what_is_no_layer(value):
    assert refusal(Network, [Dense(2, 1), value]) == (
        f"layer 1 is {value!r}, but it must be a layer, such as Sigmoid()"
    )


@pytest.mark.parametrize("dtype", [int, bool, complex, object])
def test_parameters_are_floats(dtype):
    assert refusal(network, dtype=dtype) == (
        f"dtype is {np.dtype(dtype)}, but parameters need fractions: "
        "pass numpy.float64 or numpy.float32"
    )


@pytest.mark.parametrize("shape", [(), (3,), (4, 3), (4, 1), (1, 4, 2)])
def test_rows_that_do_not_fit(shape):
    said = (
        f"X has shape {shape}, but there is one weight for each of 2 features: "
        "pass one row of shape (2,) or many of shape (rows, 2)"
    )
    net = network()
    assert refusal(net.predict, np.ones(shape)) == said
    assert refusal(net.gradient, np.ones(shape), np.ones(4), mean_squared_error) == said


@pytest.mark.parametrize("shape", [(2,), (0, 2)])
def test_gradient_needs_a_table(shape):
    assert refusal(network().gradient, np.ones(shape), [1.0], mean_squared_error) == (
        f"X has shape {shape}, but a table of at least one row is needed: pass shape (rows, 2)"
    )


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_missing_and_infinite_values(value):
    remedy = ": drop or fill missing values before you hand them over"
    rows = X.copy()
    rows[3, 1] = value
    net = network()
    assert refusal(net.predict, rows) == f"X holds {value} at index [3, 1]{remedy}"
    said = refusal(net.gradient, X, rows[:, 1], mean_squared_error)
    assert said == f"y holds {value} at index [3]{remedy}"


@pytest.mark.parametrize("rows", [1, 3, 5])
def test_one_target_for_each_row(rows):
    assert refusal(network().gradient, X, np.ones(rows), mean_squared_error) == (
        f"X has shape (4, 2) and y has shape ({rows}, 1): there must be one target for each row, "
        "so pass as many of the one as of the other"
    )


def test_rows_are_not_copied():
    rows = X.astype(np.float32)
    assert network().checked(rows, X[:, 0])[0] is rows


def test_plain_targets_of_one_output_become_a_column():
    rows, targets = network().checked(X.tolist(), [0, 1, 2, 3])
    assert rows.tolist() == X.tolist()
    assert targets.tolist() == [[0], [1], [2], [3]]
    y = X[:, 0]
    assert network().gradient(X, y, mean_squared_error) == network().gradient(
        X, y[:, None], mean_squared_error
    )


@pytest.mark.parametrize("shape", [(4,), (4, 1), (4, 3)])
def test_targets_that_do_not_have_the_shape_of_two_outputs(shape):
    net = Network([Dense(2, 2)], rng=0)
    assert refusal(net.gradient, X, np.ones(shape), mean_squared_error) == (
        f"the target has shape {shape}, but the prediction has shape (4, 2): "
        "reshape the target so that the two are alike"
    )


def test_targets_of_two_columns_where_one_output_stands():
    assert refusal(network().gradient, X, np.ones((4, 2)), mean_squared_error) == (
        "the target has shape (4, 2), but the prediction has shape (4, 1): "
        "reshape the target so that the two are alike"
    )


def test_class_numbers_stay_whole_numbers():
    net = Network([Dense(2, 3)], rng=0)
    _, labels = net.checked(X, [0, 1, 2, 0])
    assert labels.dtype == int
    assert labels.shape == (4,)
    assert refusal(net.gradient, X, [[0], [1], [2], [0]], cross_entropy).startswith(
        "the labels have shape (4, 1) and the raw outputs (4, 3): pass"
    )


@pytest.mark.parametrize("price", [-1, -1e-9, np.nan, np.inf, "0.1", None], ids=repr)
def test_price_of_weights_is_not_negative(price):
    assert refusal(network().gradient, X, X[:, 0], mean_squared_error, price) == (
        f"l2 is {price!r}, but it must be zero or a number above it"
    )


def test_refused_gradient_leaves_the_network_as_it_was():
    net = network()
    net.gradient(X, X[:, 0], mean_squared_error)
    before = net.parameters.tolist(), net.gradients.tolist()
    refusal(net.gradient, X, np.ones((4, 2)), mean_squared_error)
    assert (net.parameters.tolist(), net.gradients.tolist()) == before
