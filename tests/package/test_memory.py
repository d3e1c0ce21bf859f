"""Many rows need no more memory than their results, and a little besides."""

import tracemalloc

import numpy as np
import pytest

from neuralnet import (
    SGD,
    Conv2D,
    Dense,
    MaxPool2D,
    Network,
    ReLU,
    Sigmoid,
    Standardize,
    accuracy,
    cross_entropy,
    evaluate,
    train,
)
from neuralnet.checks import check_array
from neuralnet.inplace import LAYERS

MB = 2**20
PICTURES = np.random.default_rng(0).integers(256, size=(20_000, 784), dtype=np.uint8)
LABELS = np.arange(20_000) % 10


@pytest.fixture
def added():
    """Return a function that tells by how many bytes the memory in use has grown, at most."""
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    yield lambda: tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()


def pictures_net(*first):
    return Network([*first, Dense(784, 32), ReLU(), Dense(32, 10)], rng=0, dtype=np.float32)


def test_prediction_of_many_rows_adds_their_outputs_and_a_block(added):
    net = Network([Dense(20, 500), Sigmoid(), Dense(500, 500), Sigmoid(), Dense(500, 1)], rng=0)
    X = np.zeros((50_000, 20))
    start = added()
    net.predict(X)
    # All at once, 50 000 rows of 1000 activations would be 400 MB.
    assert added() - start < X.nbytes + 8 * 50_000 + 64 * MB


def windows_net():
    first = Conv2D((28, 28, 1), 8, 5)
    pool = MaxPool2D(first.output_shape, 2)
    row = [first, ReLU(), pool, Dense(pool.outputs, 10)]
    return Network(row, rng=0, dtype=np.float32)


def test_prediction_of_many_pictures_takes_the_windows_of_a_block(added):
    net = windows_net()
    start = added()
    net.predict(PICTURES[:2000])
    # All at once, 2000 pictures have windows of 115 MB.
    assert added() - start < 16 * MB


def test_training_holds_strips_and_not_whole_windows(added):
    layer, x = windows_net().layers[0], PICTURES[:1000].astype(np.float32)
    start = added()
    recorded = LAYERS[Conv2D](layer, x, None)
    # Outputs, their gradient and the strips: 53 MB.  The windows would be 58 MB.
    assert added() - start < 60 * MB
    assert recorded


@pytest.mark.parametrize("question", [accuracy, evaluate], ids=lambda question: question.__name__)
def test_pictures_stay_small_in_an_evaluation(added, question):
    net, more = pictures_net(), () if question is accuracy else (cross_entropy,)
    question(net, PICTURES, LABELS, *more)
    # As numbers of double precision the pictures would add 125 MB.
    assert added() < 40 * MB


@pytest.mark.parametrize("first", [[], [Standardize(np.full(784, 127.5), np.full(784, 74.0))]])
def test_pictures_stay_small_in_a_training(added, first):
    net = pictures_net(*first)
    train(net, PICTURES, LABELS, cross_entropy, SGD(1e-4), epochs=1, batch_size=100)
    assert added() < 40 * MB


def test_training_makes_no_arrays_after_its_first_epoch():
    net, grown = pictures_net(), []

    def look(history):
        grown.append(tracemalloc.get_traced_memory())
        tracemalloc.reset_peak()

    X = PICTURES[:1000].astype(np.float32)
    tracemalloc.start()
    train(net, X, LABELS[:1000], cross_entropy, SGD(1e-4), epochs=3, batch_size=100, callback=look)
    tracemalloc.stop()
    (before, _), (_, peak) = grown[-2:]
    # The row numbers of an epoch, and what NumPy takes for a moment; a batch has 313 600 bytes.
    assert peak - before < 60_000


def test_look_for_missing_numbers_makes_no_second_array(added):
    X = np.zeros((1000, 4000))
    start = added()
    check_array("X", X)
    # An answer for each of the numbers would be 4 MB.
    assert added() - start < MB


def test_blocks_change_no_prediction():
    net = Network([Dense(2, 2000), Sigmoid(), Dense(2000, 1)], rng=0)
    X = np.random.default_rng(1).normal(size=(2000, 2))
    together = net.predict(X)
    alone = np.vstack([net.predict(part) for part in np.split(X, 8)])
    np.testing.assert_allclose(together, alone, rtol=1e-12)
