"""What `train` runs in buffers is what the layers, losses and optimizers say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neuralnet import (
    SGD,
    Adam,
    Conv2D,
    Dense,
    Dropout,
    MaxPool2D,
    Network,
    ReLU,
    Scheduled,
    Sigmoid,
    Standardize,
    Tanh,
    WarmUp,
    cosine,
    linear,
    mean_squared_error,
    train,
)
from neuralnet.inplace import LAYERS, Passes, Training
from neuralnet.layers import Layer
from neuralnet.losses import summed
from neuralnet.optimizers import Optimizer
from tests.package.drawing import cases
from tests.package.tools import X, Y, network, refusal


class Scale(Layer):
    """A layer of one's own that learns: each column times a factor, and plus a shift."""

    def __init__(self, columns):
        self.inputs = self.outputs = columns
        self.weights, self.biases = np.linspace(0.5, 1.5, columns), np.zeros(columns)

    def forward(self, x):
        self.x = x
        return x * self.weights + self.biases

    def backward(self, d_output):
        self.d_weights, self.d_biases = (d_output * self.x).sum(axis=0), d_output.sum(axis=0)
        return d_output * self.weights


class Softplus(Layer):
    """A layer of one's own that learns nothing."""

    def forward(self, x):
        self.x = x
        return np.logaddexp(0, x)

    def backward(self, d_output):
        return d_output / (1 + np.exp(-self.x))


class Mirrored(Layer):
    """A layer of one's own that gives more columns than it takes."""

    inputs, outputs = 3, 6

    def forward(self, x):
        return np.hstack([x, -x])

    def backward(self, d_output):
        return d_output[:, :3] - d_output[:, 3:]


class Shortened(Optimizer):
    """An optimizer of one's own: no step is longer than the learning rate."""

    def direction(self, gradients):
        return gradients / max(1.0, np.linalg.norm(gradients))


@summed
def rounded_corner(predictions, targets):
    """A loss of one's own, which grows like a square near 0, and like a line far away."""
    difference = predictions - targets
    root = np.sqrt(1 + difference**2)
    return float(np.sum(root - 1)), difference / root


def trained_by_hand(net, X, y, loss, optimizer, epochs, batch_size, l2):
    """Train by the formulas, and return the loss of each epoch."""
    losses, is_sum = [], getattr(loss, "is_sum", False)
    for _ in range(epochs):
        total = 0.0
        for first in range(0, len(X), batch_size):
            rows = slice(first, first + batch_size)
            penalty = l2 * sum(np.sum(layer.weights**2) for layer in net.layers)
            value, gradient = net.loss_and_gradient(X[rows], y[rows], loss, l2)
            optimizer.step(net.parameters, gradient)
            # The penalty belongs to no row; each batch has its share of it.
            share = len(X[rows]) / len(X)
            total += (value - penalty) * (1 if is_sum else share) + penalty * share
        losses.append(total)
    return losses


def distance(found, expected):
    """Return the largest difference, as a part of the largest number or of one."""
    return np.abs(np.subtract(found, expected)).max() / max(1, np.abs(expected).max())


OPTIMIZERS = {
    "SGD": lambda: SGD(0.05),
    "momentum": lambda: SGD(0.02, momentum=0.9),
    # Adam divides by small gradients, and rounding is all there is of those that should be 0.
    "Adam": lambda: Adam(0.01, epsilon=1e-3),
    "own": lambda: Shortened(0.05),
    "scheduled SGD": lambda: Scheduled(SGD(0.05, momentum=0.5), linear, 4),
    "scheduled Adam": lambda: Scheduled(Adam(0.01, epsilon=1e-3), WarmUp(cosine, 0.4), 9),
    "scheduled own": lambda: Scheduled(Shortened(0.05), cosine, 3),
}


@st.composite
def trainings(draw):
    """Draw a network, perhaps with layers of another kind or some that drop numbers in it."""
    case = draw(cases())
    row = list(case.net.layers)
    widths = case.net.widths
    places = draw(st.sets(st.integers(0, len(row) - 1), max_size=2))
    for place in sorted(places, reverse=True):
        others = [Softplus(), Scale(widths[place]), Layer(), Dropout(0.4)]
        row.insert(place, draw(st.sampled_from(others)))
    case.net = Network(row, dtype=draw(st.sampled_from([np.float64, np.float32])))
    if case.y.dtype.kind == "f" and draw(st.booleans()):
        case.loss = draw(st.sampled_from([case.loss, rounded_corner]))
    make = OPTIMIZERS[draw(st.sampled_from(list(OPTIMIZERS)))]
    return case, make, draw(st.integers(1, len(case.X))), draw(st.integers(1, 4))


