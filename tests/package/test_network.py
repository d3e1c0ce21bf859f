"""A network: how its layers fit, whose numbers are whose, and what it refuses."""

import copy
import pickle

import numpy as np
import pytest

import neuralnet.network
from neuralnet import (
    Dense,
    Network,
    ReLU,
    Sigmoid,
    Standardize,
    Tanh,
    cross_entropy,
    gradient_check,
    mean_squared_error,
)
from neuralnet.layers import Layer
from tests.package.tools import refusal, wrong_kind

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


class Watching(Layer):
    """Note how many rows go through at a time, and give each column twice if asked to."""

    def __init__(self, times=1):
        self.times, self.counts = times, []

    def forward(self, x):
        self.counts.append(len(x))
        return np.hstack([x] * self.times)


def test_rows_of_more_numbers_than_a_block_has_go_through_one_by_one(monkeypatch):
    net = Network([Dense(2, 1), Watching()], rng=0)
    expected = net.predict(X)
    for numbers in (3, 4, 7, 8):  # a row has 2 + 1 + 1
        monkeypatch.setattr(neuralnet.network, "BLOCK", numbers)
        np.testing.assert_allclose(net.predict(X), expected, rtol=1e-14)
    assert net.layers[1].counts == [4, *[1] * 12, 2, 2]


def test_layer_that_gives_other_columns_than_it_says_is_refused():
    net = Network([Dense(2, 1), Watching(times=2)], rng=0)
    assert refusal(net.predict, X) == (
        "what the layers give has shape (4, 2): make it of shape (4, 1)"
    )


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


def test_network_prints_a_line_for_each_layer():
    net = Network([Standardize([0, 0], [1, 2]), Dense(2, 10, bias=False), ReLU(), Dense(10, 1)])
    assert str(net).splitlines() == [
        "Standardize([0.0, 0.0], [1.0, 2.0])  (rows, 2)   0 parameters",
        "Dense(2, 10, bias=False)             (rows, 10)  20 parameters",
        "ReLU()                               (rows, 10)  0 parameters",
        "Dense(10, 1)                         (rows, 1)   11 parameters",
        "in total                                         31 parameters",
    ]
    assert net.widths == [2, 2, 10, 10, 1]


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


def test_gradients_are_those_of_the_layers_in_order():
    net = network()
    net.loss_and_gradient(X, X[:, :1], mean_squared_error)
    first, _, last = net.layers
    parts = [first.d_weights, first.d_biases, last.d_weights, last.d_biases]
    assert net.gradients.all()
    assert net.gradients.tolist() == np.concatenate([part.ravel() for part in parts]).tolist()


def test_vectors_share_no_memory_and_gradients_begin_with_zero():
    net = network()
    assert not np.shares_memory(net.parameters, net.gradients)
    assert not net.gradients.any()


# Copies


def test_network_works_on_copies_of_its_layers():
    layers = [Dense(2, 3), Tanh(), Dense(3, 1)]
    one, other = Network(layers, rng=0), Network(layers, rng=1)
    assert not layers[0].is_initialized
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


def test_layer_that_was_set_or_used_brings_its_values_along():
    used, given = Dense(2, 3), Dense(3, 1)
    hidden = used.forward(X)
    given.weights, given.biases = [[1], [2], [3]], [4]
    net = Network([used, given], rng=0)
    np.testing.assert_allclose(net.predict(X)[:, 0], hidden @ [1, 2, 3] + 4, rtol=1e-14)
    used.weights[...] = given.weights[...] = 0
    assert net.parameters[:6].all()


def test_other_layers_start_as_they_would_without_those_that_bring_their_values():
    given = Dense(2, 3)
    given.weights = np.ones((2, 3))
    net, fresh = Network([given, Dense(3, 1)], rng=0), Network([Dense(3, 1)], rng=0)
    assert net.layers[1].weights.tolist() == fresh.layers[0].weights.tolist()


class Shift(Layer):
    """A layer of one's own with no constructor but the simplest."""

    def __init__(self):
        self.weights = np.zeros(1)

    def forward(self, x):
        return x + self.weights

    def backward(self, d_output):
        self.d_weights = [d_output.sum()]
        return d_output


