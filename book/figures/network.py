"""Networks as circles and lines, and as a chain of boxes."""

import contextlib
import re
from itertools import pairwise, product

import numpy as np

from book.figures.diagrams import Diagram
from book.figures.drawing import Drawing
from book.figures.style import BLUE, GREEN, GREY, INK, ORANGE

HEAD, FOOT = 0.45, 0.6
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def formula(name):
    """Set a name such as x₁ or W₁ as the text does: tables and biases bold, the index below."""
    name = re.sub(r"[₀-₉]+", lambda index: f"_{{{index[0].translate(SUBSCRIPTS)}}}", name)
    name = re.sub(r"[A-Zb]", lambda letter: rf"\mathbf{{{letter[0]}}}", name)
    for letter, command in {
        "ŷ": r"\hat{y}",
        "σ": r"\sigma",
        "ᵀ": r"^\mathsf{T}",
        " ": r"\,",
    }.items():
        name = name.replace(letter, command)
    return f"${name}$"


def number(value):
    """Write a number with at most two decimals and a real minus sign; leave a text as it is."""
    if isinstance(value, str):
        return value
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def network_diagram(widths, labels=None, values=None, weights=None, biases=None):
    """Show a network as columns of circles, as many as `widths` says, joined by its weights.

    `labels` and `values` hold a list for each column: what the circles are called, and the
    numbers in them.  `weights` and `biases` hold an array for each gap, of shape (from, to) and
    (to,): their numbers stand on the lines and below the circles.
    """
    _check(widths, labels, values, weights, biases)
    roomy = weights is not None or biases is not None
    distance = 1.4 if roomy else 0.72
    body = distance * (max(widths) - 1) + (1.3 if roomy else 0.8)
    diagram = Diagram(5.4, HEAD + body + FOOT)
    radius = 0.29 if values else 0.26
    columns = columns_of(widths, distance, FOOT + body / 2)
    for gap, (start, end) in enumerate(pairwise(columns)):
        _lines(diagram, start, end, radius, None if weights is None else np.asarray(weights[gap]))
        _name_of_table(diagram, gap, start, end, biases)
    for depth, column in enumerate(columns):
        head = ["input", *["hidden layer"] * (len(widths) - 2), "output"][depth]
        diagram.text(column[0][0], FOOT + body + 0.25, head, bold=True)
        for row, centre in enumerate(column):
            label = labels[depth][row] if labels else ""
            value = number(values[depth][row]) if values else ""
            bias = number(biases[depth - 1][row]) if biases is not None and depth else ""
            _node(diagram, centre, radius, label, value, bias, BLUE if depth == 0 else ORANGE)
    facts = _counts(widths) | _numbers(values, biases)
    return Drawing(diagram.figure, facts | {"carries its weight": weights is not None})


def _counts(widths):
    """Return how many circles there are in the columns."""
    inputs, *hidden, outputs = widths
    facts = {"layers": len(widths) - 1, "inputs": inputs, "outputs": outputs}
    if len(hidden) == 1:
        return facts | {"hidden neurons": hidden[0]}
    return facts | ({"hidden layers of": tuple(hidden)} if hidden else {})


def _numbers(values, biases):
    """Return the numbers in the columns of circles, and the bias if all have the same."""
    facts = {}
    for depth, column in enumerate(values or []):
        name = {0: "input", len(values) - 1: "output"}.get(depth, "hidden answer")
        # A text in a circle need not be a number.
        with contextlib.suppress(ValueError):
            numbers = tuple(map(float, column))
            facts[f"{name} is" if len(column) == 1 else f"{name}s are"] = numbers
    below = {float(bias) for column in biases or [] for bias in column}
    return facts | ({"bias": below.pop()} if len(below) == 1 else {})


def _check(widths, labels, values, weights, biases):
    if len(widths) < 2 or min(widths) < 1:
        raise ValueError(f"widths is {widths}: give at least two counts of circles, such as [3, 1]")
    for name, lists in (("labels", labels), ("values", values)):
        if lists is not None and [len(entries) for entries in lists] != list(widths):
            raise ValueError(f"{name} must be one list for each column, of {list(widths)} entries")
    wanted = {"weights": list(pairwise(widths)), "biases": [(width,) for width in widths[1:]]}
    for name, arrays in (("weights", weights), ("biases", biases)):
        shapes = wanted[name] if arrays is None else [np.shape(array) for array in arrays]
        if shapes != wanted[name]:
            raise ValueError(f"{name} have shapes {shapes}: widths {widths} need {wanted[name]}")


