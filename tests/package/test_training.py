"""Training a network: its batches, its losses and its callbacks."""

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
from neuralnet.losses import summed
from tests.package.tools import X, Y, network

OTHER = np.random.default_rng(2).normal(size=(4, 2))


def run(net, loss=mean_squared_error, rate=0.1, X=X, y=Y, **options):
    return train(net, X, y, loss, SGD(rate), **{"epochs": 5} | options)


def assert_alike(found, expected):
    """Compare numbers; how a sum over rows is rounded depends on who computes it."""
    np.testing.assert_allclose(found, expected, rtol=1e-13)


def step(net, X, y, l2=0.0):
    """Take a step by hand, and return the loss before it."""
    value, gradient = net.loss_and_gradient(X, y, mean_squared_error, l2)
    net.parameters -= 0.1 * gradient
    return value


class Recording:
    """A network of one weight with the gradient 0, which notes the rows it is shown."""

    def __init__(self):
        self.batches = []

    def loss(self, predictions, targets):
        self.batches.append(targets[:, 0].astype(int).tolist())
        return 0.0, np.zeros_like(predictions)

    def train(self, rows, epochs, **options):
        net = Network([Dense(1, 1)])
        numbers = np.arange(float(rows))
        train(net, numbers[:, None], numbers, self.loss, SGD(0.1), epochs=epochs, **options)
        return self.batches[1:]  # the first look at all rows takes no step


# Steps and batches


def test_epoch_without_batches_is_one_step_by_all_rows():
    trained, looped = network(), network()
    history = run(trained)
    assert_alike(history.loss, [step(looped, X, Y) for _ in range(5)])
    assert_alike(trained.parameters, looped.parameters)
    assert history == History(0.1, [0, 1, 2, 3, 4], [], history.loss)
    assert {type(value) for value in history.loss} == {float}


def test_batches_are_taken_in_order_without_shuffling():
    trained, looped = network(), network()
    history = run(trained, batch_size=4, shuffle=False)
    losses = []
    for _ in range(5):
        parts = (slice(0, 4), slice(4, 8), slice(8, 10))
        total = sum(len(X[part]) * step(looped, X[part], Y[part]) for part in parts)
        losses.append(total / 10)
    assert_alike(trained.parameters, looped.parameters)
    assert_alike(history.loss, losses)


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


@pytest.mark.parametrize("batch_size", [3, None])
def test_rows_and_targets_are_left_alone(batch_size):
    rows, targets = X.copy(), Y.copy()
    run(network(), X=rows, y=targets, batch_size=batch_size)
    assert (rows == X).all()
    assert (targets == Y).all()
    assert rows.flags.writeable
    assert targets.flags.writeable


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


# Losses over batches


def halved_squared_error(predictions, targets):
    value, gradient = sum_squared_error(predictions, targets)
    return value / 2, gradient / 2


def mean_absolute_error(predictions, targets):
    difference = predictions - targets
    return float(np.mean(np.abs(difference))), np.sign(difference) / difference.size


class Doubled:
    """A loss that is no plain function."""

    def __call__(self, predictions, targets):
        value, gradient = sum_squared_error(predictions, targets)
        return 2 * value, 2 * gradient


def is_yes(numbers):
    return (numbers > 0).astype(float)


LONG_TABLE = np.random.default_rng(7).normal(size=(21, 2))
LONG = {
    "sum": (sum_squared_error, np.sin(LONG_TABLE), 2),
    "mean": (mean_squared_error, np.sin(LONG_TABLE), 2),
    "yes or no": (binary_cross_entropy, is_yes(LONG_TABLE), 2),
    "classes": (cross_entropy, np.arange(21) % 3, 3),
    "a sum of one's own": (summed(halved_squared_error), np.sin(LONG_TABLE), 2),
    "a mean of one's own": (mean_absolute_error, np.sin(LONG_TABLE), 2),
    "a sum that is an object": (summed(Doubled()), np.sin(LONG_TABLE), 2),
}


@pytest.mark.parametrize(("loss", "y", "outputs"), LONG.values(), ids=LONG)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("batch_size", [1, 2, 5, 7, 21, None])
def test_recorded_loss_does_not_depend_on_the_size_of_the_batches(
    loss, y, outputs, dtype, batch_size
):
    net = Network([Dense(2, outputs)], rng=0, dtype=dtype)
    before = net.parameters.copy()
    options = {"epochs": 2, "batch_size": batch_size, "rng": 0, "validation": (LONG_TABLE, y)}
    history = train(net, LONG_TABLE, y, loss, SGD(1e-30), **options)
    np.testing.assert_allclose(net.parameters, before, rtol=1e-15, atol=1e-25)
    expected = evaluate(net, LONG_TABLE, y, loss)
    close = 1e-12 if dtype == np.float64 else 1e-5
    assert history.loss == pytest.approx([expected] * 2, rel=close)
    assert history.validation_loss == pytest.approx([expected] * 2, rel=close)
    assert {type(value) for value in history.loss + history.validation_loss} == {float}


