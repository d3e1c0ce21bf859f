"""What the package says to arguments that do not fit: what it got, and the remedy."""

import datetime
from fractions import Fraction

import numpy as np
import pytest

from neuralnet import Neuron, checks, sum_squared_error
from neuralnet.datasets import eight_points
from tests.package.tools import refusal

NO_NUMBERS = {
    "text": ["a", "b"],
    "numbers written as text": ["1", "2"],
    "text among numbers": [1.0, "2"],
    "bytes": [b"1", b"2"],
    "text in an array of objects": np.array([1.0, "2"], object),
    "bytes in an array of objects": np.array([1.0, b"2"], object),
    "complex numbers": [1j, 2.0],
    "a complex array": np.array([1j, 2.0]),
    "dates": np.array(["2020-01-01", "2020-01-02"], dtype="datetime64[D]"),
    "time spans": np.array([1, 2], dtype="timedelta64[D]"),
    "date objects": [datetime.date(2020, 1, 1), datetime.date(2020, 1, 2)],
    "a dictionary": {"size": 1.0, "age": 2.0},
    "a set": {1.0, 2.0},
    "a generator": (number for number in (1.0, 2.0)),
    "ragged rows": [[1.0, 2.0], [3.0]],
    "a number too large for a float": [10**400, 1],
}


def train(X=None, targets=None, **options):
    """Train a neuron of two inputs, with the eight points unless told otherwise."""
    points, classes = eight_points()
    X = points if X is None else X
    targets = classes if targets is None else targets
    return Neuron(2, rng=0).train(X, targets, **{"learning_rate": 0.1, "steps": 1} | options)


# Arguments of x


@pytest.mark.parametrize("shape", [(), (0,), (1,), (3,), (3, 1), (2, 3), (2, 2, 2)])
def test_row_that_does_not_fit_the_weights(shape):
    said = (
        f"x has shape {shape}, but there is one weight for each of 2 features: "
        "pass one row of shape (2,) or many of shape (rows, 2)"
    )
    neuron = Neuron(2, rng=0)
    assert refusal(neuron.predict, np.ones(shape)) == said
    assert refusal(neuron.gradient, np.ones(shape), 1) == said
    assert refusal(neuron.learn, np.ones(shape), 1, 0.1) == said


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_value_that_is_missing_or_infinite(value):
    said = refusal(Neuron(2, rng=0).predict, [[1.0, 2.0], [3.0, value]])
    assert said == (
        f"x holds {value} at index [1, 1]: drop or fill missing values before you hand them over"
    )


def test_none_counts_as_missing():
    said = refusal(Neuron(2, rng=0).predict, [1.0, None])
    assert said.startswith("x holds nan at index [1]: drop or fill")


def test_first_missing_value_is_named():
    said = refusal(Neuron(2, rng=0).predict, [[1.0, 2.0], [np.inf, 4.0], [np.nan, 0.0]])
    assert said.startswith("x holds inf at index [1, 0]: ")


def test_missing_single_number_has_no_index():
    said = refusal(Neuron(2, rng=0).gradient, [1.0, 2.0], np.nan)
    assert said == "targets holds nan: drop or fill missing values before you hand them over"


@pytest.mark.parametrize("values", NO_NUMBERS.values(), ids=NO_NUMBERS)
def test_what_is_not_made_of_plain_numbers(values):
    remedy = ": convert it to plain numbers, in rows of one length, before you hand it over"
    neuron = Neuron(2, rng=0)
    for name, said in {
        "x": refusal(neuron.predict, values),
        "targets": refusal(neuron.gradient, np.ones((2, 2)), values),
        "X": refusal(train, values),
        "predictions": refusal(sum_squared_error, values, [1.0, 2.0]),
    }.items():
        assert said.startswith(f"{name} is no array of numbers (")
        assert said.endswith(remedy)
    said = refusal(sum_squared_error, [1.0, 2.0], values)
    assert said.startswith("targets is no array of numbers (")
    assert said.endswith(remedy)


