"""One neuron before and after one step: its start values, the step, what leaves it unchanged."""

import numpy as np
import pytest

from neuralnet import Neuron

TABLE = np.array([[1.66, 1.56], [2.0, 1.5], [-0.5, 3.0]])
TARGETS = np.array([1.0, 0.0, 1.0])


def state(neuron):
    """Return the neuron's numbers, bit for bit."""
    return neuron.weights.tobytes(), float(neuron.bias).hex()


def test_start_values_are_a_weight_for_each_input_and_a_plain_float():
    neuron = Neuron(3, rng=0)
    assert neuron.weights.shape == (3,)
    assert neuron.weights.dtype == float
    assert type(neuron.bias) is float


def test_seed_makes_the_same_neuron_each_time():
    assert state(Neuron(3, rng=7)) == state(Neuron(3, rng=7))
    assert state(Neuron(3, rng=7)) == state(Neuron(3, rng=np.random.default_rng(7)))
    assert state(Neuron(3, rng=7)) != state(Neuron(3, rng=8))


def test_without_a_seed_every_neuron_is_another():
    assert state(Neuron(3)) != state(Neuron(3))


def test_shared_generator_goes_on_from_neuron_to_neuron():
    rng = np.random.default_rng(7)
    assert state(Neuron(3, rng=rng)) != state(Neuron(3, rng=rng))


def test_start_values_are_drawn_from_the_bell_curve():
    neuron = Neuron(10_000, rng=0)
    assert neuron.weights.mean() == pytest.approx(0, abs=0.04)
    assert neuron.weights.std() == pytest.approx(1, abs=0.04)
    biases = [Neuron(1, rng=seed).bias for seed in range(1000)]
    assert np.mean(biases) == pytest.approx(0, abs=0.1)
    assert np.std(biases) == pytest.approx(1, abs=0.1)


def test_repr_shows_the_numbers():
    neuron = Neuron(2)
    neuron.weights, neuron.bias = np.array([1.45, -0.66]), 0.0
    assert repr(neuron) == "Neuron(weights=[1.45, -0.66], bias=0.0)"


def test_one_row_is_answered_with_a_plain_float_and_many_with_an_array():
    neuron = Neuron(2, rng=0)
    assert type(neuron.predict(TABLE[0])) is float
    assert neuron.predict(TABLE).shape == (3,)
    assert neuron.predict(np.empty((0, 2))).shape == (0,)


@pytest.mark.parametrize(("x", "target"), [(TABLE[0], 1.0), (TABLE, TARGETS)])
def test_step_is_minus_rate_times_gradient(x, target):
    neuron = Neuron(2, rng=1)
    weights, bias = neuron.weights.copy(), neuron.bias
    d_weights, d_bias = neuron.gradient(x, target)
    neuron.learn(x, target, 0.3)
    assert neuron.weights.tolist() == (weights - 0.3 * d_weights).tolist()
    assert neuron.bias == bias - 0.3 * d_bias


def test_step_makes_the_error_smaller():
    neuron = Neuron(2, rng=1)
    before = neuron.predict(TABLE[1])
    neuron.learn(TABLE[1], 0, 0.1)
    assert neuron.predict(TABLE[1]) < before


def test_step_is_taken_in_place():
    neuron = Neuron(2, rng=1)
    weights, before = neuron.weights, neuron.weights.copy()
    assert neuron.learn(TABLE[0], 1, 0.3) is None
    assert neuron.weights is weights
    assert (weights != before).all()


def test_yes_no_and_whole_numbers_are_targets_too():
    neuron = Neuron(2, rng=1)
    expected = neuron.gradient(TABLE, TARGETS)
    for targets in ([True, False, True], [1, 0, 1], np.array([1, 0, 1], dtype=np.uint8)):
        d_weights, d_bias = neuron.gradient(TABLE, targets)
        assert d_weights.tolist() == expected[0].tolist()
        assert d_bias == expected[1]


@pytest.mark.parametrize(
    ("x", "target", "learning_rate", "named"),
    [
        ([1.0], 1, 0.1, "x"),
        ([1.0, np.nan], 1, 0.1, "x"),
        (TABLE, 1, 0.1, "targets"),
        (TABLE, TARGETS[:, None], 0.1, "targets"),
        (TABLE[0], np.inf, 0.1, "targets"),
        (TABLE, TARGETS, 0, "learning_rate"),
        (TABLE, TARGETS, -0.1, "learning_rate"),
        (TABLE, TARGETS, np.nan, "learning_rate"),
        (TABLE, TARGETS, "0.1", "learning_rate"),
        (TABLE, TARGETS, [0.1], "learning_rate"),
    ],
)
def test_refused_step_leaves_the_neuron_as_it_was(x, target, learning_rate, named):
    neuron = Neuron(2, rng=1)
    before = state(neuron)
    with pytest.raises(ValueError, match=f"^{named} "):
        neuron.learn(x, target, learning_rate)
    assert state(neuron) == before


@pytest.mark.parametrize("learning_rate", [np.float32(0.25), np.float64(0.25), np.int64(1), 1])
def test_bias_stays_a_plain_float_whatever_the_kind_of_the_rate(learning_rate):
    neuron, expected = Neuron(2, rng=1), Neuron(2, rng=1)
    neuron.learn(TABLE, TARGETS, learning_rate)
    expected.learn(TABLE, TARGETS, float(learning_rate))
    assert type(neuron.bias) is float
    assert state(neuron) == state(expected)
