"""The share of rows in the right class."""

import numpy as np
import pytest

from neuralnet import Dense, Network, accuracy
from tests.package.tools import refusal

ROWS = np.array([[0.0], [0.25], [0.5], [0.75], [1.0]])


def passing_on():
    """Return a network whose one output is its input."""
    net = Network([Dense(1, 1)])
    net.parameters[...] = [1, 0]
    return net


def three_classes():
    """Return a network that prefers class 0 below 0.4, class 1 up to 0.6 and class 2 above."""
    net = Network([Dense(1, 3)])
    net.layers[0].weights[...] = [[0, 1, 2]]
    net.layers[0].biases[...] = [0, -0.4, -1]
    return net


def test_one_output_above_one_half_is_class_1():
    assert accuracy(passing_on(), ROWS, [0, 0, 0, 1, 1]) == 1
    assert accuracy(passing_on(), ROWS, [0, 0, 1, 1, 1]) == 0.8
    assert accuracy(passing_on(), ROWS, [1, 1, 1, 0, 0]) == 0


def test_threshold_may_be_moved():
    assert accuracy(passing_on(), ROWS, [0, 1, 1, 1, 1], threshold=0) == 1
    assert accuracy(passing_on(), ROWS, [0, 0, 0, 0, 1], threshold=0.75) == 1


def test_greatest_of_several_outputs_is_the_class():
    assert accuracy(three_classes(), ROWS, [0, 0, 1, 2, 2]) == 1
    assert accuracy(three_classes(), ROWS, [0, 0, 2, 2, 2]) == 0.8
    assert accuracy(three_classes(), ROWS, [1, 1, 0, 0, 0]) == 0


@pytest.mark.parametrize(
    "labels",
    [[False, False, False, True, True], np.array([[0], [0], [0], [1], [1]]), [0.0, 0, 0, 1, 1]],
    ids=["yes and no", "a column", "floats"],
)
def test_labels_may_be_of_any_kind(labels):
    assert accuracy(passing_on(), ROWS, labels) == 1


def test_answer_is_a_plain_float():
    assert type(accuracy(passing_on(), ROWS, [0, 0, 0, 1, 1])) is float


@pytest.mark.parametrize("net", [passing_on(), three_classes()], ids=["one", "three"])
def test_one_label_for_each_row(net):
    assert "X has shape (5, 1) and y has shape (4" in refusal(accuracy, net, ROWS, [0, 0, 1, 1])


def test_labels_are_numbers_not_columns_of_yes_and_no():
    assert refusal(accuracy, three_classes(), ROWS, np.eye(3)[[0, 0, 1, 2, 2]]) == (
        "the target has shape (5, 3), but the prediction has shape (5,): "
        "reshape the target so that the two are alike"
    )
    assert "the target has shape (5, 2), but the prediction has shape (5, 1)" in refusal(
        accuracy, passing_on(), ROWS, np.ones((5, 2))
    )


def test_rows_are_a_table():
    assert refusal(accuracy, passing_on(), ROWS[0], [1]).startswith("X has shape (1,), but ")
    assert refusal(accuracy, passing_on(), ROWS[:0], []).startswith("X has shape (0, 1), but ")


def test_missing_values_are_refused():
    said = refusal(accuracy, passing_on(), ROWS, [0, 0, 0, 1, None])
    assert said.startswith("y holds nan at index [4]: ")
    said = refusal(accuracy, passing_on(), [*ROWS[:4], [np.inf]], [0, 0, 0, 1, 1])
    assert said.startswith("X holds inf at index [4, 0]: ")
