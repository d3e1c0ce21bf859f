"""The share of rows in the right class."""

import numpy as np
import pytest

from neuralnet import (
    Dense,
    Network,
    ReLU,
    Sigmoid,
    Standardize,
    Tanh,
    accuracy,
    binary_cross_entropy,
    train,
)
from neuralnet.layers import Layer
from neuralnet.optimizers import SGD
from tests.package.tools import refusal

ROWS = np.array([[0.0], [0.25], [0.5], [0.75], [1.0]])


def passing_on(*last):
    """Return a network whose one output is its input, or what the last layers make of it."""
    net = Network([Dense(1, 1), *last])
    net.parameters = [1, 0]
    return net


def three_classes():
    """Return a network that prefers class 0 below 0.4, class 1 up to 0.6 and class 2 above."""
    net = Network([Dense(1, 3)])
    net.layers[0].weights = [[0, 1, 2]]
    net.layers[0].biases = [0, -0.4, -1]
    return net


# Where class 1 begins


def test_answer_of_a_sigmoid_above_one_half_is_class_1():
    net = passing_on(Sigmoid())
    assert accuracy(net, ROWS - 0.5, [0, 0, 0, 1, 1]) == 1
    assert accuracy(net, ROWS - 0.5, [0, 0, 1, 1, 1]) == 0.8
    assert accuracy(net, ROWS - 0.5, [1, 1, 1, 0, 0]) == 0


def test_raw_output_above_zero_is_class_1():
    assert accuracy(passing_on(), ROWS - 0.5, [0, 0, 0, 1, 1]) == 1
    assert accuracy(passing_on(), ROWS - 0.5, [0, 0, 1, 1, 1]) == 0.8
    assert accuracy(passing_on(), ROWS - 0.5, [1, 1, 1, 0, 0]) == 0


def test_classes_are_those_of_the_probability_that_the_loss_learns():
    # At a raw output of 0.25 the probability of class 1 is 0.56.
    net, labels = Network([Dense(1, 1)], rng=0), [0, 1, 1, 1, 1]
    train(net, ROWS, labels, binary_cross_entropy, SGD(10.0), epochs=2000)
    assert accuracy(net, ROWS, labels) == 1
    with_sigmoid = Network([*net.layers, Sigmoid()])
    assert accuracy(with_sigmoid, ROWS, labels) == 1
    shifted = net.predict(ROWS)[:, 0] > 0
    assert shifted.tolist() == (with_sigmoid.predict(ROWS)[:, 0] > 0.5).tolist()


def test_threshold_may_be_moved():
    assert accuracy(passing_on(), ROWS, [0, 1, 1, 1, 1], threshold=0) == 1
    assert accuracy(passing_on(), ROWS, [0, 0, 0, 0, 1], threshold=0.75) == 1
    assert accuracy(passing_on(Sigmoid()), ROWS, [0, 1, 1, 1, 1], threshold=0.5) == 1
    assert accuracy(passing_on(Sigmoid()), ROWS, [0, 0, 0, 0, 0], threshold=0.9) == 1


class Passing(Sigmoid):
    def forward(self, x):
        return x


@pytest.mark.parametrize(
    "last", [Tanh(), ReLU(), Standardize([0.5], [2.0]), Passing(), Layer()], ids=repr
)
def test_threshold_must_be_given_after_a_layer_that_does_not_tell(last):
    net = passing_on(last)
    assert refusal(accuracy, net, ROWS, [0, 0, 0, 1, 1]) == (
        f"nothing says where class 1 begins in the outputs of {last!r}: pass threshold="
    )
    threshold = net.predict([0.5])[0]
    assert accuracy(net, ROWS, [0, 0, 0, 1, 1], threshold=threshold) == 1


# Classes


def test_greatest_of_several_outputs_is_the_class():
    assert accuracy(three_classes(), ROWS, [0, 0, 1, 2, 2]) == 1
    assert accuracy(three_classes(), ROWS, [0, 0, 2, 2, 2]) == 0.8
    assert accuracy(three_classes(), ROWS, [1, 1, 0, 0, 0]) == 0


@pytest.mark.parametrize(
    "labels",
    [
        [False, False, False, True, True],
        np.array([[0], [0], [0], [1], [1]]),
        np.array([[0.0], [0.0], [0.0], [1.0], [1.0]]),
        [0.0, 0, 0, 1, 1],
        np.uint8([0, 0, 0, 1, 1]),
        np.float32([0, 0, 0, 1, 1]),
    ],
    ids=["yes and no", "a column", "a column of floats", "floats", "small numbers", "float32"],
)
def test_labels_of_one_output_may_be_of_any_kind(labels):
    assert accuracy(passing_on(), ROWS - 0.5, labels) == 1


