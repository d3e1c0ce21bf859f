"""The two cross-entropies: their values, their gradients and what they refuse."""

import math

import numpy as np
import pytest

from neuralnet import binary_cross_entropy, cross_entropy, sigmoid, softmax
from neuralnet.losses import one_hot
from tests.package.tools import gradient_by_differences, refusal

Z = np.random.default_rng(8).normal(scale=2, size=(4, 3))
ANSWERS = np.array([[1, 0, 0], [0, 1, 1], [1, 1, 1], [0, 0, 0]], dtype=float)
LABELS = np.array([2, 0, 0, 1])
REMEDY = "number them, classes, labels = np.unique(labels, return_inverse=True)"


def plain_binary(z, target):
    """Average -log of the probability of the right answers, in Python's own floats."""
    surprises = []
    for number, yes in zip(np.ravel(z).tolist(), np.ravel(target).tolist(), strict=True):
        probability = 1 / (1 + math.exp(-number))
        surprises.append(-yes * math.log(probability) - (1 - yes) * math.log(1 - probability))
    return math.fsum(surprises) / len(surprises)


def plain_classes(z, labels):
    """Average -log of the probability of the right class, in Python's own floats."""
    surprises = []
    for row, label in zip(z.tolist(), labels, strict=True):
        raised = [math.exp(number) for number in row]
        surprises.append(-math.log(raised[label] / math.fsum(raised)))
    return math.fsum(surprises) / len(surprises)


# Yes or no


@pytest.mark.parametrize("targets", [ANSWERS, np.full((4, 3), 0.3)], ids=["yes-no", "shares"])
def test_binary_value_is_the_mean_surprise(targets):
    value, _ = binary_cross_entropy(Z, targets)
    assert type(value) is float
    assert value == pytest.approx(plain_binary(Z, targets), rel=1e-14)


@pytest.mark.parametrize("shape", [(12,), (12, 1), (4, 3)])
def test_binary_gradient_matches_central_differences(shape):
    z, target = Z.reshape(shape), ANSWERS.reshape(shape)
    _, gradient = binary_cross_entropy(z, target)
    numerical = gradient_by_differences(lambda values: binary_cross_entropy(values, target)[0], z)
    np.testing.assert_allclose(gradient, numerical, rtol=0, atol=1e-9)


def test_binary_gradient_is_the_mistake_in_probability():
    _, gradient = binary_cross_entropy(Z, ANSWERS)
    np.testing.assert_allclose(gradient, (sigmoid(Z) - ANSWERS) / 12, rtol=1e-14)


def test_binary_loss_without_an_opinion_is_log_2():
    value, _ = binary_cross_entropy(np.zeros((4, 3)), ANSWERS)
    assert value == pytest.approx(math.log(2), rel=1e-15)


def test_binary_loss_stays_finite_and_exact_far_out():
    z = np.array([1000.0, -1000.0, 1000.0, -1000.0])
    value, gradient = binary_cross_entropy(z, [1.0, 0.0, 0.0, 1.0])
    assert value == 500
    assert gradient.tolist() == [0, 0, 0.25, -0.25]


@pytest.mark.parametrize(
    ("z", "target"), [((3,), (3, 1)), ((3, 1), (3,)), ((3, 2), (3,)), ((3,), ())]
)
def test_binary_targets_are_not_stretched_to_fit(z, target):
    assert refusal(binary_cross_entropy, np.zeros(z), np.zeros(target)) == (
        f"targets has shape {target}, but predictions has shape {z}: "
        "reshape the targets so that the two are alike"
    )


@pytest.mark.parametrize("targets", [[-1, 1], [1, 2], [0, 255], [-1e-9, 1], [0, 1 + 1e-9]])
def test_binary_targets_lie_between_no_and_yes(targets):
    targets = np.array(targets, dtype=float)
    assert refusal(binary_cross_entropy, [0.5, 0.5], targets) == (
        f"targets holds numbers from {targets.min()} to {targets.max()}: write 0 for no and 1 "
        "for yes"
    )


def test_binary_targets_are_not_missing():
    said = refusal(binary_cross_entropy, [0.5, 0.5], [0, np.nan])
    assert said.startswith("targets holds nan at index [1]: drop")


@pytest.mark.parametrize("targets", [[True, False], [1, 0], np.uint8([1, 0])], ids=repr)
def test_binary_targets_may_be_of_any_kind(targets):
    value, gradient = binary_cross_entropy([0.5, 0.25], targets)
    expected = binary_cross_entropy([0.5, 0.25], [1.0, 0.0])
    assert (value, gradient.tolist()) == (expected[0], expected[1].tolist())


# One class of several


def test_value_is_the_mean_surprise():
    value, _ = cross_entropy(Z, LABELS)
    assert type(value) is float
    assert value == pytest.approx(plain_classes(Z, LABELS), rel=1e-14)


def test_gradient_matches_central_differences():
    _, gradient = cross_entropy(Z, LABELS)
    numerical = gradient_by_differences(lambda z: cross_entropy(z, LABELS)[0], Z)
    np.testing.assert_allclose(gradient, numerical, rtol=0, atol=1e-9)


