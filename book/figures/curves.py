"""Curves: the loss over a weight, the error over the steps of a training run."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import LogLocator, NullLocator

from book.figures.drawing import Drawing
from book.figures.plane import ARROW
from book.figures.style import BLUE, CLASS_COLORS, CLASS_MARKERS, GREEN, INK, ORANGE

STEP = ARROW | {"color": GREEN, "linewidth": 1.8, "mutation_scale": 13, "shrinkB": 3}


def rolling(loss, start, learning_rate, steps):
    """Show gradient descent on a function of a single weight, step by step.

    The dark point is the start; the slopes are measured by central differences.
    """
    weights = [np.float64(start)]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            w = weights[-1]
            near = 1e-5 * max(1, abs(w))
            weights.append(w - learning_rate * (loss(w + near) - loss(w - near)) / (2 * near))
        places = [(w, loss(w)) for w in weights]
    if not np.isfinite(places).all():
        raise ValueError("the points leave for infinity: take fewer steps or a smaller rate")
    figure, axes = plt.subplots()
    axes.plot(*zip(*_curve(loss, weights), strict=True), color=BLUE)
    arrows = 0
    for here, there in pairwise(places):
        # Below the length of its head an arrow is only a blot.
        if abs(there[0] - here[0]) > 0.05 * np.ptp(axes.get_xlim()):
            axes.annotate("", there, here, arrowprops=STEP)
            arrows += 1
    axes.plot(*zip(*places, strict=True), "o", color=ORANGE, zorder=4)
    axes.plot(*places[0], "o", color=INK, zorder=5)
    axes.set(xlabel="weight $w$", ylabel="loss")
    strides = np.abs(np.diff(weights))
    facts = {
        "points": len(places),
        "arrows": arrows,
        "walk down": bool(places[-1][1] < places[0][1]),
        "become shorter": bool(strides[-1] < strides[0]),
        "from the left": bool(weights[1] > weights[0]),
        "from the right": bool(weights[1] < weights[0]),
    }
    return Drawing(figure, facts)


def _curve(loss, weights):
    """Return points of the curve around these weights, and beyond the last if it leads down."""
    start, end = weights[0], weights[-1]
    beyond = 2 * end - start if loss(end) < loss(start) else end
    low, high = min(*weights, beyond), max(*weights, beyond)
    margin = 0.1 * (high - low) or 1.0
    return [(w, loss(w)) for w in np.linspace(low - margin, high + margin, 201)]


def residual_curves(steps, curves):
    """Show test errors over the steps, a name for each curve, with the minimum of each."""
    figure, axes = plt.subplots(figsize=(5.4, 3.6))
    for k, (name, errors) in enumerate(curves.items()):
        axes.plot(steps, errors, CLASS_MARKERS[k] + "-", color=CLASS_COLORS[k], label=name)
    best = [int(np.argmin(errors)) for errors in curves.values()]
    lowest = [min(errors) for errors in curves.values()]
    ring = {"markersize": 18, "markerfacecolor": "none", "color": INK, "clip_on": False}
    axes.plot(np.take(steps, best), lowest, "o", **ring, label="minimum", zorder=4)
    axes.set(xscale="log", xlabel="epoch", ylabel="error on new points")
    axes.margins(y=0.12)
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 3)))
    axes.xaxis.set_major_formatter("{x:g}")
    axes.xaxis.set_minor_locator(NullLocator())
    figure.legend(loc="outside upper center", ncols=len(curves) + 1)
    outcomes = {
        name: "rises again" if errors[-1] > 1.1 * min(errors) else "stays low"
        for name, errors in curves.items()
    }
    return Drawing(figure, {"curves": len(curves)} | outcomes)
