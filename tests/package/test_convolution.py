"""Layers that look at pictures: the same sums at every place, and the largest of each square."""

import pickle
from copy import copy, deepcopy
from functools import partial

import numpy as np
import pytest
from scipy.signal import correlate2d

from neuralnet import (
    SGD,
    Adam,
    Conv2D,
    Dense,
    MaxPool2D,
    Network,
    ReLU,
    Tanh,
    cross_entropy,
    gradient_check,
    he_normal,
    load,
    mean_squared_error,
    save,
    train,
)
from neuralnet.inplace import LAYERS
from neuralnet.network import BLOCK
from tests.package.tools import gradient_by_differences, refusal

RNG = np.random.default_rng(0)
# Height, width and channels differ, so that none of them can stand for another.
SHAPE, FILTERS, SIDE = (4, 5, 2), 3, 2
X = RNG.normal(size=(6, 40))


def convolution(dtype=np.float64, **options):
    """Return a layer with random parameters."""
    (layer,) = Network([Conv2D(SHAPE, FILTERS, SIDE, **options)], rng=0, dtype=dtype).layers
    layer.biases = RNG.normal(size=layer.biases.shape)
    return layer


def by_loops(layer, x):
    """Return the outputs, number by number."""
    height, width, filters = layer.output_shape
    rim = layer.padding
    result = []
    for row in x:
        picture = np.zeros((layer.shape[0] + 2 * rim, layer.shape[1] + 2 * rim, layer.shape[2]))
        for number, value in enumerate(row):
            place, channel = divmod(number, layer.shape[2])
            i, j = divmod(place, layer.shape[1])
            picture[i + rim, j + rim, channel] = value
        for i in range(height):
            for j in range(width):
                for f in range(filters):
                    total = layer.biases[f] if layer.bias else 0.0
                    window = picture[i : i + layer.side, j : j + layer.side].ravel()
                    for weight, value in zip(layer.weights[:, f], window, strict=True):
                        total += weight * value
                    result.append(total)
    return np.reshape(result, (len(x), layer.outputs))


OPTIONS = [{}, {"bias": False}, {"padding": 1}, {"padding": 3, "bias": False}]
options = pytest.mark.parametrize("options", OPTIONS, ids=str)


# A convolution


@options
def test_each_window_has_its_weighted_sums(options):
    layer = convolution(**options)
    np.testing.assert_allclose(layer.forward(X), by_loops(layer, X), rtol=1e-13, atol=1e-14)


def test_sums_are_the_cross_correlations_of_scipy():
    layer = convolution()
    pictures = X.reshape(-1, *SHAPE)
    filters = layer.weights.reshape(SIDE, SIDE, SHAPE[2], FILTERS)
    maps = layer.forward(X).reshape(-1, *layer.output_shape)
    for row, picture in enumerate(pictures):
        for f in range(FILTERS):
            found = sum(
                correlate2d(picture[:, :, c], filters[:, :, c, f], "valid") for c in range(SHAPE[2])
            )
            np.testing.assert_allclose(maps[row, :, :, f], found + layer.biases[f], rtol=1e-12)


def test_padding_is_a_rim_of_zeros():
    wide = convolution(padding=2)
    rows = np.pad(X.reshape(-1, *SHAPE), ((0, 0), (2, 2), (2, 2), (0, 0))).reshape(len(X), -1)
    plain = Conv2D((8, 9, 2), FILTERS, SIDE)
    plain.weights, plain.biases = wide.weights, wide.biases
    np.testing.assert_array_equal(wide.forward(X), plain.forward(rows))


def test_shifted_picture_gives_shifted_outputs():
    layer = convolution()
    pictures = X.reshape(-1, *SHAPE)
    shifted = np.roll(pictures, 1, axis=2).reshape(len(X), -1)
    maps, others = (layer.forward(x).reshape(-1, *layer.output_shape) for x in (X, shifted))
    np.testing.assert_allclose(others[:, :, 1:], maps[:, :, :-1], rtol=1e-13)


