"""What was handed over and what was handed out stays as it is, whatever is computed later."""

import numpy as np
from hypothesis import given

from neuralnet import SGD, Adam, accuracy, cross_entropy, evaluate, gradient_check, train
from tests.package.drawing import cases


class Kept:
    """Arrays, and what was in them."""

    def __init__(self, arrays):
        self.arrays = list(arrays)
        self.bits = [array.tobytes() for array in self.arrays]

    def are_as_they_were(self):
        return [array.tobytes() for array in self.arrays] == self.bits


def use(case):
    """Do with the network all that one can do, with as many rows and with others."""
    net, X, y, loss = case.net, case.X, case.y, case.loss
    for rows in (X + 1, X[:1] - 1, X[0] - 2, np.repeat(X, 3, axis=0)):
        net.predict(rows)
    net.loss_and_gradient(X[:1], y[:1], loss)
    evaluate(net, X, y, loss)
    gradient_check(net, X, y, loss)
    for size in (None, 2):
        train(net, X, y, loss, SGD(0.01), epochs=1, batch_size=size, validation=(X, y))


@given(cases())
def test_predictions_stay(case):
    net, X = case.net, case.X
    kept = Kept([net.predict(X), net.predict(X[0]), net.predict(X[:1]), net.predict(X)])
    use(case)
    assert kept.are_as_they_were()


@given(cases())
def test_outputs_and_gradients_of_layers_stay(case):
    forward, backward = [case.X], []
    for layer in case.net.layers:
        forward.append(layer.forward(forward[-1]))
    backward.append(np.ones_like(forward[-1]))
    for layer in reversed(case.net.layers):
        backward.append(layer.backward(backward[-1]))
    kept = Kept(forward + backward)
    use(case)
    assert kept.are_as_they_were()


@given(cases())
def test_gradient_over_the_predictions_stays(case):
    predictions = case.net.predict(case.X)
    kept = Kept([case.loss(predictions, case.y)[1]])
    case.loss(predictions + 1, case.y)
    use(case)
    assert kept.are_as_they_were()


@given(cases())
def test_gradient_over_the_parameters_stays(case):
    _, gradient = case.gradient()
    kept = Kept([gradient])
    use(case)
    case.net.gradients[...] = 0
    assert kept.are_as_they_were()


@given(cases())
def test_looking_leaves_the_network_alone(case):
    case.gradient()
    kept = Kept([case.net.parameters, case.net.gradients])
    case.net.predict(case.X + 1)
    case.net.predict(case.X[0])
    evaluate(case.net, case.X, case.y, case.loss)
    gradient_check(case.net, case.X, case.y, case.loss)
    assert kept.are_as_they_were()


@given(cases())
def test_gradient_is_the_same_bits_whatever_came_between(case):
    value, gradient = case.gradient()
    parameters = case.net.parameters.copy()
    use(case)
    case.net.parameters = parameters
    again, the_same = case.gradient()
    assert again == value
    assert the_same.tobytes() == gradient.tobytes()


@given(cases())
def test_rows_and_targets_may_be_locked(case):
    kept = Kept([case.X, case.y])
    case.X.setflags(write=False)
    case.y.setflags(write=False)
    use(case)
    if case.loss is cross_entropy:
        accuracy(case.net, case.X, case.y)
    assert kept.are_as_they_were()


@given(cases())
def test_run_may_be_looked_at(case):
    def run(**options):
        return train(net, case.X, case.y, case.loss, Adam(), epochs=3, batch_size=2, **options)

    def look(history):
        net.predict(case.X[: history.epochs[-1]])
        net.loss_and_gradient(case.X[:1], case.y[:1], case.loss)

    net = case.network()
    expected = run(rng=0).loss, net.parameters.tobytes()
    net = case.network()
    losses = run(rng=0, callback=look, validation=(case.X[:1], case.y[:1])).loss
    assert (losses, net.parameters.tobytes()) == expected


# Two networks


@given(cases())
def test_networks_of_the_same_layers_go_their_own_ways(case):
    one, other = case.network(), case.network()
    case.l2 = 0.0
    _, gradient = case.gradient(one)
    pairs = list(zip(one.layers, other.layers, strict=True))
    x, x_of_other = case.X, -case.X
    for layer, layer_of_other in pairs:
        x, x_of_other = layer.forward(x), layer_of_other.forward(x_of_other)
    d = case.loss(x, case.y)[1]
    for layer, layer_of_other in reversed(pairs):
        x_of_other, d = layer_of_other.backward(x_of_other), layer.backward(d)
    np.testing.assert_allclose(one.gradients, gradient, rtol=1e-13, atol=1e-15)
