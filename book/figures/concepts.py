"""The pictures of what learning is: words and boxes, a word count, a dartboard."""

import textwrap
from itertools import pairwise, product

import numpy as np
from matplotlib.patches import Circle, Rectangle

from book.figures.diagrams import Diagram
from book.figures.drawing import Drawing
from book.figures.style import BLUE, GREEN, GREY, INK, ORANGE, PAPER, SKY


def nested_fields():
    """Show deep learning inside machine learning inside artificial intelligence."""
    diagram = Diagram(5.4, 4.2)
    rings = [
        (0.08, 4.04, "Artificial intelligence", "a sudoku solver\nthat follows rules"),
        (0.28, 2.72, "Machine learning", "a straight line\nfitted to points"),
        (0.48, 1.40, "Deep learning", "a network that finds\nits own features"),
    ]
    for edge, height, name, example in rings:
        diagram.box(2.7, edge + height / 2, width=5.4 - 2 * edge, height=height)
        top = edge + height
        diagram.text(edge + 0.22, top - 0.3, name, bold=True, ha="left")
        diagram.text(edge + 0.22, top - 0.48, example, ha="left", va="top")
    _sudoku(diagram, 3.72, 3.17)
    _fitted_line(diagram, 3.72, 2.07)
    draw_network(diagram.axes, (3.55, 0.68), (1.1, 1.0), (2, 3, 1))
    inside_out = tuple(name for _, _, name, _ in reversed(rings))
    return Drawing(diagram.figure, {"boxes": len(rings), "boxes from inside": inside_out})


def _sudoku(diagram, x, y, side=0.78):
    """Draw a small grid with a few numbers."""
    for row, column in product(range(3), repeat=2):
        corner = (x + column * side / 3, y + row * side / 3)
        cell = Rectangle(corner, side / 3, side / 3, fill=False, edgecolor=INK, linewidth=1)
        diagram.axes.add_patch(cell)
    for column, row, digit in ((0, 2, "5"), (2, 1, "7"), (1, 0, "2")):
        diagram.text(x + (column + 0.5) * side / 3, y + (row + 0.47) * side / 3, digit)


def _fitted_line(diagram, x, y, side=0.78):
    """Draw a few points and the line through them."""
    heights = np.array([0.12, 0.42, 0.34, 0.7, 0.72])
    across = np.linspace(0.1, 0.9, 5)
    slope, start = np.polyfit(across, heights, 1)
    ends = np.array([0, 1])
    diagram.axes.plot(x + ends * side, y + (start + slope * ends) * side, color=ORANGE)
    diagram.axes.plot(x + across * side, y + heights * side, "o", color=INK, markersize=5)


def draw_network(axes, corner, size, counts, row_height=0.33):
    """Draw columns of neurons, as many as `counts` says, each joined to all of the next."""
    (left, bottom), (width, height) = corner, size
    columns = []
    for x, count in zip(np.linspace(left, left + width, len(counts)), counts, strict=True):
        rows = (np.arange(count) - (count - 1) / 2) * row_height + bottom + height / 2
        columns.append([(x, y) for y in rows])
    for start, end in pairwise(columns):
        for ends in product(start, end):
            axes.plot(*zip(*ends, strict=True), color=GREY, linewidth=1, zorder=1)
    for column, color in zip(columns, [BLUE] + [ORANGE] * (len(counts) - 1), strict=True):
        axes.plot(*zip(*column, strict=True), "o", color=color, markersize=9, zorder=2)


def supervised_learning():
    """Show that examples make a model, and the model makes predictions."""
    diagram = Diagram(5.4, 3.5)
    inputs = diagram.box(0.78, 3.08, "training\ninputs", width=1.3, height=0.66)
    outputs = diagram.box(0.78, 2.08, "known\noutputs", width=1.3, height=0.66)
    algorithm = diagram.hexagon(2.95, 2.58, "learning\nalgorithm")
    model = diagram.box(2.95, 0.45, "model", color=GREEN, bold=True, width=1.1, height=0.66)
    new = diagram.box(0.78, 0.45, "new\ninput", width=1.3, height=0.66)
    prediction = diagram.box(4.66, 0.45, "prediction", width=1.3, height=0.66)
    diagram.link(inputs, algorithm)
    diagram.link(outputs, algorithm)
    diagram.link(algorithm, model, "makes", offset=(0.12, 0), ha="left")
    diagram.link(new, model)
    diagram.link(model, prediction)
    return Drawing(diagram.figure, {"nodes": tuple(diagram.names)})


def bag_of_words(sentences, vocabulary, counts):
    """Show sentences and how often each word of the vocabulary occurs in them."""
    counts = np.asarray(counts)
    texts = [_two_lines(sentence) for sentence in sentences]
    head = 0.28 + 0.088 * max(len(word) for word in vocabulary)
    left = 0.25 + 0.088 * max(len(line) for text in texts for line in text.split("\n"))
    width, height = (5.35 - left) / counts.shape[1], 0.5
    top = 0.05 + len(texts) * height
    diagram = Diagram(5.4, top + head)
    for column, word in enumerate(vocabulary):
        x = left + (column + 0.5) * width
        diagram.text(x, top + 0.1, word, rotation=90, va="bottom")
    for row, text in enumerate(texts):
        bottom = top - (row + 1) * height
        diagram.text(left - 0.14, bottom + height / 2, text, ha="right")
        for column, count in enumerate(counts[row]):
            _count(diagram, (left + column * width, bottom), (width, height), count)
    facts = {
        "sentences": len(sentences),
        "words": len(vocabulary),
        "zero or one": set(counts.flat) == {0, 1},
    }
    return Drawing(diagram.figure, facts)