def test_window_as_large_as_the_picture_is_a_dense_layer():
    layer, dense = Conv2D((3, 3, 2), 4, 3), Dense(18, 4)
    layer.weights = dense.weights
    rows = X[:, :18]
    np.testing.assert_array_equal(layer.forward(rows), dense.forward(rows))
    np.testing.assert_allclose(layer.backward(X[:, :4]), dense.backward(X[:, :4]), rtol=1e-13)
    np.testing.assert_array_equal(layer.d_weights, dense.d_weights)


@options
def test_gradients_are_those_of_small_differences(options):
    layer = convolution(**options)
    answer = RNG.normal(size=(len(X), layer.outputs))
    layer.forward(X)
    d_x = layer.backward(answer)
    d_weights, d_biases = layer.d_weights.copy(), layer.d_biases.copy()

    def total(x=X):
        return np.sum(layer.forward(x) * answer)

    def total_with(values, name):
        setattr(layer, name, values)
        return total()

    for name, found in (("weights", d_weights), ("biases", d_biases)):
        values = getattr(layer, name).copy()
        expected = gradient_by_differences(partial(total_with, name=name), values)
        np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-8)
        setattr(layer, name, values)
    expected = gradient_by_differences(total, X)
    np.testing.assert_allclose(d_x, expected, rtol=1e-8, atol=1e-8)


def test_pixel_gets_the_gradient_of_every_window_in_which_it_lies():
    layer = Conv2D((3, 3, 1), 1, 2)
    layer.weights = [[1], [1], [1], [1]]
    layer.forward(np.zeros((1, 9)))
    assert layer.backward(np.ones((1, 4))).tolist() == [[1, 2, 1, 2, 4, 2, 1, 2, 1]]


def test_start_values_have_the_size_that_suits_a_window():
    (layer,) = Network([Conv2D((9, 9, 4), 500, 5)], rng=0).layers
    assert layer.weights.std() == pytest.approx(0.1, rel=0.01)
    assert not layer.biases.any()


def test_initializer_draws_for_the_pixels_of_a_window():
    layer = Conv2D((9, 9, 4), 3, 5, padding=1, initializer=he_normal)
    expected = he_normal(np.random.default_rng(5), 100, 3)
    np.testing.assert_array_equal(Network([layer], rng=5).layers[0].weights, expected)
    assert repr(layer) == "Conv2D((9, 9, 4), 3, 5, initializer=he_normal, padding=1)"


def test_numbers_of_inputs_outputs_and_parameters():
    layer = Conv2D((28, 20, 3), 8, 5, padding=1)
    assert layer.output_shape == (26, 18, 8)
    assert (layer.inputs, layer.outputs) == (28 * 20 * 3, 26 * 18 * 8)
    assert layer.workspace == 26 * 18 * 5 * 5 * 3
    assert layer.size == 5 * 5 * 3 * 8 + 8
    assert Conv2D((28, 20, 3), 8, 5, bias=False).size == 5 * 5 * 3 * 8


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("asked", [False, True], ids=["first", "second"])
@options
def test_buffers_give_what_the_formulas_give(options, asked, dtype):
    layer, x = convolution(dtype, **options), X.astype(dtype)
    d_x = np.full_like(x, np.nan) if asked else None
    y, d_y, forward, backward = LAYERS[Conv2D](layer, x, d_x)
    close = {"rtol": 1e-13, "atol": 1e-13} if dtype == np.float64 else {"rtol": 1e-4, "atol": 1e-5}
    # Once more with other weights and rows: a buffer may hold what was there.
    for _ in range(2):
        layer.weights = RNG.normal(size=layer.weights.shape)
        layer.biases = RNG.normal(size=layer.biases.shape)
        x[...] = RNG.normal(size=x.shape)
        for function, operands in forward:
            function(*operands)
        np.testing.assert_allclose(y, layer.forward(x), **close)
        d_y[...] = d_output = RNG.normal(size=d_y.shape).astype(dtype)
        expected = layer.backward(d_output)
        d_weights, d_biases = layer.d_weights.copy(), layer.d_biases.copy()
        layer.d_weights[...] = layer.d_biases[...] = np.nan
        for function, operands in backward:
            function(*operands)
        np.testing.assert_allclose(layer.d_weights, d_weights, **close)
        np.testing.assert_allclose(layer.d_biases, d_biases, **close)
        if asked:
            np.testing.assert_allclose(d_x, expected, **close)


