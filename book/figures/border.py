"""The border of a neuron or a network among points of two classes, and the points it gets wrong."""

import matplotlib.pyplot as plt
import numpy as np

from book.figures.drawing import Drawing
from book.figures.style import INK
from neuralnet.plots import plot_decision


def border(points, targets, predict, resolution=45):
    """Show which side of its border a model gives to each class, and ring the wrong points.

    `predict` is a function from (n, 2) inputs to n answers between 0 and 1.
    """
    figure, axes = plt.subplots(figsize=(5.4, 4.9))
    return Drawing(figure, draw_border(axes, points, targets, predict, resolution))


def draw_border(axes, points, targets, predict, resolution=24, **look):
    """Draw it, with the options of `plot_decision`, and return its facts, for a slider.

    The frames of a slider are sent in one piece: with few points each, it stays small.
    """
    plot_decision(predict, points, targets, axes, resolution=resolution, **look)
    classes = np.ravel(targets) == 1
    wrong = (np.ravel(predict(points)) > 0.5) != classes
    ring(axes, points[wrong])
    axes.locator_params(axis="x", nbins=6)
    axes.set(xlabel="$x_1$", ylabel="$x_2$")
    return {"points": len(points), "right": int(np.sum(~wrong)), "wrong": int(np.sum(wrong))}


def ring(axes, points, color=INK):
    """Draw a ring around each of some points that a model gets wrong."""
    axes.plot(*points.T, "o", color=color, fillstyle="none", markersize=17, markeredgewidth=2)
