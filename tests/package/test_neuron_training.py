"""A training run: its rows, its records, and how it ends well, early or badly."""

import itertools

import numpy as np
import pytest

import neuralnet.neuron
from neuralnet import History, Neuron, TrainingDiverged, sum_squared_error
from neuralnet.datasets import eight_points, two_rows

# Two rows whose gradients drive the weights to infinity, in either order.
STEEP = [[30.0, -30.0], [30.0, 30.0]]


def state(neuron):
    """Return the neuron's numbers, bit for bit."""
    return neuron.weights.tobytes(), float(neuron.bias).hex()


def assert_alike(trained, looped):
    """Compare two neurons; NumPy and Python round the last digit of exp and of sums differently."""
    np.testing.assert_allclose(trained.weights, looped.weights, rtol=1e-12)
    assert trained.bias == pytest.approx(looped.bias, rel=1e-12)


def by_hand(neuron, X, targets, rate, rows):
    """Take one step a row, and return the loss before the first and after each."""
    losses = [sum_squared_error(neuron.predict(X), targets)[0]]
    for row in rows:
        neuron.learn(X[row], targets[row], rate)
        losses.append(sum_squared_error(neuron.predict(X), targets)[0])
    return losses


def interrupt(monkeypatch, owner, name, call):
    """Press Ctrl-C at the given call of a function of the owner, before it does anything."""
    function, calls = getattr(owner, name), itertools.count(1)

    def interrupted(*arguments):
        if next(calls) == call:
            raise KeyboardInterrupt
        return function(*arguments)

    monkeypatch.setattr(owner, name, interrupted)


def test_same_seed_gives_the_same_bits():
    runs = []
    for rng in (3, 3, np.random.default_rng(3), 4):
        neuron = Neuron(2, rng=1)
        history = neuron.train(*eight_points(), learning_rate=0.1, steps=50, rng=rng)
        runs.append((state(neuron), history.loss))
    assert runs[0] == runs[1] == runs[2]
    assert runs[0] != runs[3]


def test_run_is_a_loop_over_learn():
    X, targets = eight_points()
    trained, looped = Neuron(2, rng=1), Neuron(2, rng=1)
    history = trained.train(X, targets, learning_rate=0.7, steps=60, rng=2, record_every=25)
    rows = np.random.default_rng(2).integers(len(X), size=60)
    losses = by_hand(looped, X, targets, 0.7, rows)
    assert_alike(trained, looped)
    assert (history.epochs, history.steps) == ([], [0, 25, 50, 60])
    assert history.loss == pytest.approx([losses[step] for step in history.steps], rel=1e-12)


def test_every_row_has_its_turn():
    X, targets = np.eye(8), np.zeros(8)
    neuron = Neuron(8, rng=1)
    before = neuron.weights.copy()
    neuron.train(X, targets, learning_rate=0.1, steps=100, rng=2)
    assert (neuron.weights < before).all()


@pytest.mark.parametrize(
    ("steps", "record_every", "recorded"),
    [
        (1, 100, [0, 1]),
        (3, 1, [0, 1, 2, 3]),
        (200, 100, [0, 100, 200]),
        (250, 100, [0, 100, 200, 250]),
        (99, 100, [0, 99]),
    ],
)
def test_loss_is_recorded_before_the_first_update_in_between_and_after_the_last(
    steps, record_every, recorded
):
    history = Neuron(2, rng=1).train(
        *two_rows(), learning_rate=0.1, steps=steps, rng=1, record_every=record_every
    )
    assert history.steps == recorded
    assert len(history.loss) == len(recorded)
    assert history.learning_rate == 0.1
    assert history.epochs == history.validation_loss == []
    assert history.stopped == "finished"


def test_loss_is_recorded_every_100_updates_unless_told_otherwise():
    history = Neuron(2, rng=1).train(*two_rows(), learning_rate=0.1, steps=201, rng=1)
    assert history.steps == [0, 100, 200, 201]


