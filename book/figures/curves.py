"""Curves: the loss over a weight, the error over the steps of a training run."""

from itertools import cycle, pairwise

import matplotlib.pyplot as plt
import numpy as np

from book.figures.plane import ARROW
from book.figures.style import BLUE, CLASS_COLORS, GREEN, INK, ORANGE


def rolling(loss, start, learning_rate, steps):
    """Show gradient descent on a function of a single weight, step by step.

    The dark point is the start; the slopes are measured by central differences.
    """
    weights = [float(start)]
    for _ in range(steps):
        w = weights[-1]
        weights.append(w - learning_rate * (loss(w + 1e-5) - loss(w - 1e-5)) / 2e-5)
    places = [(w, loss(w)) for w in weights]
    if not np.isfinite(places).all():
        raise ValueError("the points leave for infinity: take fewer steps or a smaller rate")
    figure, axes = plt.subplots()
    margin = 0.3 * (max(weights) - min(weights)) or 1.0
    curve = np.linspace(min(weights) - margin, max(weights) + margin, 201)
    heights = np.array([loss(w) for w in curve])
    axes.plot(curve, heights, color=BLUE)
    for here, there in pairwise(places):
        axes.annotate("", there, here, arrowprops=ARROW | {"color": GREEN, "linewidth": 1.8})
    axes.plot(*zip(*places, strict=True), "o", color=ORANGE, zorder=4)
    axes.plot(*places[0], "o", color=INK, zorder=5)
    axes.set(xlabel="weight $w$", ylabel="loss")
    return figure


def residual_curves(steps, curves):
    """Show test errors over the steps, a name for each curve, with the minimum of each."""
    figure, axes = plt.subplots()
    for (name, errors), color in zip(curves.items(), cycle(CLASS_COLORS)):
        best = int(np.argmin(errors))
        axes.plot(steps, errors, "o-", color=color, label=name)
        axes.plot(steps[best], errors[best], "D", color=color, markersize=12)
    axes.set(xscale="log", xlabel="epoch", ylabel="error on new points")
    figure.legend(loc="outside upper center", ncols=len(curves))
    return figure