def columns_of(widths, distance, middle):
    """Return the centres of the circles of each column, from above to below."""
    for_count = [(np.arange(width)[::-1] - (width - 1) / 2) * distance for width in widths]
    places = np.linspace(0.6, 4.8, len(widths))
    return [[(x, middle + y) for y in rows] for x, rows in zip(places, for_count, strict=True)]


def _lines(diagram, start, end, radius, weights=None):
    """Draw the lines between two columns, and the weights in gaps of them."""
    place = place_of_numbers(start, end)
    for (i, first), (j, last) in product(enumerate(start), enumerate(end)):
        first, last = np.array(first), np.array(last)
        along = (last - first) / np.hypot(*(last - first))
        stops = [first + radius * along, last - radius * along]
        if weights is not None:
            centre = first + place * (last - first)
            half = _write_number(diagram, centre, weights[i, j], along) * along
            stops[1:1] = [centre - half, centre + half]
        for ends in zip(stops[::2], stops[1::2], strict=True):
            # A number near a circle may leave no room for the first piece.
            if (ends[1] - ends[0]) @ along > 0:
                diagram.axes.plot(*zip(*ends, strict=True), color=GREY, linewidth=1.2, zorder=1)


def place_of_numbers(start, end):
    """Return the part of the way, near the start, at which the lines are farthest apart."""
    starts, ends = np.array(start)[:, 1, np.newaxis], np.array(end)[:, 1]
    nearest = 0.54 / (end[0][0] - start[0][0])
    heights = {
        part: np.sort(starts * (1 - part) + ends * part, axis=None)
        for part in np.linspace(nearest, nearest + 0.06, 7)
    }
    return max(heights, key=lambda part: np.diff(heights[part]).min(initial=np.inf))


def _write_number(diagram, centre, value, along, room=0.05):
    """Write a number on a line in this direction; return half the gap that it needs."""
    extent = diagram.text(*centre, number(value)).get_window_extent()
    half = np.array([extent.width, extent.height - 6]) / 2 / diagram.figure.dpi + room
    return min(half / np.maximum(np.abs(along), 1e-9))


def _name_of_table(diagram, gap, start, end, biases):
    """Write the name and the shape of the weights, and of the biases, below a gap."""
    x = (start[0][0] + end[0][0]) / 2
    index = "₀₁₂₃₄₅₆₇₈₉"[gap + 1]
    shape = f"({len(start)}, {len(end)})"
    diagram.text(x, 0.58, f"{formula('W' + index)} {shape}", va="top", size=13)
    if biases is not None:
        shape = f"({len(end)},)"
        diagram.text(x, 0.28, f"{formula('b' + index)} {shape}", va="top", size=13, color=BLUE)


def _node(diagram, centre, radius, label, value, bias, color):
    """Draw a circle with its value, or else its name, in it."""
    x, y = centre
    diagram.circle(x, y, radius=radius, color=color)
    if value:
        diagram.text(x, y, value)
    if label:
        diagram.text(x, y + (0.45 if value else 0), formula(label))
    if bias:
        diagram.text(x, y - 0.45, bias, color=BLUE, bold=True)


def sequential_graph():
    """Show a network of two layers as a chain: values go forward, gradients come back."""
    diagram = Diagram(5.4, 3.0)
    top, low = 2.4, 0.6
    chain = [
        diagram.box(0.45, top, "$x$", width=0.6, height=0.6),
        diagram.box(1.85, top, formula("W₁, b₁"), width=1.05, height=0.6, color=GREEN),
        diagram.box(3.2, top, formula("σ"), width=0.6, height=0.6, color=ORANGE),
        diagram.box(4.75, top, formula("W₂, b₂"), width=1.05, height=0.6, color=GREEN),
        diagram.box(4.75, low, formula("σ"), width=0.6, height=0.6, color=ORANGE),
        diagram.box(3.2, low, formula("ŷ"), width=0.6, height=0.6),
        diagram.box(1.7, low, "loss", width=0.8, height=0.6, color=ORANGE),
    ]
    for start, end in pairwise(chain):
        diagram.link(start, end, shift=-0.1)
    # No gradient over the input: it is not ours to change.
    for start, end in pairwise(chain[:0:-1]):
        diagram.link(start, end, shift=-0.1, color=ORANGE)
    for y, ends, text, color in (
        (1.68, (0.9, 1.6), "forward: values", INK),
        (1.32, (1.6, 0.9), "backward: gradients", ORANGE),
    ):
        diagram.link((ends[0], y), (ends[1], y), color=color)
        diagram.text(1.75, y, text, ha="left")
    facts = {
        "boxes": len(chain),
        "arrows forward": len(chain) - 1,
        "arrows backward": len(chain) - 2,
    }
    return Drawing(diagram.figure, facts)
