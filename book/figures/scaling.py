"""What scaling does to the sums of a hidden layer: where they lie on the sigmoid."""

import matplotlib.pyplot as plt
import numpy as np

from book.figures.drawing import Drawing
from book.figures.style import BLUE, GREEN, ORANGE
from neuralnet import sigmoid

FLAT_BEYOND = 5


def sums_on_sigmoid(sums):
    """Mark sums on the sigmoid; `sums` has an array for each name, drawn in a panel of its own.

    The band is where the curve is steep enough to learn from, between -5 and 5.
    """
    figure, panels = plt.subplots(len(sums), 1, figsize=(5.4, 2.4 * len(sums)), squeeze=False)
    for axes, color, (name, z) in zip(panels[:, 0], (ORANGE, BLUE), sums.items(), strict=False):
        widest = max(1.2 * FLAT_BEYOND, 1.05 * np.max(np.abs(z)))
        places = np.linspace(-widest, widest, 1201)
        axes.axvspan(-FLAT_BEYOND, FLAT_BEYOND, color=GREEN, alpha=0.2)
        axes.plot(places, sigmoid(places), color=color, linewidth=1.5)
        axes.plot(np.ravel(z), sigmoid(np.ravel(z)), "o", color=color, alpha=0.5, markersize=8)
        axes.set(title=name, ylabel=r"$\sigma(z)$", ylim=(-0.1, 1.1))
    panels[-1, 0].set_xlabel("sum $z$")
    facts = {"panels": len(sums)}
    for name, z in sums.items():
        outside = int(np.sum(np.abs(z) > FLAT_BEYOND))
        facts[f"{name} sums outside the band"] = outside or False
    return Drawing(figure, facts)
