"""What the type hints promise to those who use the package: mypy reads this file, nobody runs it.

A comment `type: ignore` marks what must be an error; where none is found, that is one.
"""

from functools import partial
from pathlib import Path
from typing import assert_type

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neuralnet import (
    SGD,
    Adam,
    Dense,
    History,
    Network,
    Neuron,
    ReLU,
    Sigmoid,
    Standardize,
    TrainingDiverged,
    accuracy,
    cross_entropy,
    gradient_check,
    load,
    mean_squared_error,
    measure,
    save,
    sigmoid,
    sum_squared_error,
    train,
)
from neuralnet.datasets import house_sales
from neuralnet.layers import Layer

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
        report=lambda epoch, loss: print(epoch, round(loss, 3)),
    )
    assert_type(history, History)
    assert_type(history.loss, list[float])
    assert_type(history.best_epoch, int)
    assert_type(net.predict(inputs), Floats)
    assert_type(measure(net, inputs, prices, mean_squared_error), float)


def lists_are_rows_too() -> None:
    net = Network([Dense(2, 2)], dtype=np.float32)
    rows, labels = [[0.0, 1.0], [1.0, 0.5]], [0, 1]
    train(net, rows, labels, cross_entropy, SGD(1.0, momentum=0.9), epochs=1)
    assert_type(accuracy(net, rows, labels), float)
    assert_type(gradient_check(net, rows, labels, cross_entropy), float)
    assert_type(net.gradient(rows, labels, cross_entropy), float)
    assert_type(sigmoid(0.5), Floats)
    assert_type(sum_squared_error([1.0], [0.0]), tuple[float, Floats])


def a_table_and_its_answers_are_handed_over_as_two() -> None:
    xor = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]
    net = Network([Dense(2, 4), Sigmoid(), Dense(4, 1), Sigmoid()], rng=0)
    history = train(net, *xor, sum_squared_error, SGD(1.0), epochs=3000)
    assert_type(history.steps, list[int])
    assert_type(accuracy(net, *xor), float)


def a_neuron_learns() -> None:
    neuron = Neuron(2, rng=0)
    try:
        history = neuron.train([[0.0, 1.0]], [1.0], learning_rate=0.1, steps=10)
        assert_type(history, History)
    except TrainingDiverged as error:
        assert_type(error.step, int)
        assert_type(error.history, History)
    d_weights, d_bias = neuron.gradient([0.0, 1.0], 1.0)
    assert_type(d_weights, Floats)
    assert_type(d_bias, float)


def weights_are_set_through_the_layer() -> None:
    layer = Dense(2, 3)
    assert_type(layer.inputs, int)
    net = Network([layer, Sigmoid()])
    layer.weights[...] = np.ones((2, 3))
    assert_type(net.layers, list[Layer])
    assert_type(net.parameters, Floats)


def a_network_is_kept(path: Path) -> None:
    save(Network([Dense(1, 1)]), path)
    assert_type(load(str(path)), Network)


def one_may_add_a_loss_and_a_layer() -> None:
    def absolute_error(prediction: ArrayLike, target: ArrayLike) -> tuple[float, Floats]:
        difference = np.asarray(prediction, float) - np.asarray(target, float)
        return float(np.abs(difference).sum()), np.sign(difference)

    net = Network([Dense(1, 1), Layer()])
    train(net, [[1.0]], [1.0], absolute_error, SGD(0.1), epochs=1)
    make_rule = partial(SGD, momentum=0.9)
    assert_type(make_rule(0.1), SGD)


def what_is_wrong_is_said(net: Network) -> None:
    Dense("two", 1)  # type: ignore[arg-type]
    Network(Dense(1, 1))  # type: ignore[arg-type]
    Network([Dense])  # type: ignore[list-item]
    Neuron(2, 0)  # type: ignore[call-arg]
    SGD()  # type: ignore[call-arg]
    SGD(0.1, nesterov=True)  # type: ignore[call-arg]
    train(net, [[1.0]], [1.0], "mse", SGD(0.1), epochs=1)  # type: ignore[arg-type]
    train(net, [[1.0]], [1.0], mean_squared_error, SGD, epochs=1)  # type: ignore[arg-type]
    train(net, [[1.0]], [1.0], mean_squared_error, SGD(0.1))  # type: ignore[call-arg]
    train(net, [[1.0]], [1.0], mean_squared_error, SGD(0.1), 1)  # type: ignore[call-arg]
    measure(net, [[1.0]], [1.0], lambda p, t: 0.0)  # type: ignore[arg-type, return-value]
    save(net, 3)  # type: ignore[arg-type]
    print(net.weights)  # type: ignore[attr-defined]
