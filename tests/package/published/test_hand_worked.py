"""Single steps of backpropagation that others worked out on paper."""

import numpy as np

from neuralnet import (
    SGD,
    Dense,
    Network,
    ReLU,
    Sigmoid,
    Tanh,
    binary_cross_entropy,
    mean_squared_error,
    sigmoid,
    sum_squared_error,
)
from tests.package.published.networks import network
from tests.package.published.printed import agrees, check


def the_output_itself(predictions, _targets):
    """Stand in for a loss: the gradient of a network's output instead of that of a loss."""
    return float(np.sum(predictions)), np.ones_like(predictions)


def gradient_over_inputs(net):
    gradient = np.ones((1, net.outputs))
    for layer in reversed(net.layers):
        gradient = layer.backward(gradient)
    return gradient


def test_han_and_kamber_step():
    """A step with learning rate 0.9, to three digits.

    Source: "Appendix B: An Example of Back-propagation Algorithm" (November 2011), the sample
    calculation of J. Han and M. Kamber, "Data Mining: Concepts and Techniques".
    Conventions: half the square, so our rate is half of theirs; errors are minus our gradients.
    """
    net = network(
        [Dense(3, 2), Sigmoid(), Dense(2, 1), Sigmoid()],
        ([[0.2, -0.3], [0.4, 0.1], [-0.5, 0.2]], [-0.4, 0.2]),
        ([[-0.3], [-0.2]], 0.1),
    )
    row, label = [[1, 0, 1]], [1]
    check("0.332 0.525", Network(net.layers[:2]).predict(row))
    check("0.474", net.predict(row))

    net.loss_and_gradient(row, label, sum_squared_error)
    hidden, output = net.layers[0], net.layers[2]
    check("-0.0087 -0.0065", -hidden.d_biases / 2)
    # They print 0.1311, for they go on with the rounded 0.474.
    check("0.1312", -output.d_biases / 2)
    check("0.1311", 0.474 * (1 - 0.474) ** 2, cut=True)

    SGD(0.45).step(net.parameters, net.gradients)
    check("0.192 -0.306 0.4 0.1 -0.508 0.194", hidden.weights)
    check("-0.408 0.194", hidden.biases)
    check("-0.261 -0.138 0.218", [*output.weights[:, 0], *output.biases])


def test_scikit_learn_worked_example():
    """One step with binary cross-entropy and a penalty on weights.

    Source: scikit-learn, sklearn/neural_network/tests/test_mlp.py, test_fit, whose comment works
    the example out by hand.  Convention: its alpha penalizes *half* of each squared weight.
    The slip: for the third input, 0.7, the comment multiplies by 0.6; the test does not notice,
    because it compares three decimals.
    """
    net = network(
        [Dense(3, 2), Sigmoid(), Dense(2, 1)],
        ([[0.1, 0.2], [0.3, 0.1], [0.5, 0]], 0.1),
        ([[0.1], [0.2]], 1.0),
    )
    row, alpha = [[0.6, 0.8, 0.7]], 0.1
    hidden, output = net.layers[0], net.layers[2]
    check("0.679178699175393 0.574442516811659", Network(net.layers[:2]).predict(row))
    check("0.765", sigmoid(net.predict(row)))

    net.loss_and_gradient(row, [0], binary_cross_entropy, l2=alpha / 2)
    gradient = hidden.d_biases.copy()
    check("0.0374", gradient[1])
    SGD(0.1).step(net.parameters, net.gradients)
    check("0.098", hidden.weights[0, 0])
    check("0.9235", output.biases)
    check("0.739", sigmoid(net.predict(row)))
    check("0.677 0.572", Network(net.layers[:2]).predict(row))
    check("1.043", net.predict(row))

    printed = ["0.4939998", "-0.002244"]
    slipped = [0.5 - 0.1 * (0.6 * gradient[0] + alpha * 0.5), -0.1 * 0.6 * gradient[1]]
    np.testing.assert_allclose(np.array(printed, float), slipped, rtol=0, atol=1e-5)
    assert not any(map(agrees, printed, hidden.weights[2]))
    check("0.4938325 -0.0026197", hidden.weights[2])


