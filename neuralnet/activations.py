"""The functions that bend a straight line.

Each takes the weighted sum of a neuron and returns what the neuron answers.
"""

import numpy as np


def sigmoid(z):
    """Squash any number into the range from 0 to 1.

    Parameters
    ----------
    z : array_like
        Weighted sums, of any shape.

    Returns
    -------
    numpy.ndarray
        Same shape as `z`; a single number for a single number.
    """
    return np.exp(-np.logaddexp(0.0, -z))