@pytest.mark.parametrize("seed", range(5))
def test_two_rows_are_learned(seed):
    X, targets = two_rows()
    neuron = Neuron(2, rng=seed)
    history = neuron.train(X, targets, learning_rate=1.0, steps=1500, rng=seed)
    assert neuron.predict(X).round().tolist() == targets.tolist()
    assert history.loss[-1] < 0.1 < history.loss[0]


def test_eight_points_are_never_all_learned():
    X, targets = eight_points()
    for seed in range(20):
        neuron = Neuron(2, rng=seed)
        neuron.train(X, targets, learning_rate=0.1, steps=1000, rng=seed, record_every=1000)
        assert (neuron.predict(X).round() == targets).sum() < 8


def test_training_data_is_left_alone():
    X, targets = eight_points()
    Neuron(2, rng=1).train(X, targets, learning_rate=1.0, steps=20, rng=1)
    assert np.array_equal(X, eight_points()[0])
    assert np.array_equal(targets, eight_points()[1])


def test_lists_are_training_data_too():
    X, targets = two_rows()
    from_arrays, from_lists = Neuron(2, rng=1), Neuron(2, rng=1)
    from_arrays.train(X, targets, learning_rate=0.1, steps=9, rng=1)
    from_lists.train(X.tolist(), [True, False], learning_rate=0.1, steps=9, rng=1)
    assert state(from_arrays) == state(from_lists)


@pytest.mark.parametrize(
    "wrong",
    [
        {"X": [1.0, 2.0]},
        {"X": np.empty((0, 2)), "targets": []},
        {"X": np.ones((2, 3))},
        {"X": [[1.0, 2.0], [np.inf, 1.0]]},
        {"targets": [1.0]},
        {"targets": [[1.0], [0.0]]},
        {"targets": [1.0, np.nan]},
        {"learning_rate": 0},
        {"learning_rate": np.inf},
        {"steps": 0},
        {"steps": 2.5},
        {"record_every": 0},
        {"record_every": -1},
    ],
)
def test_refused_run_leaves_the_neuron_as_it_was(wrong):
    neuron = Neuron(2, rng=1)
    before = state(neuron)
    X, targets = two_rows()
    arguments = {"X": X, "targets": targets, "learning_rate": 0.1, "steps": 5, "rng": 1}
    with pytest.raises(ValueError, match=f"^{next(iter(wrong))} "):
        neuron.train(**arguments | wrong)
    assert state(neuron) == before


@pytest.mark.parametrize("call", [1, 2, 21, 58, 100])
def test_interrupted_run_keeps_the_weights_and_the_history(monkeypatch, call):
    X, targets = eight_points()
    rows = np.random.default_rng(2).integers(len(X), size=100)
    looped, trained = Neuron(2, rng=1), Neuron(2, rng=1)
    losses = by_hand(looped, X, targets, 0.7, rows[: call - 1])
    interrupt(monkeypatch, neuralnet.neuron, "stepped", call)
    history = trained.train(X, targets, learning_rate=0.7, steps=100, rng=2, record_every=20)
    assert_alike(trained, looped)
    assert history.stopped == "interrupted"
    assert history.steps == sorted({*range(0, call, 20), call - 1})
    assert history.loss == pytest.approx([losses[step] for step in history.steps], rel=1e-12)


@pytest.mark.parametrize(("call", "updates"), [(1, 0), (2, 20), (3, 40)])
def test_run_interrupted_while_it_computes_the_loss(monkeypatch, call, updates):
    interrupt(monkeypatch, neuralnet.neuron, "sum_squared_error", call)
    history = Neuron(2, rng=1).train(
        *eight_points(), learning_rate=0.7, steps=100, rng=2, record_every=20
    )
    assert history.stopped == "interrupted"
    assert history.steps == list(range(0, updates + 1, 20))


def test_finished_run_may_be_continued():
    neuron = Neuron(2, rng=1)
    first = neuron.train(*two_rows(), learning_rate=0.1, steps=30, rng=1)
    second = neuron.train(*two_rows(), learning_rate=0.1, steps=30, rng=2)
    assert second.loss[0] == first.loss[-1]


