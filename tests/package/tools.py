"""What several tests of the package need."""

import numpy as np
import pytest

from neuralnet import Dense, Network, Tanh

# A small task for whatever trains: ten rows of two features and a bent function of them.
X = np.random.default_rng(1).normal(size=(10, 2))
Y = np.sin(X[:, 0]) + X[:, 1]


def network(outputs=1):
    """Return a network that the task fits, always with the same start values."""
    return Network([Dense(2, 3), Tanh(), Dense(3, outputs)], rng=0)


def refusal(function, *arguments, **options):
    """Return the text of the ValueError that the call must raise."""
    with pytest.raises(ValueError, match=r": |must be") as caught:
        function(*arguments, **options)
    return str(caught.value)


def slopes_by_differences(function, x, step=1e-5):
    """Differentiate a function of an array numerically with respect to each entry."""
    slopes = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        higher, lower = x.copy(), x.copy()
        higher[index] += step
        lower[index] -= step
        slopes[index] = (function(higher) - function(lower)) / (2 * step)
    return slopes
