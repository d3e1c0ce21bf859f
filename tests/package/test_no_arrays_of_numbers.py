"""Wherever an array goes in, what would lose its meaning as one is refused, and nothing changed."""

import numpy as np
import pytest
from scipy import sparse

from neuralnet import (
    SGD,
    Dense,
    Network,
    Neuron,
    Standardize,
    Tanh,
    accuracy,
    binary_cross_entropy,
    cross_entropy,
    evaluate,
    gradient_check,
    mean_squared_error,
    sum_squared_error,
    train,
)
from tests.package.tools import refusal

X = np.array([[1.0, 2.0], [3.0, -4.0], [0.5, 0.0]])
Y = np.array([1.0, 0.0, 1.0])
LABELS = np.array([1, 0, 1])
REGRESSION, OPTIONS = (mean_squared_error, SGD(0.1)), {"epochs": 1}


class Door:
    """A way in for an array: what goes in there, its name in messages, and whom it may change."""

    def __init__(self, name, right, enter):
        self.name, self.right, self.enter = name, right, enter
        self.net = Network([Dense(2, 3), Tanh(), Dense(3, 1)], rng=0)
        self.neuron = Neuron(2, rng=0)

    def __call__(self, values):
        return self.enter(self.net, self.neuron, values)

    def state(self):
        numbers = [self.net.parameters, self.net.gradients, self.neuron.weights]
        return [array.tobytes() for array in numbers], self.neuron.bias


def setting(owner, name):
    """Return what assigns to an attribute."""
    return lambda net, neuron, v: setattr(owner(net, neuron), name, v)


def the_net(net, neuron):
    return net


def the_neuron(net, neuron):
    return neuron


def a_layer(net, neuron):
    return net.layers[0]


DOORS = {
    "Neuron.predict": ("x", X, lambda net, neuron, v: neuron.predict(v)),
    "Neuron.predict, one row": ("x", X[0], lambda net, neuron, v: neuron.predict(v)),
    "Neuron.gradient, rows": ("x", X, lambda net, neuron, v: neuron.gradient(v, Y)),
    "Neuron.gradient, targets": ("targets", Y, lambda net, neuron, v: neuron.gradient(X, v)),
    "Neuron.learn, rows": ("x", X, lambda net, neuron, v: neuron.learn(v, Y, 0.1)),
    "Neuron.learn, targets": ("targets", Y, lambda net, neuron, v: neuron.learn(X, v, 0.1)),
    "Neuron.train, rows": (
        "X",
        X,
        lambda net, neuron, v: neuron.train(v, Y, learning_rate=0.1, steps=1, rng=0),
    ),
    "Neuron.train, targets": (
        "targets",
        Y,
        lambda net, neuron, v: neuron.train(X, v, learning_rate=0.1, steps=1, rng=0),
    ),
    "Neuron.weights": ("weights", X[0], setting(the_neuron, "weights")),
    "Network.predict": ("X", X, lambda net, neuron, v: net.predict(v)),
    "Network.predict, one row": ("X", X[0], lambda net, neuron, v: net.predict(v)),
    "loss_and_gradient, rows": (
        "X",
        X,
        lambda net, neuron, v: net.loss_and_gradient(v, Y, mean_squared_error),
    ),
    "loss_and_gradient, targets": (
        "y",
        Y,
        lambda net, neuron, v: net.loss_and_gradient(X, v, mean_squared_error),
    ),
    "parameters": ("parameters", np.arange(13.0), setting(the_net, "parameters")),
    "gradients": ("gradients", np.arange(13.0), setting(the_net, "gradients")),
    "layer.weights": ("weights", np.ones((2, 3)), setting(a_layer, "weights")),
    "layer.biases": ("biases", np.ones(3), setting(a_layer, "biases")),
    "layer.d_weights": ("d_weights", np.ones((2, 3)), setting(a_layer, "d_weights")),
    "layer.d_biases": ("d_biases", np.ones(3), setting(a_layer, "d_biases")),
    "a layer alone": ("weights", X, lambda net, neuron, v: setattr(Dense(3, 2), "weights", v)),
    "train, rows": ("X", X, lambda net, neuron, v: train(net, v, Y, *REGRESSION, **OPTIONS)),
    "train, targets": ("y", Y, lambda net, neuron, v: train(net, X, v, *REGRESSION, **OPTIONS)),
    "train, held-out rows": (
        "X",
        X,
        lambda net, neuron, v: train(net, X, Y, *REGRESSION, validation=(v, Y), **OPTIONS),
    ),
    "train, held-out targets": (
        "y",
        Y,
        lambda net, neuron, v: train(net, X, Y, *REGRESSION, validation=(X, v), **OPTIONS),
    ),
    "evaluate, rows": ("X", X, lambda net, neuron, v: evaluate(net, v, Y, mean_squared_error)),
    "evaluate, targets": ("y", Y, lambda net, neuron, v: evaluate(net, X, v, mean_squared_error)),
    "gradient_check, rows": (
        "X",
        X,
        lambda net, neuron, v: gradient_check(net, v, Y, mean_squared_error),
    ),
    "gradient_check, targets": (
        "y",
        Y,
        lambda net, neuron, v: gradient_check(net, X, v, mean_squared_error),
    ),
    "accuracy, rows": ("X", X, lambda net, neuron, v: accuracy(net, v, Y)),
    "Standardize, mean": ("mean", X[0], lambda net, neuron, v: Standardize(v, [1.0, 2.0])),
    "Standardize, deviation": ("std", X[0], lambda net, neuron, v: Standardize([1.0, 2.0], v)),
    "Standardize.fit": ("X", X, lambda net, neuron, v: Standardize.fit(v)),
    "sum_squared_error, predictions": (
        "predictions",
        Y,
        lambda net, neuron, v: sum_squared_error(v, Y),
    ),
    "sum_squared_error, targets": ("targets", Y, lambda net, neuron, v: sum_squared_error(Y, v)),
    "mean_squared_error, predictions": (
        "predictions",
        Y,
        lambda net, neuron, v: mean_squared_error(v, Y),
    ),
    "mean_squared_error, targets": ("targets", Y, lambda net, neuron, v: mean_squared_error(Y, v)),
    "binary_cross_entropy, outputs": (
        "predictions",
        Y,
        lambda net, neuron, v: binary_cross_entropy(v, Y),
    ),
    "binary_cross_entropy, targets": (
        "targets",
        Y,
        lambda net, neuron, v: binary_cross_entropy(Y, v),
    ),
    "cross_entropy, outputs": ("z", X, lambda net, neuron, v: cross_entropy(v, LABELS)),
}
LABEL_DOORS = {
    "accuracy, labels": ("labels", LABELS, lambda net, neuron, v: accuracy(net, X, v)),
    "cross_entropy, labels": ("labels", LABELS, lambda net, neuron, v: cross_entropy(X, v)),
}
every_door = pytest.mark.parametrize(
    "door", (DOORS | LABEL_DOORS).values(), ids=DOORS | LABEL_DOORS
)


