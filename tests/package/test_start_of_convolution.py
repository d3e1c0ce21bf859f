"""A convolution draws its start values from the generator of its network, as every layer does."""

import numpy as np

from neuralnet import Conv2D, Network


def start(seed):
    return Network([Conv2D((5, 5, 2), 3, 3)], rng=seed).parameters


def test_one_seed_gives_one_start():
    np.testing.assert_array_equal(start(0), start(0))


def test_networks_made_of_one_layer_have_starts_of_their_own():
    layer = Conv2D((5, 5, 2), 3, 3)
    first, second = (Network([layer], rng=seed).parameters for seed in (0, 1))
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(first, start(0))
