"""The picture of the landing page: what one neuron can separate, and what a hidden layer can."""

import itertools

import matplotlib.pyplot as plt
import numpy as np

from book.figures.plane import draw_points, draw_region

POINTS = np.array([(3, 1.5), (2, 1), (4, 1.5), (3, 4), (3.5, 0.5), (2, 0.5), (5.5, 1), (1, 1)])
TARGETS = np.array([0, 1, 0, 1, 0, 1, 1, 0])


def hero():
    """Show the eight points as one neuron and as a hidden layer divide them."""
    figure, panels = plt.subplots(1, 2, figsize=(5.4, 3.2), sharey=True)
    titles = ["one neuron", "a hidden layer"]
    for axes, hidden, title in zip(panels, (0, 6), titles, strict=True):
        draw_points(axes, POINTS, TARGETS)
        draw_region(axes, _trained(hidden))
        axes.set_title(title)
        axes.set(xticks=[], yticks=[])
    return figure


def _trained(hidden, steps=4000, rate=0.05):
    """Train a network on the eight points and return its prediction as a function."""
    rng = np.random.default_rng(3)
    centre, spread = POINTS.mean(axis=0), POINTS.std(axis=0)
    sizes = [2, hidden, 1] if hidden else [2, 1]
    shapes = list(itertools.pairwise(sizes))
    weights = [rng.normal(size=shape) for shape in shapes]
    biases = [rng.normal(size=shape[1]) for shape in shapes]

    def forward(x):
        outputs = [(x - centre) / spread]
        for w, b in zip(weights, biases, strict=True):
            z = outputs[-1] @ w + b
            outputs.append(np.tanh(z) if w is not weights[-1] else 1 / (1 + np.exp(-z)))
        return outputs

    for _ in range(steps):
        outputs = forward(POINTS)
        slope = outputs[-1] - TARGETS[:, np.newaxis]
        for layer in reversed(range(len(weights))):
            inputs, w = outputs[layer], weights[layer]
            back = (slope @ w.T) * (1 - inputs**2)
            weights[layer] = w - rate * inputs.T @ slope
            biases[layer] = biases[layer] - rate * slope.sum(axis=0)
            slope = back
    return lambda x: forward(x)[-1]
