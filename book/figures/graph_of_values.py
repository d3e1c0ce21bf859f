"""The graph of a result: the values it was made of, and the gradients that came back to them."""

from collections import Counter

import numpy as np

from book.figures.diagrams import Diagram
from book.figures.drawing import Drawing
from book.figures.style import BLUE, GREEN, GREY, INK, ORANGE, PAPER

RADIUS, ACROSS, DOWN, MARGIN = 0.21, 0.79, 0.98, 0.3
WIDTH = 5.4
# A number may stand on an arrow: it brings the paper along.
PATCH = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.2}


def graph_of_values(end, labels):
    """Show what `end` was made of, each value above its circle and its gradient, if any, below.

    A value has `value`, `gradient`, `depth`, and `sources`, pairs that begin with a value it was
    made of. `labels` maps values to what stands in their circles.
    """
    diagram = Diagram(WIDTH, height_of(end))
    return Drawing(diagram.figure, _draw(diagram, end, labels, ()))


def draw_graph(axes, end, labels, passed=()):
    """Draw the same on the axes of a slider; `passed` have sent their gradients back."""
    return _draw(Diagram(WIDTH, height_of(end), axes), end, labels, list(passed))


def height_of(end):
    """Return the height in inches of the drawing of a graph."""
    return max(row for _, row in _places(end).values()) * DOWN + 2 * RADIUS + 2 * MARGIN


def _draw(diagram, end, labels, passed):
    places, (_, height) = _places(end), diagram.figure.get_size_inches()
    left = (WIDTH - ACROSS * (end.depth - 1)) / 2
    centres = {}
    for value, (column, row) in places.items():
        x, y = left + ACROSS * (column - 1), height - MARGIN - RADIUS - row * DOWN
        color = BLUE if value.sources else GREEN
        diagram.circle(x, y, labels.get(value, ""), radius=RADIUS, color=color)
        centres[value] = np.array([x, y])
        diagram.text(x, y + RADIUS + 0.15, _short(value.value), bbox=PATCH)
        if value.gradient:
            options = {"color": ORANGE, "bold": True, "bbox": PATCH}
            diagram.text(x, y - RADIUS - 0.19, _short(value.gradient), **options)
    arrows = [(source, value) for value in places for source, _ in value.sources]
    for (source, value), times in Counter(arrows).items():
        for bend in (0,) if times == 1 else (0.22, -0.22):
            just, before = value in passed[-1:], value in passed
            color = ORANGE if before else GREY if passed else INK
            ends = _ends(centres[source], centres[value], bend)
            diagram.link(*ends, bend=bend, color=color, bold=just)
    gradients = sum(bool(value.gradient) for value in places)
    return {"values": len(places), "arrows": len(arrows), "gradients": gradients or False}


def _ends(start, end, bend):
    """Return where an arrow leaves a circle and where it meets the other."""
    # Much faster than to let Matplotlib cut the arrow off at the circles.
    along, turn = (end - start) / np.hypot(*(end - start)), np.arctan(2 * bend)
    aside = np.array([along[1], -along[0]]) * np.sin(turn)
    return (
        start + RADIUS * (np.cos(turn) * along + aside),
        end - RADIUS * (np.cos(turn) * along - aside),
    )


def _short(number):
    return f"{float(number):.3g}".replace("-", "−")


def _places(end):
    """Return the column and the row of each value: a value stands right before its first user."""
    users, places, free = {}, {}, Counter()
    for value in _sources_first(end):
        for source, _ in value.sources:
            users.setdefault(source, []).append(value)
    for value in _sources_first(end):
        column = min((user.depth for user in users.get(value, ())), default=value.depth + 1) - 1
        rows = [places[source][1] for source, _ in value.sources]
        near = max(free[near] for near in (column - 1, column, column + 1))
        # Out of the way of an arrow that leads past it from its only source.
        rivals = [user for source, _ in value.sources for user in users[source]]
        aside = any(user.depth > value.depth for user in rivals)
        row = sum(rows) / len(rows) + aside if rows else near
        places[value] = column, row
        free[column] = row + 1
    return places


def _sources_first(end):
    """Return the values that `end` was made of, and itself, each after its sources."""
    found = {}

    def visit(value):
        if value not in found:
            for source, _ in value.sources:
                visit(source)
            found[value] = None

    visit(end)
    return list(found)
