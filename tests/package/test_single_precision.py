"""A network of float32 stays one: its numbers, its gradients and its answers."""

import numpy as np
import pytest

from neuralnet import (
    SGD,
    Dense,
    Network,
    ReLU,
    Sigmoid,
    Standardize,
    Tanh,
    binary_cross_entropy,
    cross_entropy,
    evaluate,
    mean_squared_error,
    sum_squared_error,
    train,
)
from neuralnet.inplace import Passes

X = np.random.default_rng(3).normal(100.0, 20.0, size=(6, 2))
TARGETS = {
    sum_squared_error: [0.5, 1.5, 2.5, 3.5, 4.5, 5.5],
    mean_squared_error: [1, 2, 3, 4, 5, 6],
    binary_cross_entropy: [1, 0, 1, 0, 1, 0],
    cross_entropy: [2, 0, 1, 0, 1, 0],
}


def network(loss, dtype):
    layers = [Standardize.fit(X), Dense(2, 5), Tanh(), Dense(5, 4), ReLU(), Dense(4, 3), Sigmoid()]
    if loss is cross_entropy:
        layers += [Dense(3, 3)]
    else:
        layers += [Dense(3, 1), Standardize.fit(np.arange(10.0)).inverse()]
    return Network(layers, rng=0, dtype=dtype)


def targets_seen(dtype, y):
    """Return the targets that a training of a network hands over to a loss of one's own."""
    seen = []

    def loss(predictions, targets):
        seen.append(targets)
        return mean_squared_error(predictions, targets)

    net = network(mean_squared_error, dtype)
    train(net, X, y, loss, SGD(0.01), epochs=2)
    assert len(seen) == 3  # before the first step, and in each epoch
    return seen


def test_loss_of_ones_own_gets_targets_in_the_precision_of_the_network():
    for targets in targets_seen(np.float32, np.arange(6.0)):
        assert targets.dtype == np.float32


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_targets_in_the_precision_of_the_network_are_not_copied(dtype):
    y = np.arange(6, dtype=dtype)
    for targets in targets_seen(dtype, y):
        assert np.shares_memory(targets, y)


@pytest.mark.parametrize("loss", TARGETS)
@pytest.mark.parametrize("rows", [np.float64, np.float32, int])
def test_single_precision_stays_single_precision(monkeypatch, loss, rows):
    net = network(loss, np.float32)
    train(net, X.astype(rows), TARGETS[loss], loss, SGD(0.01), epochs=3, batch_size=4, rng=0)
    seen = []
    for layer in net.layers:
        spy_on(monkeypatch, layer, seen)
    _, gradient = net.loss_and_gradient(X.astype(rows), TARGETS[loss], loss, 0.1)
    assert gradient.dtype == np.float32
    assert net.parameters.dtype == net.gradients.dtype == np.float32
    assert net.predict(X).dtype == net.predict(X[0]).dtype == np.float32
    # Forward three times and backward once, with two number formats each.
    assert len(seen) == 8 * len(net.layers)
    # The rows go into the first layer as they are: it takes means off them.
    assert {dtype for layer, dtype in seen if layer is not net.layers[0]} == {np.dtype(np.float32)}
    outputs = [dtype for layer, dtype in seen[1::2] if layer is net.layers[0]]
    assert set(outputs) == {np.dtype(np.float32)}


def spy_on(monkeypatch, layer, seen):
    """Note the number format of all that goes through a layer in either direction."""

    def spied(method):
        def noting(numbers):
            result = method(numbers)
            seen.extend(((layer, numbers.dtype), (layer, result.dtype)))
            return result

        return noting

    monkeypatch.setattr(layer, "forward", spied(layer.forward))
    monkeypatch.setattr(layer, "backward", spied(layer.backward))


def arrays_of(calls):
    """Return all arrays of numbers with fractions that take part in calls."""
    parts = [part for function, operands in calls for part in (function, *operands)]
    arrays = [getattr(part, "__self__", part) for part in parts]
    return [part for part in arrays if isinstance(part, np.ndarray) and part.dtype.kind == "f"]


@pytest.mark.parametrize("l2", [0.0, 0.1])
@pytest.mark.parametrize("loss", TARGETS)
def test_recorded_passes_have_no_array_of_double_precision(loss, l2):
    layers = [Dense(2, 3), Tanh(), Dense(3, 3), ReLU(), Dense(3, 3), Sigmoid(), Dense(3, 3)]
    net = Network(layers, rng=0, dtype=np.float32)
    y = np.zeros(6, int) if loss is cross_entropy else np.zeros((6, 3), np.float32)
    arrays = arrays_of(Passes(net, loss, l2, X.astype(np.float32), y).calls)
    assert len(arrays) > 50
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


