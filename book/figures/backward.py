"""A network in its backward pass: the slopes over its sums, and over its weights."""

from itertools import pairwise, product

import numpy as np
from matplotlib.patches import FancyArrowPatch

from book.figures.diagrams import Diagram
from book.figures.drawing import Drawing
from book.figures.network import columns_of, place_of_numbers
from book.figures.style import BLUE, GREEN, INK, ORANGE

DISTANCE, RADIUS = 1.7, 0.34


def slopes_flow_back(inputs, sums, weights, names):
    """Show the slopes of the error over all sums and weights of a network, for one example.

    `sums` holds a row for each layer, the slopes over the sums of its neurons; `weights` an array
    for each layer, of shape (from, to); `names` the names of the sums' slopes, as formulas.
    """
    widths = [len(inputs), *map(len, sums)]
    body = DISTANCE * (max(widths) - 1) + 1.3
    diagram = Diagram(5.4, body)
    columns = columns_of(widths, DISTANCE, (body - 0.5) / 2 + 0.1)
    for (start, end), slopes in zip(pairwise(columns), weights, strict=True):
        _arrows(diagram, start, end, slopes)
    for k, centre in enumerate(columns[0]):
        _neuron(diagram, centre, f"{inputs[k]:g}", f"$x_{k + 1}$", BLUE)
    for column, values, titles in zip(columns[1:], sums, names, strict=True):
        for centre, value, title in zip(column, values, titles, strict=True):
            _neuron(diagram, centre, _three(value), f"${title}$", ORANGE)
    count = sum(np.size(slopes) for slopes in weights)
    facts = {
        "arrows": count,
        "slopes of weights": count,
        "inputs": len(inputs),
        "hidden neurons": len(sums[0]),
        "outputs": len(sums[1]),
    }
    return Drawing(diagram.figure, facts)


def _three(value):
    return f"{value:.3f}".replace("-", "−")


def _neuron(diagram, centre, value, title, color):
    x, y = centre
    diagram.circle(x, y, radius=RADIUS, color=color)
    diagram.text(x, y, value)
    diagram.text(x, y + RADIUS + 0.18, title)


def _arrows(diagram, start, end, slopes):
    """Draw an arrow back along each weight, with the slope over the weight in a gap of it."""
    place = place_of_numbers(start, end)
    for (i, first), (j, last) in product(enumerate(start), enumerate(end)):
        first, last = np.array(first), np.array(last)
        along = (last - first) / np.hypot(*(last - first))
        centre = first + (place + 0.07) * (last - first)
        text = diagram.text(*centre, _three(slopes[i][j]), color=INK)
        extent = text.get_window_extent()
        size = np.array([extent.width, extent.height - 6]) / 2 / diagram.figure.dpi + 0.05
        half = min(size / np.maximum(np.abs(along), 1e-9)) * along
        tip, stop = first + (RADIUS + 0.03) * along, last - RADIUS * along
        diagram.axes.plot(*zip(stop, centre + half, strict=True), color=GREEN, linewidth=1.5)
        head = FancyArrowPatch(
            centre - half, tip, arrowstyle="-|>", mutation_scale=12, color=GREEN, linewidth=1.5,
            shrinkA=0, shrinkB=0,
        )  # fmt: skip
        diagram.axes.add_patch(head)