# The largest of each square


def test_largest_number_of_each_square_and_channel():
    picture = np.array([[[1, 5], [2, 0], [3, 1]], [[4, 2], [0, 9], [7, 0]]])
    layer = MaxPool2D((2, 6, 2), 2)
    rows = np.concatenate([picture, -picture], axis=1).reshape(1, -1).astype(float)
    # Columns 0 and 1; 2 and 3, of which the second begins the mirrored half; 4 and 5.
    assert layer.forward(rows).tolist() == [[4, 9, 7, 1, 0, 0]]
    assert layer.output_shape == (1, 3, 2)
    assert (layer.inputs, layer.outputs) == (24, 6)


TIES = {
    "four alike": ([5, 5, 5, 5], [1, 0, 0, 0]),
    "the last two of four": ([0, 1, 5, 5], [0, 0, 1, 0]),
    "above each other": ([1, 5, 0, 5], [0, 1, 0, 0]),
    "across": ([1, 5, 5, 0], [0, 1, 0, 0]),
    "no two": ([1, 2, 3, 0], [0, 0, 1, 0]),
    "zeros of both signs": ([-0.0, 0.0, -0.0, 0.0], [1, 0, 0, 0]),
}
ties = pytest.mark.parametrize(("square", "taken"), TIES.values(), ids=TIES)


@ties
def test_of_equal_numbers_the_first_gets_the_gradient(square, taken):
    layer = MaxPool2D((2, 2, 1), 2)
    layer.forward(np.array([square], float))
    assert layer.backward(np.array([[7.0]])).tolist() == [[7 * share for share in taken]]


@ties
def test_of_equal_numbers_the_first_gets_the_gradient_in_buffers_too(square, taken):
    x, d_x = np.array([square], float), np.full((1, 4), np.nan)
    _, d_y, forward, backward = LAYERS[MaxPool2D](MaxPool2D((2, 2, 1), 2), x, d_x)
    for function, operands in forward:
        function(*operands)
    d_y[...] = 7
    for function, operands in backward:
        function(*operands)
    assert d_x.tolist() == [[7 * share for share in taken]]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("side", [1, 2, 3])
def test_buffers_give_the_same_bits(side, dtype):
    layer = MaxPool2D((6, 12, 3), side)
    layer.dtype = np.dtype(dtype)
    # Few different numbers, so that there are ties.
    x = np.random.default_rng(side).integers(-2, 3, size=(5, layer.inputs)).astype(dtype)
    d_x = np.full_like(x, np.nan)
    y, d_y, forward, backward = LAYERS[MaxPool2D](layer, x, d_x)
    d_output = RNG.normal(size=d_y.shape).astype(dtype)
    for _ in range(2):
        for function, operands in forward:
            function(*operands)
        np.testing.assert_array_equal(y, layer.forward(x))
        d_y[...] = d_output
        for function, operands in backward:
            function(*operands)
        np.testing.assert_array_equal(d_x, layer.backward(d_output))


# In a network


def pictures_net(dtype=np.float64, **options):
    convolution = Conv2D(SHAPE, FILTERS, SIDE, **options)
    second = Conv2D(convolution.output_shape, 4, 2)
    pool = MaxPool2D(second.output_shape, 1)
    row = [convolution, Tanh(), second, pool, Dense(pool.outputs, 3)]
    return Network(row, rng=0, dtype=dtype)


LABELS = np.arange(len(X)) % 3


@options
def test_gradient_of_a_network_is_right(options):
    assert gradient_check(pictures_net(**options), X, LABELS, cross_entropy, l2=0.1) < 1e-6


def digits_net(shift):
    first = Conv2D((8, 8, 1), 4, 3)
    pool = MaxPool2D(first.output_shape, 2)
    net = Network([first, ReLU(), pool, Dense(pool.outputs, 10)], rng=0)
    net.layers[0].biases = shift * np.arange(1, 5)
    return net


