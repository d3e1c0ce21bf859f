"""Schedules: learning rates that change while a network is trained.

A schedule is a function of the fraction of the run that is done, from 0 to 1, and returns by what
the learning rate is multiplied there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from copy import copy, deepcopy

from neuralnet.checks import (
    Array,
    check_callable,
    fraction,
    instance,
    name_of,
    positive,
    positive_int,
)
from neuralnet.optimizers import Optimizer

Schedule = Callable[[float], float]


def linear(done: float) -> float:
    """Fall from 1 to 0 along a straight line.

    Parameters
    ----------
    done : float
        The fraction of the run that is done, from 0 to 1.

    Returns
    -------
    float
        By what the learning rate is multiplied.
    """
    return 1 - done


def cosine(done: float) -> float:
    """Fall from 1 to 0 along half a wave: slowly, then fast, then slowly again.

    Parameters
    ----------
    done : float
        The fraction of the run that is done, from 0 to 1.

    Returns
    -------
    float
        By what the learning rate is multiplied.

    References
    ----------
    I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts",
    ICLR 2017.
    """
    return (1 + math.cos(math.pi * done)) / 2


class WarmUp:
    """A schedule that rises from 0 to 1 at first, and then runs through another one.

    Parameters
    ----------
    schedule : callable
        What comes after it, such as :func:`cosine`.
    share : float
        The fraction of the run that it takes, from 0 to less than 1.

    Raises
    ------
    ValueError
        If `share` is no fraction below 1.
    TypeError
        If `schedule` is no function.

    Examples
    --------
    >>> schedule = WarmUp(linear, 0.2)
    >>> print(schedule(0.1), schedule(0.2), schedule(0.6))
    0.5 1.0 0.5
    """

    def __init__(self, schedule: Schedule, share: float) -> None:
        check_callable("schedule", schedule)
        self.schedule, self.share = schedule, fraction("share", share)

    def __call__(self, done: float) -> float:
        if done < self.share:
            return done / self.share
        return self.schedule((done - self.share) / (1 - self.share))

    def __repr__(self) -> str:
        return f"WarmUp({name_of(self.schedule)}, {self.share})"


class Scheduled(Optimizer):
    """An optimizer whose learning rate follows a schedule from the first step to the last.

    Parameters
    ----------
    optimizer : Optimizer
        Who takes the steps: a copy of it, so that the one that was handed over keeps its rate.
    schedule : callable
        From the fraction of the run that is done to a number above zero, by which the learning
        rate of `optimizer` is multiplied.  It is asked for the middle of each step.
    steps : int
        How many steps the run has: epochs times batches.  After them the rate stays at that of
        the last.

    Attributes
    ----------
    done : int
        How many steps of the run have been taken.

    Raises
    ------
    ValueError
        If `steps` is not a whole number above zero; in a step, if the schedule does not return
        a number above zero.
    TypeError
        If `optimizer` or `schedule` is of another kind.

    Notes
    -----
    `learning_rate` is the rate that is multiplied; the one of the last step is
    ``optimizer.learning_rate``.  For another network the run begins anew.

    Examples
    --------
    >>> import numpy as np
    >>> from neuralnet import SGD
    >>> rule = Scheduled(SGD(0.1), linear, steps=5)
    >>> parameters = np.zeros(1)
    >>> for _ in range(6):
    ...     rule.step(parameters, np.ones(1))
    ...     print(f"{rule.optimizer.learning_rate:.2f}", end=" ")
    0.09 0.07 0.05 0.03 0.01 0.01
    """

    def __init__(self, optimizer: Optimizer, schedule: Schedule, steps: int) -> None:
        self.optimizer = deepcopy(instance("optimizer", optimizer, Optimizer, "SGD(0.1)"))
        check_callable("schedule", schedule)
        self.schedule, self.steps, self.done = schedule, positive_int("steps", steps), 0
        super().__init__(optimizer.learning_rate)

    def __repr__(self) -> str:
        optimizer = copy(self.optimizer)
        optimizer.learning_rate = self.learning_rate
        return f"Scheduled({optimizer!r}, {name_of(self.schedule)}, {self.steps})"

    def follow(self, parameters: Array) -> None:
        """Start anew, unless the run belongs to this vector of shape (size,), or to its copy."""
        super().follow(parameters)
        self.optimizer.follow(parameters)

    def reset(self, parameters: Array) -> None:
        """Go back to the first step, and forget the gradients, for a vector of shape (size,)."""
        self.done = 0
        self.optimizer.reset(parameters)

    def advance(self) -> None:
        """Give the optimizer the rate of the next step, and count that step."""
        done = (min(self.done, self.steps - 1) + 0.5) / self.steps
        factor = positive(f"{name_of(self.schedule)}({done:.4g})", self.schedule(done))
        self.optimizer.learning_rate = self.learning_rate * factor
        self.done += 1

    def step(self, parameters: Array, gradients: Array) -> None:
        """Change the parameters in place.

        Parameters
        ----------
        parameters, gradients : numpy.ndarray
            What a network holds under these names, each of shape (size,).
        """
        self.follow(parameters)
        self.advance()
        self.optimizer.step(parameters, gradients)
