"""Deep networks: how large the numbers are in each layer, and how trainings from many seeds end."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import LogLocator, NullLocator

from book.figures.drawing import Drawing
from book.figures.style import CLASS_COLORS, CLASS_MARKERS

LEVEL = 5  # what changes by less than this factor from end to end stays level


def gradients_by_layer(sizes):
    """Show on a logarithmic scale how large the gradients of each layer are.

    `sizes` has, for each name, a table of shape (networks, layers); each network is a thin line,
    and the middle one of each layer is marked.
    """
    figure, axes = plt.subplots()
    facts = {}
    for k, (name, table) in enumerate(sizes.items()):
        layers = np.arange(1, np.shape(table)[1] + 1)
        axes.plot(layers, np.transpose(table), color=CLASS_COLORS[k], linewidth=0.7, alpha=0.5)
        middle = np.median(table, axis=0)
        axes.plot(layers, middle, CLASS_MARKERS[k], color=CLASS_COLORS[k], label=name)
        facts[name] = _towards_the_front(middle)
    axes.set(yscale="log", xlabel="layer", ylabel="size of the gradient")
    _tidy(axes, layers)
    figure.legend(loc="outside upper center", ncols=len(sizes))
    return Drawing(figure, {"layers": len(layers)} | facts)


def draw_sums_and_gradients(axes, sums, gradients):
    """Draw how large the sums and the gradients of each layer are, both of shape (layers,)."""
    layers = np.arange(1, len(sums) + 1)
    for k, (name, sizes) in enumerate({"sums": sums, "gradients": gradients}.items()):
        axes.plot(layers, sizes, f"{CLASS_MARKERS[k]}-", color=CLASS_COLORS[k], label=name)
    axes.set(yscale="log", ylim=(1e-7, 1e3), xlabel="layer", ylabel="size")
    _tidy(axes, layers)
    axes.legend(loc="upper left", ncols=2)
    return {"layers": len(layers), "sums": _towards_the_end(sums)}


def seed_dots(table, xlabel, *, highest=True):
    """Show one number for each seed: a row of dots for each name, the mean as a line.

    Unless some rows are too near each other, the `highest` is told.
    """
    figure, axes = plt.subplots(figsize=(5.4, 0.9 + 0.42 * len(table)))
    for place, values in enumerate(table.values()):
        axes.plot([np.mean(values)] * 2, [place - 0.3, place + 0.3], color=CLASS_COLORS[1])
        axes.plot(values, [place] * len(values), "o", color=CLASS_COLORS[0], alpha=0.6)
    axes.set(xlim=(-0.03, 1.03), xlabel=xlabel)
    axes.set_yticks(range(len(table)), list(table))
    axes.invert_yaxis()
    means = {name: np.mean(values) for name, values in table.items()}
    facts = {
        "rows": len(table),
        "dots in each row": len(next(iter(table.values()))),
        "highest on average": max(means, key=means.get) if highest else False,
    }
    return Drawing(figure, facts)


def _tidy(axes, layers):
    axes.set_xticks(layers)
    axes.yaxis.set_major_locator(LogLocator(numticks=8))
    axes.yaxis.set_minor_locator(NullLocator())


def _towards_the_front(sizes):
    ratio = sizes[0] / sizes[-1]
    return "shrinks" if ratio < 1 / LEVEL else "grows" if ratio > LEVEL else "stays level"


def _towards_the_end(sizes):
    return {"shrinks": "grow", "grows": "shrink"}.get(_towards_the_front(sizes), "stay level")