@pytest.mark.parametrize("seed", range(4))
def test_diverged_run_says_when_and_what_to_do(seed):
    neuron = Neuron(2, rng=1)
    neuron.weights, neuron.bias = np.zeros(2), 0.0
    with pytest.raises(TrainingDiverged) as caught:
        neuron.train(STEEP, [0, 1], learning_rate=1e308, steps=9, rng=seed, record_every=1)
    assert (caught.value.step, caught.value.epoch) == (1, None)
    assert caught.value.learning_rate == 1e308
    assert caught.value.history == History(1e308, steps=[0], loss=[0.5])
    assert str(caught.value) == (
        "the loss or a parameter is no longer a finite number after 1 steps with "
        "learning_rate=1e+308 (the last loss was 0.5): start again with a smaller rate, such as 1, "
        "and scale features that are far from 1"
    )


@pytest.mark.parametrize("X", [[[30.0, 60.0]], [[30.0, 0.5]]], ids=["both", "one"])
def test_infinite_weights_count_as_diverged_though_the_sigmoid_hides_them(X):
    neuron = Neuron(2)
    neuron.weights, neuron.bias = np.zeros(2), 0.0
    with pytest.raises(TrainingDiverged):
        neuron.train(X, [0], learning_rate=1e308, steps=5, rng=1)


@pytest.mark.parametrize("target", [0, 1])
def test_infinite_bias_counts_as_diverged_though_loss_and_weights_are_finite(target):
    neuron, sign = Neuron(1), 2 * target - 1
    neuron.weights, neuron.bias = [-1.7e308 * sign], 1.7e308 * sign
    before = state(neuron)
    with pytest.raises(TrainingDiverged) as caught:
        neuron.train([[1.0]], [target], learning_rate=1e308, steps=1)
    assert caught.value.history == History(1e308, steps=[0], loss=[0.25])
    assert state(neuron) == before


def test_divergence_is_noticed_at_the_next_record():
    neuron = Neuron(2)
    neuron.weights, neuron.bias = np.zeros(2), 0.0
    with pytest.raises(TrainingDiverged) as caught:
        neuron.train(STEEP, [0, 1], learning_rate=1e308, steps=9, rng=1, record_every=4)
    assert caught.value.step == 4
    assert caught.value.history.steps == [0]


def test_sums_that_are_too_large_cause_no_warning():
    neuron = Neuron(2)
    neuron.weights, neuron.bias = [1e10, 1e10], 0.0
    history = neuron.train([[1e300, 1e300]], [1], learning_rate=0.1, steps=1)
    assert history.loss == [0, 0]


def test_sums_that_are_no_numbers_count_as_diverged_without_a_warning():
    neuron = Neuron(2)
    neuron.weights, neuron.bias = [1e10, -1e10], 0.0
    with pytest.raises(TrainingDiverged) as caught:
        neuron.train([[1e300, 1e300]], [1], learning_rate=0.1, steps=1)
    # Some processors round once after a product and a sum: to them the first loss is a number.
    assert caught.value.step == len(caught.value.history.loss) <= 1
    assert neuron.weights.tolist() == [1e10, -1e10]


def test_sum_far_below_zero_is_answered_with_zero():
    neuron = Neuron(1)
    neuron.weights, neuron.bias = np.array([-1000.0]), 0.0
    history = neuron.train([[1.0]], [1], learning_rate=0.1, steps=3, record_every=1)
    assert history.loss == [1, 1, 1, 1]
    assert neuron.weights.tolist() == [-1000]


@pytest.mark.parametrize("record_every", [1, 4, 9])
def test_diverged_neuron_is_as_it_was_at_the_last_record(record_every):
    neuron = Neuron(2)
    weights = neuron.weights
    neuron.weights, neuron.bias = [0.01, -0.02], 0.125
    before = state(neuron)
    with pytest.raises(TrainingDiverged) as caught:
        neuron.train(STEEP, [0, 1], learning_rate=1e308, steps=9, rng=1, record_every=record_every)
    assert caught.value.history.steps == [0]
    assert state(neuron) == before
    assert neuron.weights is weights
