"""The gradient of a network by automatic differentiation, a witness of its own.

The network is written out once more, in the formulas of a textbook, for HIPS autograd.
"""

import autograd.numpy as anp
from autograd import value_and_grad

from neuralnet import (
    Conv2D,
    Dense,
    MaxPool2D,
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
                x, penalty = sums(layer, x, weights, biases), penalty + anp.sum(weights**2)
                first += layer.size
            elif isinstance(layer, Standardize):
                x = (x - layer.mean) / layer.std
            elif isinstance(layer, MaxPool2D):
                x = largest(layer, x)
            else:
                x = ACTIVATIONS[type(layer)](x)
        return LOSSES[loss](x, y) + l2 * penalty

    return value_and_grad(objective)(parameters)


def split(layer, part):
    """Return the weights, with a column for each sum, and the biases, if there are any."""
    columns = layer.filters if isinstance(layer, Conv2D) else layer.outputs
    count = len(part) - (columns if layer.bias else 0)
    return anp.reshape(part[:count], (-1, columns)), part[count:] if layer.bias else 0.0


def sums(layer, x, weights, biases):
    """Return the weighted sums of all numbers, or of those in each window."""
    if not isinstance(layer, Conv2D):
        return x @ weights + biases
    pictures, rim = anp.reshape(x, (-1, *layer.shape)), (layer.padding, layer.padding)
    pictures = anp.pad(pictures, ((0, 0), rim, rim, (0, 0)), "constant")
    height, width, _ = layer.output_shape
    places = [(i, j) for i in range(height) for j in range(width)]
    windows = [cut(pictures, i, j, layer.side) for i, j in places]
    return anp.concatenate([window @ weights + biases for window in windows], axis=1)


def cut(pictures, i, j, side):
    """Return the square of each picture that begins at a pixel, one in a row."""
    return anp.reshape(pictures[:, i : i + side, j : j + side], (len(pictures), -1))


def largest(layer, x):
    """Return the largest number of each square, for each channel."""
    pictures, (height, width, channels) = anp.reshape(x, (-1, *layer.shape)), layer.shape
    corners = [(i, j) for i in range(0, height, layer.side) for j in range(0, width, layer.side)]
    squares = [cut(pictures, i, j, layer.side) for i, j in corners]
    return anp.concatenate(
        [anp.max(anp.reshape(square, (len(x), -1, channels)), axis=1) for square in squares],
        axis=1,
    )
