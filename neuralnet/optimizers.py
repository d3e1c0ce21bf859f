"""The rules by which parameters step against their gradients.

Each changes one flat vector in place, whatever the network looks like.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from neuralnet.checks import Array, fraction, positive


class Optimizer:
    """What all rules have in common: a learning rate, and a memory of the vector they change.

    A rule of one's own is a subclass with a `direction`, and with a `reset` if it remembers
    anything.

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
        self.learning_rate = learning_rate
        self._parameters: Array | None = None
        self._shape: tuple[int, ...] | None = None

    @property
    def learning_rate(self) -> float:
        """The learning rate; it may be changed at any time, also while a network is trained."""
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        self._learning_rate = positive("learning_rate", value)

    def step(self, parameters: Array, gradients: Array) -> None:
        """Change the parameters in place.

        Parameters
        ----------
        parameters, gradients : numpy.ndarray
            What a network holds under these names, each of shape (size,).  What a rule
            remembers belongs to one vector: for another one it starts anew.
        """
        self.follow(parameters)
        parameters -= self.learning_rate * self.direction(gradients)

    def follow(self, parameters: Array) -> None:
        """Start anew, unless the memory belongs to this vector of shape (size,), or to its copy."""
        # A rule that comes from a file belongs to no vector: it goes on with the first that fits.
        if self._parameters is not parameters:
            if self._parameters is not None or self._shape != parameters.shape:
                self.reset(parameters)
            self._parameters, self._shape = parameters, parameters.shape

    def reset(self, parameters: Array) -> None:
        """Forget the gradients so far, for a vector of shape (size,)."""

    def direction(self, gradients: Array) -> Array:
        """Return what to follow downhill, of shape (size,)."""
        return gradients

    def __getstate__(self) -> dict[str, Any]:
        """Leave out the vector, which belongs to the network."""
        return vars(self) | {"_parameters": None}


class SGD(Optimizer):
    """Gradient descent: subtract the learning rate times the gradient.

    It is called stochastic when each step looks at a few rows only.

    Parameters
    ----------
    learning_rate : float
        The length of a step as a multiple of the gradient; above zero.
    momentum : float
        The fraction of the last velocity that is kept, from 0 to less than 1; each step then
        follows the velocity ``momentum * velocity + gradient`` instead of the gradient.

    Raises
    ------
    ValueError
        If `learning_rate` is not a number above zero, or `momentum` no fraction below 1.

    References
    ----------
    B. T. Polyak, "Some methods of speeding up the convergence of iteration methods",
    USSR Computational Mathematics and Mathematical Physics 4 (5), 1964.
    """

    def __init__(self, learning_rate: float, momentum: float = 0.0) -> None:
        super().__init__(learning_rate)
        self.momentum = fraction("momentum", momentum)

    def __repr__(self) -> str:
        momentum = f", momentum={self.momentum}" if self.momentum else ""
        return f"SGD({self.learning_rate}{momentum})"

    def reset(self, parameters: Array) -> None:
        """Begin without any velocity, of shape (size,)."""
        self.velocity = np.zeros_like(parameters)

    def direction(self, gradients: Array) -> Array:
        """Return the velocity, of shape (size,); without momentum it is the gradient."""
        self.velocity = self.momentum * self.velocity + gradients
        return self.velocity


class Adam(Optimizer):
    """Steps of about one length for every parameter, however steep its gradient.

    Parameters
    ----------
    learning_rate : float
        About how far a parameter moves in one step; above zero.
    beta1, beta2 : float
        The fractions of the last mean gradient `m` and of the last mean squared gradient `v`
        that are kept, from 0 to less than 1.
    epsilon : float
        Added to the root of the mean squared gradient, so that nothing is divided by zero.

    Raises
    ------
    ValueError
        If a rate or `epsilon` is not a number above zero, or a beta no fraction below 1.

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
        self.beta1, self.beta2 = fraction("beta1", beta1), fraction("beta2", beta2)
        self.epsilon = positive("epsilon", epsilon)

    def __repr__(self) -> str:
        betas = f"beta1={self.beta1}, beta2={self.beta2}"
        return f"Adam({self.learning_rate}, {betas}, epsilon={self.epsilon})"

    def reset(self, parameters: Array) -> None:
        """Begin with both means at zero, of shape (size,), before the first step."""
        self.m, self.v = np.zeros_like(parameters), np.zeros_like(parameters)
        self.steps = 0

    def direction(self, gradients: Array) -> Array:
        """Return ``m_hat / (sqrt(v_hat) + epsilon)``, of shape (size,)."""
        self.steps += 1
        self.m = self.beta1 * self.m + (1 - self.beta1) * gradients
        self.v = self.beta2 * self.v + (1 - self.beta2) * gradients**2
        m_hat = self.m / (1 - self.beta1**self.steps)
        v_hat = self.v / (1 - self.beta2**self.steps)
        direction: Array = m_hat / (np.sqrt(v_hat) + self.epsilon)
        return direction
