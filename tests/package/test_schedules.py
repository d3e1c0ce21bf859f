"""Schedules: which rate each step has, and when a run begins anew."""

import pickle
from copy import deepcopy

import numpy as np
import pytest

from neuralnet import (
    SGD,
    Adam,
    Scheduled,
    WarmUp,
    cosine,
    linear,
    mean_squared_error,
    train,
)
from neuralnet.checks import name_of
from neuralnet.optimizers import Optimizer
from tests.package.tools import X, Y, network, refusal, wrong_kind


def rates(rule, steps, parameters=None):
    """Return the rates of so many steps of descent: with gradients of 1, how far each goes."""
    parameters, found = np.zeros(1) if parameters is None else parameters, []
    for _ in range(steps):
        before = parameters.copy()
        rule.step(parameters, np.ones(1))
        found.append((before - parameters).item())
        assert rule.optimizer.learning_rate == pytest.approx(found[-1], rel=1e-12)
    return found


def three_steps(rule, parameters):
    """Return the rates and the places of three steps of any rule, from zero."""
    parameters[...], found = 0, []
    for _ in range(3):
        rule.step(parameters, np.ones(1))
        found += [rule.optimizer.learning_rate, parameters.item()]
    return found


# The factors


@pytest.mark.parametrize(
    ("schedule", "factors"),
    [
        (linear, [1, 0.75, 0.5, 0.25, 0]),
        (cosine, [1, 0.5 + 0.5**0.5 / 2, 0.5, 0.5 - 0.5**0.5 / 2, 0]),
        (WarmUp(linear, 0.5), [0, 0.5, 1, 0.5, 0]),
        (WarmUp(linear, 0.25), [0, 1, 2 / 3, 1 / 3, 0]),
        (WarmUp(lambda done: 1.0, 0.75), [0, 1 / 3, 2 / 3, 1, 1]),
        (WarmUp(cosine, 0), [1, 0.5 + 0.5**0.5 / 2, 0.5, 0.5 - 0.5**0.5 / 2, 0]),
    ],
    ids=name_of,
)
def test_factor_is_a_function_of_what_is_done(schedule, factors):
    assert [schedule(done) for done in (0, 0.25, 0.5, 0.75, 1)] == pytest.approx(factors)


def test_each_step_has_the_rate_of_its_middle():
    assert rates(Scheduled(SGD(0.1), linear, 5), 5) == pytest.approx([0.09, 0.07, 0.05, 0.03, 0.01])


def test_warm_up_rises_to_the_rate_and_the_schedule_falls_from_it():
    found = rates(Scheduled(SGD(1.0), WarmUp(linear, 0.5), 8), 8)
    assert found == pytest.approx([0.125, 0.375, 0.625, 0.875, 0.875, 0.625, 0.375, 0.125])


@pytest.mark.parametrize("schedule", [linear, cosine, WarmUp(cosine, 0.3)], ids=name_of)
def test_after_the_run_the_rate_stays_that_of_the_last_step(schedule):
    found = rates(Scheduled(SGD(0.1), schedule, 6), 9)
    assert found[5] > 0
    assert found[6:] == pytest.approx([found[5]] * 3)


def test_schedule_is_asked_once_a_step_for_a_part_of_the_run():
    asked = []

    def schedule(done):
        asked.append(done)
        return 1.0

    rates(Scheduled(SGD(0.1), schedule, 4), 5)
    assert asked == [0.125, 0.375, 0.625, 0.875, 0.875]


# The optimizer inside


def test_optimizer_that_is_handed_over_keeps_its_rate_and_its_memory():
    rule = SGD(0.1, momentum=0.5)
    three_steps(Scheduled(rule, linear, 3), np.zeros(1))
    assert rule.learning_rate == 0.1
    assert not hasattr(rule, "velocity")


def test_rate_that_is_multiplied_may_be_changed_during_the_run():
    rule, parameters = Scheduled(SGD(0.1), linear, 5), np.zeros(1)
    found = rates(rule, 2, parameters)
    rule.learning_rate = 1.0
    found += rates(rule, 3, parameters)
    assert found == pytest.approx([0.09, 0.07, 0.5, 0.3, 0.1])


def test_schedules_may_be_nested():
    rule = Scheduled(Scheduled(SGD(1.0), linear, 2), linear, 2)
    parameters = np.zeros(1)
    for _ in range(2):
        rule.step(parameters, np.ones(1))
    assert parameters.item() == pytest.approx(-(0.75**2) - 0.25**2)


class Signs(Optimizer):
    """A rule of one's own, with a step of its own."""

    def step(self, parameters, gradients):
        parameters -= self.learning_rate * np.sign(gradients)