def test_layer_of_ones_own_need_not_call_what_it_inherits():
    net = Network([Shift(), Dense(2, 1)], rng=0)
    assert net.layers[0].size == 1
    assert net.parameters[0] == net.layers[0].weights == 0
    net.layers[0].weights = [3.0]
    assert net.parameters[0] == 3
    assert copy.deepcopy(net).layers[0].weights == Network(net.layers).layers[0].weights == 3.0
    assert gradient_check(net, X, X[:, 0], mean_squared_error, l2=0.1) < 1e-6


def test_some_layer_must_say_how_many_columns_go_in():
    assert refusal(Network, [Shift(), Tanh()]) == (
        "no layer says how many columns go in: set `inputs` in one of your own"
    )


def test_shares_of_a_layer_of_ones_own_may_be_of_any_shape():
    class Table(Shift):
        def __init__(self):
            self.weights, self.biases = np.arange(6.0).reshape(1, 2, 3), np.full((1, 1), 7.0)

    net = Network([Dense(2, 2, bias=False), Table(), Dense(2, 1, bias=False)], rng=0)
    assert net.layers[1].weights.shape == net.layers[1].d_weights.shape == (1, 2, 3)
    assert net.layers[1].biases.shape == net.layers[1].d_biases.shape == (1, 1)
    assert net.parameters[4:11].tolist() == [0, 1, 2, 3, 4, 5, 7]


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
    net.loss_and_gradient(X, X[:, :1], mean_squared_error)
    twin, before, answers = duplicate(net), net.parameters.tolist(), net.predict(X)
    assert twin.predict(X).tolist() == answers.tolist()
    assert twin.gradients.tolist() == net.gradients.tolist()
    twin.parameters[...] = 0
    assert not twin.predict(X).any()
    twin.loss_and_gradient(X, X[:, :1], mean_squared_error)
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
    twin.__setstate__(state | {"_layers": copy.deepcopy(net.layers)})
    twin.loss_and_gradient(X, X[:, :1], mean_squared_error)
    twin.parameters[...] = 0
    assert not twin.predict(X).any()


def test_no_copy_takes_along_the_rows_that_were_seen():
    net, rows = network(), np.random.default_rng(0).normal(size=(1000, 2))
    fresh = len(pickle.dumps(net))
    net.loss_and_gradient(rows, rows[:, :1], mean_squared_error)
    assert len(pickle.dumps(net)) == fresh


def test_numbers_of_other_machines_are_turned_into_those_of_this_one():
    swapped = np.dtype(float).newbyteorder()
    net = Network([Dense(2, 1)], rng=0, dtype=swapped)
    assert net.parameters.dtype == np.float64
    assert net.loss_and_gradient(X, X[:, :1], mean_squared_error)[0] > 0


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
            [Shift(), Dense(2, 3), Shift(), Dense(2, 1)],
            "layer 3, Dense(2, 1), takes 2 numbers, but the layer before it gives 3",
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
    assert wrong_kind(Network, [Dense(2, 1), value]) == (
        f"layer 1 is {value!r}, but it must be of type Layer: pass one, such as Sigmoid()"
    )


@pytest.mark.parametrize("layer", [Dense(2, 1), Sigmoid(), Standardize([0.0], [1.0])], ids=repr)
def test_layer_without_a_list_around_it(layer):
    said = wrong_kind(Network, layer)
    assert said == f"layers is {layer!r}: pass a list of layers, Network([...])"


@pytest.mark.parametrize("dtype", [int, bool, complex, object, np.float16, np.longdouble, "U9"])
def test_parameters_are_of_double_or_single_precision(dtype):
    assert refusal(network, dtype=dtype) == (
        f"dtype is {np.dtype(dtype)}: pass numpy.float64 or numpy.float32"
    )


@pytest.mark.parametrize("shape", [(), (3,), (4, 3), (4, 1), (1, 4, 2)])
def test_rows_that_do_not_fit(shape):
    said = (
        f"X has shape {shape}, but there is one weight for each of 2 features: "
        "pass one row of shape (2,) or many of shape (rows, 2)"
    )
    net = network()
    assert refusal(net.predict, np.ones(shape)) == said
    assert refusal(net.loss_and_gradient, np.ones(shape), np.ones(4), mean_squared_error) == said


