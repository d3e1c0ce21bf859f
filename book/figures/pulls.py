"""What single examples do to the weights at the place where their pulls add up to zero."""

import matplotlib.pyplot as plt
import numpy as np

from book.figures.drawing import Drawing
from book.figures.plane import ARROW
from book.figures.style import BLUE, CLASS_COLORS, GREY, INK
from neuralnet import Neuron


def pulls(arrows, targets):
    """Show pulls, of shape (n, 2), from one place, and laid end to end, so that they add up."""
    figure, panels = plt.subplots(1, 2, figsize=(5.4, 3.6), sharex=True, sharey=True)
    arrows = np.asarray(arrows, dtype=float)
    order = np.argsort(np.arctan2(arrows[:, 1], arrows[:, 0]), kind="stable")
    ends = np.cumsum(arrows[order], axis=0)
    ends -= (ends.max(axis=0) + ends.min(axis=0)) / 2
    starts = np.vstack([ends[-1], ends[:-1]])
    for k in range(len(arrows)):
        look = {"color": CLASS_COLORS[int(targets[k])]}
        panels[0].annotate("", arrows[k], (0, 0), arrowprops=ARROW | look)
        place = order.tolist().index(k)
        panels[1].annotate("", ends[place], starts[place], arrowprops=ARROW | look)
    panels[0].plot(0, 0, "o", color=INK, zorder=5)
    reach = 1.1 * max(abs(arrows).max(), abs(ends).max())
    for axes, title in zip(panels, ("from one place", "end to end"), strict=True):
        axes.set(title=title, xlim=(-reach, reach), ylim=(-reach / 1.4, reach / 1.4))
        axes.set(xlabel="on $w_1$", aspect="equal")
    panels[0].set(ylabel="on $w_2$")
    closed = bool(np.allclose(arrows.sum(axis=0), 0, atol=1e-3))
    return Drawing(figure, {"pulls": len(arrows), "end where they began": closed})


def walk(points, targets, best, rate, steps=500):
    """Return the places of two weights, step by step, when examples come one at a time.

    `best`, where it begins, is (w1, w2, b).
    """
    neuron, rng = Neuron(2), np.random.default_rng(0)
    neuron.weights, neuron.bias = best[:2], best[2]
    way = [best[:2]]
    for row in rng.integers(len(points), size=steps):
        neuron.learn(points[row], targets[row], learning_rate=rate)
        way.append(tuple(neuron.weights))
    return np.array(way)


def draw_walk(axes, points, targets, best, rate, steps=500):
    """Draw how two weights walk from the best place; return the facts for a slider."""
    axes.plot(*walk(points, targets, best, rate, steps).T, color=BLUE, linewidth=0.9)
    axes.plot(*best[:2], "o", color=INK, markersize=8, zorder=4)
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set(xlabel="$w_1$", ylabel="$w_2$", xlim=(-1.6, 1.9), ylim=(-0.9, 1.6))
    return {"steps": steps}
