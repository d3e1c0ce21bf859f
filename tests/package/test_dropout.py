"""Numbers that are dropped at random: only in training, and the same ones from the same seed."""

import pickle
from copy import deepcopy

import numpy as np
import pytest

from neuralnet import (
    SGD,
    Dense,
    Dropout,
    Network,
    Tanh,
    accuracy,
    cross_entropy,
    evaluate,
    gradient_check,
    load,
    mean_squared_error,
    save,
    train,
)
from neuralnet.layers import Layer
from tests.package.tools import X, Y, refusal

TABLE = np.random.default_rng(0).uniform(1, 2, size=(200, 50))


def network(rate=0.5, seed=0, **options):
    row = [Dropout(rate), Dense(2, 6), Tanh(), Dropout(rate), Dense(6, 1)]
    return Network(row, rng=seed, **options)


def run(net, **options):
    return train(net, X, Y, mean_squared_error, SGD(0.05), epochs=4, batch_size=4, rng=0, **options)


def states(net):
    return [layer.rng.bit_generator.state for layer in net.layers if isinstance(layer, Dropout)]


# What goes through


@pytest.mark.parametrize("rate", [0.0, 0.2, 0.5, 0.9])
def test_numbers_are_dropped_or_divided_by_what_is_kept(rate):
    y = Dropout(rate).forward_in_training(TABLE)
    kept = y != 0
    np.testing.assert_allclose(y[kept], TABLE[kept] / (1 - rate), rtol=1e-15)
    # Ten standard deviations of a share of 10 000 numbers.
    assert abs(kept.mean() - (1 - rate)) <= 10 * np.sqrt(rate * (1 - rate) / TABLE.size)


def test_mean_of_many_passes_is_the_prediction():
    layer, x = Dropout(0.25), TABLE[:2, :3]
    layer.prepare(0)
    mean = np.mean([layer.forward_in_training(x) for _ in range(20_000)], axis=0)
    np.testing.assert_allclose(mean, layer.forward(x), rtol=0.05)


def test_prediction_drops_nothing():
    assert Dropout(0.9).forward(TABLE) is TABLE


def test_gradient_passes_where_the_number_did():
    layer = Dropout(0.5)
    y = layer.forward_in_training(TABLE)
    np.testing.assert_array_equal(layer.backward(TABLE), y)
    layer.forward(TABLE)
    np.testing.assert_array_equal(layer.backward(TABLE), TABLE)


def test_every_pass_drops_others():
    layer = Dropout(0.5)
    assert (layer.forward_in_training(TABLE) != layer.forward_in_training(TABLE)).any()


class Lowest:
    """A generator that draws the lowest number there is, in both ways of asking."""

    def random(self, size=None, dtype=np.float64, out=None):
        out = np.empty(size, dtype) if out is None else out
        out[...] = 0
        return out


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_lowest_draw_is_kept_where_nothing_is_dropped(dtype):
    net = Network([Dense(2, 6), Dropout(0.0)], rng=0, dtype=dtype)
    net.layers[1].rng = Lowest()
    plain = Network(net.layers[:1], dtype=dtype)
    targets = np.zeros((10, 6), dtype)
    _, gradient = plain.loss_and_gradient(X, targets, mean_squared_error)
    found = net.loss_and_gradient(X, targets, mean_squared_error)[1]
    np.testing.assert_array_equal(found, gradient)
    train(net, X, targets, mean_squared_error, SGD(0.1), epochs=1)
    close = 1e-13 if dtype == np.float64 else 1e-5
    np.testing.assert_allclose(net.gradients, gradient, rtol=close, atol=close)


def test_each_layer_takes_one_generator_of_its_own():
    net = Network([Dense(50, 50), Dropout(0.5), Dropout(0.5)], rng=0)
    spawned = np.random.default_rng(0).spawn(2)
    for layer, rng in zip(net.layers[1:], spawned, strict=True):
        assert layer.rng.bit_generator.state == rng.bit_generator.state


def test_two_layers_of_a_network_drop_others():
    net = Network([Dense(50, 50), Dropout(0.5), Dropout(0.5)], rng=0)
    first, second = (layer.forward_in_training(TABLE) for layer in net.layers[1:])
    assert (first != second).any()


@pytest.mark.parametrize("rate", [1, 1.0, -0.1, 50, np.nan, np.inf, None, "0.5", True])
def test_rate_that_is_no_fraction_below_1_is_refused(rate):
    said = refusal(Dropout, rate)
    assert said.startswith(f"rate is {rate!r}, but it must be a number from 0 to less than 1")


# When


def test_gradient_is_that_of_a_pass_in_training():
    net = network(0.5)
    twin = deepcopy(net)
    value, _ = net.loss_and_gradient(X, Y, mean_squared_error)
    x = X
    for layer in twin.layers:
        x = layer.forward_in_training(x)
    assert value == mean_squared_error(x, Y[:, None])[0] != evaluate(net, X, Y, mean_squared_error)


