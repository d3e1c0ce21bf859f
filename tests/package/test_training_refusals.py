"""What training refuses, before it changes anything."""

import numpy as np
import pytest

from neuralnet import (
    SGD,
    binary_cross_entropy,
    cross_entropy,
    evaluate,
    mean_squared_error,
    train,
)
from tests.package.tools import X, Y, network, refusal

BAD_LABELS = np.array([0, 1, 2, 0, 1, 2, 0, 1, 2, 3])  # the last one is too large for 3 classes


def run(net, loss=mean_squared_error, rate=0.1, X=X, y=Y, **options):
    return train(net, X, y, loss, SGD(rate), **{"epochs": 5} | options)


def with_last(values, last):
    """Return the values with another one at the end."""
    values = values.copy()
    values.flat[-1] = last
    return values


NOT_FITTING = {
    "features": ({"X": X[:, :1]}, "X has shape (10, 1), but there is one weight for each of 2"),
    "one row": ({"X": X[0]}, "X has shape (2,), but a table"),
    "no row": ({"X": X[:0]}, "X has shape (0, 2), but a table"),
    "missing": ({"X": with_last(X, np.nan)}, "X holds nan at index [9, 1]: drop"),
    "infinite": ({"y": with_last(Y, np.inf)}, "y holds inf at index [9]: drop"),
    "rows": ({"y": Y[:9]}, "X has shape (10, 2) and y has shape (9, 1): there must be one"),
    "columns": ({"y": X}, "y has shape (10, 2): make it of shape (10, 1)"),
    "epochs": ({"epochs": 0}, "epochs is 0, but it must be a whole number"),
    "part of an epoch": ({"epochs": 2.5}, "epochs is 2.5, but it must be a whole number"),
    "batch size": ({"batch_size": 0}, "batch_size is 0, but it must be a whole number"),
    "negative penalty": ({"l2": -0.1}, "l2 is -0.1, but it must be zero or a number above it"),
    "penalty as text": ({"l2": "0.1"}, "l2 is '0.1', but it must be zero or a number above it"),
    "patience": (
        {"patience": 0, "validation": (X, Y)},
        "patience is 0, but it must be a whole number",
    ),
    "patience alone": (
        {"patience": 3},
        "patience needs validation=(X, y), rows on which to see no progress",
    ),
    "penalty as yes": ({"l2": True}, "l2 is True, but it must be zero or a number above it"),
    "shuffle as a number": ({"shuffle": 1}, "shuffle is 1, but it must be True or False"),
    "a single target": ({"y": 1.0}, "X has shape (10, 2) and y has shape (): there must be one"),
    "no targets": ({"y": None}, "y is None: pass an array of numbers"),
    "validation as a share": ({"validation": 0.2}, "validation is 0.2, but it must be rows and"),
    "validation without targets": ({"validation": (X,)}, "validation is (array("),
    "validation as a table": ({"validation": X[:2]}, "validation is array("),
    "validation features": ({"validation": (X[:, :1], Y)}, "X has shape (10, 1), but there is one"),
    "validation rows": (
        {"validation": (X, Y[:9])},
        "X has shape (10, 2) and y has shape (9, 1): there must be one",
    ),
    "validation targets": ({"validation": (X, X)}, "y has shape (10, 2): make it of shape (10, 1)"),
    "no validation targets": ({"validation": (X, None)}, "y is None: pass an array of numbers"),
}


@pytest.mark.parametrize(("options", "said"), NOT_FITTING.values(), ids=NOT_FITTING)
def test_refused_run_leaves_the_network_as_it_was(options, said):
    net = network()
    before = net.parameters.tolist()
    assert refusal(run, net, **options).startswith(said)
    assert net.parameters.tolist() == before


@pytest.mark.parametrize("shape", [(10,), (10, 1), (10, 3)])
def test_targets_do_not_fit_two_outputs(shape):
    said = refusal(run, network(outputs=2), y=np.ones(shape))
    assert said == f"y has shape {shape}: make it of shape (10, 2)"


@pytest.mark.parametrize(
    "options",
    [
        {"y": BAD_LABELS, "batch_size": 2, "shuffle": False},
        {"y": BAD_LABELS % 3, "validation": (X, BAD_LABELS)},
    ],
    ids=["rows of the last batch", "validation"],
)
def test_labels_are_refused_before_the_first_step(options):
    net = network(outputs=3)
    before = net.parameters.tolist()
    said = refusal(run, net, cross_entropy, **options)
    assert said.startswith("y must be whole numbers from 0 to 2, one for each class: ")
    assert net.parameters.tolist() == before


def test_yes_or_no_answers_are_refused_before_the_first_step():
    net, answers = network(), with_last(np.zeros(10), 2.0)
    before = net.parameters.tolist()
    said = refusal(run, net, binary_cross_entropy, y=answers, batch_size=2, shuffle=False)
    assert said == "y holds numbers from 0.0 to 2.0: write 0 for no and 1 for yes"
    assert net.parameters.tolist() == before


def test_evaluation_refuses_what_does_not_fit():
    said = refusal(evaluate, network(), X, Y[:3], mean_squared_error)
    assert said.startswith("X has shape (10, 2) and y has shape (3, 1): there must be one target")
    assert refusal(evaluate, network(), X[:, :1], Y, mean_squared_error).startswith("X has shape")
