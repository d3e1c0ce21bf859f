"""The squares of the misses, as areas."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from book.figures.drawing import Drawing
from book.figures.style import BLUE, GREY, INK, ORANGE


def squares(predictions, targets):
    """Show each miss as the side of a square, whose area is the squared error."""
    figure, axes = plt.subplots(figsize=(5.4, 3.0))
    return Drawing(figure, draw_squares(axes, predictions, targets))


def draw_squares(axes, predictions, targets):
    """Draw it, and return its facts, for a slider."""
    predictions, targets = np.ravel(predictions), np.ravel(targets)
    misses, distance = predictions - targets, 1.35
    places = distance * np.arange(len(targets))
    for place, prediction, target in zip(places, predictions, targets, strict=True):
        side, low = abs(prediction - target), min(prediction, target)
        look = {"facecolor": (ORANGE, 0.3), "edgecolor": ORANGE, "linewidth": 1.6}
        axes.add_patch(Rectangle((place, low), side, side, **look))
    axes.plot(places, targets, "D", color=INK, label="target")
    axes.plot(places, predictions, "o", color=BLUE, label="prediction")
    axes.set_xticks(places + 0.3, [f"{miss**2:.2f}" for miss in misses])
    axes.set(xlim=(-0.2, places[-1] + 1.25), ylim=(-0.12, 1.12), yticks=(0, 0.5, 1))
    axes.set(aspect="equal")
    axes.grid(visible=False, axis="x")
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)
    total = float(np.sum(misses**2))
    axes.set_xlabel(f"sum of the areas = {total:.2f}", color=INK, weight="bold")
    axes.axhline(0, color=GREY, linewidth=1, zorder=0)
    return {"squares": len(misses), "sum of the areas": total}
