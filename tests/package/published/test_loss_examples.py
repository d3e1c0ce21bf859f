"""Losses in the documentation and the tests of other libraries."""

import numpy as np
import pytest

from neuralnet import binary_cross_entropy, cross_entropy, softmax
from tests.package.published.printed import agrees, check

SINGLE = {"precision": np.float32}


def test_keras_binary_cross_entropy():
    """Source: Keras, documentation of losses.BinaryCrossentropy (keras/src/losses/losses.py);
    of TensorFlow, tf.keras.losses.BinaryCrossentropy; of Keras for R, loss_binary_crossentropy.
    The first cuts its last digit off, the others round."""
    loss, _ = binary_cross_entropy([-18.6, 0.51, 2.94, -12.8], [0, 1, 0, 0])
    check("0.865", loss)
    check("0.865458", loss, **SINGLE)
    check("0.8654", loss, cut=True)
    assert not agrees("0.8654", loss)


@pytest.mark.parametrize(
    ("scores", "label", "printed"),
    [
        ([1.2, -0.8, -0.5], 0, "0.2761"),
        ([0.9, -1.2, 1.1], 1, "2.9518"),
        ([10.0, 1.0, -2.0], 1, "9.00013"),
        ([1.0, 4.0, 0.2], 0, "3.0696733"),
    ],
)
def test_optax_cross_entropy(scores, label, printed):
    """Source: optax (google-deepmind/optax), optax/losses/_classification.py, documentation of
    softmax_cross_entropy, and _classification_test.py, SoftmaxCrossEntropyTest."""
    check(printed, cross_entropy([scores], [label])[0], **SINGLE)


@pytest.mark.parametrize(
    ("scores", "labels", "printed"),
    [
        ([-1e9, -1e-9], [1, 0], "5e08"),
        ([-1e9, -1e-9], [0, 1], "0.3465736"),
        ([1e9, 1e-9], [1, 0], "0.3465736"),
        ([1e9, 1e-9], [0, 1], "5e08"),
        ([-1e9, 1e-9], [1, 0], "5e08"),
        ([-1e9, 1e-9], [0, 1], "0.3465736"),
        ([1e9, -1e-9], [1, 0], "0.3465736"),
        ([1e9, -1e-9], [0, 1], "5e08"),
        ([0.0, 0.0], [1, 0], "0.6931472"),
        ([0.0, 0.0], [0, 1], "0.6931472"),
    ],
)
def test_optax_binary_cross_entropy(scores, labels, printed):
    """Scores of a thousand million overflow in a careless formula.

    Source: optax, optax/losses/_classification_test.py, SigmoidCrossEntropyTest."""
    check(printed, binary_cross_entropy(scores, labels)[0])


def test_tensorflow_cross_entropy():
    """Source: TensorFlow, documentation of tf.nn.softmax_cross_entropy_with_logits, first row.
    (The second has shares of classes for targets, which this package does not take.)"""
    check("0.16984604", cross_entropy([[4.0, 2.0, 1.0]], [0])[0], **SINGLE)


def test_neural_networks_from_scratch_softmax():
    """Source: H. Kinsley and D. Kukieła, "Neural Networks from Scratch in Python" (2020)."""
    check("0.89528266 0.02470831 0.08000903", softmax([4.8, 1.21, 2.385]))


def test_neural_networks_from_scratch_cross_entropy():
    """Source: the same.  It starts from probabilities, whose logarithms are scores for them."""
    probabilities = np.array([[0.7, 0.1, 0.2], [0.1, 0.5, 0.4], [0.02, 0.9, 0.08]])
    loss, gradient = cross_entropy(np.log(probabilities), [0, 1, 1])
    check("0.38506088005216804", loss)
    check(
        """-0.1 0.03333333 0.06666667
        0.03333333 -0.16666667 0.13333333
        0.00666667 -0.03333333 0.02666667""",
        gradient,
        summands=1,
    )


def test_cs231n_softmax():
    """Source: Stanford CS231n, notes "Linear Classification" (linear-classify): how halving the
    weights spreads the probabilities."""
    check("0.7 0.04 0.26 0.55 0.12 0.33", softmax([[1, -2, 0], [0.5, -1, 0]]))
