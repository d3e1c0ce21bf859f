"""How a run ends before its time: out of patience, by its callback, interrupted or diverged."""

import itertools
import pickle

import numpy as np
import pytest

from neuralnet import (
    SGD,
    Adam,
    Dense,
    History,
    Network,
    Sigmoid,
    TrainingDiverged,
    mean_squared_error,
    sum_squared_error,
    train,
)
from neuralnet.training import EarlyStopping
from tests.package.tools import X, Y, network


def run(net, loss=mean_squared_error, rate=0.1, X=X, y=Y, **options):
    return train(net, X, y, loss, SGD(rate), **{"epochs": 20} | options)


# Patience


def scripted(losses):
    """Return a loss that gives the validation row these values; for the training row it is 1.

    The gradient is 1 for both.  An error among the values is raised.
    """
    values = iter([losses[0], *losses])  # the first look comes before the first step

    def loss(predictions, targets):
        value = next(values) if targets[0, 0] == 9 else 1.0
        if isinstance(value, BaseException):
            raise value
        return value, np.ones_like(predictions)

    return loss


class Scripted:
    """A run that brings one bias down from 0 by 1 an epoch."""

    def __init__(self, losses, patience):
        self.net = Network([Dense(1, 1)])
        self.net.parameters = [0, 0]
        self.losses, self.patience = losses, patience

    @property
    def bias(self):
        return self.net.layers[0].biases[0]

    def train(self, **options):
        row = np.array([[0.0]])
        return train(
            self.net,
            row,
            [1.0],
            scripted(self.losses),
            SGD(1.0),
            epochs=len(self.losses),
            validation=(row, [9.0]),
            patience=self.patience,
            **options,
        )


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
    scripted = Scripted(losses, patience)
    history = scripted.train()
    assert history.stopped == "no improvement"
    assert history.validation_loss == losses[:epochs]
    assert history.epochs == list(range(epochs))
    assert history.best_epoch == best
    assert scripted.bias == -(best + 1)


@pytest.mark.parametrize(
    ("losses", "patience", "best"),
    [
        ([5, 4, 3, 2], 1, 3),
        ([5, 6, 7], 3, 0),
        ([5, 6, 4, 6, 3], 2, 4),
        ([5, 6, 4, 6, 6], 3, 2),
        ([9, *range(8, 2, -1), 1, *range(2, 53)], 59, 7),
        ([1, *range(2, 61)], 60, 0),
    ],
)
def test_run_that_does_not_lose_patience_goes_back_to_the_best_epoch_too(losses, patience, best):
    scripted = Scripted(losses, patience)
    history = scripted.train()
    assert history.stopped == "finished"
    assert history.validation_loss == losses
    assert history.best_epoch == best
    assert scripted.bias == -(best + 1)


def test_no_more_than_two_copies_of_the_parameters_are_kept():
    history, net = History(0.1), network()
    early_stopping = EarlyStopping(net, history, 3)
    for epoch in range(5):
        early_stopping.keep(epoch, 5.0 - epoch)
        history.record_epoch(epoch, 1.0, 5.0 - epoch)
    assert [epoch for epoch, *_ in early_stopping.kept] == [3, 4]


def test_run_without_patience_keeps_its_last_parameters():
    scripted = Scripted([5, 6, 7, 8], None)
    assert scripted.train().stopped == "finished"
    assert scripted.bias == -4


# The best of the first epochs: 0, 1, 1, 3, 3, 5 and 5 again.
UPS_AND_DOWNS = [5, 3, 4, 2, 6, 1, 7]
BEST = [0, 1, 1, 3, 3, 5, 5]


@pytest.mark.parametrize("epoch", range(7))
@pytest.mark.parametrize(
    "answer",
    [True, np.True_, KeyboardInterrupt(), RuntimeError("no more"), SystemExit(3)],
    ids=repr,
)
def test_callback_that_ends_the_run_leaves_the_parameters_of_the_best_epoch(answer, epoch):
    scripted, seen = Scripted(UPS_AND_DOWNS, 9), []

    def stop(history):
        seen.append(history)
        assert scripted.bias == -len(seen)  # of this epoch, not of the best one
        if history.epochs[-1] == epoch:
            if isinstance(answer, BaseException):
                raise answer
            return answer
        return None

    if isinstance(answer, RuntimeError | SystemExit):
        with pytest.raises(type(answer)) as caught:
            scripted.train(callback=stop)
        assert caught.value is answer
    else:
        history = scripted.train(callback=stop)
        assert history is seen[-1]
        is_interrupted = isinstance(answer, KeyboardInterrupt)
        assert history.stopped == ("interrupted" if is_interrupted else "callback")
    assert seen[-1].validation_loss == UPS_AND_DOWNS[: epoch + 1]
    assert seen[-1].best_epoch == BEST[epoch]
    assert scripted.bias == -(BEST[epoch] + 1)


