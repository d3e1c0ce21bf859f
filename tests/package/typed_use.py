"""What the type hints promise to those who use the package: mypy and pyright read it.

Nobody runs it.  A comment `type: ignore` marks what must be an error; if it is none, that is one.
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import assert_type

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neuralnet import (
    SGD,
    Adam,
    Conv2D,
    Dense,
    History,
    MaxPool2D,
    Network,
    Neuron,
    ReLU,
    Sigmoid,
    Standardize,
    TrainingDiverged,
    accuracy,
    cross_entropy,
    evaluate,
    gradient_check,
    he_normal,
    load,
    mean_squared_error,
    save,
    sigmoid,
    sum_squared_error,
    train,
)
from neuralnet.datasets import house_sales
from neuralnet.layers import Layer
from neuralnet.losses import summed
from neuralnet.optimizers import Optimizer

Floats = NDArray[np.floating]


def a_network_learns() -> None:
    inputs, prices = house_sales()
    assert_type(inputs, Floats)
    net = Network([Standardize.fit(inputs), Dense(6, 8), ReLU(), Dense(8, 1)], rng=0)
    history = train(
        net,
        inputs,
        prices,
        mean_squared_error,
        Adam(),
        epochs=10,
        batch_size=32,
        validation=(inputs, prices),
        patience=3,
        rng=np.random.default_rng(0),
        callback=lambda history: print(round(history.loss[-1], 3)),
    )
    assert_type(history, History)
    assert_type(history.loss, list[float])
    assert_type(history.best_epoch, int)
    assert_type(net.predict(inputs), Floats)
    assert_type(evaluate(net, inputs, prices, mean_squared_error), float)


def pictures_are_rows() -> None:
    first = Conv2D((8, 8, 1), 4, 3, padding=1, initializer=he_normal)
    assert_type(first.output_shape, tuple[int, int, int])
    pool = MaxPool2D(first.output_shape, 2)
    net = Network([first, ReLU(), pool, Dense(pool.outputs, 10)])
    assert_type(net.predict([0.0] * 64), Floats)
    Conv2D(28, 8, 5)  # type: ignore[arg-type]


def lists_are_rows_too() -> None:
    net = Network([Dense(2, 2)], dtype=np.float32)
    rows, labels = [[0.0, 1.0], [1.0, 0.5]], [0, 1]
    train(net, rows, labels, cross_entropy, SGD(1.0, momentum=0.9), epochs=1)
    assert_type(accuracy(net, rows, labels), float)
    assert_type(gradient_check(net, rows, labels, cross_entropy), float)
    assert_type(net.loss_and_gradient(rows, labels, cross_entropy), tuple[float, Floats])
    assert_type(sigmoid(0.5), Floats)
    assert_type(sum_squared_error([1.0], [0.0]), tuple[float, Floats])


def a_table_and_its_answers_are_handed_over_as_two() -> None:
    xor = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]
    net = Network([Dense(2, 4), Sigmoid(), Dense(4, 1), Sigmoid()], rng=0)
    history = train(net, *xor, sum_squared_error, SGD(1.0), epochs=3000)
    assert_type(history.epochs, list[int])
    print(net.parameters.shape, net.layers[0].weights.shape)
    assert_type(accuracy(net, *xor), float)


def a_neuron_learns() -> None:
    neuron = Neuron(2, rng=0)
    try:
        history = neuron.train([[0.0, 1.0]], [1.0], learning_rate=0.1, steps=10)
        assert_type(history, History)
    except TrainingDiverged as error:
        assert_type(error.step, int | None)
        assert_type(error.learning_rate, float)
        assert_type(error.history, History)
    d_weights, d_bias = neuron.gradient([0.0, 1.0], 1.0)
    assert_type(d_weights, Floats)
    assert_type(d_bias, float)


def values_are_set_by_assigning() -> None:
    layer = Dense(2, 3)
    assert_type(layer.inputs, int)
    layer.weights = np.ones((2, 3))
    net = Network([layer, Sigmoid()])
    net.layers[0].weights = [[1, 2, 3], [4, 5, 6]]
    net.layers[0].biases[0] = 0.5
    net.parameters = np.zeros(9)
    net.parameters -= 0.1 * net.gradients
    neuron = Neuron(2)
    neuron.weights, neuron.bias = [1, 2], 0


def values_are_read_as_arrays(net: Network, neuron: Neuron) -> None:
    assert_type(net.layers, tuple[Layer, ...])
    assert_type(net.layers[0].weights, Floats)
    assert_type(net.parameters, Floats)
    assert_type(neuron.weights, Floats)
    assert_type(neuron.bias, float)


def a_network_is_kept(path: Path) -> None:
    save(Network([Dense(1, 1)]), path)
    assert_type(load(str(path)), Network)


class Square(Layer):
    def forward(self, x: Floats) -> Floats:
        self.x = x
        return x * x

    def backward(self, d_output: Floats) -> Floats:
        return 2 * self.x * d_output


class Scale(Layer):
    def __init__(self, columns: int) -> None:
        self.inputs = self.outputs = columns
        self.weights = np.ones(columns)

    def forward(self, x: Floats) -> Floats:
        self.x = x
        return x * self.weights

    def backward(self, d_output: Floats) -> Floats:
        self.d_weights = (d_output * self.x).sum(axis=0)
        return d_output * self.weights


class Signs(Optimizer):
    def direction(self, gradients: Floats) -> Floats:
        return np.sign(gradients)


@summed
def absolute_error(predictions: Floats, targets: Floats) -> tuple[float, Floats]:
    difference = predictions - targets
    return float(np.abs(difference).sum()), np.sign(difference)


def in_double_precision(
    predictions: NDArray[np.float64], targets: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    difference = predictions - targets
    return float(np.abs(difference).sum()), np.sign(difference)


def of_anything(predictions: ArrayLike, targets: ArrayLike) -> tuple[float, Floats]:
    return sum_squared_error(predictions, targets)


def one_may_add_a_layer_a_loss_and_an_optimizer() -> None:
    net = Network([Dense(1, 2), Square(), Scale(2), Dense(2, 1), Layer()])
    for loss in (absolute_error, in_double_precision, of_anything):
        train(net, [[1.0]], [1.0], loss, Signs(0.1), epochs=1)
    make_optimizer = partial(SGD, momentum=0.9)
    assert_type(make_optimizer(0.1), SGD)


def stops_early(history: History) -> bool:
    return history.loss[-1] < 0.1


def batches_may_come_from_anywhere(batches: Iterable[tuple[Floats, Floats]]) -> None:
    net, optimizer = Network([Dense(1, 1)]), Adam()
    for rows, targets in batches:
        value, gradient = net.loss_and_gradient(rows, targets, mean_squared_error)
        optimizer.step(net.parameters, gradient)
        print(value)
    optimizer.learning_rate = 0.01
    train(net, [[1.0]], [1.0], mean_squared_error, optimizer, epochs=1, callback=stops_early)


def what_is_wrong_is_said(net: Network) -> None:
    Dense("two", 1)  # type: ignore[arg-type]
    Network(Dense(1, 1))  # type: ignore[arg-type]
    Network([Dense])  # type: ignore[list-item]
    Dense(2, 1, "relu")  # type: ignore[call-arg, arg-type]
    Neuron(2, 0)  # type: ignore[call-arg]
    SGD()  # type: ignore[call-arg]
    SGD(0.1, nesterov=True)  # type: ignore[call-arg]
    train(net, [[1.0]], [1.0], "mse", SGD(0.1), epochs=1)  # type: ignore[arg-type]
    train(net, [[1.0]], [1.0], mean_squared_error, SGD, epochs=1)  # type: ignore[arg-type]
    train(net, [[1.0]], [1.0], mean_squared_error, SGD(0.1))  # type: ignore[call-arg]
    train(net, [[1.0]], [1.0], mean_squared_error, SGD(0.1), 1)  # type: ignore[call-arg]
    evaluate(net, [[1.0]], [1.0], lambda p, t: 0.0)  # type: ignore[arg-type, return-value]
    save(net, 3)  # type: ignore[arg-type]
    print(net.weights)  # type: ignore[attr-defined]
    print(net.layers[0].wieghts)  # type: ignore[attr-defined]
    net.layers = []  # type: ignore[misc, assignment]
    train(net, [[1.0]], [1.0], mean_squared_error, SGD(0.1), epochs=1, report=print)  # type: ignore[call-arg]
