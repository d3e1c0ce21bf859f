"""The gradient of a network by automatic differentiation, a witness of its own.

The network is written out once more, in the formulas of a textbook, for HIPS autograd.
"""

import autograd.numpy as anp
from autograd import value_and_grad

from neuralnet import (
    Dense,
    ReLU,
    Sigmoid,
    Standardize,
    Tanh,
    binary_cross_entropy,
    cross_entropy,
    mean_squared_error,
    sum_squared_error,
)


def logistic(z):
    return 1 / (1 + anp.exp(-z))


def surprise(z, answers):
    p = logistic(z)
    return -anp.mean(answers * anp.log(p) + (1 - answers) * anp.log(1 - p))


def surprise_at_class(z, labels):
    shares = anp.exp(z) / anp.sum(anp.exp(z), axis=1, keepdims=True)
    return -anp.mean(anp.log(shares[anp.arange(len(labels)), labels]))


LOSSES = {
    sum_squared_error: lambda prediction, y: anp.sum((prediction - y) ** 2),
    mean_squared_error: lambda prediction, y: anp.mean((prediction - y) ** 2),
    binary_cross_entropy: surprise,
    cross_entropy: surprise_at_class,
}
ACTIVATIONS = {Sigmoid: logistic, Tanh: anp.tanh, ReLU: lambda z: anp.where(z > 0, z, 0.0)}


def loss_and_gradient(layers, loss, parameters, X, y, l2=0.0):
    """Return the loss and its gradient over the flat vector of parameters."""

    def objective(vector):
        x, penalty, first = X, 0.0, 0
        for layer in layers:
            if isinstance(layer, Dense):
                weights, biases = split(layer, vector[first : first + layer.size])
                x, penalty = x @ weights + biases, penalty + anp.sum(weights**2)
                first += layer.size
            elif isinstance(layer, Standardize):
                x = (x - layer.mean) / layer.std
            else:
                x = ACTIVATIONS[type(layer)](x)
        return LOSSES[loss](x, y) + l2 * penalty

    return value_and_grad(objective)(parameters)


def split(layer, part):
    """Return the weights, of shape (inputs, outputs), and the biases, if there are any."""
    count = layer.inputs * layer.outputs
    weights = anp.reshape(part[:count], (layer.inputs, layer.outputs))
    return weights, part[count:] if layer.bias else 0.0
