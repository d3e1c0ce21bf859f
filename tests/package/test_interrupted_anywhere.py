"""Ctrl-C at any line of the package: a run has begun or not, has ended or not, and tells which.

The trace function counts the lines of the package that are run, and raises KeyboardInterrupt in
place of one of them, as Python does when somebody presses Ctrl-C.
"""

import sys
from pathlib import Path

import numpy as np
import pytest

import neuralnet
from neuralnet import (
    SGD,
    Adam,
    Dense,
    History,
    Network,
    Neuron,
    Tanh,
    evaluate,
    gradient_check,
    mean_squared_error,
    train,
)
from neuralnet.datasets import eight_points
from neuralnet.layers import Layer
from tests.package.tools import X, Y

PACKAGE = str(Path(neuralnet.__file__).parent)
HELD_OUT = X[:3] + 1, Y[:3]


class Tracing:
    """Count the lines of the package; in place of the one with the given number, interrupt."""

    def __init__(self, number=None):
        self.number, self.count = number, 0

    def __enter__(self):
        self.before = sys.gettrace()
        sys.settrace(self.enter_frame)
        return self

    def __exit__(self, *error):
        sys.settrace(self.before)

    def enter_frame(self, frame, event, argument):
        return self.trace if frame.f_code.co_filename.startswith(PACKAGE) else None

    def trace(self, frame, event, argument):
        if event == "line":
            if self.count == self.number:
                raise KeyboardInterrupt
            self.count += 1
        return self.trace


def lines_of(function):
    """Return how many lines of the package a call runs."""
    with Tracing() as tracing:
        function()
    return tracing.count


def interrupted(function, number):
    """Return what a call returns that is interrupted at a line, or None if it is cut off."""
    try:
        with Tracing(number):
            return function()
    except KeyboardInterrupt:
        return None


# A network


class Own(Layer):
    """A layer of one's own with a weight for each column."""

    def __init__(self):
        self.inputs = self.outputs = 3
        self.weights = np.ones(3)

    def forward(self, x):
        self.x = x
        return x * self.weights

    def backward(self, d_output):
        self.d_weights = (d_output * self.x).sum(axis=0)
        return d_output * self.weights


def own_loss(predictions, targets):
    difference = predictions - targets
    return float(np.mean(np.abs(difference))), np.sign(difference) / difference.size


class Run:
    """A short run, always from the same start."""

    def __init__(self, loss=mean_squared_error, make=lambda: SGD(0.5), layer=Tanh, **options):
        self.loss, self.make, self.layer = loss, make, layer
        self.options = {"epochs": 6, "rng": 0} | options

    def prepare(self):
        self.net = Network([Dense(2, 3), self.layer(), Dense(3, 1)], rng=0)
        self.optimizer, self.kept = self.make(), []

    def __call__(self):
        data = self.net, X, Y, self.loss, self.optimizer
        return train(*data, callback=self.keep, **self.options)

    def keep(self, history):
        self.kept.append(self.net.parameters.tobytes())


RUNS = {
    "plain": Run(),
    "in batches, with patience": Run(batch_size=4, validation=HELD_OUT, patience=99),
    "out of patience": Run(make=lambda: SGD(1.5), validation=HELD_OUT, patience=1),
    "Adam": Run(make=lambda: Adam(0.3), batch_size=6, validation=HELD_OUT, patience=3, l2=0.1),
    "own parts": Run(
        own_loss, lambda: SGD(0.3, momentum=0.9), Own, validation=HELD_OUT, patience=9
    ),
}


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_training_of_a_network_interrupted_at_any_line(run):
    run.prepare()
    start = run.net.parameters.tobytes()
    whole = run()
    vectors, end = run.kept, run.net.parameters.tobytes()
    has_patience = "patience" in run.options
    run.prepare()
    lines = lines_of(run)
    histories = []
    assert lines > 200
    for number in range(lines):
        run.prepare()
        history = interrupted(run, number)
        parameters = run.net.parameters.tobytes()
        assert np.isfinite(run.net.parameters).all()
        if history is None:
            assert parameters in (start, vectors[-1], end), number
            continue
        histories.append(history)
        recorded = len(history.epochs)
        assert history.stopped == "interrupted", number
        assert history.epochs == whole.epochs[:recorded], number
        assert history.loss == whole.loss[:recorded], number
        assert history.validation_loss == whole.validation_loss[:recorded], number
        if has_patience and recorded:
            assert parameters == vectors[history.best_epoch], number
    assert {len(history.epochs) for history in histories} >= set(range(len(whole.epochs) + 1))
    # Most lines belong to the run itself.
    assert len(histories) > 0.5 * lines


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_interrupted_network_goes_on_learning(run):
    run.prepare()
    lines = lines_of(run)
    for number in range(0, lines, 41):
        run.prepare()
        interrupted(run, number)
        history = run()
        assert len(history.epochs) == run.options["epochs"] or history.stopped == "no improvement"
        assert np.isfinite([*history.loss, *run.net.parameters]).all()


