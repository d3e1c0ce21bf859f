"""Start values: of which size each function draws them, and what a layer makes of its function."""

import math
import pickle
from copy import copy, deepcopy
from functools import partial

import numpy as np
import pytest

from neuralnet import (
    SGD,
    Dense,
    Network,
    Sigmoid,
    glorot_normal,
    he_normal,
    lecun_normal,
    load,
    mean_squared_error,
    save,
    train,
    unit_uniform,
)
from tests.package.tools import X, Y, refusal, wrong_kind

VARIANCES = {
    lecun_normal: lambda inputs, outputs: 1 / inputs,
    glorot_normal: lambda inputs, outputs: 2 / (inputs + outputs),
    he_normal: lambda inputs, outputs: 2 / inputs,
}
named = partial(pytest.mark.parametrize, ids=lambda function: getattr(function, "__name__", None))


@named("initializer", VARIANCES)
@pytest.mark.parametrize(("inputs", "outputs"), [(100, 300), (300, 100)])
def test_bell_curve_has_mean_zero_and_the_variance_of_the_paper(initializer, inputs, outputs):
    weights = initializer(np.random.default_rng(0), inputs, outputs)
    deviation = math.sqrt(VARIANCES[initializer](inputs, outputs))
    assert weights.shape == (inputs, outputs)
    assert weights.mean() == pytest.approx(0, abs=0.03 * deviation)
    assert weights.std() == pytest.approx(deviation, rel=0.02)
    assert np.mean(np.abs(weights) < deviation) == pytest.approx(0.683, abs=0.01)


def test_unit_uniform_fills_the_range_from_0_to_1_evenly():
    weights = unit_uniform(np.random.default_rng(0), 300, 100)
    assert weights.shape == (300, 100)
    counts, _ = np.histogram(weights, bins=10, range=(0, 1))
    assert counts.sum() == 30_000
    np.testing.assert_allclose(counts, 3000, rtol=0.06)


def test_default_is_lecun_normal_to_the_last_bit():
    layer = Dense(7, 3)
    layer.prepare(5)
    expected = np.random.default_rng(5).standard_normal((7, 3)) / np.sqrt(7)
    assert layer.weights.tobytes() == expected.tobytes()
    assert layer.initializer is lecun_normal


@named("initializer", [glorot_normal, he_normal, unit_uniform])
def test_layer_draws_by_its_initializer_alone_and_in_a_network(initializer):
    layer = Dense(7, 3, initializer=initializer)
    expected = initializer(np.random.default_rng(5), 7, 3).tolist()
    assert Network([layer], rng=5).layers[0].weights.tolist() == expected
    layer.prepare(5)
    assert layer.weights.tolist() == expected
    assert not layer.biases.any()
    layer.initialize(np.random.default_rng(6))
    assert layer.weights.tolist() == initializer(np.random.default_rng(6), 7, 3).tolist()


def identity(rng, inputs, outputs):
    return np.eye(inputs, outputs)


def test_function_of_ones_own_draws():
    assert Dense(2, 3, initializer=identity).weights.tolist() == [[1, 0, 0], [0, 1, 0]]


def test_layer_holds_a_copy_of_what_was_drawn():
    table = np.ones((2, 3))
    layer = Dense(2, 3, initializer=lambda *_: table)
    layer.weights += 1
    assert table.tolist() == [[1] * 3] * 2


@pytest.mark.parametrize(
    ("initializer", "shown"),
    [
        (lecun_normal, "Dense(2, 3)"),
        (he_normal, "Dense(2, 3, initializer=he_normal)"),
        (identity, "Dense(2, 3, initializer=identity)"),
        (partial(identity), "Dense(2, 3, initializer=functools.partial(<function identity at"),
    ],
)
def test_is_shown_unless_it_is_the_default(initializer, shown):
    assert repr(Dense(2, 3, initializer=initializer)).startswith(shown)
    assert repr(Dense(2, 3, bias=False, initializer=he_normal)) == (
        "Dense(2, 3, bias=False, initializer=he_normal)"
    )


@pytest.mark.parametrize("value", ["he_normal", None, 0.1], ids=repr)
def test_what_cannot_be_called_is_refused(value):
    assert wrong_kind(Dense, 2, 3, initializer=value) == (
        f"initializer is {value!r}, but it must be a function"
    )


def turned(rng, inputs, outputs):
    return np.zeros((outputs, inputs))


def missing(rng, inputs, outputs):
    return np.full((inputs, outputs), np.nan)


@pytest.mark.parametrize(
    ("initializer", "said"),
    [
        (turned, "what turned draws has shape (3, 2): make it of shape (2, 3)"),
        (lambda *_: 0.5, "what <lambda> draws has shape (): make it of shape (2, 3)"),
        (missing, "what missing draws holds nan at index [0, 0]: drop or fill missing values"),
        (lambda *_: None, "what <lambda> draws is None: pass an array of numbers"),
    ],
)
def test_what_does_not_fit_is_refused_each_time_and_nothing_is_drawn(initializer, said):
    layer = Dense(2, 3, initializer=initializer)
    for _ in range(2):
        assert refusal(layer.forward, X).startswith(said)
        assert refusal(Network, [layer]).startswith(said)
        assert not layer.is_initialized


COPIES = {
    "copy": copy,
    "deepcopy": deepcopy,
    "pickle": lambda net: pickle.loads(pickle.dumps(net)),
    "network": lambda net: Network(net.layers),
}


@pytest.mark.parametrize("duplicate", COPIES.values(), ids=COPIES)
def test_copies_keep_values_and_initializer(duplicate):
    net = Network([Dense(2, 3, initializer=he_normal), Dense(3, 1, initializer=identity)], rng=0)
    twin = duplicate(net)
    assert twin.parameters.tolist() == net.parameters.tolist()
    assert repr(twin) == repr(net)


@named("initializer", [he_normal, identity, lambda rng, *shape: rng.uniform(-1, 1, shape)])
def test_file_keeps_the_values_and_leaves_out_who_drew_them(initializer, tmp_path):
    net = Network([Dense(2, 3, initializer=initializer), Sigmoid(), Dense(3, 1)], rng=0)
    save(net, tmp_path / "net.npz")
    back = load(tmp_path / "net.npz")
    assert back.parameters.tobytes() == net.parameters.tobytes()
    assert repr(back) == "Network([Dense(2, 3), Sigmoid(), Dense(3, 1)])"
    for one in (net, back):
        train(one, X, Y, mean_squared_error, SGD(0.1), epochs=3)
    assert back.parameters.tobytes() == net.parameters.tobytes()
