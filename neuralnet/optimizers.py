"""The rules by which parameters step against their slopes.

Each changes one flat vector in place, whatever the network looks like.
"""

import math

import numpy as np
from numpy.typing import NDArray

from neuralnet.checks import positive, share

Vector = NDArray[np.floating]


class Optimizer:
    """What all rules have in common: a learning rate, and a memory of the vector they change.

    Parameters
    ----------
    learning_rate : float
        The length of a step as a multiple of what the rule makes of the gradient; above zero.

    Raises
    ------
    ValueError
        If `learning_rate` is not a number above zero.
    """

    def __init__(self, learning_rate: float) -> None:
        self.learning_rate = positive("learning_rate", learning_rate)
        self.parameters: Vector | None = None

    def step(self, parameters: Vector, gradients: Vector) -> None:
        """Change the parameters in place.

        Parameters
        ----------
        parameters, gradients : numpy.ndarray
            What a network holds under these names, each of shape (size,).  What a rule
            remembers belongs to one vector: for another one it starts anew.
        """
        if self.parameters is not parameters:
            self.parameters, self.change = parameters, np.empty_like(parameters)
            self.start()
        np.multiply(self.direction(gradients), self.learning_rate, self.change)
        parameters -= self.change

    def start(self) -> None:
        """Forget what was learned of the slopes of another vector."""

    def direction(self, gradients: Vector) -> Vector:
        """Return what to follow downhill, of shape (size,): here the slopes themselves."""
        return gradients


class SGD(Optimizer):
    """Gradient descent: subtract the learning rate times the slopes.

    It is called stochastic when each step looks at a few rows only.

    Parameters
    ----------
    learning_rate : float
        The length of a step as a multiple of the gradient; above zero.
    momentum : float
        The share of the last velocity that is kept, from 0 to less than 1; each step then
        follows the velocity ``momentum * velocity + gradient`` instead of the gradient.

    Raises
    ------
    ValueError
        If `learning_rate` is not a number above zero, or `momentum` no share below 1.

    References
    ----------
    B. T. Polyak, "Some methods of speeding up the convergence of iteration methods",
    USSR Computational Mathematics and Mathematical Physics 4 (5), 1964.
    """

    def __init__(self, learning_rate: float, momentum: float = 0.0) -> None:
        super().__init__(learning_rate)
        self.momentum = share("momentum", momentum)

    def start(self) -> None:
        """Begin without any velocity."""
        self.velocity = np.zeros_like(self.change)

    def direction(self, gradients: Vector) -> Vector:
        """Return the velocity, of shape (size,); without momentum the slopes are all of it."""
        if not self.momentum:
            return gradients
        self.velocity *= self.momentum
        self.velocity += gradients
        return self.velocity


class Adam(Optimizer):
    """Steps of about one length for every parameter, however steep its slope.

    Parameters
    ----------
    learning_rate : float
        About how far a parameter moves in one step; above zero.
    beta1, beta2 : float
        The shares of the last mean slope and of the last mean squared slope that are kept,
        from 0 to less than 1.
    epsilon : float
        Added to the root of the mean squared slope, so that nothing is divided by zero.

    Raises
    ------
    ValueError
        If a rate or `epsilon` is not a number above zero, or a beta no share below 1.

    References
    ----------
    D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015.
    """

    def __init__(
        self,
        learning_rate: float = 0.001,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> None:
        super().__init__(learning_rate)
        self.beta1, self.beta2 = share("beta1", beta1), share("beta2", beta2)
        self.epsilon = positive("epsilon", epsilon)

    def start(self) -> None:
        """Begin with both sums at zero, before the first step."""
        self.slopes, self.squares = np.zeros_like(self.change), np.zeros_like(self.change)
        self.steps = 0

    def direction(self, gradients: Vector) -> Vector:
        """Return mean slopes over roots of mean squares, of shape (size,)."""
        self._remember(gradients)
        # Factors that make a mean of the slopes, and of the squares the root of a mean.
        to_mean = (1 - self.beta1) / (1 - self.beta1**self.steps)
        to_root = math.sqrt((1 - self.beta2) / (1 - self.beta2**self.steps))
        np.sqrt(self.squares, out=self.change)
        self.change += self.epsilon / to_root
        np.divide(self.slopes, self.change, out=self.change)
        self.change *= to_mean / to_root
        return self.change

    def _remember(self, gradients: Vector) -> None:
        """Let both sums fade, and add the slopes of one more step."""
        self.steps += 1
        self.slopes *= self.beta1
        self.slopes += gradients
        self.squares *= self.beta2
        np.multiply(gradients, gradients, out=self.change)
        self.squares += self.change