@pytest.mark.parametrize("shape", [(2,), (0, 2)])
def test_gradient_needs_a_table(shape):
    assert refusal(network().loss_and_gradient, np.ones(shape), [1.0], mean_squared_error) == (
        f"X has shape {shape}, but a table of at least one row is needed: pass shape (rows, 2)"
    )


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_missing_and_infinite_values(value):
    remedy = ": drop or fill missing values before you hand them over"
    rows = X.copy()
    rows[3, 1] = value
    net = network()
    assert refusal(net.predict, rows) == f"X holds {value} at index [3, 1]{remedy}"
    said = refusal(net.loss_and_gradient, X, rows[:, 1], mean_squared_error)
    assert said == f"y holds {value} at index [3]{remedy}"


@pytest.mark.parametrize("rows", [1, 3, 5])
def test_one_target_for_each_row(rows):
    net = network()
    for loss in (mean_squared_error, loss_of_ones_own):
        assert refusal(net.loss_and_gradient, X, np.ones(rows), loss) == (
            f"X has shape (4, 2) and y has shape ({rows}, 1): there must be one target for each "
            "row, so pass as many of the one as of the other"
        )


def loss_of_ones_own(predictions, targets):
    return mean_squared_error(predictions, targets)


@pytest.mark.parametrize("dtype", [np.float32, np.uint8, np.int64])
def test_rows_are_not_copied(dtype):
    rows = X.astype(dtype)
    assert network().check_data(rows, X[:, 0], mean_squared_error)[0] is rows


def test_plain_targets_of_one_output_become_a_column():
    rows, targets = network().check_data(X.tolist(), [0, 1, 2, 3], mean_squared_error)
    assert rows.tolist() == X.tolist()
    assert targets.tolist() == [[0], [1], [2], [3]]
    flat = network().loss_and_gradient(X, X[:, 0], mean_squared_error)
    column = network().loss_and_gradient(X, X[:, :1], mean_squared_error)
    assert flat[0] == column[0]
    assert flat[1].tolist() == column[1].tolist()


@pytest.mark.parametrize("shape", [(4,), (4, 1), (4, 3)])
def test_targets_that_do_not_have_the_shape_of_two_outputs(shape):
    net = Network([Dense(2, 2)], rng=0)
    assert refusal(net.loss_and_gradient, X, np.ones(shape), mean_squared_error) == (
        f"y has shape {shape}: make it of shape (4, 2)"
    )


def test_targets_of_two_columns_where_one_output_stands():
    assert refusal(network().loss_and_gradient, X, np.ones((4, 2)), mean_squared_error) == (
        "y has shape (4, 2): make it of shape (4, 1)"
    )


def test_class_numbers_stay_whole_numbers():
    net = Network([Dense(2, 3)], rng=0)
    for dtype in (np.int64, np.uint8):
        _, labels = net.check_data(X, np.array([0, 1, 2, 0], dtype), cross_entropy)
        assert labels.dtype == dtype
        assert labels.shape == (4,)
    assert refusal(net.loss_and_gradient, X, [[0], [1], [2], [0]], cross_entropy).startswith(
        "y has shape (4, 1) and the outputs (4, 3): pass"
    )


@pytest.mark.parametrize("l2", [-1, -1e-9, np.nan, np.inf, "0.1", None, True], ids=repr)
def test_penalty_is_not_negative(l2):
    assert refusal(network().loss_and_gradient, X, X[:, 0], mean_squared_error, l2) == (
        f"l2 is {l2!r}, but it must be zero or a number above it"
    )


def test_refused_gradient_leaves_the_network_as_it_was():
    net = network()
    net.loss_and_gradient(X, X[:, 0], mean_squared_error)
    before = net.parameters.tolist(), net.gradients.tolist()
    refusal(net.loss_and_gradient, X, np.ones((4, 2)), mean_squared_error)
    assert (net.parameters.tolist(), net.gradients.tolist()) == before