def test_gradient_is_right_on_pictures_with_empty_windows():
    from sklearn.datasets import load_digits

    X, labels = load_digits(return_X_y=True)
    some = X[:8] / 16, labels[:8], cross_entropy
    assert gradient_check(digits_net(0.01), *some) < 1e-6
    # Without biases the sum over an empty window is 0, where ReLU has a corner and no slope.
    assert gradient_check(digits_net(0.0), *some) > 1e-6


def test_network_is_printed_with_the_numbers_of_each_layer():
    pool = MaxPool2D((4, 4, 3), 2)
    net = Network([Conv2D((4, 4, 1), 3, 3, padding=1), pool, Dense(12, 1)])
    assert str(net).splitlines() == [
        "Conv2D((4, 4, 1), 3, 3, padding=1)  (rows, 48)  30 parameters",
        "MaxPool2D((4, 4, 3), 2)             (rows, 12)  0 parameters",
        "Dense(12, 1)                        (rows, 1)   13 parameters",
        "in total                                        43 parameters",
    ]


@pytest.mark.parametrize(
    "layer",
    [Conv2D(SHAPE, 3, 2, **options) for options in OPTIONS] + [MaxPool2D((4, 6, 2), 2)],
    ids=repr,
)
def test_text_of_a_layer_makes_it_anew(layer):
    again = eval(repr(layer))
    assert type(again) is type(layer)
    assert repr(again) == repr(layer)
    assert again.output_shape == layer.output_shape


def test_flattened_maps_have_the_channels_of_a_pixel_side_by_side():
    layer = Conv2D((2, 2, 1), 2, 1)
    layer.weights = [[1, 10]]
    assert layer.forward(np.array([[1.0, 2, 3, 4]])).tolist() == [[1, 10, 2, 20, 3, 30, 4, 40]]


def test_networks_made_of_one_layer_share_nothing():
    layer = Conv2D(SHAPE, FILTERS, SIDE)
    first, second = Network([layer], rng=0), Network([layer], rng=1)
    kept = first.parameters.copy()
    second.parameters[...] = 7
    second.loss_and_gradient(X, np.zeros((len(X), second.outputs)), mean_squared_error)
    np.testing.assert_array_equal(first.parameters, kept)
    assert (second.layers[0].weights == 7).all()
    assert not first.gradients.any()


def as_saved(net, folder):
    save(net, folder / "net")
    return load(folder / "net")


COPIES = {
    "copy": lambda net, folder: copy(net),
    "deepcopy": lambda net, folder: deepcopy(net),
    "pickle": lambda net, folder: pickle.loads(pickle.dumps(net)),
    "file": as_saved,
    "layers": lambda net, folder: Network(net.layers),
}


@pytest.mark.parametrize("again", COPIES.values(), ids=COPIES)
@options
def test_copies_are_alike_and_learn_alone(again, options, tmp_path):
    net = pictures_net(**options)
    net.predict(X)
    twin = again(net, tmp_path)
    assert repr(twin) == repr(net)
    np.testing.assert_array_equal(twin.predict(X), net.predict(X))
    kept = net.parameters.copy()
    for optimizer in (SGD(0.1), Adam()):
        train(twin, X, LABELS, cross_entropy, optimizer, epochs=2)
    np.testing.assert_array_equal(net.parameters, kept)
    assert (twin.parameters != kept).all()
    assert np.shares_memory(twin.layers[0].weights, twin.parameters)


def test_pickle_holds_no_windows():
    layer = Conv2D((20, 20, 1), 1, 5)
    layer.forward(np.zeros((100, 400)))
    pool = MaxPool2D((20, 20, 1), 2)
    pool.forward(np.zeros((100, 400)))
    assert len(pickle.dumps([layer, pool])) < 3000