def test_rule_of_ones_own_may_stand_inside():
    parameters = np.zeros(2)
    Scheduled(Signs(1.0), linear, 2).step(parameters, np.array([5.0, -3.0]))
    assert parameters.tolist() == [-0.75, 0.75]


# When a run begins


def test_no_step_has_been_taken_at_first():
    assert Scheduled(SGD(0.1), linear, 5).done == 0


@pytest.mark.parametrize("make", [lambda: SGD(0.1, momentum=0.9), Adam], ids=["SGD", "Adam"])
def test_run_begins_anew_for_another_vector_and_after_a_reset(make):
    rule, one, other = Scheduled(make(), linear, 5), np.zeros(1), np.zeros(1)
    first = three_steps(rule, one)
    assert three_steps(rule, one) != first
    assert three_steps(rule, other) == first
    rule.reset(other)
    assert three_steps(rule, other) == first
    assert rule.done == 3


@pytest.mark.parametrize(
    "duplicate", [deepcopy, lambda rule: pickle.loads(pickle.dumps(rule))], ids=["copy", "pickle"]
)
def test_copy_goes_on_where_the_run_stood(duplicate):
    rule = Scheduled(Adam(0.1), WarmUp(cosine, 0.5), 10)
    parameters = np.zeros(1)
    for _ in range(3):
        rule.step(parameters, np.ones(1))
    twin, other = duplicate(rule), parameters.copy()
    for _ in range(4):
        rule.step(parameters, np.ones(1))
        twin.step(other, np.ones(1))
    assert other.tolist() == parameters.tolist()
    assert twin.done == rule.done == 7
    assert repr(twin) == repr(rule)


def test_training_goes_through_the_schedule_and_history_keeps_the_rate_that_is_multiplied():
    rule = Scheduled(SGD(0.1), linear, 3 * 4)
    history = train(network(), X, Y, mean_squared_error, rule, epochs=3, batch_size=3)
    assert rule.done == 12
    assert rule.optimizer.learning_rate == pytest.approx(0.1 / 24)
    assert history.learning_rate == rule.learning_rate == 0.1


def test_is_shown_with_the_rate_that_is_multiplied():
    rule = Scheduled(SGD(0.1, momentum=0.9), WarmUp(cosine, 0.25), 8)
    three_steps(rule, np.zeros(1))
    last = rule.optimizer.learning_rate
    assert repr(rule) == "Scheduled(SGD(0.1, momentum=0.9), WarmUp(cosine, 0.25), 8)"
    assert rule.optimizer.learning_rate == last != 0.1
    assert repr(Scheduled(SGD(1), linear, 2)) == "Scheduled(SGD(1.0), linear, 2)"


# What is refused


@pytest.mark.parametrize("steps", [0, -1, 2.5, "many", None], ids=repr)
def test_steps_are_a_whole_number_above_zero(steps):
    assert refusal(Scheduled, SGD(0.1), linear, steps) == (
        f"steps is {steps!r}, but it must be a whole number above zero"
    )


def test_what_is_no_optimizer_is_refused():
    assert wrong_kind(Scheduled, 0.1, linear, 5) == (
        "optimizer is 0.1, but it must be of type Optimizer: pass one, such as SGD(0.1)"
    )


@pytest.mark.parametrize("make", [lambda f: Scheduled(SGD(0.1), f, 5), lambda f: WarmUp(f, 0.1)])
def test_schedule_that_cannot_be_called_is_refused(make):
    assert wrong_kind(make, 0.5) == "schedule is 0.5, but it must be a function"


@pytest.mark.parametrize("share", [-0.1, 1, np.nan, "0.1"], ids=repr)
def test_share_of_a_warm_up_is_a_fraction(share):
    assert refusal(WarmUp, linear, share) == (
        f"share is {share!r}, but it must be a number from 0 to less than 1"
    )


@pytest.mark.parametrize("factor", [0, -1.0, np.nan, np.inf, None, "1"], ids=repr)
def test_factor_is_a_number_above_zero_and_after_an_error_nothing_has_changed(factor):
    def schedule(done):
        return 1.0 if done < 0.5 else factor

    rule, parameters = Scheduled(SGD(0.1, momentum=0.5), schedule, 2), np.zeros(1)
    rule.step(parameters, np.ones(1))
    kept, velocity = parameters.copy(), rule.optimizer.velocity.copy()
    assert refusal(rule.step, parameters, np.ones(1)) == (
        f"schedule(0.75) is {factor!r}, but it must be a number above zero, as 0.1 is"
    )
    assert parameters.tolist() == kept.tolist()
    assert rule.optimizer.velocity.tolist() == velocity.tolist()
    assert rule.optimizer.learning_rate == 0.1
    assert rule.done == 1