@pytest.mark.parametrize("batch_size", [1, 2, 5, 7, 21, None])
def test_penalty_counts_once_in_a_mean_whatever_the_size_of_the_batches(batch_size):
    net, y = Network([Dense(2, 2)], rng=0), np.sin(LONG_TABLE)
    options = {"epochs": 1, "batch_size": batch_size, "l2": 0.1, "rng": 0}
    history = train(net, LONG_TABLE, y, mean_squared_error, SGD(1e-30), **options)
    expected, _ = net.loss_and_gradient(LONG_TABLE, y, mean_squared_error, 0.1)
    assert history.loss == pytest.approx([expected], rel=1e-12)
    assert type(history.loss[0]) is float


# The penalty


def test_penalty_is_part_of_the_loss_and_its_gradient():
    trained, looped = network(), network()
    history = run(trained, l2=0.1)
    losses = [step(looped, X, Y, 0.1) for _ in range(5)]
    assert_alike(history.loss, losses)
    assert_alike(trained.parameters, looped.parameters)
    net = network()
    squares = sum(np.sum(layer.weights**2) for layer in (net.layers[0], net.layers[2]))
    value = evaluate(net, X, Y, mean_squared_error)
    assert losses[0] == pytest.approx(value + 0.1 * squares, rel=1e-14)


def test_penalty_keeps_weights_small_and_leaves_biases_alone():
    free, penalized = network(), network()
    run(free, epochs=300)
    run(penalized, epochs=300, l2=0.3)
    assert np.sum(penalized.layers[0].weights ** 2) < np.sum(free.layers[0].weights ** 2) / 2
    constant = Network([Dense(2, 1)], rng=0)
    run(constant, y=np.full(10, 7.0), epochs=500, l2=10.0, rate=0.02)
    assert constant.layers[0].biases[0] == pytest.approx(7, abs=0.5)


# Rows that are only looked at


def test_validation_loss_is_computed_after_each_epoch_and_without_the_penalty():
    net, expected = network(), []
    history = run(
        net,
        validation=(OTHER, OTHER[:, 0]),
        l2=0.1,
        batch_size=3,
        callback=lambda *_: expected.append(evaluate(net, OTHER, OTHER[:, 0], mean_squared_error)),
    )
    assert history.validation_loss == expected
    assert {type(value) for value in history.validation_loss} == {float}
    assert len(expected) == 5


def test_validation_rows_are_never_learned_from():
    alone, watched, patient = network(), network(), network()
    first = run(alone, batch_size=3, rng=1)
    second = run(watched, batch_size=3, rng=1, validation=(OTHER, OTHER[:, 0]))
    assert first.loss == second.loss
    assert alone.parameters.tolist() == watched.parameters.tolist()
    assert first.validation_loss == []
    third = run(patient, batch_size=3, rng=1, validation=(OTHER, OTHER[:, 0]), patience=99)
    assert third == second


# The callback


def test_callback_is_called_with_the_history_after_each_epoch():
    calls = []

    def look(history):
        calls.append((history, *map(list, (history.epochs, history.loss))))

    history = run(network(), callback=look)
    assert all(seen is history for seen, *_ in calls)
    assert [epochs for _, epochs, _ in calls] == [list(range(n)) for n in range(1, 6)]
    assert [losses for *_, losses in calls] == [history.loss[:n] for n in range(1, 6)]


def test_callback_sees_the_validation_loss_of_the_epoch():
    lengths = []
    run(
        network(),
        validation=(OTHER, OTHER[:, 0]),
        callback=lambda history: lengths.append(len(history.validation_loss)),
    )
    assert lengths == [1, 2, 3, 4, 5]


def test_training_is_silent(capsys):
    run(network())
    assert capsys.readouterr() == ("", "")


# Evaluating


def test_evaluation_is_the_loss_and_changes_nothing():
    net = network()
    net.loss_and_gradient(X, Y, mean_squared_error)
    before = net.parameters.tolist(), net.gradients.tolist()
    expected = mean_squared_error(net.predict(X), Y[:, None])[0]
    assert evaluate(net, X, Y, mean_squared_error) == expected
    assert (net.parameters.tolist(), net.gradients.tolist()) == before
