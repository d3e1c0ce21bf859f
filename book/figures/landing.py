"""The picture of the landing page: what one neuron can separate, and what a hidden layer can."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np

from book.figures.concepts import draw_network
from book.figures.drawing import Drawing
from neuralnet.plots import plot_decision

POINTS = np.array([(3, 1.5), (2, 1), (4, 1.5), (3, 4), (3.5, 0.5), (2, 0.5), (5.5, 1), (1, 1)])
TARGETS = np.array([0, 1, 0, 1, 0, 1, 1, 0])
NETWORKS = [
    ("one neuron", (2, 1), r"$\hat{y} = \sigma(x \cdot w + b)$"),
    ("a hidden layer", (2, 4, 1), r"$\hat{y} = \sigma(\tanh(x W_1 + b_1)\, w_2 + b_2)$"),
]


def hero():
    """Show the eight points as one neuron and as a hidden layer divide them."""
    figure, panels = plt.subplots(
        2, 2, figsize=(5.4, 4.1), height_ratios=(0.9, 2.3), sharex="row", sharey="row"
    )
    facts = {"panels": len(NETWORKS), "points": len(POINTS)}
    for (top, plane), (title, sizes, formula) in zip(panels.T, NETWORKS, strict=True):
        top.axis("off")
        top.set(title=title, xlim=(0, 2.5), ylim=(0, 1))
        draw_network(top, (0.65, 0), (1.2, 1), sizes, row_height=0.26)
        predict = trained(sizes)
        plot_decision(predict, POINTS, TARGETS, plane)
        wrong = int(((predict(POINTS)[:, 0] > 0.5) != TARGETS).sum())
        facts[title] = "of them wrong" if wrong else "all of them right"
        if wrong:
            facts["of them wrong"] = wrong
        plane.set(xticks=[], yticks=[], xlabel=formula, aspect="equal")
        plane.get_legend().remove()
        plane.spines[:].set_visible(False)
    return Drawing(figure, facts)


def trained(sizes, steps=3000, rate=0.05, decay=0.02):
    """Train a network of these layer sizes on the eight points; return its prediction."""
    rng = np.random.default_rng(11)
    centre, spread = POINTS.mean(axis=0), POINTS.std(axis=0)
    weights = [rng.normal(size=shape) for shape in pairwise(sizes)]
    biases = [rng.normal(size=size) for size in sizes[1:]]

    def forward(x):
        outputs = [(x - centre) / spread]
        for w, b in zip(weights[:-1], biases[:-1], strict=True):
            outputs.append(np.tanh(outputs[-1] @ w + b))
        z = outputs[-1] @ weights[-1] + biases[-1]
        return [*outputs, 1 / (1 + np.exp(-z))]

    for _ in range(steps):
        outputs = forward(POINTS)
        slope = outputs[-1] - TARGETS[:, np.newaxis]
        for layer in reversed(range(len(weights))):
            inputs, w = outputs[layer], weights[layer]
            weights[layer] = w - rate * (inputs.T @ slope + decay * w)
            biases[layer] = biases[layer] - rate * slope.sum(axis=0)
            slope = (slope @ w.T) * (1 - inputs**2)
    return lambda x: forward(x)[-1]