def test_not_so_random_walk_gradients():
    """The gradients of half the sum of squares, which for two outputs is the mean of the squares.

    Source: "Backpropagation Example With Numbers Step by Step", A Not So Random Walk,
    https://www.anotsorandomwalk.com/backpropagation-example-with-numbers-step-by-step/, as a
    port tests it.  Left out are its biases: all neurons of a layer share one.
    """
    net = network(
        [Dense(3, 2), Sigmoid(), Dense(2, 2), Sigmoid()],
        ([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]], 0.5),
        ([[0.7, 0.8], [0.9, 0.1]], 0.5),
    )
    row, targets = [[1, 4, 5]], [[0.1, 0.05]]
    check("0.8896 0.8004", net.predict(row))
    net.loss_and_gradient(row, targets, mean_squared_error)
    check("0.0020 0.0004 0.0079 0.0016 0.0099 0.0020", net.layers[0].d_weights)
    check("0.0765 0.1183 0.0772 0.1193", net.layers[2].d_weights)


def test_neural_networks_from_scratch_step():
    """A step of a layer with ReLU down the half sum of its own squares.

    Source: H. Kinsley and D. Kukieła, "Neural Networks from Scratch in Python" (2020), which
    takes the outputs themselves for their gradients: as if the targets of half the squares were 0.
    """
    net = network(
        [Dense(4, 3), ReLU()],
        (
            np.transpose(
                [[0.2, 0.8, -0.5, 1], [0.5, -0.91, 0.26, -0.5], [-0.26, -0.27, 0.17, 0.87]]
            ),
            [2.0, 3.0, 0.5],
        ),
    )
    rows = [[1, 2, 3, 2.5], [2, 5, -1, 2], [-1.5, 2.7, 3.3, -0.8]]
    net.loss_and_gradient(rows, np.zeros((3, 3)), sum_squared_error)
    SGD(0.001 / 2).step(net.parameters, net.gradients)
    check(
        """0.179515 0.5003665 -0.262746
        0.742093 -0.9152577 -0.2758402
        -0.510153 0.2529017 0.1629592
        0.971328 -0.5021842 0.8636583""",
        net.layers[0].weights,
    )
    check("1.98489 2.997739 0.497389", net.layers[0].biases)


def test_neural_networks_from_scratch_relu():
    """Slopes through ReLU, in whole numbers.  Source: the same."""
    activation = ReLU()
    activation.forward(np.array([[1.0, 2, -3, -4], [2, -7, -1, 3], [-1, 2, 5, -1]]))
    gradient = activation.backward(np.array([[1.0, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]))
    check("1 2 0 0 5 0 0 8 0 10 11 0", gradient)


def test_karpathy_neuron():
    """A neuron with tanh, backwards by hand.

    Source: Andrej Karpathy, "Neural Networks: Zero to Hero", micrograd lecture (2022),
    https://github.com/karpathy/nn-zero-to-hero, as ports of it to other languages test it.
    """
    net = network([Dense(2, 1), Tanh()], ([[-3.0], [1.0]], 6.8813735870195432))
    check("0.7071", net.loss_and_gradient([[2.0, 0.0]], [0.0], the_output_itself)[0])
    check("1.0 0.0 0.5", net.gradients)
    check("-1.5 0.5", gradient_over_inputs(net))


def test_cs231n_neuron():
    """A neuron with a sigmoid, drawn as a circuit with its values and gradients.

    Source: Stanford CS231n, notes "Backpropagation, Intuitions" (optimization-2),
    https://github.com/cs231n/cs231n.github.io.  Its third weight is our bias.
    """
    net = network([Dense(2, 1), Sigmoid()], ([[2.0], [-3.0]], -3.0))
    check("0.73", net.loss_and_gradient([[-1.0, -2.0]], [0.0], the_output_itself)[0])
    check("-0.20 -0.39 0.20", net.gradients)
    check("0.39 -0.59", gradient_over_inputs(net))
