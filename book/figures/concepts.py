"""The pictures of what learning is: words and boxes, a word count, a dartboard."""

import itertools
import textwrap

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle, Rectangle

from book.figures.diagrams import Diagram
from book.figures.style import BLUE, GREEN, GREY, INK, ORANGE, PAPER, SKY


def nested_fields():
    """Show deep learning inside machine learning inside artificial intelligence."""
    diagram = Diagram(5.4, 4.4)
    rings = [
        (0.08, 5.24, 4.24, GREY, "Artificial intelligence", "a sudoku solver\nthat follows rules"),
        (0.30, 4.80, 2.86, BLUE, "Machine learning", "a straight line\nfitted to points"),
        (0.52, 4.36, 1.44, ORANGE, "Deep learning", "a network that finds\nits own features"),
    ]
    for left, width, height, color, name, example in rings:
        diagram.box(2.7, left + height / 2, width=width, height=height, color=color)
        top = left + height
        diagram.text(left + 0.22, top - 0.3, name, bold=True, ha="left")
        diagram.text(left + 0.22, top - 0.52, example, ha="left", va="top")
    _sudoku(diagram, 3.55, 3.35)
    _fitted_line(diagram, 3.55, 2.18)
    _network(diagram, 3.55, 0.72)
    return diagram.figure


def _sudoku(diagram, x, y, side=0.78):
    """Draw a small grid with a few numbers."""
    for row in range(3):
        for column in range(3):
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
    diagram.axes.plot(x + ends * side, y + (start + slope * ends) * side, color=BLUE)
    diagram.axes.plot(x + across * side, y + heights * side, "o", color=INK, markersize=5)


def _network(diagram, x, y, width=1.1, height=0.9):
    """Draw three columns of neurons, each joined to all of the next."""
    columns = [(0, 2), (0.5, 3), (1, 1)]
    spots = [
        [(x + part * width, y + height * (row + 0.5) / count) for row in range(count)]
        for part, count in columns
    ]
    for left, right in itertools.pairwise(spots):
        for start in left:
            for end in right:
                diagram.axes.plot(*zip(start, end, strict=True), color=GREY, linewidth=1)
    for column in spots:
        diagram.axes.plot(*zip(*column, strict=True), "o", color=ORANGE, markersize=8)


def supervised_learning():
    """Show that examples make a model, and the model makes predictions."""
    diagram = Diagram(5.4, 3.3)
    inputs = diagram.box(0.85, 2.9, "training\ninputs", width=1.3)
    outputs = diagram.box(0.85, 1.95, "known\noutputs", width=1.3)
    algorithm = diagram.hexagon(2.95, 2.42, "learning\nalgorithm")
    model = diagram.box(2.95, 0.5, "model", color=GREEN, bold=True, width=1.1, height=0.6)
    new = diagram.box(0.85, 0.5, "new\ninput", width=1.3)
    prediction = diagram.box(4.68, 0.5, "prediction", width=1.2, height=0.6)
    diagram.link(inputs, algorithm)
    diagram.link(outputs, algorithm)
    diagram.link(algorithm, model, "makes", offset=(0.4, 0))
    diagram.link(new, model)
    diagram.link(model, prediction)
    return diagram.figure


def bag_of_words(sentences, vocabulary, counts):
    """Show sentences and how often each word of the vocabulary occurs in them."""
    counts = np.asarray(counts)
    rows, columns = counts.shape
    left, cell, row_height = 2.05, 3.3 / columns, 0.52
    head = 0.25 + 0.095 * max(len(word) for word in vocabulary)
    height = rows * row_height + head
    diagram = Diagram(5.4, height)
    for column, word in enumerate(vocabulary):
        x = left + (column + 0.5) * cell
        diagram.text(x, height - head + 0.08, word, rotation=90, va="bottom")
    for row, sentence in enumerate(sentences):
        y = height - head - (row + 0.5) * row_height
        diagram.text(left - 0.12, y, textwrap.fill(sentence, 22), ha="right")
        for column, count in enumerate(counts[row]):
            _count(diagram, left + column * cell, y - row_height / 2, cell, row_height, count)
    return diagram.figure


def _count(diagram, x, y, width, height, count):
    """Draw one cell of the matrix, tinted when the word occurs."""
    alpha = min(0.18 * count, 0.7)
    cell = Rectangle((x, y), width, height, facecolor=(BLUE, alpha), edgecolor=(GREY, 0.4))
    diagram.axes.add_patch(cell)
    color = INK if count else GREY
    diagram.text(x + width / 2, y + height / 2, f"{count:g}", bold=bool(count), color=color)


def two_layers():
    """Show an input that passes two layers and becomes a prediction."""
    diagram = Diagram(5.4, 1.3)
    names = ["input\nvector", "layer 1", "layer 2", "prediction"]
    colors = [BLUE, ORANGE, ORANGE, BLUE]
    spots = [0.56, 1.96, 3.27, 4.75]
    nodes = [
        diagram.box(x, 0.65, name, color=color, width=1.16 if name == "prediction" else 0.95,
                    height=0.8)
        for x, name, color in zip(spots, names, colors, strict=True)
    ]
    for start, end in itertools.pairwise(nodes):
        diagram.link(start, end)
    return diagram.figure


def learning_loop():
    """Show the four steps that are repeated: take, predict, compare, adjust."""
    diagram = Diagram(5.4, 3.7)
    steps = ["take the\ninput", "predict", "compare with\nthe target", "adjust the\nweights"]
    spots = [(2.7, 3.25), (4.5, 1.85), (2.7, 0.45), (0.9, 1.85)]
    colors = [BLUE, BLUE, ORANGE, GREEN]
    nodes = [
        diagram.box(x, y, f"{number}  {step}".replace("\n", "\n    "), color=color,
                    width=1.55, height=0.72)
        for number, (step, (x, y), color) in enumerate(zip(steps, spots, colors, strict=True), 1)
    ]
    for start, end in zip(nodes, nodes[1:] + nodes[:1], strict=True):
        diagram.link(start, end, bend=-0.3)
    return diagram.figure


def dartboard(throws):
    """Show numbered throws at a dartboard, pale at first, strong at last."""
    throws = np.asarray(throws, dtype=float)
    reach = 1.12 * max(np.abs(throws).max(), 1.0)
    figure, axes = plt.subplots(figsize=(5.4, 4.6))
    for ring in range(5, 0, -1):
        tint = (SKY, 0.13) if ring % 2 else (PAPER, 0)
        board = Circle((0, 0), reach * ring / 5, facecolor=tint, edgecolor=(GREY, 0.5))
        axes.add_patch(board)
    axes.plot(0, 0, "o", color=GREEN, markersize=12)
    for number, (x, y) in enumerate(throws, 1):
        alpha = 0.25 + 0.75 * number / len(throws)
        axes.plot(x, y, "o", color=ORANGE, alpha=alpha, markersize=9)
        axes.annotate(str(number), (x, y), (6, 6), textcoords="offset points")
    axes.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
    axes.axis("off")
    return figure