class Talkative:
    def __float__(self):
        raise ValueError("n" * 1000)


def test_long_reason_is_cut():
    said = refusal(checks.check_array, "x", np.array([Talkative()], object))
    assert said.startswith(f"x is no array of numbers ({'n' * 200}): convert it to plain numbers")


@pytest.mark.parametrize(
    "row",
    [[1, 2], (1, 2), [True, 2], np.float32([1, 2]), np.uint8([1, 2]), [Fraction(1), Fraction(2)]],
    ids=repr,
)
def test_every_kind_of_real_number_is_taken(row):
    neuron = Neuron(2, rng=0)
    assert neuron.predict(row) == neuron.predict([1.0, 2.0])


# Targets


def test_target_of_one_row_is_a_single_number():
    said = "targets has shape (1,), but inputs of shape (2,) need one target a row: "
    assert refusal(Neuron(2, rng=0).gradient, [1, 2], [1]) == said + "pass a single number"


@pytest.mark.parametrize("shape", [(), (1,), (2,), (3, 1), (1, 3)])
def test_targets_of_many_rows_are_one_a_row(shape):
    said = f"targets has shape {shape}, but inputs of shape (3, 2) need one target a row: "
    neuron = Neuron(2, rng=0)
    assert refusal(neuron.gradient, np.ones((3, 2)), np.ones(shape)) == said + "pass shape (3,)"


def test_missing_target_is_named_by_its_index():
    said = refusal(train, targets=[0, 1, 0, None, 0, 1, 1, 0])
    assert said.startswith("targets holds nan at index [3]: drop or fill")


def test_targets_of_a_run_are_one_a_row():
    assert refusal(train, targets=np.ones((8, 1))) == (
        "targets has shape (8, 1), but inputs of shape (8, 2) need one target a row: "
        "pass shape (8,)"
    )


@pytest.mark.parametrize("wrong", [2, -1, 255, 1.0000001, -1e-300])
@pytest.mark.parametrize("kind", [list, np.array])
def test_targets_of_a_neuron_are_from_no_to_yes(wrong, kind):
    targets = kind([0, 1, 0, wrong, 0, 1, 1, 0])
    least, most = float(min(0, wrong)), float(max(1, wrong))
    neuron, (points, _) = Neuron(2, rng=0), eight_points()
    before = repr(neuron)
    for said in (
        refusal(neuron.gradient, points, targets),
        refusal(neuron.learn, points, targets, 0.1),
        refusal(neuron.train, points, targets, learning_rate=0.1, steps=1),
    ):
        assert said == f"targets holds numbers from {least} to {most}: write 0 for no and 1 for yes"
    assert refusal(neuron.gradient, points[0], wrong).startswith("targets holds numbers from ")
    assert repr(neuron) == before


# The table


@pytest.mark.parametrize("shape", [(2,), (0, 2)])
def test_training_needs_a_table_of_rows(shape):
    assert refusal(train, np.ones(shape)) == (
        f"X has shape {shape}, but a table of at least one row is needed: pass shape (rows, 2)"
    )


def test_table_that_does_not_fit_the_weights():
    assert refusal(train, np.ones((8, 3))).startswith("X has shape (8, 3), but there is one weight")


# Single numbers


@pytest.mark.parametrize(
    "rate",
    [0, 0.0, -0.1, np.nan, np.inf, "0.1", None, 1j, [0.1], np.array([0.1, 0.2]), True, np.True_],
    ids=repr,
)
def test_learning_rate_is_a_number_above_zero(rate):
    said = f"learning_rate is {rate!r}, but it must be a number above zero, as 0.1 is"
    assert refusal(Neuron(2, rng=0).learn, [1, 2], 1, rate) == said
    assert refusal(train, learning_rate=rate) == said


@pytest.mark.parametrize("rate", [5e-324, 1, 1e308, np.float32(0.5), Fraction(1, 2)], ids=repr)
def test_positive_number_comes_back_as_a_float(rate):
    ready = checks.positive("learning_rate", rate)
    assert type(ready) is float
    assert ready == rate


