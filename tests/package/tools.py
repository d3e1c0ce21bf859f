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
    return message(ValueError, function, *arguments, **options)


def wrong_kind(function, *arguments, **options):
    """Return the text of the TypeError that the call must raise."""
    return message(TypeError, function, *arguments, **options)


def message(error, function, *arguments, **options):
    """Return the text of the error that the call must raise: short, and with a remedy."""
    with pytest.raises(error, match=r": |must be|must have|needs") as caught:
        function(*arguments, **options)
    assert type(caught.value) is error
    text = str(caught.value)
    assert len(text) <= 400
    assert "\n" not in text
    return text


def gradient_by_differences(function, x, step=1e-5):
    """Differentiate a function of an array numerically with respect to each entry."""
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        higher, lower = x.copy(), x.copy()
        higher[index] += step
        lower[index] -= step
        gradient[index] = (function(higher) - function(lower)) / (2 * step)
    return gradient
