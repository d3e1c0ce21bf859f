"""Processes that train one network together: shares of a batch, means, and sums in a ring."""

import numpy as np
from matplotlib.patches import FancyArrowPatch, Rectangle

from book.figures.diagrams import Diagram
from book.figures.drawing import Drawing
from book.figures.style import BLUE, GREEN, GREY, INK, ORANGE

SIDES = (BLUE, ORANGE)
TOP = 0.94  # of a picture's height


def shared_batch(shares):
    """Show two processes: the slopes of their rows, the means of these, and their common step.

    `shares` are two lists of slopes.
    """
    diagram, middles = Diagram(5.4, 4.5), (1.4, 4.0)
    means = [np.mean(slopes) for slopes in shares]
    common = np.mean(means)
    meeting = diagram.hexagon(2.7, 1.6, f"all-reduce\nmean {_number(common)}", color=GREEN)
    for number, (slopes, x, color) in enumerate(zip(shares, middles, SIDES, strict=True)):
        diagram.text(x, 4.28, f"process {number}", bold=True)
        mean = diagram.box(x, 2.72, f"its mean {_number(means[number])}", color=color)
        for slope, aside in zip(slopes, _spread(len(slopes)), strict=True):
            row = diagram.box(x + aside, 3.76, _number(slope), width=0.52, color=color)
            diagram.link(row, mean)
        step = diagram.box(x, 0.42, f"w ← w − η · {_number(common)}", color=color)
        diagram.link(mean, meeting)
        diagram.link(meeting, step)
    facts = {
        "processes": len(shares),
        "rows": sum(map(len, shares)),
        "slopes": tuple(slope for slopes in shares for slope in slopes),
        "means": tuple(map(float, means)),
        "mean of both": float(common),
    }
    return Drawing(diagram.figure, facts)


def _number(value):
    return f"{value:.3g}".replace("-", "−")


def _spread(many):
    return 0.64 * (np.arange(many) - (many - 1) / 2)


def draw_means(axes, first, whole, mean, rows=32):
    """Draw slopes over the whole batch, and the means of two shares, of which one has `first` rows.

    `whole` and `mean` are arrays with a slope for each output.
    """
    look = {"transform": axes.get_xaxis_transform(), "s": 22}
    places = np.linspace(0, len(whole) - 1, rows)
    for share, color, marker in ((places[:first], BLUE, "s"), (places[first:], ORANGE, "^")):
        axes.scatter(share, np.full(len(share), TOP), color=color, marker=marker, **look)
    outputs = np.arange(len(whole))
    axes.vlines(outputs, whole, mean, color=GREY, linewidth=1.5)
    axes.plot(outputs, whole, "o", color=INK, markerfacecolor="none", markersize=11, label="whole")
    axes.plot(outputs, mean, "x", color=ORANGE, markersize=8, label="mean of means")
    axes.set(xlabel="output", ylabel="slope over its bias", xticks=outputs, ylim=(-0.34, 0.22))
    axes.legend(loc="lower right", ncols=2)
    return {
        "outputs": len(whole),
        "squares": first,
        "triangles": rows - first,
        "as far as": round(float(np.abs(mean - whole).max()), 3),
    }


def draw_ring(axes, counts, sent):
    """Draw processes in a ring, and of how many processes each piece of their vectors is a sum.

    `counts` has a row for each process and a column for each piece; `sent` is the piece that each
    process sends next, or empty.
    """
    many, cell = len(counts), 0.5
    angles = np.pi / 2 - 2 * np.pi * (np.arange(many) + 0.5) / many
    centres = np.column_stack([2.5 * np.cos(angles), 1.4 * np.sin(angles)])
    for number, ((x, y), row) in enumerate(zip(centres, counts, strict=True)):
        axes.text(x, y + 0.52, f"process {number}", ha="center", va="center", size=12)
        for piece, count in enumerate(row):
            left = x + (piece - many / 2) * cell
            goes = len(sent) > 0 and sent[number] == piece
            axes.add_patch(_cell(left, y - cell / 2, cell, count / many, goes))
            axes.text(left + cell / 2, y - 0.02, str(count), ha="center", va="center", size=12)
    if len(sent):
        for here, there in zip(centres, np.roll(centres, -1, axis=0), strict=True):
            axes.add_patch(_arrow(here, there))
    axes.set(xlim=(-3.8, 3.8), ylim=(-1.75, 1.75), aspect="equal")
    axes.set_axis_off()
    return {
        "processes": many,
        "pieces each": many,
        "whole sums": int(np.sum(counts == many)) or False,
    }


def _cell(left, bottom, side, share, goes):
    """Return a cell, the fuller the more processes are in it; what goes on has a thick edge."""
    look = {"linewidth": 3, "edgecolor": ORANGE, "zorder": 3} if goes else {"edgecolor": INK}
    return Rectangle((left, bottom), side, side, facecolor=(GREEN, 0.6 * share), **look)


def _arrow(here, there):
    """Return an arrow between two processes that touches neither."""
    start, end = here + 0.36 * (there - here), here + 0.64 * (there - here)
    return FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=18, color=ORANGE, zorder=4)
