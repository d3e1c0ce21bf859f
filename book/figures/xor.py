"""XOR: four corners of a square, and the plane that a hidden layer makes of them."""

from functools import partial

import matplotlib.pyplot as plt
import numpy as np

from book.figures.drawing import Drawing
from book.figures.plane import draw_line
from book.figures.style import GREEN
from neuralnet.plots import ABOVE, plot_decision, plot_points

CORNERS = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
TARGETS = np.array([0, 1, 1, 0])
LINES = [{"color": GREEN, "linestyle": dashes, "linewidth": 3} for dashes in (":", "--")]


def plane_of_xor(hidden_weights=None, hidden_biases=None, predict=None):
    """Show the four corners of XOR.

    `hidden_weights` of shape (2, k) and `hidden_biases` of shape (k,) add the lines on which k
    hidden neurons are undecided; `predict` from rows (n, 2) to answers tints the plane.
    """
    figure, axes = plt.subplots(figsize=(5.4, 4.9))
    draw = partial(plot_decision, predict, resolution=30) if predict else plot_points
    draw(CORNERS, TARGETS, axes, margin=0.5)
    if hidden_weights is not None:
        lines = zip(np.transpose(hidden_weights), hidden_biases, strict=True)
        for number, (weights, bias) in enumerate(lines, 1):
            label = f"hidden neuron {number} at ½"
            draw_line(axes, weights, bias, **LINES[number % 2], label=label)
    axes.set(xlabel="$x_1$", ylabel="$x_2$", xticks=[0, 1], yticks=[0, 1], aspect="equal")
    axes.legend(**ABOVE)
    facts = {"corners": len(CORNERS)}
    facts |= {f"with target {k}": int(n) for k, n in enumerate(np.bincount(TARGETS))}
    if hidden_weights is not None:
        first, *others = np.transpose(hidden_weights)
        facts["lines"] = 1 + len(others)
        facts["parallel"] = all(
            np.isclose(first[0] * other[1], first[1] * other[0]) for other in others
        )
    if predict:
        inside = int(np.ravel(predict(CORNERS.mean(axis=0, keepdims=True)))[0] > 0.5)
        facts |= {f"target {k} lies between": k == inside for k in (0, 1)}
    return Drawing(figure, facts)


def bent_space(before, after, targets, line=None):
    """Show points as inputs and as the answers of two hidden neurons, where a line parts them.

    `line` is (weights, bias) of that line.
    """
    figure, panels = plt.subplots(1, 2, figsize=(5.4, 3.4))
    low, high = min(np.min(before), np.min(after)) - 0.2, max(np.max(before), np.max(after)) + 0.2
    for axes, points, letter in zip(panels, (before, after), "xh", strict=True):
        plot_points(points, targets, axes).get_legend().remove()
        axes.set(xlabel=f"${letter}_1$", ylabel=f"${letter}_2$", xticks=[0, 1], yticks=[0, 1])
        axes.set(xlim=(low, high), ylim=(low, high), aspect="equal")
    if line is not None:
        draw_line(panels[1], *line)
    panels[0].set_title("inputs")
    panels[1].set_title("hidden answers")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    facts = {"points": len(before), "with a straight line": line is not None}
    for label in np.unique(targets):
        spots = np.asarray(after)[np.ravel(targets) == label]
        overlap = np.ptp(spots, axis=0).max() < 0.1
        facts[f"with target {label:g} overlap"] = len(spots) if overlap else False
    return Drawing(figure, facts)