@pytest.mark.parametrize("loss", TARGETS)
def test_single_precision_learns_what_double_precision_learns(loss):
    histories, nets = [], []
    for dtype in (np.float64, np.float32):
        net = network(loss, dtype)
        histories.append(train(net, X, TARGETS[loss], loss, SGD(0.01), epochs=20))
        nets.append(net)
    np.testing.assert_allclose(histories[1].loss, histories[0].loss, rtol=1e-4)
    np.testing.assert_allclose(nets[1].parameters, nets[0].parameters, rtol=0, atol=1e-4)


def test_start_values_are_the_same_numbers_rounded():
    double, single = network(cross_entropy, np.float64), network(cross_entropy, np.float32)
    assert single.parameters.tolist() == double.parameters.astype(np.float32).tolist()


# Numbers far from zero, of which only the differences matter


OFFSETS = [1e8, np.array([1e8, -3e12])]


def far_task(offset):
    """Return rows that lie close to each other and far from zero, and targets."""
    near = np.random.default_rng(5).normal(size=(40, 2))
    return near * [1.0, 0.25] + offset, np.tanh(near[:, 0]) - near[:, 1]


def far_network(rows, dtype):
    layers = [Standardize.fit(rows), Dense(2, 8), Tanh(), Dense(8, 1)]
    return Network(layers, rng=0, dtype=dtype)


@pytest.mark.parametrize("offset", OFFSETS, ids=["one", "two"])
@pytest.mark.parametrize("batch_size", [None, 7])
def test_rows_far_from_zero_are_told_apart_in_single_precision(offset, batch_size):
    rows, y = far_task(offset)
    single, double = (far_network(rows, dtype) for dtype in (np.float32, np.float64))
    options = {"epochs": 100, "batch_size": batch_size, "rng": 0, "validation": (rows, y)}
    histories = [
        train(net, rows, y, mean_squared_error, SGD(0.1), **options) for net in (single, double)
    ]
    np.testing.assert_allclose(single.parameters, double.parameters, rtol=0, atol=1e-5)
    np.testing.assert_allclose(single.predict(rows), double.predict(rows), rtol=0, atol=1e-5)
    np.testing.assert_allclose(single.predict(rows[3]), double.predict(rows[3]), atol=1e-5)
    for name in ("loss", "validation_loss"):
        found, expected = (getattr(history, name) for history in histories)
        np.testing.assert_allclose(found, expected, rtol=1e-4)
        assert found[-1] < 0.1 * found[0]
    value = evaluate(single, rows, y, mean_squared_error)
    assert value == pytest.approx(histories[0].validation_loss[-1], rel=1e-6)
    values = [net.loss_and_gradient(rows, y, mean_squared_error) for net in (single, double)]
    assert values[0][0] == pytest.approx(values[1][0], rel=1e-4)
    np.testing.assert_allclose(values[0][1], values[1][1], rtol=0, atol=1e-5)


def test_whole_numbers_far_from_zero_are_told_apart_in_single_precision():
    rows = np.array([[10**9 + 1, 7], [10**9 + 2, 5], [10**9 + 4, 6]])
    single, double = (far_network(rows, dtype) for dtype in (np.float32, np.float64))
    np.testing.assert_allclose(single.predict(rows), double.predict(rows), rtol=0, atol=1e-6)
    options = {"epochs": 50, "batch_size": 2, "rng": 0}
    for net in (single, double):
        train(net, rows, [1.0, 2.0, 3.0], mean_squared_error, SGD(0.1), **options)
    np.testing.assert_allclose(single.predict(rows), double.predict(rows), rtol=0, atol=1e-5)


def test_scale_in_single_precision_is_that_of_double_precision_at_either_end():
    rows, _ = far_task(1e8)
    scale = Standardize.fit(rows)
    net = Network([scale, Dense(2, 2, bias=False), scale.inverse()], dtype=np.float32)
    net.layers[1].weights = np.eye(2)
    # What comes out is of single precision: of numbers of the size of 1e8 it tells the units.
    np.testing.assert_allclose(net.predict(rows), rows, rtol=0, atol=5)
    np.testing.assert_allclose(
        Network(net.layers[:2], dtype=np.float32).predict(rows), scale.forward(rows), atol=1e-6
    )


def test_scale_of_the_caller_keeps_its_precision():
    scale = Standardize([0.1], [0.3])
    Network([scale, Dense(1, 1)], dtype=np.float32)
    assert (scale.mean.tolist(), scale.std.tolist()) == ([0.1], [0.3])
