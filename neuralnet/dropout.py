"""A layer that drops numbers at random while a network learns, after Srivastava et al. (2014)."""

from __future__ import annotations

from typing import Any

import numpy as np

from neuralnet.checks import Array, fraction
from neuralnet.layers import Layer


class Dropout(Layer):
    """A layer that sets each number to 0 with a probability of `rate`, but only in training.

    The numbers that are kept are divided by ``1 - rate``, so that their mean stays; in a
    prediction nothing is dropped, and nothing need be divided.  Each forward pass of a training
    draws anew, from a generator that the layer has to itself.

    Parameters
    ----------
    rate : float
        Which fraction is dropped, from 0 to less than 1.

    Attributes
    ----------
    rng : numpy.random.Generator
        Who draws; spawned from the generator of the start values, which draws no other numbers
        for that.
    factors : numpy.ndarray
        By what the inputs of the last forward pass were multiplied, of their shape; in a
        prediction a single 1.

    Raises
    ------
    ValueError
        If `rate` is no number from 0 to less than 1.

    Examples
    --------
    >>> layer = Dropout(0.5)
    >>> layer.prepare(0)
    >>> print(layer.forward_in_training(np.array([[1.0, 2.0, 3.0, 4.0]])))
    [[2. 0. 6. 0.]]
    >>> print(layer.forward(np.array([[1.0, 2.0, 3.0, 4.0]])))
    [[1. 2. 3. 4.]]
    """

    factors: Array

    def __init__(self, rate: float) -> None:
        self.rate = fraction("rate", rate)
        self.is_initialized = False

    def __repr__(self) -> str:
        return f"Dropout({self.rate})"

    def initialize(self, rng: np.random.Generator) -> None:
        """Take a generator of its own for what is dropped; other layers draw as without it."""
        self.rng = rng.spawn(1)[0]

    def forward(self, x: Array) -> Array:
        """Return `x` as it is, of its shape: a prediction drops nothing."""
        self.factors = np.ones((), self.dtype)
        return x

    def forward_in_training(self, x: Array) -> Array:
        """Return ``x * factors``, each factor 0 or ``1 / (1 - rate)``; the shape stays."""
        self.prepare()
        kept = self.rng.random(x.shape) >= self.rate
        self.factors = (kept / (1 - self.rate)).astype(self.dtype)
        return x * self.factors

    def backward(self, d_output: Array) -> Array:
        """Return ``factors * d_output``; the shape stays."""
        return self.factors * d_output

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what belongs to the rows that went through last, and keep the generator."""
        return {name: kept for name, kept in super().__getstate__().items() if name != "factors"}
