"""Steps of momentum and Adam in courses' and libraries' tests.

Some start in the middle: with a velocity, or with means of five steps.  The optimisers here
begin at rest, so they first see gradients that bring them there, and then the parameters are
put back.
"""

import numpy as np
import pytest

from neuralnet import SGD, Adam
from tests.package.published.printed import agrees, check


def after(optimizer, parameters, earlier, gradients):
    """Return the parameters after one step of an optimiser that has seen earlier gradients."""
    vector = np.array(parameters)
    for gradient in earlier:
        optimizer.step(vector, gradient)
    vector[...] = parameters
    optimizer.step(vector, gradients)
    return vector


PARAMETERS, GRADIENTS = np.linspace(-0.4, 0.6, 20), np.linspace(-0.6, 0.4, 20)


def test_cs231n_momentum():
    """Source: Stanford CS231n, assignment 2, FullyConnectedNets.ipynb.
    Convention: its velocity already holds the learning rate, and is added."""
    velocity = np.linspace(0.6, 0.9, 20)
    check(
        """0.1406 0.20738947 0.27417895 0.34096842 0.40775789
        0.47454737 0.54133684 0.60812632 0.67491579 0.74170526
        0.80849474 0.87528421 0.94207368 1.00886316 1.07565263
        1.14244211 1.20923158 1.27602105 1.34281053 1.4096""",
        after(SGD(1e-3, momentum=0.9), PARAMETERS, [-velocity / 1e-3], GRADIENTS),
    )


def gradients_with_means(first, second, steps, beta1=0.9, beta2=0.999):
    """Return gradients after which Adam's two running means are as given.

    Only the earliest, a, and the latest, b, are not zero.  The means say that
    p*a + q*b = first and u*a**2 + v*b**2 = second.
    """
    p, q = (1 - beta1) * beta1 ** (steps - 1), 1 - beta1
    u, v = (1 - beta2) * beta2 ** (steps - 1), 1 - beta2
    square, linear = u + v * (p / q) ** 2, v * p * first / q**2
    constant = v * (first / q) ** 2 - second
    earliest = (linear + np.sqrt(linear**2 - square * constant)) / square
    latest = (first - p * earliest) / q
    return [earliest, *[np.zeros_like(first)] * (steps - 2), latest]


def test_cs231n_adam():
    """The sixth step.  Source: the same notebook."""
    earlier = gradients_with_means(np.linspace(0.6, 0.9, 20), np.linspace(0.7, 0.5, 20), steps=5)
    check(
        """-0.40094747 -0.34836187 -0.29577703 -0.24319299 -0.19060977
        -0.1380274 -0.08544591 -0.03286534 0.01971428 0.0722929
        0.1248705 0.17744702 0.23002243 0.28259667 0.33516969
        0.38774145 0.44031188 0.49288093 0.54544852 0.59801459""",
        after(Adam(1e-2), PARAMETERS, earlier, GRADIENTS),
    )


@pytest.fixture
def optimization_methods():
    """Parameters and gradients from NumPy's legacy stream, seed 1.

    Source: deeplearning.ai, "Improving Deep Neural Networks" (Coursera), week 2, notebook
    "Optimization methods" and its test cases.
    """
    stream = np.random.RandomState(1)
    return stream.randn(20), stream.randn(20)


def test_deeplearning_ai_gradient_descent(optimization_methods):
    parameters, gradients = optimization_methods
    check(
        """1.63535156 -0.62320365 -0.53718766 -1.07799357 0.85639907 -2.29470142
        1.74604067 -0.75184921 0.32171798 -0.25467393 1.46902454 -2.05617317 -0.31554548
        -0.3756023 1.1404819 -1.09976462 -0.1612551 -0.88020257 0.02561572 0.57539477""",
        after(SGD(0.01), parameters, [], gradients),
    )


def test_deeplearning_ai_momentum(optimization_methods):
    """Convention: its velocity is a mean, so its rate of 0.01 is ours of 0.01 * (1 - 0.9)."""
    parameters, gradients = optimization_methods
    check(
        """1.62544598 -0.61290114 -0.52907334 -1.07347112 0.86450677 -2.30085497
        1.74493465 -0.76027113 0.31930698 -0.24990073 1.4627996 -2.05974396 -0.32173003
        -0.38320915 1.13444069 -1.0998786 -0.1713109 -0.87809283 0.04055394 0.58207317""",
        after(SGD(0.01 * (1 - 0.9), momentum=0.9), parameters, [], gradients),
    )


def test_deeplearning_ai_adam(optimization_methods):
    """The second step, after one without gradients.

    The slip: the notebook's expected output first had -1.09245036 for the smallest gradient,
    which is what comes of epsilon *under* the root; its formula and the later tests have it
    beside the root, as the paper does, and -1.09244991.  The other nineteen tell no difference.
    """
    parameters, gradients = optimization_methods
    ours = after(Adam(0.01), parameters, [np.zeros(20)], gradients)
    check(
        """1.63178673 -0.61919778 -0.53561312 -1.08040999 0.85796626 -2.29409733
        1.75225313 -0.75376553 0.32648046 -0.25681174 1.46954931 -2.05269934 -0.31497584
        -0.37661299 1.14121081 -1.09244991 -0.16498684 -0.88529979 0.03477238 0.57537385""",
        ours,
    )
    smallest = np.abs(gradients).argmin()
    assert not agrees("-1.09245036", ours[smallest].item())
    mean, mean_square = gradients * 0.1 / (1 - 0.9**2), gradients**2 * 0.001 / (1 - 0.999**2)
    under_the_root = parameters - 0.01 * mean / np.sqrt(mean_square + 1e-8)
    check("-1.09245036", under_the_root[smallest])


def test_tensorflow_momentum_on_a_parabola():
    """Source: TensorFlow 2.2, documentation of tf.keras.optimizers.SGD: two steps down half the
    square of a number that starts at 1."""
    value, optimizer = np.array([1.0]), SGD(0.1, momentum=0.9)
    for printed in ("0.1", "0.18"):
        before = value.copy()
        optimizer.step(value, before)
        check(printed, before - value)


def test_optax_adam_on_a_parabola():
    """Source: optax, documentation of adam: five steps down a sum of squares."""
    vector, optimizer = np.array([1.0, 2.0, 3.0]), Adam(0.003)
    for printed in ("1.40E+01", "1.39E+01", "1.39E+01", "1.39E+01", "1.38E+01"):
        optimizer.step(vector, 2 * vector)
        check(printed, np.sum(vector**2))
