"""Training a network: its batches, its losses and its reports."""

from itertools import chain

import numpy as np
import pytest

from neuralnet import (
    SGD,
    Dense,
    History,
    Network,
    binary_cross_entropy,
    cross_entropy,
    evaluate,
    mean_squared_error,
    sum_squared_error,
    train,
)
from tests.package.tools import X, Y, network

OTHER = np.random.default_rng(2).normal(size=(4, 2))


def run(net, loss=mean_squared_error, rate=0.1, X=X, y=Y, **options):
    return train(net, X, y, loss, SGD(rate), **{"epochs": 5} | options)


class Recording:
    """A network of one weight with the slope 0, which notes the rows it is shown."""

    def __init__(self):
        self.batches = []

    def loss(self, prediction, target):
        self.batches.append(target[:, 0].astype(int).tolist())
        return 0.0, np.zeros_like(prediction)

    def train(self, rows, epochs, **options):
        net = Network([Dense(1, 1)])
        numbers = np.arange(float(rows))
        train(net, numbers[:, None], numbers, self.loss, SGD(0.1), epochs=epochs, **options)
        return self.batches[1:]  # the first look at all rows takes no step


# Steps and batches


def test_epoch_without_batches_is_one_step_by_all_rows():
    trained, looped = network(), network()
    history = run(trained)
    losses = []
    for _ in range(5):
        losses.append(looped.gradient(X, Y, mean_squared_error))
        looped.parameters -= 0.1 * looped.gradients
    assert trained.parameters.tolist() == looped.parameters.tolist()
    assert history == History(0.1, 1, [0, 1, 2, 3, 4], losses)


def test_batches_are_taken_in_order_without_shuffling():
    trained, looped = network(), network()
    history = run(trained, batch_size=4, shuffle=False)
    losses = []
    for _ in range(5):
        total = 0
        for part in (slice(0, 4), slice(4, 8), slice(8, 10)):
            rows = len(X[part])
            total += rows * looped.gradient(X[part], Y[part], mean_squared_error)
            looped.parameters -= 0.1 * looped.gradients
        losses.append(total / 10)
    assert trained.parameters.tolist() == looped.parameters.tolist()
    assert history.loss == losses


@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.parametrize(
    ("batch_size", "sizes"),
    [(1, [1] * 10), (3, [3, 3, 3, 1]), (5, [5, 5]), (9, [9, 1]), (10, [10]), (99, [10])],
)
def test_batches_cover_each_row_once_an_epoch(batch_size, sizes, shuffle):
    batches = Recording().train(10, 3, batch_size=batch_size, shuffle=shuffle, rng=0)
    assert [len(batch) for batch in batches] == 3 * sizes
    for epoch in range(3):
        part = batches[epoch * len(sizes) : (epoch + 1) * len(sizes)]
        assert sorted(chain(*part)) == list(range(10))


def test_each_epoch_has_an_order_of_its_own():
    batches = Recording().train(10, 3, batch_size=5, rng=0)
    orders = [batches[0] + batches[1], batches[2] + batches[3], batches[4] + batches[5]]
    assert list(range(10)) not in orders
    assert orders[0] != orders[1] != orders[2] != orders[0]


def test_rows_are_shuffled_unless_told_otherwise():
    assert Recording().train(10, 1, batch_size=10) == [list(range(10))]
    assert Recording().train(4, 1, batch_size=2, shuffle=False) == [[0, 1], [2, 3]]
    assert [*chain(*Recording().train(10, 1, batch_size=5, rng=0))] != list(range(10))


def test_same_seed_gives_the_same_bits():
    runs = []
    for rng in (3, 3, np.random.default_rng(3), 4):
        net = network()
        runs.append((run(net, batch_size=3, rng=rng), net.parameters.tobytes()))
    assert runs[0] == runs[1] == runs[2]
    assert runs[0][1] != runs[3][1]


def test_rows_and_targets_are_left_alone():
    rows, targets = X.copy(), Y.copy()
    run(network(), X=rows, y=targets, batch_size=3)
    assert (rows == X).all()
    assert (targets == Y).all()


