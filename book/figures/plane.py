"""Pictures in the plane: arrows, the error's parabola, points of two classes."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Polygon

from book.figures.style import (
    BLUE,
    CLASS_COLORS,
    CLASS_MARKERS,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PAPER,
    PROBABILITY,
)


def arrows(vectors):
    """Show vectors, a name for each (x, y), as arrows from the origin."""
    figure, axes = plt.subplots()
    tips = np.array(list(vectors.values()), dtype=float)
    for color, (name, tip) in zip(CLASS_COLORS * 2, vectors.items(), strict=False):
        axes.annotate("", tip, (0, 0), arrowprops={
            "arrowstyle": "-|>", "color": color, "linewidth": 2.4, "mutation_scale": 18,
            "shrinkA": 0, "shrinkB": 0})
        axes.annotate(name, tip, (8, 0), textcoords="offset points", color=INK, va="center")
    low, high = np.minimum(tips.min(axis=0), 0), np.maximum(tips.max(axis=0), 0)
    axes.set(xlim=(low[0] - 0.2, high[0] + 1.1), ylim=(low[1] - 0.3, high[1] + 0.4))
    axes.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    return figure


def parabola(points, tangent=False):
    """Show E = e² with named points; optionally each one's slope and the way down."""
    figure, axes = plt.subplots()
    reach = 1.35 * max(abs(e) for e in points.values())
    curve = np.linspace(-reach, reach, 121)
    axes.plot(curve, curve**2, color=BLUE)
    for name, e in points.items():
        side = 1 if e > 0 else -1
        axes.plot(e, e**2, "o", color=ORANGE, zorder=4)
        axes.annotate(name, (e, e**2), (12 * side, -4), textcoords="offset points", weight="bold",
                      ha="center", va="top")
        if tangent:
            half = 0.3 * reach
            axes.plot([e - half, e + half], [e**2 - 2 * e * half, e**2 + 2 * e * half],
                      color=ORANGE, linewidth=1.6)
            axes.annotate("", (e - side * half, e**2), (e, e**2),
                          arrowprops={"arrowstyle": "-|>", "color": GREEN, "linewidth": 2})
    axes.set(xlabel=r"$e = \hat{y} - t$", ylabel="$E = e^2$")
    return figure


def descent(trails):
    """Show the steps down E = e² of each trail, a name for a sequence of e, side by side."""
    rows = -(-len(trails) // 2)
    figure, panels = plt.subplots(rows, 2, figsize=(5.4, 2.3 * rows), sharex=True, sharey=True,
                                  squeeze=False)
    reach = 1.1 * max(np.abs(trail).max() for trail in trails.values())
    curve = np.linspace(-reach, reach, 121)
    for axes, (name, trail) in zip(panels.flat, trails.items(), strict=False):
        trail = np.asarray(trail, dtype=float)
        axes.plot(curve, curve**2, color=(GREY, 0.6), linewidth=1.6)
        axes.plot(trail, trail**2, "o-", color=ORANGE, linewidth=1.4, markersize=5)
        axes.set_title(name)
    figure.supxlabel("$e$")
    figure.supylabel("$E$")
    return figure


def points_plane(points, targets, line=None, region=None):
    """Show points of two classes.

    `line` is (weights, bias) of a boundary or a list of such, `region` a function from (n, 2)
    inputs to n probabilities, drawn as tints with the contour at 0.5.
    """
    figure, axes = plt.subplots(figsize=(5.4, 4.0))
    draw_points(axes, points, targets)
    if region is not None:
        draw_region(axes, region)
    for weights, bias in _lines(line):
        draw_line(axes, weights, bias)
    axes.set(xlabel="$x_1$", ylabel="$x_2$")
    figure.legend(loc="outside upper center", ncols=2)
    return figure


def draw_points(axes, points, targets, margin=0.6, size=9):
    """Draw the points of each class in its colour and shape."""
    points, targets = np.asarray(points, dtype=float), np.asarray(targets)
    for label in np.unique(targets).astype(int):
        x, y = points[targets == label].T
        axes.plot(x, y, CLASS_MARKERS[label], color=CLASS_COLORS[label], markersize=size,
                  markeredgecolor=PAPER, label=f"target {label}", zorder=4, linestyle="none")
    low, high = points.min(axis=0) - margin, points.max(axis=0) + margin
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), aspect="equal")


def draw_region(axes, predict, steps=121):
    """Tint the plane by the probability that `predict` gives, with the contour at 0.5."""
    x, y = np.meshgrid(np.linspace(*axes.get_xlim(), steps), np.linspace(*axes.get_ylim(), steps))
    probability = np.reshape(predict(np.column_stack([x.ravel(), y.ravel()])), x.shape)
    levels = np.linspace(0, 1, PROBABILITY.N + 1)
    axes.contourf(x, y, probability, levels=levels, cmap=PROBABILITY, zorder=0)
    axes.contour(x, y, probability, levels=[0.5], colors=[INK], linewidths=1.8, zorder=3)


def draw_line(axes, weights, bias):
    """Draw the line on which the weighted sum is 0, without moving the limits."""
    limits = axes.axis()
    a, b = weights
    if abs(b) > abs(a):
        x = np.array(limits[:2])
        y = -(a * x + bias) / b
    else:
        y = np.array(limits[2:])
        x = -(b * y + bias) / a
    axes.plot(x, y, color=INK, zorder=3)
    axes.axis(limits)


def _lines(line):
    if line is None:
        return []
    return line if isinstance(line, list) else [line]


def parallelogram(points, targets):
    """Show that two points of either class span diagonals that meet in one point."""
    figure, axes = plt.subplots(figsize=(5.4, 4.0))
    draw_points(axes, points, targets)
    corners = np.array([(2, 1), (4, 1.5), (5.5, 1), (3.5, 0.5)])
    axes.add_patch(Polygon(corners, facecolor=(GREEN, 0.15), edgecolor=GREEN))
    for color, ends in ((BLUE, corners[1::2]), (ORANGE, corners[::2])):
        axes.plot(*ends.T, color=color, zorder=2)
    axes.plot(*corners.mean(axis=0), "o", color=INK, markersize=6, zorder=5)
    axes.set(xlabel="$x_1$", ylabel="$x_2$")
    figure.legend(loc="outside upper center", ncols=2)
    return figure