def test_windows_count_where_many_rows_are_predicted():
    net = Network([Conv2D((30, 30, 1), 1, 10), MaxPool2D((21, 21, 1), 3)], rng=0)
    blocks = []

    def watched(x):
        blocks.append(len(x) * 21 * 21 * 100)
        return forward(x)

    forward = net.layers[0].forward
    net.layers[0].forward = watched
    net.predict(np.zeros((200, 900)))
    *full, last = blocks
    assert full
    assert all(BLOCK / 2 < block <= BLOCK for block in full)
    assert last <= BLOCK
    assert sum(blocks) == 200 * 21 * 21 * 100


def test_first_layer_does_not_add_up_the_gradient_of_pixels():
    layer = convolution()
    x = np.zeros((2, layer.inputs))
    asked, spared = (len(LAYERS[Conv2D](layer, x, d_x)[3]) for d_x in (x.copy(), None))
    assert asked > spared == 4


# What is refused


REFUSALS = {
    "no channels": (((28, 28), 8, 5), "shape is (28, 28), but it must be (height, width, channels"),
    "one number": ((784, 8, 5), "shape is 784, but it must be (height, width, channels)"),
    "text": (("abc", 8, 5), "a number of shape is 'a', but it must be a whole number above zero"),
    "zero": (((28, 0, 1), 8, 5), "a number of shape is 0, but it must be"),
    "a part": (((28, 28, 0.5), 8, 5), "a number of shape is 0.5, but it must be"),
    "nested": (([[28], 28, 1], 8, 5), "a number of shape is [28], but it must be"),
    "filters": (((28, 28, 1), 0, 5), "filters is 0, but it must be a whole number above zero"),
    "side": (((28, 28, 1), 8, 0), "side is 0, but it must be a whole number above zero"),
    "two sides": (((28, 28, 1), 8, (5, 5)), "side is (5, 5), but it must be a whole number"),
    "too high": (
        ((4, 9, 1), 8, 5),
        "side is 5, but a picture of 4 x 9 pixels with a padding of 0 holds no such window: ",
    ),
    "too wide": (((9, 4, 1), 8, 5), "side is 5, but a picture of 9 x 4 pixels with a padding of 0"),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSALS.values(), ids=REFUSALS)
def test_convolution_refuses(arguments, said):
    assert refusal(Conv2D, *arguments).startswith(said)


@pytest.mark.parametrize("padding", [-1, 0.5, True, None, (1, 1)])
def test_padding_that_is_refused(padding):
    said = refusal(Conv2D, SHAPE, 1, 2, padding=padding)
    assert said == f"padding is {padding}, but it must be zero or a whole number above it"


def test_padding_can_make_room_for_a_window():
    assert Conv2D((1, 1, 1), 1, 3, padding=1).output_shape == (1, 1, 1)


@pytest.mark.parametrize("shape", [(8, 9, 1), (9, 8, 1)])
def test_squares_that_do_not_fill_the_picture_are_refused(shape):
    assert refusal(MaxPool2D, shape, 2) == (
        f"side is 2, but a picture of {shape[0]} x {shape[1]} pixels does not divide into such "
        "squares: choose a side that divides both, or change the picture by another window or "
        "padding of the Conv2D before"
    )


def test_pool_refuses_other_shapes_and_sides():
    assert refusal(MaxPool2D, (8, 8), 2).startswith("shape is (8, 8), but it must be (height, ")
    assert refusal(MaxPool2D, (8, 8, 1), 0).startswith("side is 0, but it must be")


@pytest.mark.parametrize("shape", [[8, 8, 1], np.array([8, 8, 1]), (8.0, np.int8(8), 1)], ids=str)
def test_whole_numbers_of_any_kind_make_a_shape(shape):
    for layer in (Conv2D(shape, 1, 2), MaxPool2D(shape, 2)):
        assert layer.shape == (8, 8, 1)
        assert all(type(number) is int for number in (*layer.shape, *layer.output_shape))


def test_layers_that_do_not_fit_are_told_by_their_numbers():
    said = refusal(Network, [Conv2D((8, 8, 1), 4, 3), Dense(64, 1)])
    assert said == (
        "layer 1, Dense(64, 1), takes 64 numbers, but the layer before it gives 144: make the two "
        "alike"
    )
