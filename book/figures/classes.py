"""One class out of several: shares, how far they can be trusted, what more rows are worth."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np

from book.figures.drawing import Drawing
from book.figures.style import BLUE, CLASS_COLORS, CLASS_MARKERS, GREY, INK, ORANGE

BINS = (0.0, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 1.0)
FEWEST = 30


def shares(z):
    """Show how softmax makes shares of a few raw outputs: raise them, divide by the sum."""
    powers = np.exp(z)
    steps = {"raw output $z$": z, "power $e^z$": powers, "share $p$": powers / powers.sum()}
    figure, panels = plt.subplots(1, len(steps), figsize=(5.4, 2.6))
    places = np.arange(len(z))
    for axes, (name, heights) in zip(panels, steps.items(), strict=True):
        axes.bar(places, heights, width=0.7, color=CLASS_COLORS[: len(z)])
        for place, height in zip(places, heights, strict=True):
            text, under = f"{height:.2f}".replace("-", "−"), height < 0
            vertical = "top" if under else "bottom"
            axes.text(place, height, text, ha="center", va=vertical, size=12)
        axes.axhline(0, color=GREY, linewidth=1)
        axes.set(title=name, xticks=places, yticks=[], xlabel="class")
        axes.set_ylim(1.7 * min(0, *heights) or None, 1.3 * max(heights))
        axes.spines["left"].set_visible(False)
        axes.spines["bottom"].set_visible(False)
        axes.grid(visible=False)
    facts = {
        "panels": len(steps),
        "raw outputs": tuple(map(float, z)),
        "powers": tuple(float(f"{power:.2f}") for power in powers),
        "shares": tuple(float(f"{share:.2f}") for share in steps["share $p$"]),
    }
    return Drawing(figure, facts)


def draw_reliability(axes, confidence, right):
    """Draw how many answers are right over how sure they are, and return the facts.

    `confidence` holds the probability given to each answer, `right` whether it was right.  Each
    point stands for the answers of one stretch of confidence, the larger the more there are;
    stretches with hardly any are left out.
    """
    points = []
    for low, high in pairwise(BINS):
        inside = (confidence > low) & (confidence <= high)
        if inside.sum() >= FEWEST:
            points.append((confidence[inside].mean(), right[inside].mean(), inside.mean()))
    sure, share, size = np.transpose(points)
    axes.plot([0, 1], [0, 1], "--", color=GREY, linewidth=1.4, zorder=1)
    axes.vlines(sure, sure, share, color=ORANGE, linewidth=1.6, zorder=2)
    axes.scatter(sure, share, 30 + 500 * size, color=BLUE, edgecolor=INK, zorder=3, clip_on=False)
    axes.text(0.98, 0.04, f"sure {confidence.mean():.3f}, right {right.mean():.3f}", ha="right")
    axes.set(xlim=(0, 1.03), ylim=(0, 1.03), aspect="equal")
    axes.set(xlabel="how sure", ylabel="share that is right")
    return {"sure": float(confidence.mean()), "right": float(right.mean())}


def learning_curves(rows, curves, seen):
    """Show accuracies over the number of training rows, on new rows and on those seen.

    `curves` and `seen` have the accuracies for each name; those on rows seen are thin.
    """
    figure, axes = plt.subplots(figsize=(5.4, 3.6))
    for k, (name, accuracies) in enumerate(curves.items()):
        look = {"color": CLASS_COLORS[k], "label": name}
        axes.plot(rows, accuracies, CLASS_MARKERS[k] + "-", **look)
        axes.plot(rows, seen[name], ":", color=CLASS_COLORS[k], linewidth=1.6)
    axes.plot([], [], ":", color=GREY, linewidth=1.6, label="on rows seen")
    axes.set(xscale="log", xlabel="training rows", ylabel="accuracy", ylim=(None, 1.01))
    axes.set_xticks(rows, list(map(str, rows)))
    axes.minorticks_off()
    axes.legend(loc="lower right")
    facts = {"curves": 2 * len(curves), "training rows": (rows[0], rows[-1])}
    facts["ends highest"] = max(curves, key=lambda name: curves[name][-1])
    return Drawing(figure, facts)
