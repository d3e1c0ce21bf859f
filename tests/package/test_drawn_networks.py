"""What holds for networks of any shape: the right gradient, and no order that matters.

Every bound is a part of the largest number, or of one if all numbers are small.
"""

from itertools import pairwise

import numpy as np
from hypothesis import given

from neuralnet import SGD, Adam, Dense, Standardize
from tests.package import oracle
from tests.package.drawing import cases, layers

# The worst of 3,000 cases: 1.1e-15 in double precision, 1.1e-6 in single precision.
CLOSE, CLOSE_IN_SINGLE = 1e-14, 1e-5


def distance(found, expected):
    """Return the largest difference, as a part of the largest number or of one."""
    return np.abs(found - expected).max() / max(1, np.abs(expected).max())


@given(cases())
def test_gradient_is_that_of_autograd(case):
    value, gradient = case.gradient()
    expected, their_gradient = oracle.loss_and_gradient(
        case.net.layers, case.loss, case.net.parameters.copy(), case.X, case.y, case.l2
    )
    assert distance(value, expected) < CLOSE
    assert distance(gradient, their_gradient) < CLOSE


@given(cases())
def test_rows_are_answered_together_as_one_by_one(case):
    alone = np.array([case.net.predict(row) for row in case.X])
    assert distance(case.net.predict(case.X), alone) < CLOSE


@given(cases())
def test_order_of_rows_does_not_matter(case):
    value, gradient = case.gradient()
    case.X, case.y = case.X[::-1], case.y[::-1]
    other_value, other_gradient = case.gradient()
    assert distance(other_value, value) < CLOSE
    assert distance(other_gradient, gradient) < CLOSE


@given(cases(layers()))
def test_order_of_hidden_sums_does_not_matter(case):
    answers, (value, _) = case.net.predict(case.X), case.gradient()
    reverse_hidden_sums(case.net.layers)
    assert distance(case.net.predict(case.X), answers) < CLOSE
    assert distance(case.gradient()[0], value) < CLOSE


def reverse_hidden_sums(layers):
    """Turn round the columns of each layer but the last, with all that belongs to them."""
    dense = [k for k, layer in enumerate(layers) if isinstance(layer, Dense)]
    for first, second in pairwise(dense):
        layers[first].weights = layers[first].weights[:, ::-1]
        layers[first].biases = layers[first].biases[::-1]
        for layer in layers[first:second]:
            if isinstance(layer, Standardize):
                layer.mean, layer.std = layer.mean[::-1], layer.std[::-1]
        layers[second].weights = layers[second].weights[::-1]


# Single precision


@given(cases())
def test_single_precision_is_close_to_double_precision(case):
    value, gradient = case.gradient()
    single = case.network(dtype=np.float32)
    single_value, single_gradient = case.gradient(single)
    assert distance(single_value, value) < CLOSE_IN_SINGLE
    assert distance(single_gradient, gradient) < CLOSE_IN_SINGLE
    assert distance(single.predict(case.X), case.net.predict(case.X)) < CLOSE_IN_SINGLE


@given(cases())
def test_single_precision_is_kept_by_every_layer(case):
    single = case.network(dtype=np.float32)
    x = case.X.astype(np.float32)
    for layer in single.layers:
        x = layer.forward(x)
        assert x.dtype == np.float32
    for layer in reversed(single.layers):
        # Kernels of OpenBLAS can warn of an invalid value in a product of finite numbers, for
        # nothing (numpy issue 24067).
        with np.errstate(invalid="ignore"):
            x = layer.backward(x)
        assert x.dtype == np.float32
        assert np.isfinite(x).all()
    assert single.predict(case.X).dtype == single.predict(case.X[0]).dtype == np.float32


@given(cases())
def test_single_precision_is_kept_by_every_rule(case):
    for rule in (SGD(0.1), SGD(0.1, momentum=0.9), Adam()):
        single = case.network(dtype=np.float32)
        for _ in range(2):
            case.gradient(single)
            rule.step(single.parameters, single.gradients)
        remembered = [part for part in vars(rule).values() if isinstance(part, np.ndarray)]
        assert len(remembered) == (3 if isinstance(rule, Adam) else 2)
        found = {array.dtype for array in (single.parameters, single.gradients, *remembered)}
        assert found == {np.dtype(np.float32)}
