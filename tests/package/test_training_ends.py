"""How a training run ends before its time: out of patience, interrupted or diverged."""

import pickle

import numpy as np
import pytest

from neuralnet import (
    SGD,
    Dense,
    History,
    Network,
    Sigmoid,
    TrainingDiverged,
    mean_squared_error,
    sum_squared_error,
    train,
)
from tests.package.tools import X, Y, network


def run(net, loss=mean_squared_error, rate=0.1, X=X, y=Y, **options):
    return train(net, X, y, loss, SGD(rate), **{"epochs": 20} | options)


# Patience


def scripted(losses):
    """Return a loss that gives the validation row these values, and the training row 1, slope 1."""
    values = iter([losses[0], *losses])  # the first look comes before the first step

    def loss(prediction, target):
        value = next(values) if target[0, 0] == 9 else 1.0
        return value, np.ones_like(prediction)

    return loss


def run_by_script(losses, patience, **options):
    """Train one bias down from 0 by 1 an epoch; return the bias and the history."""
    net = Network([Dense(1, 1)])
    net.parameters[...] = 0
    row = np.array([[0.0]])
    history = train(
        net,
        row,
        [1.0],
        scripted(losses),
        SGD(1.0),
        epochs=len(losses),
        validation=(row, [9.0]),
        patience=patience,
        **options,
    )
    return net.layers[0].biases[0], history


@pytest.mark.parametrize(
    ("losses", "patience", "epochs", "best"),
    [
        ([5, 4, 3, 4, 2, 1], 1, 4, 2),
        ([5, 4, 3, 4, 2, 3, 3, 1], 2, 7, 4),
        ([5, 6, 7, 8], 3, 4, 0),
        ([5, 5, 5, 5], 2, 3, 0),
        ([5, 4, 4, 3, 3, 3, 1], 2, 6, 3),
    ],
)
def test_patience_stops_and_goes_back_to_the_best_epoch(losses, patience, epochs, best):
    bias, history = run_by_script(losses, patience)
    assert history.stopped == "no improvement"
    assert history.validation_loss == losses[:epochs]
    assert history.steps == list(range(epochs))
    assert history.best_epoch == best
    assert bias == -(best + 1)


@pytest.mark.parametrize(
    ("losses", "patience"),
    [([5, 4, 3, 2], 1), ([5, 6, 7], 3), ([5, 6, 4, 6, 3], 2), ([5, 6, 7, 8], None)],
)
def test_run_that_does_not_lose_patience_keeps_its_last_parameters(losses, patience):
    bias, history = run_by_script(losses, patience)
    assert history.stopped == "finished"
    assert history.validation_loss == losses
    assert bias == -len(losses)


def test_patience_on_real_rows_gives_the_best_parameters():
    kept = []
    net = network()
    history = run(
        net,
        rate=0.2,
        epochs=2000,
        validation=(X[:3] + 1, Y[:3]),
        patience=20,
        callback=lambda *_: kept.append(net.parameters.copy()),
    )
    assert history.stopped == "no improvement"
    assert len(history.loss) == history.best_epoch + 21 < 2000
    assert history.validation_loss[history.best_epoch] == min(history.validation_loss)
    assert net.parameters.tolist() == kept[history.best_epoch].tolist()


def test_best_parameters_are_the_networks_own_vector():
    net = network()
    vector = net.parameters
    run(net, rate=0.2, epochs=2000, validation=(X[:3] + 1, Y[:3]), patience=1)
    assert net.parameters is vector
    assert np.shares_memory(net.layers[0].weights, vector)


# Ctrl-C


def interrupt_at(epoch):
    def report(now, loss):
        if now == epoch:
            raise KeyboardInterrupt

    return report


@pytest.mark.parametrize("epoch", [0, 3, 19])
def test_interrupted_run_keeps_the_parameters_and_the_history(epoch):
    interrupted, shorter = network(), network()
    options = {"batch_size": 3, "validation": (X, Y)}
    history = run(interrupted, rng=1, callback=interrupt_at(epoch), **options)
    expected = run(shorter, rng=1, epochs=epoch + 1, **options)
    assert history.stopped == "interrupted"
    assert (history.steps, history.loss) == (expected.steps, expected.loss)
    assert history.validation_loss == expected.validation_loss
    assert interrupted.parameters.tolist() == shorter.parameters.tolist()