def test_whoever_only_looks_draws_nothing():
    net = Network([Dense(2, 3), Dropout(0.5), Dense(3, 2)], rng=0)
    before, labels = states(net), (Y > 0).astype(int)
    answers = [net.predict(X), evaluate(net, X, labels, cross_entropy), accuracy(net, X, labels)]
    assert states(net) == before
    plain = Network([net.layers[0], net.layers[2]])
    np.testing.assert_array_equal(answers[0], plain.predict(X))
    assert answers[1:] == [evaluate(plain, X, labels, cross_entropy), accuracy(plain, X, labels)]


def test_validation_drops_nothing_and_changes_no_draw():
    net, twin = network(), network()
    history = run(net, validation=(X, Y))
    assert history.loss == run(twin).loss
    assert history.validation_loss[-1] == evaluate(twin, X, Y, mean_squared_error)


def test_layer_of_ones_own_may_act_in_another_way_in_training():
    class Noisy(Layer):
        def forward_in_training(self, x):
            return x + 1

    net = Network([Noisy(), Dense(2, 1)], rng=0)
    twin = Network(net.layers[1:])
    value, gradient = twin.loss_and_gradient(X + 1, Y, mean_squared_error)
    found, slopes = net.loss_and_gradient(X, Y, mean_squared_error)
    assert found == value
    np.testing.assert_array_equal(slopes, gradient)
    np.testing.assert_array_equal(net.predict(X), twin.predict(X))


# A seed says it all


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_training_in_buffers_drops_what_the_formulas_drop(dtype):
    net = Network([Dense(2, 6), Dropout(0.3)], rng=0, dtype=dtype)
    twin = deepcopy(net)
    targets = np.zeros((10, 6), dtype)
    for _ in range(3):
        train(net, X, targets, mean_squared_error, SGD(0.1), epochs=1)
        _, gradient = twin.loss_and_gradient(X, targets, mean_squared_error)
        assert (net.gradients == 0).tolist() == (gradient == 0).tolist()
        close = 1e-13 if dtype == np.float64 else 1e-5
        np.testing.assert_allclose(net.gradients, gradient, rtol=close, atol=close)
        twin.parameters -= dtype(0.1) * gradient
        assert states(net) == states(twin)


def test_seed_repeats_a_run_bit_for_bit():
    net, twin, other = network(), network(), network(seed=1)
    assert run(net).loss == run(twin).loss != run(other).loss
    assert net.parameters.tobytes() == twin.parameters.tobytes()


def test_start_values_are_those_of_the_network_without_it():
    plain = Network([Dense(2, 6), Tanh(), Dense(6, 1)], rng=0)
    np.testing.assert_array_equal(network().parameters, plain.parameters)


def test_both_precisions_drop_the_same_numbers():
    double, single = Dropout(0.3), Dropout(0.3)
    single.dtype = np.dtype(np.float32)
    found = []
    for layer in (double, single):
        layer.prepare(0)
        found.append(layer.forward_in_training(TABLE.astype(layer.dtype)))
        assert found[-1].dtype == layer.dtype
    np.testing.assert_array_equal(found[0] == 0, found[1] == 0)


@pytest.mark.parametrize(
    "copied",
    [deepcopy, lambda net: pickle.loads(pickle.dumps(net)), lambda net: Network(net.layers)],
    ids=["deepcopy", "pickle", "Network(layers)"],
)
def test_copy_goes_on_with_the_same_draws(copied):
    net = network()
    run(net)
    twin = copied(net)
    assert run(net).loss == run(twin).loss
    assert net.parameters.tobytes() == twin.parameters.tobytes()
    assert states(net) == states(twin)


def test_copy_draws_by_itself():
    net = network()
    before = states(net)
    run(deepcopy(net))
    assert states(net) == before


def test_pickle_does_not_hold_the_rows():
    layer = Dropout(0.5)
    short = len(pickle.dumps(layer))
    layer.prepare(0)
    layer.forward_in_training(TABLE)
    assert len(pickle.dumps(layer)) < short + 1500 < TABLE.nbytes


# The gradient


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("seed", range(3))
def test_check_holds_what_is_dropped(rate, seed):
    assert gradient_check(network(rate, seed), X, Y, mean_squared_error, 0.1) < 1e-6


def test_check_leaves_the_generators_as_they_were():
    net = network()
    before = states(net)
    gradient_check(net, X, Y, mean_squared_error)
    assert states(net) == before


def test_check_objects_to_a_layer_that_passes_everything_back():
    class Leaking(Dropout):
        def backward(self, d_output):
            return d_output

    net = Network([Dense(2, 6), Leaking(0.5), Dense(6, 1)], rng=0)
    assert gradient_check(net, X, Y, mean_squared_error) > 0.01


# What is printed, and what is in a file


def test_summary_names_the_rate():
    assert str(network(0.25)).splitlines()[3] == "Dropout(0.25)  (rows, 6)  0 parameters"
    assert repr(Dropout(0.25)) == "Dropout(0.25)"


def test_file_holds_the_rate_and_not_the_generator(tmp_path):
    net = network(0.25)
    run(net)
    save(net, tmp_path / "net.npz")
    first, second = load(tmp_path / "net.npz"), load(tmp_path / "net.npz")
    assert repr(first) == repr(net)
    np.testing.assert_array_equal(first.predict(X), net.predict(X))
    assert run(first).loss != run(second).loss
