"""Paths of descent over a loss of two weights, seen from above."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Ellipse

from book.figures.drawing import Drawing
from book.figures.style import BLUE, GREEN, INK, ORANGE


def valley(loss, paths):
    """Show paths, a name for a sequence of (w1, w2), each in a panel of its own.

    `loss` takes places of shape (..., 2) and is a sum of squares with two factors, so that
    lines of equal loss are ellipses; the dark point is the start, the cross the lowest place.
    """
    figure, panels = plt.subplots(
        len(paths), 1, figsize=(5.4, 0.6 + 1.75 * len(paths)), sharex=True, squeeze=False
    )
    for axes, (name, path) in zip(panels.flat, paths.items(), strict=True):
        draw_path(axes, loss, path)
        axes.set(title=name, xlabel="")
    axes.set(xlabel="$w_1$")
    nearest = min(paths, key=lambda name: np.hypot(*paths[name][-1]))
    facts = {
        "paths": len(paths),
        "steps": len(path) - 1,
        "ends nearest to the middle": nearest,
    }
    return Drawing(figure, facts | {name: _way(path) for name, path in paths.items()})


def _way(path):
    """Return in words how a path crosses the floor of the valley."""
    side = np.sign(np.transpose(path)[1][:5])
    return "side to side" if (side[1:] != side[:-1]).sum() > 1 else "along"


def draw_path(axes, loss, path, reach=(11.0, 1.8)):
    """Draw one path over lines of equal loss, as far as `reach` from the middle."""
    # Contours of a grid would weigh more than all else on the page.
    width, height = 1 / np.sqrt(loss(np.eye(2)))
    for size in np.linspace(0.4, 2.8, 7) * reach[0] / width:
        look = {"fill": False, "edgecolor": BLUE, "linewidth": 0.8, "alpha": 0.6}
        axes.add_patch(Ellipse((0, 0), size * width, size * height, **look))
    axes.plot(*np.transpose(path), "o-", color=ORANGE, linewidth=1.2, markersize=4)
    axes.plot(*path[0], "o", color=INK, markersize=7, zorder=4)
    axes.plot(0, 0, "+", color=GREEN, markersize=11, markeredgewidth=2.4, zorder=5)
    axes.grid(visible=False)
    limits = [(-end, end) for end in reach]
    axes.set(xlim=limits[0], ylim=limits[1], xlabel="$w_1$", ylabel="$w_2$")
