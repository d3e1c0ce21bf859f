"""Straight lines among points of two classes, and the points that they get wrong."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np

from book.figures.border import draw_border, ring
from book.figures.drawing import Drawing
from book.figures.plane import draw_line
from book.figures.style import GREEN, GREY, INK, PINK
from neuralnet.plots import plot_points

LOOKS = [(INK, "-"), (GREEN, "--"), (PINK, "-.")]


def lines_and_errors(points, targets, lines):
    """Show lines, a name for (w1, w2, b) each, and at each point the names of those that err."""
    figure, axes = plt.subplots(figsize=(5.4, 4.6))
    plot_points(points, targets, axes)
    axes.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    facts = {"points": len(points), "straight lines": len(lines)}
    for (name, (*weights, bias)), (color, style) in zip(lines.items(), LOOKS, strict=False):
        draw_line(axes, weights, bias, color=color, linestyle=style, label=f"line {name}")
        wrong = points[(points @ weights + bias > 0) != (np.ravel(targets) == 1)]
        ring(axes, wrong, color)
        for point in wrong:
            above = points - point
            is_free = not np.any((above[:, 1] > 0) & (np.hypot(*above.T) < 0.8))
            look = {"color": color, "weight": "bold", "ha": "center", "va": "center"}
            place = (0, 18) if is_free else (-19, -6)
            axes.annotate(name, point, place, textcoords="offset points", **look)
        facts[f"{name} misses"] = tuple(wrong.ravel().tolist())
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3)
    return Drawing(figure, facts)


def best_line(points, targets, degrees):
    """Return (w1, w2, b) of a line in this direction that gets the most points right.

    Among equals it is the one with the most room on both sides.
    """
    classes = np.ravel(targets) == 1
    turn = np.radians(degrees)
    across = np.array([-np.sin(turn), np.cos(turn)])
    places = np.unique(np.round(points @ across, 9))
    best = (0, 0.0, None)
    for low, high in pairwise(places):
        for side in (1, -1):
            line = (*side * across, -side * (low + high) / 2)
            right = int(np.sum((points @ line[:2] + line[2] > 0) == classes))
            best = max(best, (right, high - low, line), key=lambda found: found[:2])
    return best[2]


def draw_ruler(axes, points, targets, degrees):
    """Draw the best line in a direction, and return its facts, for a slider."""
    *weights, bias = best_line(points, targets, degrees)
    furthest = 2 * np.abs(points @ weights + bias).max()

    def answer(x):
        """Answer with a number that grows evenly, so that a few places show all of it."""
        return np.clip(0.5 + (x @ weights + bias) / (2 * furthest), 0, 1)

    facts = draw_border(axes, points, targets, answer, resolution=2)
    draw_line(axes, weights, bias, linewidth=3, color=GREY)
    axes.set(aspect="equal")
    return facts
