"""Step for step beside scikit-learn: the same start, the same batches, the same numbers after all.

Its slopes are `FACTOR` times ours, for it halves squares and divides by rows, not by entries.
Its price is half of alpha for each row of a batch.  A step of descent therefore takes our rate
times the factor; and l2 times the factor is alpha / (2 * rows).  Adam divides the factor
out again, but for what is added to the root, which scikit-learn adds before it corrects the mean.
"""

import warnings

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.utils import shuffle

from neuralnet import (
    SGD,
    Adam,
    Dense,
    Network,
    ReLU,
    Sigmoid,
    Tanh,
    binary_cross_entropy,
    cross_entropy,
    mean_squared_error,
    sigmoid,
    softmax,
    train,
)

X = np.random.default_rng(1).normal(size=(30, 3))
BENT = np.column_stack([np.sin(X[:, 0]) + X[:, 1], X[:, 2] * X[:, 0]])
REGRESSION, YES_OR_NO = (MLPRegressor, mean_squared_error), (MLPClassifier, binary_cross_entropy)
TASKS = {  # the peer, the loss, the targets, the outputs
    "one number": (*REGRESSION, BENT[:, 0], 1),
    "two numbers": (*REGRESSION, BENT, 2),
    "yes or no": (*YES_OR_NO, (BENT[:, 0] > 0).astype(int), 1),
    "two questions": (*YES_OR_NO, (BENT > 0).astype(int), 2),
    "three classes": (MLPClassifier, cross_entropy, np.digitize(BENT[:, 0], [-0.5, 0.5]), 3),
}
FACTOR = {
    mean_squared_error: lambda outputs: outputs / 2,
    binary_cross_entropy: lambda outputs: outputs,
    cross_entropy: lambda outputs: 1,
}
ACTIVATIONS = {"identity": [], "logistic": [Sigmoid()], "tanh": [Tanh()], "relu": [ReLU()]}
DESCENT = {"solver": "sgd", "nesterovs_momentum": False}
RULES = {
    "descent": {"learning_rate_init": 0.1, "momentum": 0.0} | DESCENT,
    "momentum": {"learning_rate_init": 0.02, "momentum": 0.9} | DESCENT,
    # Large enough to be seen beside the root of the mean square.
    "adam": {"learning_rate_init": 0.01, "epsilon": 1e-3, "solver": "adam"},
}
# 200 steps; without a price the last batch of an epoch is a short one.
BATCHES = {
    "short last batch": {"alpha": 0.0, "batch_size": 8, "max_iter": 50},
    "price of weights": {"alpha": 0.1, "batch_size": 6, "max_iter": 40},
}
RUNS = [
    ("descent", "price of weights"),
    ("momentum", "short last batch"),
    ("adam", "price of weights"),
    ("adam", "short last batch"),
]
# The worst that was measured: 1.1e-15 of the largest parameter, 2.6e-15 of a loss.
CLOSE = 1e-14


class EarlyEpsilon(Adam):
    """Adam with epsilon beside the root of the mean square before its correction."""

    def __init__(self, learning_rate, epsilon):
        super().__init__(learning_rate)
        self.early, self.count = epsilon, 0

    def step(self, parameters, gradients):
        self.count += 1
        self.epsilon = self.early / np.sqrt(1 - self.beta2**self.count)
        super().step(parameters, gradients)


def optimizer(rule, factor):
    """Return ours that steps as the peer's does when its slopes are `factor` times ours."""
    rate = rule["learning_rate_init"]
    if rule["solver"] == "adam":
        return EarlyEpsilon(rate, rule["epsilon"] / factor)
    return SGD(rate * factor, rule["momentum"])


def dense_layers(net):
    return [layer for layer in net.layers if isinstance(layer, Dense)]


def peer_of(net, kind, rows, targets, **options):
    """Return scikit-learn's network after its run from the start values of ours."""
    hidden = [layer.outputs for layer in dense_layers(net)[:-1]]
    options = {"tol": 0, "n_iter_no_change": 10**6, "random_state": 3} | options
    peer = kind(hidden_layer_sizes=hidden, warm_start=True, **options)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        peer.set_params(max_iter=1).fit(rows, targets)  # makes the arrays
        for layer, weights, biases in zip(
            dense_layers(net), peer.coefs_, peer.intercepts_, strict=True
        ):
            weights[...], biases[...] = layer.weights, layer.biases
        return peer.set_params(max_iter=options["max_iter"]).fit(rows, targets)


def distance(net, peer):
    """Return the largest difference of a parameter, as a part of the largest one."""
    pairs = zip(peer.coefs_, peer.intercepts_, strict=True)
    theirs = np.concatenate([part.ravel() for pair in pairs for part in pair])
    return np.abs(net.parameters - theirs).max() / np.abs(theirs).max()


def network(activation, outputs):
    return Network([Dense(3, 5), *activation, Dense(5, 4), *activation, Dense(4, outputs)], rng=2)


@pytest.mark.parametrize(("rule", "batches"), RUNS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_two_hundred_steps(task, activation, rule, batches):
    kind, loss, targets, outputs = task
    rule, batches = RULES[rule], BATCHES[batches]
    net, factor = network(ACTIVATIONS[activation], outputs), FACTOR[loss](outputs)
    peer = peer_of(net, kind, X, targets, activation=activation, shuffle=False, **rule, **batches)
    size, epochs = batches["batch_size"], batches["max_iter"]
    history = train(
        net,
        X,
        targets,
        loss,
        optimizer(rule, factor),
        epochs=epochs,
        batch_size=size,
        shuffle=False,
        l2=batches["alpha"] / (2 * size * factor),
    )
    assert distance(net, peer) < CLOSE
    # With several numbers a row, its slopes of the squares are not those of its loss.
    if not (kind is MLPRegressor and outputs > 1):
        ours = np.multiply(history.loss, factor)
        np.testing.assert_allclose(ours, peer.loss_curve_[-epochs:], rtol=CLOSE)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_shuffled_rows(rule):
    kind, loss, targets, outputs = TASKS["three classes"]
    net, batches = network(ACTIVATIONS["tanh"], outputs), BATCHES["short last batch"]
    peer = peer_of(net, kind, X, targets, activation="tanh", **rule, **batches)
    ours, order, rng = optimizer(rule, 1), np.arange(len(X)), np.random.RandomState(3)
    options = {"epochs": 1, "batch_size": batches["batch_size"], "shuffle": False}
    for _ in range(batches["max_iter"]):
        order = shuffle(order, random_state=rng)
        train(net, X[order], targets[order], loss, ours, **options)
    assert distance(net, peer) < CLOSE


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_predictions(task):
    kind, loss, targets, outputs = task
    net = network(ACTIVATIONS["relu"], outputs)
    peer = peer_of(net, kind, X, targets, **RULES["descent"], **BATCHES["price of weights"])
    for layer, weights, biases in zip(
        dense_layers(net), peer.coefs_, peer.intercepts_, strict=True
    ):
        layer.weights[...], layer.biases[...] = weights, biases
    raw = net.predict(X)
    if kind is MLPRegressor:
        np.testing.assert_allclose(raw.squeeze(), peer.predict(X), rtol=0, atol=CLOSE)
    elif loss is cross_entropy:
        np.testing.assert_allclose(softmax(raw), peer.predict_proba(X), rtol=0, atol=CLOSE)
    else:
        shares = peer.predict_proba(X)
        np.testing.assert_allclose(sigmoid(raw), shares[:, -outputs:], rtol=0, atol=CLOSE)