def test_gradient_is_the_mistake_in_probability():
    _, gradient = cross_entropy(Z, LABELS)
    np.testing.assert_allclose(gradient, (softmax(Z) - np.eye(3)[LABELS]) / 4, rtol=1e-14)


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_loss_without_an_opinion_is_log_of_the_number_of_classes(classes):
    value, _ = cross_entropy(np.zeros((5, classes)), [0, 1, 0, 1, 1])
    assert value == pytest.approx(math.log(classes), rel=1e-15)


def test_loss_stays_finite_and_exact_far_out():
    value, gradient = cross_entropy([[1000.0, -1000.0], [1000.0, -1000.0]], [0, 1])
    assert value == 1000
    assert gradient.tolist() == [[0, 0], [0.5, -0.5]]


def test_two_classes_are_a_yes_or_no_question_about_the_difference():
    value, gradient = cross_entropy(Z[:, :2], ANSWERS[:, 0].astype(int))
    expected, difference = binary_cross_entropy(Z[:, 1] - Z[:, 0], ANSWERS[:, 0])
    assert value == pytest.approx(expected, rel=1e-14)
    np.testing.assert_allclose(gradient, np.column_stack([-difference, difference]), rtol=1e-13)


def test_arguments_are_left_alone():
    z, labels = Z.copy(), LABELS.copy()
    cross_entropy(z, labels)
    binary_cross_entropy(z, ANSWERS)
    assert z.tolist() == Z.tolist()
    assert labels.tolist() == LABELS.tolist()


@pytest.mark.parametrize("labels", [(4, 1), (4, 2), (3,), (5,), ()])
def test_labels_are_one_for_each_row(labels):
    assert refusal(cross_entropy, Z, np.zeros(labels, dtype=int)) == (
        f"labels has shape {labels} and the outputs (4, 3): pass outputs of shape "
        "(rows, classes), at least one row, and one class number for each row"
    )


def test_labels_are_no_columns_of_yes_and_no():
    assert refusal(cross_entropy, Z, np.eye(3)[LABELS]) == (
        "labels has a column for each class: pass labels.argmax(axis=1)"
    )


def test_column_of_labels_for_a_single_output_is_no_column_for_each_class():
    assert refusal(cross_entropy, np.zeros((3, 1)), np.zeros((3, 1), dtype=int)).startswith(
        "labels has shape (3, 1) and the outputs (3, 1): pass outputs of shape"
    )


def test_raw_outputs_are_a_table():
    assert refusal(cross_entropy, Z[0], [0, 1, 2]).startswith(
        "labels has shape (3,) and the outputs (3,): pass outputs of shape"
    )


@pytest.mark.parametrize("labels", [[0, 1, 2, 3], [0, 1, 2, -1]])
def test_labels_are_numbers_of_classes(labels):
    assert refusal(cross_entropy, Z, labels) == (
        "labels must be whole numbers from 0 to 2, one for each class: "
        f"these are int64 from {min(labels)} to {max(labels)}: {REMEDY}"
    )


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ([0.0, 1.0, 2.0, 1.0], "float64 such as 0.0"),
        ([True] * 4, "bool such as True"),
        (["cat", "dog", "cat", "dog"], "<U3 such as 'cat'"),
        ([None, 0, 1, 2], "object such as None"),
    ],
)
def test_labels_are_whole_numbers(labels, found):
    assert refusal(cross_entropy, Z, labels) == (
        f"labels must be whole numbers from 0 to 2, one for each class: these are {found}: {REMEDY}"
    )


def test_a_class_may_be_ruled_out():
    value, gradient = cross_entropy([[0.0, -np.inf, 0.0]], [2])
    assert value == pytest.approx(np.log(2))
    assert gradient.tolist() == [[0.5, 0, -0.5]]


@pytest.mark.parametrize("label", [0, 1, 2])
def test_all_labels_may_be_the_same(label):
    value, _ = cross_entropy(Z, [label] * 4)
    assert value == pytest.approx(plain_classes(Z, [label] * 4), rel=1e-14)


@pytest.mark.parametrize("dtype", [np.uint8, np.int32, np.int64])
def test_labels_may_be_whole_numbers_of_any_kind(dtype):
    assert cross_entropy(Z, LABELS.astype(dtype))[0] == cross_entropy(Z, LABELS)[0]


def test_softmax_takes_one_row_alone():
    np.testing.assert_array_equal(softmax(Z[0]), softmax(Z)[0])


def test_nothing_cannot_be_measured():
    assert refusal(binary_cross_entropy, [], []).startswith("there are no predictions: pass")
    assert refusal(cross_entropy, np.zeros((0, 3)), []).startswith("labels has shape (0,)")


def test_raw_outputs_are_numbers():
    assert refusal(cross_entropy, [["a", "b"]], [0]).startswith("z is no array of numbers (")


def test_one_hot_is_true_in_the_column_of_each_class():
    table = one_hot(np.array([2, 0, 1]), 4)
    assert table.dtype == bool
    assert table.tolist() == np.eye(4, dtype=bool)[[2, 0, 1]].tolist()