@pytest.mark.parametrize(
    "question",
    [
        lambda net: net.predict(X),
        lambda net: net.loss_and_gradient(X, Y, mean_squared_error, 0.1),
        lambda net: evaluate(net, X, Y, mean_squared_error),
        lambda net: gradient_check(net, X[:2], Y[:2], mean_squared_error),
    ],
    ids=["predict", "loss_and_gradient", "evaluate", "gradient_check"],
)
def test_question_to_a_network_interrupted_at_any_line(question):
    net = Network([Dense(2, 1), Tanh()], rng=0)
    before = net.parameters.tobytes()
    expected = repr(question(net))
    for number in range(lines_of(lambda: question(net))):
        assert interrupted(lambda: question(net), number) is None
        assert net.parameters.tobytes() == before, number
    assert repr(question(net)) == expected


# A neuron


def state(neuron):
    return neuron.weights.tobytes(), neuron.bias


def test_training_of_a_neuron_interrupted_at_any_line():
    X, targets = eight_points()
    options = {"learning_rate": 0.7, "steps": 12, "record_every": 5, "rng": 2}
    states, neuron = [], Neuron(2, rng=1)
    for row in [None, *np.random.default_rng(2).integers(len(X), size=12).tolist()]:
        if row is not None:
            neuron.learn(X[row], targets[row], 0.7)
        states.append((*neuron.weights, neuron.bias))

    def taken(neuron):
        """Return how many steps have been taken."""
        numbers = [*neuron.weights, neuron.bias]
        return next(n for n, known in enumerate(states) if np.allclose(known, numbers, rtol=1e-12))

    whole = Neuron(2, rng=1).train(X, targets, **options)
    neuron = Neuron(2, rng=1)
    lines = lines_of(lambda: neuron.train(X, targets, **options))
    assert lines > 200
    steps, histories = [], []
    for number in range(lines):
        neuron = Neuron(2, rng=1)
        history = interrupted(lambda: neuron.train(X, targets, **options), number)  # noqa: B023
        if history is None:
            assert taken(neuron) in (0, 12), number
            continue
        histories.append(history)
        steps.append(taken(neuron))
        assert history.stopped == "interrupted"
        assert history.steps == sorted({*range(0, steps[-1] + 1, 5), steps[-1]}), number
        assert len(history.loss) == len(history.steps)
        for step, loss in zip(history.steps, history.loss, strict=True):
            if step in whole.steps:
                assert loss == whole.loss[whole.steps.index(step)]
    assert set(steps) == set(range(13))
    assert len(histories) > 0.5 * lines


def test_history_is_never_half_of_a_record():
    for number in range(lines_of(lambda: History(0.1).record_epoch(0, 1.0, 2.0))):
        history = History(0.1, [0], [], [3.0], [4.0])
        interrupted(lambda: history.record_epoch(1, 1.0, 2.0), number)  # noqa: B023
        history.interrupt()
        assert len(history.epochs) == len(history.loss) == len(history.validation_loss)
        assert history.loss[0] == 3