@pytest.mark.parametrize("epoch", range(1, 7))
@pytest.mark.parametrize("value", [np.inf, np.nan, KeyboardInterrupt(), RuntimeError("no more")])
def test_epoch_that_was_not_recorded_is_never_the_best(value, epoch):
    scripted = Scripted([*UPS_AND_DOWNS[:epoch], value, 0], 9)
    if isinstance(value, KeyboardInterrupt):
        history = scripted.train()
        assert (history.stopped, history.epochs) == ("interrupted", list(range(epoch)))
        assert history.loss == [1.0] * epoch
    else:
        error = RuntimeError if isinstance(value, RuntimeError) else TrainingDiverged
        with pytest.raises(error):
            scripted.train()
    assert scripted.bias == -(BEST[epoch - 1] + 1)


def test_run_that_ends_before_its_first_record_keeps_the_parameters_that_it_has():
    scripted = Scripted([1.0, np.inf], 9)
    scripted.losses = [np.inf, np.inf]
    with pytest.raises(TrainingDiverged) as caught:
        scripted.train()
    assert caught.value.history == History(1.0)
    assert scripted.bias == -1


def test_patience_on_real_rows_gives_the_best_parameters():
    kept = []
    net = network()
    history = run(
        net,
        rate=0.2,
        epochs=2000,
        validation=(X[:3] + 1, Y[:3]),
        patience=20,
        callback=lambda history: kept.append(net.parameters.copy()),
    )
    assert history.stopped == "no improvement"
    assert len(history.loss) == history.best_epoch + 21 < 2000
    assert history.validation_loss[history.best_epoch] == min(history.validation_loss)
    assert net.parameters.tolist() == kept[history.best_epoch].tolist()


def test_patience_longer_than_the_run_gives_the_best_parameters():
    kept = []
    net = network()
    history = run(
        net,
        rate=0.2,
        epochs=60,
        validation=(X[:3] + 1, Y[:3]),
        patience=59,
        callback=lambda history: kept.append(net.parameters.copy()),
    )
    assert history.stopped == "finished"
    assert 0 < history.best_epoch < 59
    assert net.parameters.tolist() == kept[history.best_epoch].tolist()


def test_best_parameters_are_the_networks_own_vector():
    net = network()
    vector = net.parameters
    run(net, rate=0.2, epochs=2000, validation=(X[:3] + 1, Y[:3]), patience=1)
    assert net.parameters is vector
    assert np.shares_memory(net.layers[0].weights, vector)


def test_layers_and_predictions_are_those_of_the_best_epoch():
    net, twin = network(), network()
    held_out = X[:3] + 1, Y[:3]
    history = run(net, rate=0.2, epochs=60, validation=held_out, patience=59)
    run(twin, rate=0.2, epochs=history.best_epoch + 1)
    assert net.predict(X).tolist() == twin.predict(X).tolist()
    assert net.layers[2].biases.tolist() == twin.layers[2].biases.tolist()


# The callback


@pytest.mark.parametrize("answer", [True, np.True_])
@pytest.mark.parametrize("epoch", [0, 3])
def test_callback_that_answers_true_ends_the_run(answer, epoch):
    net, shorter = network(), network()
    history = run(net, callback=lambda history: answer if len(history.loss) > epoch else None)
    expected = run(shorter, epochs=epoch + 1)
    assert history.stopped == "callback"
    assert (history.epochs, history.loss) == (expected.epochs, expected.loss)
    assert net.parameters.tolist() == shorter.parameters.tolist()


@pytest.mark.parametrize(
    "answer", [None, False, np.False_, 1, 0.5, "stop", [True], np.array([True]), object], ids=repr
)
def test_callback_that_answers_anything_else_does_not(answer):
    history = run(network(), callback=lambda history: answer)
    assert (history.stopped, len(history.loss)) == ("finished", 20)


def test_callback_that_raises_leaves_the_parameters_of_the_last_epoch():
    net, shorter = network(), network()

    def fail(history):
        if len(history.loss) == 4:
            raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        run(net, callback=fail)
    run(shorter, epochs=4)
    assert net.parameters.tolist() == shorter.parameters.tolist()


# Ctrl-C


def interrupt_at(epoch):
    def interrupt(history):
        if history.epochs[-1] == epoch:
            raise KeyboardInterrupt

    return interrupt


@pytest.mark.parametrize("epoch", [0, 3, 19])
def test_interrupted_run_keeps_the_parameters_and_the_history(epoch):
    interrupted, shorter = network(), network()
    options = {"batch_size": 3, "validation": (X, Y)}
    history = run(interrupted, rng=1, callback=interrupt_at(epoch), **options)
    expected = run(shorter, rng=1, epochs=epoch + 1, **options)
    assert history.stopped == "interrupted"
    assert (history.epochs, history.loss) == (expected.epochs, expected.loss)
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
    assert (history.stopped, history.epochs) == ("interrupted", [0, 1])
    np.testing.assert_allclose(net.parameters, shorter.parameters, rtol=1e-14)


