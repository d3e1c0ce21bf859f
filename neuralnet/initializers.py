"""Start values for weights: how the sizes of a layer decide how large they are.

Each function draws a table of weights.  `Dense` takes one as its `initializer`; a function of
one's own works there as well, if it takes the same arguments and returns the same shape.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from neuralnet.checks import Array

# In quotes, since NumPy loads its random numbers only when they are asked for.
Initializer = Callable[["np.random.Generator", int, int], Array]


def lecun_normal(rng: np.random.Generator, inputs: int, outputs: int) -> Array:
    """Draw from the bell curve with variance ``1 / inputs``, so that sums stay as large as inputs.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    inputs, outputs : int
        How many numbers go into the layer and come out of it; above zero.

    Returns
    -------
    numpy.ndarray
        Of shape (inputs, outputs).

    References
    ----------
    Y. LeCun, L. Bottou, G. B. Orr and K.-R. Müller, "Efficient BackProp", Neural Networks:
    Tricks of the Trade, 1998.
    """
    weights: Array = rng.standard_normal((inputs, outputs)) / np.sqrt(inputs)
    return weights


def glorot_normal(rng: np.random.Generator, inputs: int, outputs: int) -> Array:
    """Draw with variance ``2 / (inputs + outputs)``, between what the two passes would like.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    inputs, outputs : int
        How many numbers go into the layer and come out of it; above zero.

    Returns
    -------
    numpy.ndarray
        Of shape (inputs, outputs).

    References
    ----------
    X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural
    networks", AISTATS 2010.
    """
    weights: Array = rng.standard_normal((inputs, outputs)) * np.sqrt(2 / (inputs + outputs))
    return weights


def he_normal(rng: np.random.Generator, inputs: int, outputs: int) -> Array:
    """Draw with variance ``2 / inputs``, because a ReLU lets only half of the numbers through.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    inputs, outputs : int
        How many numbers go into the layer and come out of it; above zero.

    Returns
    -------
    numpy.ndarray
        Of shape (inputs, outputs).

    References
    ----------
    K. He, X. Zhang, S. Ren and J. Sun, "Delving Deep into Rectifiers: Surpassing Human-Level
    Performance on ImageNet Classification", ICCV 2015.
    """
    weights: Array = rng.standard_normal((inputs, outputs)) * np.sqrt(2 / inputs)
    return weights


def unit_uniform(rng: np.random.Generator, inputs: int, outputs: int) -> Array:
    """Draw evenly between 0 and 1, however many inputs there are, as some tutorials do.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    inputs, outputs : int
        How many numbers go into the layer and come out of it; above zero.

    Returns
    -------
    numpy.ndarray
        Of shape (inputs, outputs).
    """
    return rng.uniform(0, 1, (inputs, outputs))