def test_two_outputs_are_two_classes():
    net = Network([Dense(1, 2)])
    net.parameters = [0, 1, 0.6, 0]  # the second output is the larger one above 0.6
    assert accuracy(net, ROWS, [0, 0, 0, 1, 1]) == 1
    assert accuracy(net, ROWS, [0, 1, 1, 1, 1]) == 0.6


def test_answer_is_a_plain_float():
    assert type(accuracy(passing_on(), ROWS, [0, 0, 0, 1, 1])) is float
    assert type(accuracy(three_classes(), ROWS, [0, 0, 1, 2, 2])) is float


@pytest.mark.parametrize(("net", "classes"), [(passing_on(), 2), (three_classes(), 3)])
def test_one_label_for_each_row(net, classes):
    for shape in [(4,), (6,), (), (1,), (5, 1, 1), (1, 5)]:
        assert refusal(accuracy, net, ROWS, np.zeros(shape, int)) == (
            f"labels has shape {shape} and the outputs (5, {classes}): pass outputs of shape "
            "(rows, classes), at least one row, and one class number for each row"
        )


def test_labels_are_numbers_not_columns_of_yes_and_no():
    for one_hot in (np.eye(3)[[0, 0, 1, 2, 2]], np.eye(3, dtype=int)[[0, 0, 1, 2, 2]]):
        assert refusal(accuracy, three_classes(), ROWS, one_hot) == (
            "labels has a column for each class: pass labels.argmax(axis=1)"
        )
    assert refusal(accuracy, passing_on(), ROWS, np.eye(2, dtype=int)[[0, 0, 0, 1, 1]]) == (
        "labels has a column for each class: pass labels.argmax(axis=1)"
    )


NO_LABELS = {
    "minus one and one": ([-1, -1, -1, 1, 1], "int64 from -1 to 1"),
    "as floats": ([-1.0, -1, -1, 1, 1], "float64 such as -1.0"),
    "one and two": ([1, 1, 1, 2, 2], "int64 from 1 to 2"),
    "pixels": (np.uint8([0, 0, 0, 255, 255]), "uint8 from 0 to 255"),
    "targets of a regression": ([0.5, 0.25, 1.0, 0.0, 2.5], "float64 such as 0.5"),
    "text": (["no", "no", "no", "yes", "yes"], "<U3 such as 'no'"),
    "digits as text": (["0", "0", "0", "1", "1"], "<U1 such as '0'"),
    "a missing one": ([0, 0, 0, 1, None], "object such as 0"),
    "not a number": ([0, 0, 0, 1, np.nan], "float64 such as 0.0"),
    "objects": (np.array([0, 0, 0, 1, 1], object), "object such as 0"),
}


@pytest.mark.parametrize(("labels", "found"), NO_LABELS.values(), ids=NO_LABELS)
def test_other_labels_of_one_output_are_refused(labels, found):
    assert refusal(accuracy, passing_on(), ROWS, labels) == (
        "labels must be whole numbers from 0 to 1, one for each class: these are "
        f"{found}: number them, classes, labels = np.unique(labels, return_inverse=True)"
    )


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ([1, 1, 2, 3, 3], "int64 from 1 to 3"),
        ([-1, 0, 1, 2, 2], "int64 from -1 to 2"),
        ([0.0, 0, 1, 2, 2], "float64 such as 0.0"),
        ([True, False, True, False, True], "bool such as True"),
        (["a", "a", "b", "c", "c"], "<U1 such as 'a'"),
    ],
    ids=repr,
)
def test_other_labels_of_several_outputs_are_refused(labels, found):
    assert refusal(accuracy, three_classes(), ROWS, labels) == (
        "labels must be whole numbers from 0 to 2, one for each class: these are "
        f"{found}: number them, classes, labels = np.unique(labels, return_inverse=True)"
    )


def test_remedy_for_other_labels_works():
    _, labels = np.unique(["no", "no", "no", "yes", "yes"], return_inverse=True)
    assert accuracy(passing_on(), ROWS - 0.5, labels) == 1


# Rows


def test_rows_are_a_table():
    assert refusal(accuracy, passing_on(), ROWS[0], [1]).startswith("X has shape (1,), but ")
    assert refusal(accuracy, passing_on(), ROWS[:0], []).startswith("X has shape (0, 1), but ")


def test_missing_values_are_refused():
    assert refusal(accuracy, passing_on(), ROWS, None).startswith("labels is None: pass")
    said = refusal(accuracy, passing_on(), [*ROWS[:4], [np.inf]], [0, 0, 0, 1, 1])
    assert said.startswith("X holds inf at index [4, 0]: ")


@pytest.mark.parametrize("threshold", [np.nan, np.inf, -np.inf, "a", True, [0.5]], ids=str)
def test_threshold_is_a_number(threshold):
    net = Network([Dense(2, 1)], rng=0)
    said = refusal(accuracy, net, np.ones((2, 2)), [0, 1], threshold=threshold)
    assert said.startswith("threshold is ")
    assert said.endswith(", but it must be a number")