@pytest.mark.parametrize(
    "count",
    [0, -1, 0.5, 2.5, np.nan, np.inf, "3", "a", None, 1j, [3], np.array([1, 2]), True, np.True_],
    ids=repr,
)
def test_count_is_a_whole_number_above_zero(count):
    said = f"is {count!r}, but it must be a whole number above zero"
    assert refusal(Neuron, count) == f"inputs {said}"
    assert refusal(train, steps=count) == f"steps {said}"
    assert refusal(train, record_every=count) == f"record_every {said}"


@pytest.mark.parametrize("check", [checks.positive_int, checks.non_negative_int])
@pytest.mark.parametrize("count", [1, 2.0, np.int64(3), np.float64(4)], ids=repr)
def test_whole_number_comes_back_as_an_int(check, count):
    ready = check("steps", count)
    assert type(ready) is int
    assert ready == count


@pytest.mark.parametrize("shape", [(4, 6, 2), [4.0, 6, np.int8(2)], np.array([4, 6, 2])], ids=repr)
def test_shape_of_a_picture_is_three_numbers_in_a_row(shape):
    ready = checks.picture_shape("shape", shape)
    assert ready == (4, 6, 2)
    assert {type(number) for number in ready} == {int}


@pytest.mark.parametrize("shape", [np.ones((3, 1)), np.array(28), {28, 27, 1}, 28, None], ids=repr)
def test_what_is_no_row_of_numbers_is_no_shape_of_a_picture(shape):
    said = refusal(checks.picture_shape, "shape", shape)
    assert "but it must be (height, width, channels): pass three whole numbers above zero" in said


@pytest.mark.parametrize("check", [checks.number, checks.non_negative, checks.fraction])
@pytest.mark.parametrize("value", [0, np.float32(0.5), Fraction(1, 2), np.int8(0)])
def test_part_comes_back_as_a_float(check, value):
    assert check("value", value) == value
    assert type(check("value", value)) is float


@pytest.mark.parametrize("check", [checks.non_negative, checks.fraction])
@pytest.mark.parametrize("value", [True, False, np.True_, "0.5", None, -0.1, np.nan, [0.5], 1j])
def test_what_is_no_number_or_below_zero_is_no_part(check, value):
    assert refusal(check, "value", value).startswith(f"value is {value!r}, but it must be ")


@pytest.mark.parametrize("value", [True, False, np.True_, np.False_], ids=repr)
def test_yes_or_no_comes_back_as_a_bool(value):
    assert type(checks.boolean("value", value)) is bool
    assert checks.boolean("value", value) == value


@pytest.mark.parametrize("value", [0, 1, "yes", None, 1.0, [True]], ids=repr)
def test_other_values_are_neither_yes_nor_no(value):
    assert refusal(checks.boolean, "value", value) == (
        f"value is {value!r}, but it must be True or False"
    )


def test_gradient_of_a_loss_in_the_right_precision_is_not_copied():
    gradient = np.ones((3, 1))
    answer = checks.check_loss_and_gradient((1.0, gradient), np.zeros((3, 1)))
    assert answer[1] is gradient


def test_sum_of_the_numbers_may_be_too_large_for_a_float():
    assert checks.check_array("x", [1e308, 1e308]).tolist() == [1e308, 1e308]


def test_infinities_that_make_no_sum_are_named():
    assert refusal(checks.check_array, "x", [np.inf, -np.inf]).startswith(
        "x holds inf at index [0]: "
    )


class Wordy:
    """A function that says much of itself, in many lines."""

    def __call__(self, done):
        return 1.0

    def __repr__(self):
        return "Wordy(\n" + 50 * "    1,\n" + ")"


def test_name_of_an_object_that_is_called_is_a_short_line():
    assert checks.name_of(Wordy.__repr__) == "__repr__"
    name = checks.name_of(Wordy())
    assert name.startswith("Wordy( 1, 1")
    assert len(name) <= 80
