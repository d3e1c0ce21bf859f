"""A small change on its way through functions inside functions."""

from itertools import pairwise

from book.figures.diagrams import Diagram
from book.figures.drawing import Drawing
from book.figures.style import GREEN, ORANGE


def nudge(changes):
    """Show how each value changes when the first is nudged, and the factor of each step.

    `changes` maps the values, in the order in which they are computed, to their changes.
    """
    diagram = Diagram(5.4, 1.75)
    gap = 4.2 / (len(changes) - 1)
    nodes = []
    for number, (name, change) in enumerate(changes.items()):
        x = 0.6 + number * gap
        color = ORANGE if number else GREEN
        nodes.append(diagram.box(x, 1.0, f"${name}$", width=0.62, height=0.5, color=color))
        diagram.text(x, 0.4, f"{change:+.6f}".replace("-", "−"))
    sizes = list(changes.values())
    factors = [after / before for before, after in pairwise(sizes)]
    for (start, end), factor in zip(pairwise(nodes), factors, strict=True):
        label = f"× {factor:.4g}".replace("-", "−")
        diagram.link(start, end, label, offset=(0, 0.42))
    return Drawing(diagram.figure, {"boxes": len(changes), "arrows": len(factors)})
