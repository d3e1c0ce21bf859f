"""A network of float32 stays one: its numbers, its slopes and its answers."""

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
    mean_squared_error,
    sum_squared_error,
    train,
)

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


@pytest.mark.parametrize("loss", TARGETS)
@pytest.mark.parametrize("rows", [np.float64, np.float32, int])
def test_single_precision_stays_single_precision(monkeypatch, loss, rows):
    net = network(loss, np.float32)
    seen = []
    for layer in net.layers:
        spy_on(monkeypatch, layer, seen)
    train(net, X.astype(rows), TARGETS[loss], loss, SGD(0.01), epochs=3, batch_size=4, rng=0)
    assert net.parameters.dtype == net.gradients.dtype == np.float32
    assert net.predict(X).dtype == net.predict(X[0]).dtype == np.float32
    assert set(seen) == {np.dtype(np.float32)}


def spy_on(monkeypatch, layer, seen):
    """Note the number format of all that goes through a layer in either direction."""

    def spied(method):
        def noting(numbers, *room):
            result = method(numbers, *room)
            seen.extend((numbers.dtype, result.dtype))
            return result

        return noting

    monkeypatch.setattr(layer, "forward", spied(layer.forward))
    monkeypatch.setattr(layer, "backward", spied(layer.backward))


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


def test_scale_of_the_caller_keeps_its_precision():
    scale = Standardize([0.1], [0.3])
    Network([scale, Dense(1, 1)], dtype=np.float32)
    assert (scale.mean.tolist(), scale.std.tolist()) == ([0.1], [0.3])