def test_lists_and_columns_are_training_data_too():
    from_arrays, from_lists = network(), network()
    run(from_arrays, y=Y[:, None])
    run(from_lists, X=X.tolist(), y=Y.tolist())
    assert from_arrays.parameters.tolist() == from_lists.parameters.tolist()


@pytest.mark.parametrize(
    ("loss", "y", "outputs"),
    [
        (sum_squared_error, Y, 1),
        (mean_squared_error, np.column_stack([Y, -Y]), 2),
        (binary_cross_entropy, Y > 0, 1),
        (cross_entropy, (Y > 0).astype(int), 2),
    ],
)
def test_every_loss_falls(loss, y, outputs):
    history = run(network(outputs), loss, 0.05, y=y, epochs=200)
    assert history.loss[-1] < history.loss[0] / 2
    assert history.stopped == "finished"


def test_run_may_be_continued():
    whole, parts = network(), network()
    expected = run(whole, epochs=6).loss
    assert run(parts, epochs=2).loss + run(parts, epochs=4).loss == expected
    assert parts.parameters.tolist() == whole.parameters.tolist()


# Price of weights


def test_price_of_weights_is_part_of_the_loss_and_its_slopes():
    trained, looped = network(), network()
    history = run(trained, l2=0.1)
    losses = []
    for _ in range(5):
        losses.append(looped.gradient(X, Y, mean_squared_error, 0.1))
        looped.parameters -= 0.1 * looped.gradients
    assert history.loss == losses
    assert trained.parameters.tolist() == looped.parameters.tolist()
    net = network()
    squares = sum(np.sum(layer.weights**2) for layer in (net.layers[0], net.layers[2]))
    value = evaluate(net, X, Y, mean_squared_error)
    assert losses[0] == pytest.approx(value + 0.1 * squares, rel=1e-14)


def test_price_keeps_weights_small_and_leaves_biases_alone():
    free, priced = network(), network()
    run(free, epochs=300)
    run(priced, epochs=300, l2=0.3)
    assert np.sum(priced.layers[0].weights ** 2) < np.sum(free.layers[0].weights ** 2) / 2
    constant = Network([Dense(2, 1)], rng=0)
    run(constant, y=np.full(10, 7.0), epochs=500, l2=10.0, rate=0.02)
    assert constant.layers[0].biases[0] == pytest.approx(7, abs=0.5)


# Rows that are only measured


def test_validation_loss_is_measured_after_each_epoch_and_without_the_price():
    net, expected = network(), []
    history = run(
        net,
        validation=(OTHER, OTHER[:, 0]),
        l2=0.1,
        batch_size=3,
        callback=lambda *_: expected.append(evaluate(net, OTHER, OTHER[:, 0], mean_squared_error)),
    )
    assert history.validation_loss == expected
    assert len(expected) == 5


def test_validation_rows_are_never_learned_from():
    alone, watched = network(), network()
    first = run(alone, batch_size=3, rng=1)
    second = run(watched, batch_size=3, rng=1, validation=(OTHER, OTHER[:, 0]), patience=99)
    assert first.loss == second.loss
    assert alone.parameters.tolist() == watched.parameters.tolist()
    assert first.validation_loss == []


# Reports


def test_report_is_called_with_each_epoch_and_its_loss():
    calls = []
    history = run(network(), callback=lambda epoch, loss: calls.append((epoch, loss)))
    assert calls == list(enumerate(history.loss))


def test_training_is_silent(capsys):
    run(network())
    assert capsys.readouterr() == ("", "")


# Measuring


def test_measure_is_the_loss_and_changes_nothing():
    net = network()
    net.gradient(X, Y, mean_squared_error)
    before = net.parameters.tolist(), net.gradients.tolist()
    expected = mean_squared_error(net.predict(X), Y[:, None])[0]
    assert evaluate(net, X, Y, mean_squared_error) == expected
    assert (net.parameters.tolist(), net.gradients.tolist()) == before