def test_interruption_between_two_steps_keeps_the_steps_that_were_taken():
    class Impatient(SGD):
        taken = 0

        def step(self, parameters, gradients):
            if self.taken == 5:
                raise KeyboardInterrupt
            self.taken += 1
            super().step(parameters, gradients)

    net, shorter = network(), network()
    options = {"batch_size": 5, "shuffle": False}
    history = train(net, X, Y, mean_squared_error, Impatient(0.1), epochs=20, **options)
    run(shorter, epochs=2, **options)
    run(shorter, X=X[:5], y=Y[:5], epochs=1)
    assert (history.stopped, history.steps) == ("interrupted", [0, 1])
    assert net.parameters.tolist() == shorter.parameters.tolist()


def test_interruption_while_validation_is_measured_leaves_lists_of_one_length():
    calls = []

    def loss(prediction, target):
        calls.append(len(target))
        if calls.count(3) == 4:
            raise KeyboardInterrupt
        return mean_squared_error(prediction, target)

    history = run(network(), loss, validation=(X[:3], Y[:3]))
    assert history.stopped == "interrupted"
    assert len(history.steps) == len(history.loss) == len(history.validation_loss) == 2


def test_interrupted_run_with_patience_keeps_its_last_parameters():
    interrupted, shorter = network(), network()
    options = {"validation": (X + 3, Y - 3), "patience": 50}
    history = run(interrupted, callback=interrupt_at(9), **options)
    run(shorter, epochs=10)
    assert history.stopped == "interrupted"
    assert interrupted.parameters.tolist() == shorter.parameters.tolist()


# Divergence


def test_diverged_run_says_when_how_fast_and_from_where():
    net = Network([Dense(2, 1)], rng=0)
    with pytest.raises(TrainingDiverged) as caught:
        run(net, sum_squared_error, rate=1e3, epochs=1000)
    history = caught.value.history
    assert caught.value.step == len(history.loss) > 5
    assert history.learning_rate == 1e3
    assert np.isfinite(history.loss).all()
    assert str(caught.value) == (
        f"the loss or a parameter is no longer a finite number at step {caught.value.step} with "
        f"learning_rate=1000 (the last loss was {history.loss[-1]:g}): start again with a smaller "
        "rate, such as 100, and scale features that are far from 1"
    )


def test_divergence_in_the_last_epoch_is_noticed():
    with pytest.raises(TrainingDiverged) as caught:
        run(Network([Dense(2, 1)], rng=0), sum_squared_error, rate=1e308, epochs=1)
    assert caught.value.step == len(caught.value.history.loss) == 1


@pytest.mark.parametrize("X", [[[30.0, 60.0]], [[30.0, 0.5]]], ids=["both", "one"])
def test_infinite_weights_count_as_diverged_though_the_sigmoid_hides_them(X):
    net = Network([Dense(2, 1, bias=False), Sigmoid()])
    net.parameters[...] = 0
    with pytest.raises(TrainingDiverged):
        run(net, sum_squared_error, rate=1e308, X=X, y=[0.0], epochs=5)


def test_patience_does_not_hide_infinite_weights_by_going_back():
    class Breaks(SGD):
        def step(self, parameters, gradients):
            super().step(parameters, gradients)
            parameters[0] = np.inf

    net = Network([Dense(1, 1), Sigmoid()], rng=0)
    rows, answers = np.array([[1.0], [2.0]]), np.array([0.5, 0.5])
    with pytest.raises(TrainingDiverged) as caught:
        train(
            net,
            rows,
            answers,
            mean_squared_error,
            Breaks(0.1),
            epochs=50,
            validation=(rows, answers),
            patience=3,
        )
    assert caught.value.history.stopped == "no improvement"


def test_divergence_over_the_validation_rows_alone_is_noticed():
    with pytest.raises(TrainingDiverged) as caught:
        run(Network([Dense(2, 1)], rng=0), rate=1e-9, validation=(X * 1e200, Y))
    assert caught.value.history == History(1e-9)


def test_diverged_error_of_a_network_survives_the_way_between_processes():
    with pytest.raises(TrainingDiverged) as caught:
        run(Network([Dense(2, 1)], rng=0), rate=1e3, epochs=1000, validation=(X, Y))
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (str(copy), copy.history) == (str(caught.value), caught.value.history)


def test_weight_whose_square_is_too_large_for_a_float_is_no_divergence():
    net = Network([Dense(1, 1)])
    net.parameters[...] = 1e200, 0
    assert run(net, X=[[0.0]], y=[1.0]).stopped == "finished"
    assert net.parameters[0] == 1e200