def _two_lines(sentence, longest=22):
    """Break a long sentence into two lines of about the same length."""
    return sentence if len(sentence) <= longest else textwrap.fill(sentence, len(sentence) / 2 + 3)


def _count(diagram, corner, size, count):
    """Draw one cell of the matrix, tinted when the word occurs."""
    tint = (BLUE, min(0.2 * count, 0.6))
    cell = Rectangle(corner, *size, facecolor=tint, edgecolor=(GREY, 0.4), linewidth=1)
    diagram.axes.add_patch(cell)
    x, y = corner[0] + size[0] / 2, corner[1] + size[1] / 2
    diagram.text(x, y, f"{count:g}", bold=bool(count), color=INK if count else GREY)


def two_layers():
    """Show an input that passes two layers and becomes a prediction."""
    diagram = Diagram(5.4, 1.0)
    nodes = [
        diagram.box(0.54, 0.5, "input\nvector", width=0.92, height=0.7),
        diagram.box(1.90, 0.5, "layer 1", width=0.98, height=0.7, color=ORANGE),
        diagram.box(3.25, 0.5, "layer 2", width=0.98, height=0.7, color=ORANGE),
        diagram.box(4.75, 0.5, "prediction", width=1.16, height=0.7),
    ]
    for start, end in pairwise(nodes):
        diagram.link(start, end)
    layers = [name for name in diagram.names if name.startswith("layer")]
    facts = {"boxes": len(nodes), "layers": len(layers), "nodes": tuple(diagram.names)}
    return Drawing(diagram.figure, facts)


def learning_loop():
    """Show the four steps that are repeated: take, predict, compare, adjust."""
    diagram = Diagram(5.4, 3.85)
    steps = [
        ("take the\ninput", (2.75, 3.28), BLUE),
        ("predict", (4.48, 1.93), BLUE),
        ("compare with\nthe target", (2.75, 0.58), ORANGE),
        ("adjust the\nweights", (1.02, 1.93), GREEN),
    ]
    nodes = []
    for number, (step, (x, y), color) in enumerate(steps, 1):
        nodes.append(diagram.box(x, y, step, color=color, width=1.6, height=0.72))
        # At a corner that no arrow starts from.
        corner = y - 0.36 if step.startswith("compare") else y + 0.36
        badge = diagram.circle(x - 0.8, corner, radius=0.17, color=color)
        badge.set(facecolor=PAPER, zorder=4)
        diagram.text(x - 0.8, corner - 0.01, str(number), bold=True)
    for start, end in pairwise([*nodes, nodes[0]]):
        diagram.link(start, end, bend=-0.3)
    return Drawing(diagram.figure, {"boxes": len(nodes), "nodes": tuple(diagram.names)})


def dartboard(throws):
    """Show numbered throws at a dartboard, pale at first, strong at last."""
    throws = np.asarray(throws, dtype=float)
    diagram = Diagram(5.4, 4.8)
    centre, radius = np.array([2.7, 2.4]), 2.2
    for ring in range(5, 0, -1):
        tint = (SKY, 0.16) if ring % 2 else "none"
        board = Circle(centre, radius * ring / 5, facecolor=tint, edgecolor=(GREY, 0.5))
        diagram.axes.add_patch(board)
    diagram.axes.plot(*centre, "P", color=GREEN, markersize=13, zorder=3)
    # The farthest throw may miss the board, not the sheet.
    spots = centre + throws * min((centre - 0.3) / np.abs(throws).max(axis=0))
    labels = _free_places(spots, centre)
    for number, (spot, label) in enumerate(zip(spots, labels, strict=True), 1):
        alpha = 0.4 + 0.6 * number / len(spots)
        diagram.axes.plot(
            *spot, "o", color=ORANGE, alpha=alpha, markersize=8, zorder=4, markeredgewidth=0
        )
        diagram.text(*label, str(number), bold=True)
    first, *later = throws
    side = f"{'upper' if first[1] > 0 else 'lower'} {'right' if first[0] > 0 else 'left'}"
    middle = np.median(np.hypot(*np.transpose(later)))
    facts = {
        "throws": len(throws),
        "first": side,
        "close around the bull": bool(middle < np.hypot(*first) / 2),
    }
    return Drawing(diagram.figure, facts)


def _free_places(spots, centre, distance=0.21):
    """Return a place beside each spot, as far as can be from spots and other places."""
    taken = [*spots, centre]
    places = []
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    circle = distance * np.column_stack([np.cos(angles), np.sin(angles)])
    for spot in spots:
        candidates = spot + circle
        gaps = np.hypot(*(candidates[:, np.newaxis] - np.array(taken + places)).T).min(axis=0)
        places.append(candidates[gaps.argmax()])
    return places
