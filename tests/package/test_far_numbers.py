"""Numbers far from 1 bring no warning: a right answer, or an error that says what to do."""

from itertools import product

import numpy as np
import pytest

from neuralnet import (
    SGD,
    Adam,
    Dense,
    Network,
    ReLU,
    Sigmoid,
    Tanh,
    TrainingDiverged,
    cross_entropy,
    evaluate,
    mean_squared_error,
    sigmoid,
    softmax,
    train,
)
from tests.package.drawing import LOSSES, targets

FAR = pytest.mark.parametrize("far", [1e3, 1e6])
PRECISION = pytest.mark.parametrize("dtype", [np.float64, np.float32])
KINDS = [Sigmoid, Tanh, ReLU, None]
RULES = {
    "descent": lambda: SGD(0.1),
    "long steps": lambda: SGD(1e3),
    "momentum": lambda: SGD(0.1, momentum=0.9),
    "adam": lambda: Adam(0.1),
}


@pytest.fixture(autouse=True)
def _nothing_is_passed_over():
    """Make NumPy raise, but not where a number too small to be told from zero becomes zero."""
    with np.errstate(all="raise", under="ignore"):
        yield


def network(middle, end, dtype=np.float64):
    """Return a network with these two kinds of layers, or without one of them."""
    layers = [Dense(3, 4), middle and middle(), Dense(4, 2), end and end()]
    return Network([layer for layer in layers if layer], rng=1, dtype=dtype)


def far_rows(far):
    return np.random.default_rng(0).choice([-far, far], size=(12, 3))


def answers(loss):
    return targets(loss, 12, 2, np.random.default_rng(2))


def ends(loss):
    """Return the kinds of last layers of which the loss takes the outputs."""
    return KINDS[1:] if loss in LOSSES[2:] else KINDS


@PRECISION
@FAR
@pytest.mark.parametrize("loss", LOSSES)
def test_answers_and_gradients_are_finite(loss, far, dtype):
    for middle, end in product(KINDS, ends(loss)):
        net = network(middle, end, dtype)
        assert np.isfinite(net.predict(far_rows(far))).all()
        for sign in (1, -1):
            value, gradient = net.loss_and_gradient(sign * far_rows(far), answers(loss), loss)
            assert np.isfinite(value)
            assert np.isfinite(gradient).all()


@PRECISION
@FAR
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("loss", LOSSES)
def test_run_ends_with_finite_losses_or_says_that_it_diverged(loss, rule, far, dtype):
    options = {"epochs": 15, "batch_size": 5, "rng": 0}
    for middle, end in product(KINDS, ends(loss)):
        net, X, y = network(middle, end, dtype), far_rows(far), answers(loss)
        try:
            history = train(net, X, y, loss, RULES[rule](), validation=(X, y), **options)
        except TrainingDiverged as error:
            history = error.history
        else:
            assert len(history.loss) == 15
            assert np.isfinite(net.parameters).all()
        assert np.isfinite(history.loss + history.validation_loss).all()


@PRECISION
@FAR
@pytest.mark.parametrize("rule", ["descent", "momentum", "long steps"])
@pytest.mark.parametrize("middle", [ReLU, None])
def test_steps_by_far_rows_diverge(middle, rule, far, dtype):
    net, X, loss = network(middle, None, dtype), far_rows(far), mean_squared_error
    with pytest.raises(TrainingDiverged, match="scale features that are far from 1"):
        train(net, X, answers(loss), loss, RULES[rule](), epochs=15)


def own_loss(predictions, targets):
    return mean_squared_error(predictions, targets)


@pytest.mark.parametrize("second", [1e200, -1e200])
def test_first_look_at_what_a_loss_of_ones_own_takes_brings_no_warning(second):
    # Two products that are too large: their sum is infinite, their difference no number.
    net = Network([Dense(1, 2, bias=False), Dense(2, 1, bias=False)])
    net.parameters = [1e200, second, 1.0, 1.0]
    with pytest.raises(TrainingDiverged):
        train(net, [[1e200]], [0.0], own_loss, SGD(0.1), epochs=1)


# Limits


@PRECISION
@pytest.mark.parametrize("far", [1e3, 1e6, 1e30])
def test_limits_of_sigmoid_and_softmax(far, dtype):
    z = np.array([-far, far], dtype=dtype)
    assert sigmoid(z).tolist() == softmax(z).tolist() == [0, 1]
    assert softmax(z[::-1]).tolist() == [1, 0]
    assert softmax(np.array([far, far], dtype=dtype)).tolist() == [0.5, 0.5]


@FAR
@pytest.mark.parametrize("loss", LOSSES[2:])
def test_surprise_at_a_wrong_answer_is_the_distance(loss, far):
    net = Network([Dense(1, 2)])
    net.layers[0].weights, net.layers[0].biases = [[0.0, 1.0]], [0.0, 0.0]
    rows = [[far], [far]]
    if loss is cross_entropy:
        wrong, right = [0, 0], [1, 1]
    else:
        # The first output is 0, and log 2 its loss; the second one is sure.
        wrong, right = [[1.0, 0.0]] * 2, [[1.0, 1.0]] * 2
    assert evaluate(net, rows, wrong, loss) - evaluate(net, rows, right, loss) == pytest.approx(
        far if loss is cross_entropy else far / 2, rel=1e-15
    )