@given(trainings())
def test_training_in_buffers_is_training_by_formulas(training):
    case, make, batch_size, epochs = training
    net, twin, X, y = case.network(dtype=case.net.parameters.dtype), case.net, case.X, case.y
    history = train(
        net,
        X,
        y,
        case.loss,
        make(),
        epochs=epochs,
        batch_size=batch_size,
        l2=case.l2,
        shuffle=False,
    )
    losses = trained_by_hand(twin, X, y, case.loss, make(), epochs, batch_size, case.l2)
    close = 1e-13 if net.parameters.dtype == np.float64 else 2e-5
    assert distance(net.parameters, twin.parameters) < close
    assert distance(history.loss, losses) < close


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    "layer", [Sigmoid(), Tanh(), ReLU(), Standardize([0.1, -2, 3], [0.7, 2, 30])], ids=repr
)
def test_numbers_are_the_same_where_nothing_is_added_up(layer, dtype):
    # The last bits of exp depend on the place in memory in older releases of NumPy.
    layer.dtype = np.dtype(dtype)
    x, d_output, d_x = np.random.default_rng(0).normal(size=(3, 20, 3)).astype(dtype)
    y, d_y, forward, backward = LAYERS[type(layer)](layer, x, d_x)
    for function, operands in forward:
        function(*operands)
    close = 1e-13 if dtype == np.float64 else 2e-5
    np.testing.assert_allclose(y, layer.forward(x), rtol=close)
    d_y[...] = d_output
    for function, operands in backward:
        function(*operands)
    np.testing.assert_allclose(d_x, layer.backward(d_output), rtol=close)


@pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.__name__)
def test_subclass_of_a_layer_stands_for_itself(kind):
    class Doubled(kind):
        def forward(self, x):
            return 2 * super().forward(x)

        def backward(self, d_output):
            return super().backward(2 * d_output)

    arguments = {
        Dense: (3, 3),
        Standardize: ([1.0] * 3, [2.0] * 3),
        Conv2D: ((1, 3, 1), 1, 1),
        MaxPool2D: ((1, 3, 1), 1),
        Dropout: (0.5,),
    }.get(kind, ())
    net = Network([Dense(2, 3), Doubled(*arguments), Dense(3, 1)], rng=0)
    twin = Network(net.layers)
    train(net, X, Y, mean_squared_error, SGD(0.1), epochs=3)
    trained_by_hand(twin, X, Y, mean_squared_error, SGD(0.1), 3, len(X), 0.0)
    assert distance(net.parameters, twin.parameters) < 1e-13


def test_layer_of_ones_own_may_give_another_number_of_columns():
    net = Network([Dense(2, 3), Mirrored(), Dense(6, 1)], rng=0)
    twin = Network(net.layers)
    train(net, X, Y, mean_squared_error, SGD(0.1), epochs=3)
    trained_by_hand(twin, X, Y, mean_squared_error, SGD(0.1), 3, len(X), 0.0)
    assert distance(net.parameters, twin.parameters) < 1e-13


# What a layer of one's own does wrong


class Widened(Layer):
    def forward(self, x):
        return np.hstack([x, x])


class Narrowed(Layer):
    def backward(self, d_output):
        return d_output[:, :1]


@pytest.mark.parametrize(("layer", "name"), [(Widened(), "forward"), (Narrowed(), "backward")])
def test_wrong_shape_is_told_with_the_name_of_the_pass(layer, name):
    net = Network([Dense(2, 3), layer, Dense(3, 1)], rng=0)
    message = refusal(train, net, X, Y, mean_squared_error, SGD(0.1), epochs=1)
    assert f"{type(layer).__name__}().{name}" in message


class Overwriting(Layer):
    def forward(self, x):
        x *= 2
        return x


@pytest.mark.parametrize(
    "rows", [X, X.astype(np.float32), X.astype(int)], ids=lambda X: X.dtype.name
)
def test_layer_that_writes_into_the_training_rows_is_refused(rows):
    net = Network([Overwriting(), Dense(2, 1)], rng=0)
    kept = rows.copy()
    with pytest.raises(ValueError, match="read-only"):
        train(net, rows, Y, mean_squared_error, SGD(0.1), epochs=1)
    np.testing.assert_array_equal(rows, kept)


# A step is a list of calls


def calls(net, loss=mean_squared_error, l2=0.0, rows=4):
    return Passes(net, loss, l2, np.zeros((rows, 2)), np.zeros((rows, 1))).calls


def test_first_layer_does_not_ask_for_the_gradient_over_the_inputs():
    deep = [Dense(2, 2), Dense(2, 1)]
    # Forward: two products, two sums.  Loss: three.  Backward: 2 + 2, and the way between them.
    assert len(calls(Network(deep))) == 4 + 3 + 5
    assert len(calls(Network([ReLU(), Sigmoid(), *deep]))) == 5 + 4 + 3 + 5


def test_penalty_takes_two_calls_for_each_layer_that_has_weights():
    net = Network([Dense(2, 2), Tanh(), Dense(2, 1), Sigmoid()])
    assert len(calls(net, l2=0.1)) == len(calls(net)) + 2 + 2


# What is made once for a whole training


def test_passes_are_prepared_once_for_each_size_of_a_batch():
    training = Training(network(), X, Y[:, None], mean_squared_error, SGD(0.1), 0.0)
    batches = np.split(np.arange(10), [4, 8])
    training.epoch(batches)
    prepared = dict(training.batches)
    training.epoch(batches)
    assert prepared.keys() == {4, 2}
    assert training.batches == prepared


@pytest.mark.parametrize(("make", "names"), [("momentum", ["velocity"]), ("Adam", ["m", "v"])])
def test_memory_of_a_rule_is_filled_in_place(make, names):
    rule = OPTIMIZERS[make]()
    training = Training(network(), X, Y[:, None], mean_squared_error, rule, 0.0)
    memory = {name: getattr(rule, name) for name in names}
    training.epoch([np.arange(10)])
    for name, array in memory.items():
        assert getattr(rule, name) is array
        assert array.any()