def hidden(array):
    """Return the array with its last entry masked."""
    mask = np.zeros(array.shape, bool)
    mask.flat[-1] = True
    return np.ma.array(array, mask=mask)


def refused(door, values):
    """Return what is said to a value that must change nothing."""
    before = door.state()
    said = refusal(door, values)
    assert door.state() == before
    return said


@every_door
def test_masked_entries(door):
    name, right, _ = door
    said = f"{name} has masked entries: fill them, {name}.filled(...), or drop their rows"
    assert refused(Door(*door), hidden(right)) == said


@every_door
def test_masked_entries_among_the_rows_of_a_list(door):
    name, right, _ = door
    said = f"{name} has masked entries: fill them, {name}.filled(...), or drop their rows"
    assert refused(Door(*door), list(hidden(right))) == said
    assert refused(Door(*door), tuple(hidden(right))) == said


@every_door
def test_mask_that_hides_nothing(door):
    _, right, _ = door
    for mask in (np.zeros(right.shape, bool), np.ma.nomask):
        masked, plain = Door(*door), Door(*door)
        answers = [masked(np.ma.array(right, mask=mask)), plain(right)]
        assert repr(answers[0]) == repr(answers[1])
        assert masked.state() == plain.state()


@every_door
@pytest.mark.parametrize(
    "kind", [sparse.csr_array, sparse.coo_array, sparse.csr_matrix, sparse.dok_array]
)
def test_sparse_matrices(door, kind):
    name, right, _ = door
    table = kind(np.atleast_2d(right).astype(float))
    assert refused(Door(*door), table) == f"{name} is sparse: pass {name}.toarray()"


@every_door
def test_nothing_at_all(door):
    assert refused(Door(*door), None) == f"{door[0]} is None: pass an array of numbers"


@every_door
def test_ragged_rows(door):
    said = refused(Door(*door), [[1.0, 2.0], [3.0]])
    assert said.startswith(f"{door[0]} is no array of numbers (setting an array element")
    assert said.endswith(
        ": convert it to plain numbers, in rows of one length, before you hand it over"
    )


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
@pytest.mark.parametrize("text", [str, lambda number: "cat" * 10**5], ids=["digits", "long"])
@pytest.mark.parametrize("kind", [None, object])
def test_text(door, kind, text):
    name, right, _ = door
    values = np.array([text(number) for number in right.flat], kind).reshape(right.shape)
    said = refused(Door(*door), values)
    assert said.startswith(f"{name} is no array of numbers (")
    assert said.endswith(
        ": convert it to plain numbers, in rows of one length, before you hand it over"
    )


@pytest.mark.parametrize("values", [None, "1", [1.0], [[1.0]], np.ma.masked, {}, 1j], ids=repr)
def test_bias_is_a_single_number(values):
    door = Door("bias", None, setting(the_neuron, "bias"))
    assert refused(door, values).startswith("bias ")
