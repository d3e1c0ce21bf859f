"""Trainings that go well or badly: losses of some networks, and the columns of their weights."""

import numpy as np

from book.figures.style import CLASS_COLORS, INK, PROBABILITY


def draw_losses(axes, losses):
    """Draw the loss of each network over the epochs, of shape (epochs, networks)."""
    for curve, color in zip(np.transpose(losses), CLASS_COLORS, strict=False):
        axes.plot(curve, color=color, linewidth=1.2)
    axes.set(xlabel="epoch", ylabel="loss", ylim=(-0.1, 2.6))
    falling = int(np.sum(np.all(np.diff(losses, axis=0) <= 1e-12, axis=0)))
    return {
        "epochs": len(losses),
        "curves": losses.shape[1],
        "falling all the way": falling or False,
        "rising at some step": (losses.shape[1] - falling) or False,
    }


def draw_columns(axes, tables, strongest=8):
    """Draw tables of weights side by side, a column for each hidden neuron, tinted by value.

    `tables` has an array of shape (inputs, hidden) for each name.
    """
    facts, left = {"tables": len(tables)}, 0
    for name, weights in tables.items():
        rows, columns = weights.shape
        places = left + np.arange(columns + 1), np.arange(rows + 1)
        tints = weights / (2 * strongest) + 0.5
        axes.pcolormesh(*places, tints, cmap=PROBABILITY, vmin=0, vmax=1, edgecolors=INK)
        for (row, column), weight in np.ndenumerate(weights):
            text = f"{weight:.2f}".replace("-", "−")
            axes.text(left + column + 0.5, row + 0.5, text, ha="center", va="center", size=12)
        axes.text(left + columns / 2, -0.3, name, ha="center", size=13, weight="bold")
        alike = bool(np.allclose(weights, weights[:, :1]))
        facts[f"{name}, the columns are equal"] = alike
        facts[f"{name}, they differ"] = not alike
        left += columns + 0.6
    axes.set(xlim=(-0.1, left - 0.5), ylim=(rows + 0.1, -0.8))
    axes.set_axis_off()
    return facts
