"""How the package is built: one vector with what looks into it, and a step as a list of calls."""

from book.figures.diagrams import Diagram
from book.figures.drawing import Drawing
from book.figures.style import BLUE, GREEN, GREY, INK, ORANGE, PINK

CELL = 0.48
# The arrays of a network of Dense(2, 2), Sigmoid and Dense(2, 1): name, layer, shape, colour.
TABLES = (
    ("weights", "layers[0]", (2, 2), BLUE),
    ("biases", "layers[0]", (1, 2), GREEN),
    ("weights", "layers[2]", (2, 1), ORANGE),
    ("biases", "layers[2]", (1, 1), PINK),
)


def one_vector():
    """Show the parameters of a small network as a row of cells, and the layers' arrays below."""
    diagram = Diagram(5.4, 3.2)
    diagram.text(0.54, 2.95, "parameters", bold=True, ha="left")
    first, middles, facts = 0, (0.95, 2.35, 3.55, 4.7), {}
    for (name, layer, shape, color), middle in zip(TABLES, middles, strict=True):
        numbers = range(first, first + shape[0] * shape[1])
        for number in numbers:
            _cell(diagram, 0.78 + number * CELL, 2.5, number, color)
        _table(diagram, middle, shape, numbers, color)
        start = 0.78 + (numbers[0] + numbers[-1]) / 2 * CELL
        diagram.link((middle, 1.85), (start, 2.27), color=color)
        diagram.text(middle, 0.58, layer, va="baseline")
        diagram.text(middle, 0.22, name, va="baseline")
        first = numbers[-1] + 1
        facts[f"{name} of {layer}"] = tuple(sorted({numbers[0], numbers[-1]}))
    return Drawing(diagram.figure, {"cells": first, "arrays": len(TABLES)} | facts)


def _table(diagram, middle, shape, numbers, color):
    """Draw the cells of an array, its top at one height, in rows."""
    for place, number in enumerate(numbers):
        row, column = divmod(place, shape[1])
        x = middle + (column - (shape[1] - 1) / 2) * CELL
        _cell(diagram, x, 1.58 - row * CELL, number, color)


def _cell(diagram, x, y, number, color):
    diagram.box(x, y, str(number), width=CELL - 0.05, height=CELL - 0.05, color=color)


def recorded_step(calls, buffers):
    """Show which buffer each call reads, and which it fills.

    `calls` are triples: a name, the buffer that is read, the one that is filled.
    """
    height = 0.45 * (len(calls) + 1) + 0.3
    diagram = Diagram(5.4, height)
    places = {name: 2.1 + 0.95 * number for number, name in enumerate(buffers)}
    for name, x in places.items():
        diagram.text(x, height - 0.35, name, bold=True, va="baseline")
        diagram.axes.plot([x, x], [0.1, height - 0.5], color=GREY, linewidth=1.2, zorder=1)
    for number, (name, source, target) in enumerate(calls):
        y = height - 0.75 - 0.45 * number
        diagram.text(0.15, y - 0.06, name, ha="left", va="baseline")
        diagram.axes.plot(places[source], y, "o", color=BLUE, markersize=7, zorder=4)
        diagram.link((places[source], y), (places[target], y), color=INK)
    facts = {
        "lines": len(buffers),
        "arrows": len(calls),
        "calls": tuple(f"{name}, {source} to {target}" for name, source, target in calls),
    }
    return Drawing(diagram.figure, facts)
