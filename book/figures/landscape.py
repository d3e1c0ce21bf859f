"""The error as a landscape over two weights, and a walk on it."""

import matplotlib.pyplot as plt
import numpy as np

from book.figures.drawing import Drawing
from book.figures.style import BLUE, INK, ORANGE


def landscape(error, path, low, high):
    """Show lines of equal error between two corners, and a path of (w1, w2).

    `error` takes two weights; the large point is the start of the path.
    """
    figure, axes = plt.subplots(figsize=(5.4, 4.9))
    w1, w2 = (np.linspace(*ends, 24) for ends in zip(low, high, strict=True))
    heights = np.array([[error(a, b) for a in w1] for b in w2])
    levels = np.linspace(heights.min(), heights.max(), 13)
    # The higher, the bluer.
    tints = [(BLUE, strength) for strength in np.linspace(0.02, 0.5, len(levels) - 1)]
    axes.contourf(w1, w2, heights, levels=levels, colors=tints, zorder=0)
    axes.contour(w1, w2, heights, levels=levels, colors=BLUE, linewidths=0.7, zorder=1)
    axes.plot(*np.transpose(path), "o-", color=ORANGE, linewidth=1.6, markersize=4, zorder=3)
    axes.plot(*path[0], "o", color=INK, markersize=8, zorder=4)
    axes.grid(visible=False)
    axes.set(xlabel="$w_1$", ylabel="$w_2$", aspect="equal")
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    on_path = [error(*place) for place in path]
    facts = {"steps": len(path) - 1, "downhill": bool(np.all(np.diff(on_path) < 0))}
    return Drawing(figure, facts | {"inside": bool(np.all((path > low) & (path < high)))})
