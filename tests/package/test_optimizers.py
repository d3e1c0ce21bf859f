"""The rules of descent: one step, in place."""

import copy
import pickle

import numpy as np
import pytest

from neuralnet import SGD, Adam, Scheduled, cosine, mean_squared_error, train
from neuralnet.optimizers import Optimizer
from tests.package.tools import X, Y, network, refusal

RULES = {
    "descent": lambda: SGD(0.1),
    "momentum": lambda: SGD(0.1, momentum=0.9),
    "adam": lambda: Adam(0.1),
    "scheduled": lambda: Scheduled(SGD(0.1, momentum=0.9), cosine, 20),
}
# Gradients of both signs at 2 parameters in 6 steps.
GRADIENTS = np.random.default_rng(5).normal(size=(6, 2))


@pytest.mark.parametrize("rule", [Optimizer, SGD])
def test_step_subtracts_the_rate_times_the_gradient_in_place(rule):
    parameters, gradients = np.array([1.0, 2.0, -3.0]), np.array([4.0, -8.0, 0.0])
    same = parameters
    assert rule(0.25).step(parameters, gradients) is None
    assert same.tolist() == [0, 4, -3]
    assert gradients.tolist() == [4, -8, 0]


def test_each_step_starts_where_the_last_one_ended():
    optimizer, parameters = SGD(0.5), np.array([8.0])
    for _ in range(3):
        optimizer.step(parameters, parameters.copy())
    assert parameters.tolist() == [1]


def test_step_keeps_the_precision():
    parameters = np.ones(3, dtype=np.float32)
    SGD(0.1).step(parameters, parameters.copy())
    assert parameters.dtype == np.float32


@pytest.mark.parametrize("rate", [0, -0.1, np.nan, np.inf, "0.1", None], ids=repr)
def test_learning_rate_is_a_number_above_zero(rate):
    assert refusal(SGD, rate) == (
        f"learning_rate is {rate!r}, but it must be a number above zero, as 0.1 is"
    )


def test_learning_rate_is_kept_as_a_plain_float():
    assert type(SGD(np.float32(0.5)).learning_rate) is float
    assert SGD(1).learning_rate == 1.0


@pytest.mark.parametrize("value", [-0.1, 1, 1.5, np.nan, "0.9", None], ids=repr)
def test_what_is_kept_is_a_share(value):
    for name, rule in {"momentum": SGD, "beta1": Adam, "beta2": Adam}.items():
        assert refusal(rule, 0.1, **{name: value}) == (
            f"{name} is {value!r}, but it must be a number from 0 to less than 1"
        )


@pytest.mark.parametrize("value", [0, -1e-8, np.nan, "1e-8"], ids=repr)
def test_epsilon_is_a_number_above_zero(value):
    assert refusal(Adam, epsilon=value) == (
        f"epsilon is {value!r}, but it must be a number above zero, as 0.1 is"
    )


def test_adam_begins_with_the_numbers_that_its_paper_recommends():
    rule = Adam()
    numbers = rule.learning_rate, rule.beta1, rule.beta2, rule.epsilon
    assert numbers == (0.001, 0.9, 0.999, 1e-8)


def test_velocity_is_a_share_of_the_last_one_and_the_gradient():
    rule, parameters = SGD(0.5, momentum=0.25), np.zeros(1)
    ends = []
    for gradient in (8.0, 4.0, 0.0):
        rule.step(parameters, np.array([gradient]))
        ends.append(parameters.item())
    assert ends == [-4, -4 - 0.5 * (0.25 * 8 + 4), -7 - 0.5 * 0.25 * 6]


@pytest.mark.parametrize("epsilon", [1e-8, 0.5])
def test_adam_divides_mean_gradients_by_roots_of_mean_squares(epsilon):
    rule = Adam(0.3, beta1=0.6, beta2=0.8, epsilon=epsilon)
    parameters = np.array([1.0, -2.0])
    followed = parameters.copy()
    mean = square = np.zeros(2)
    for step, gradient in enumerate(GRADIENTS, start=1):
        mean, square = 0.6 * mean + 0.4 * gradient, 0.8 * square + 0.2 * gradient**2
        unbiased = mean / (1 - 0.6**step), square / (1 - 0.8**step)
        followed -= 0.3 * unbiased[0] / (np.sqrt(unbiased[1]) + epsilon)
        rule.step(parameters, gradient)
        np.testing.assert_allclose(parameters, followed, rtol=1e-12)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule_forgets_one_vector_over_another(rule):
    used, first, second = rule(), np.zeros(2), np.zeros(2)
    for gradient in GRADIENTS:
        used.step(first, gradient)
    for gradient in GRADIENTS:
        used.step(second, gradient)
    assert second.tolist() == first.tolist() != [0, 0]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_steps_of_a_training_and_steps_by_hand_remember_the_same(rule):
    net, twin, used, other = network(), network(), rule(), rule()

    def step(net, optimizer):
        _, gradient = net.loss_and_gradient(X, Y, mean_squared_error)
        optimizer.step(net.parameters, gradient)

    for _ in range(4):
        train(net, X, Y, mean_squared_error, used, epochs=2)
        step(net, used)
        for _ in range(3):
            step(twin, other)
        np.testing.assert_allclose(net.parameters, twin.parameters, rtol=1e-11)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule_follows_the_one_vector_of_a_network_whatever_is_assigned_to_it(rule):
    net, used = network(), rule()
    train(net, X, Y, mean_squared_error, used, epochs=3)
    memory = {name: np.copy(value) for name, value in vars(used).items() if name[0] != "_"}
    net.parameters = np.zeros(net.parameters.shape)
    used.follow(net.parameters)
    for name, value in memory.items():
        np.testing.assert_array_equal(vars(used)[name], value)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "descent"])
def test_reset_begins_anew(rule):
    used, fresh, one, other = RULES[rule](), RULES[rule](), np.zeros(2), np.zeros(2)
    for gradient in GRADIENTS:
        used.step(one, gradient)
    one[...] = 0
    used.reset(one)
    for gradient in GRADIENTS:
        used.step(one, gradient)
        fresh.step(other, gradient)
    assert one.tolist() == other.tolist()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
@pytest.mark.parametrize(
    "duplicate",
    [copy.deepcopy, lambda pair: pickle.loads(pickle.dumps(pair))],
    ids=["copy", "pickle"],
)
def test_network_and_rule_that_are_copied_together_go_on_as_before(rule, duplicate):
    def learn(net, optimizer):
        train(net, X, Y, mean_squared_error, optimizer, epochs=5)

    pair = network(), rule()
    learn(*pair)
    twins = duplicate(pair)
    learn(*pair)
    learn(*twins)
    assert twins[0].parameters.tolist() == pair[0].parameters.tolist()


@pytest.mark.parametrize(
    ("optimizer", "shown"),
    [
        (SGD(0.1), "SGD(0.1)"),
        (SGD(0.1, momentum=0.9), "SGD(0.1, momentum=0.9)"),
        (Adam(), "Adam(0.001, beta1=0.9, beta2=0.999, epsilon=1e-08)"),
    ],
)
def test_shows_its_settings(optimizer, shown):
    assert repr(optimizer) == shown
