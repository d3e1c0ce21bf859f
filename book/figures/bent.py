"""The plane of the inputs as a hidden layer bends it."""

import numpy as np

from book.figures.plane import draw_line
from book.figures.style import GREY
from neuralnet.plots import plot_points


def draw_bent_plane(axes, hidden, points, targets, line):
    """Draw points and a grid of inputs from 0 to 1 as two hidden answers, for a slider.

    `hidden` is a function from (n, 2) inputs to (n, 2) answers; `line` is (weights, bias) of the
    output, which is undecided on it.  The facts say how many points lie on their side.
    """
    along = np.linspace(0, 1, 21)
    for place in np.linspace(0, 1, 6):
        across = np.full_like(along, place)
        for rows in (np.column_stack([along, across]), np.column_stack([across, along])):
            axes.plot(*hidden(rows).T, color=GREY, linewidth=1, alpha=0.6, zorder=1)
    plot_points(hidden(points), targets, axes).get_legend().remove()
    axes.set(xlabel="$h_1$", ylabel="$h_2$", xticks=[0, 1], yticks=[0, 1], aspect="equal")
    axes.set(xlim=(-0.1, 1.1), ylim=(-0.1, 1.1))
    draw_line(axes, *line)
    weights, bias = line
    right = (hidden(points) @ weights + bias > 0) == (np.ravel(targets) == 1)
    return {"points": len(points), "right": int(np.sum(right)), "wrong": int(np.sum(~right))}
