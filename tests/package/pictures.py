"""What the tests of the plots look at in a picture."""

import numpy as np
from matplotlib.lines import Line2D

from neuralnet import Dense, Network


def network(*tables, last=()):
    """Return a network of Dense layers with these weights, and perhaps more layers."""
    net = Network([*(Dense(*np.shape(table)) for table in tables), *last], rng=0)
    for layer, table in zip(net.layers, tables, strict=False):
        layer.weights[...] = table
    return net


def side(rows):
    """Answer 1 right of the line where the first number is 3."""
    return 1 / (1 + np.exp(3 - rows[:, 0]))


def corners(rows):
    """Answer for three classes, whose areas meet at (3, 3)."""
    x, y = rows.T
    return np.column_stack([np.zeros(len(rows)), x - 3, y - 3])


def is_marked(artist):
    return isinstance(artist, Line2D) and artist.get_marker() != "None"


def lines_called(axes, *names):
    lines = {line.get_label(): line for line in axes.lines}
    return [lines[name] for name in names]


def texts_of_legend(axes):
    return [text.get_text() for text in axes.get_legend().get_texts()]


def looks(line):
    return line.get_color(), line.get_marker()