def test_interruption_while_validation_is_computed_leaves_lists_of_one_length():
    calls = []

    def loss(predictions, targets):
        calls.append(len(targets))
        if calls.count(3) == 4:
            raise KeyboardInterrupt
        return mean_squared_error(predictions, targets)

    history = run(network(), loss, validation=(X[:3], Y[:3]))
    assert history.stopped == "interrupted"
    assert len(history.epochs) == len(history.loss) == len(history.validation_loss) == 2


def test_interrupted_run_with_patience_goes_back_to_the_best_epoch():
    interrupted, shorter = network(), network()
    options = {"validation": (X + 3, Y - 3), "patience": 50}
    history = run(interrupted, callback=interrupt_at(9), **options)
    assert history.stopped == "interrupted"
    assert len(history.epochs) == 10
    assert history.best_epoch < 9
    run(shorter, epochs=history.best_epoch + 1)
    assert interrupted.parameters.tolist() == shorter.parameters.tolist()


# Divergence


def test_diverged_run_says_when_how_fast_and_from_where():
    net = Network([Dense(2, 1)], rng=0)
    with pytest.raises(TrainingDiverged) as caught:
        run(net, sum_squared_error, rate=1e3, epochs=1000)
    history = caught.value.history
    assert caught.value.epoch == len(history.loss) > 5
    assert caught.value.step is None
    assert caught.value.learning_rate == history.learning_rate == 1e3
    assert np.isfinite(history.loss).all()
    assert str(caught.value) == (
        f"the loss or a parameter is no longer a finite number in epoch {caught.value.epoch} with "
        f"learning_rate=1000 (the last loss was {history.loss[-1]:g}): start again with a smaller "
        "rate, such as 1, and scale features that are far from 1"
    )


@pytest.mark.parametrize("make", [SGD, Adam])
def test_rate_that_was_in_force_is_named(make):
    net, optimizer = Network([Dense(2, 1)], rng=0), make(1e-3)

    def faster(history):
        if history.epochs[-1] == 2:
            optimizer.learning_rate = 1e307

    with pytest.raises(TrainingDiverged) as caught:
        train(net, X, Y, sum_squared_error, optimizer, epochs=99, callback=faster)
    assert caught.value.learning_rate == 1e307
    assert caught.value.history.learning_rate == 1e-3
    assert caught.value.epoch in (3, 4)
    assert "with learning_rate=1e+307 (" in str(caught.value)
    assert "such as 1, and" in str(caught.value)


def test_divergence_in_the_last_epoch_is_noticed():
    with pytest.raises(TrainingDiverged) as caught:
        run(Network([Dense(2, 1)], rng=0), sum_squared_error, rate=1e308, epochs=1)
    assert caught.value.epoch == len(caught.value.history.loss) == 1


@pytest.mark.parametrize("X", [[[30.0, 60.0]], [[30.0, 0.5]]], ids=["both", "one"])
def test_infinite_weights_count_as_diverged_though_the_sigmoid_hides_them(X):
    net = Network([Dense(2, 1, bias=False), Sigmoid()])
    net.parameters = [0, 0]
    with pytest.raises(TrainingDiverged):
        run(net, sum_squared_error, rate=1e308, X=X, y=[0.0], epochs=5)


@pytest.mark.parametrize("good", [1, 3])
def test_nan_in_a_gradient_counts_as_diverged_though_the_loss_hides_it(good):
    calls = itertools.count()

    def loss(predictions, targets):
        return 1.0, np.full_like(predictions, 0.0 if next(calls) < good else np.nan)

    with pytest.raises(TrainingDiverged) as caught:
        run(network(), loss, epochs=3)
    assert caught.value.history.loss == [1.0] * 3


def test_patience_does_not_hide_infinite_weights_by_going_back():
    class Breaks(SGD):
        def step(self, parameters, gradients):
            super().step(parameters, gradients)
            parameters[0] = np.inf

    net = Network([Dense(1, 1), Sigmoid()], rng=0)
    rows, targets = np.array([[1.0], [2.0]]), np.array([0.5, 0.5])
    with pytest.raises(TrainingDiverged) as caught:
        train(
            net,
            rows,
            targets,
            mean_squared_error,
            Breaks(0.1),
            epochs=50,
            validation=(rows, targets),
            patience=3,
        )
    assert caught.value.history.stopped == "no improvement"


def test_diverged_run_with_patience_leaves_the_parameters_of_the_best_epoch():
    net, shorter, optimizer = network(), network(), SGD(0.1)

    def faster(history):
        if history.epochs[-1] == 9:
            optimizer.learning_rate = 1e300

    options = {"validation": (X, Y), "patience": 99, "callback": faster}
    with pytest.raises(TrainingDiverged) as caught:
        train(net, X, Y, mean_squared_error, optimizer, epochs=99, **options)
    run(shorter, epochs=caught.value.history.best_epoch + 1)
    assert caught.value.history.best_epoch == 9
    assert net.parameters.tolist() == shorter.parameters.tolist()


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
    net.parameters = [1e200, 0]
    assert run(net, X=[[0.0]], y=[1.0]).stopped == "finished"
    assert net.parameters[0] == 1e200
