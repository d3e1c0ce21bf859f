"""The pictures of the part on house prices: a garden light, and predictions beside prices."""

import matplotlib.pyplot as plt
import numpy as np

from book.figures.diagrams import Diagram
from book.figures.drawing import Drawing
from book.figures.style import BLUE, CLASS_MARKERS, GREEN, GREY, ORANGE


def garden_light():
    """Show one neuron with two inputs: motion, darkness, a weight each, a dial, a sigmoid."""
    diagram = Diagram(5.4, 2.9)
    motion = diagram.box(0.75, 2.35, "motion\n$x_1$", width=1.2, height=0.76)
    darkness = diagram.box(0.75, 0.55, "darkness\n$x_2$", width=1.2, height=0.76)
    dial = diagram.box(2.5, 2.5, "dial $b$", color=GREEN, width=1.0, height=0.5)
    total = diagram.circle(2.5, 1.45, r"$\Sigma$", color=ORANGE, radius=0.36)
    sigmoid = diagram.circle(3.7, 1.45, r"$\sigma$", color=ORANGE, radius=0.36)
    light = diagram.box(4.85, 1.45, "light\n" + r"$\hat{y}$", width=0.9, height=0.8)
    diagram.link(motion, total, "$w_1$", offset=(0.1, 0.24))
    diagram.link(darkness, total, "$w_2$", offset=(0.1, -0.26))
    diagram.link(dial, total)
    diagram.link(total, sigmoid, "$z$", offset=(0, 0.2))
    diagram.link(sigmoid, light)
    return Drawing(diagram.figure, {"nodes": tuple(diagram.names)})


def predicted_prices(prices, predictions, unit="thousand euro"):
    """Show each prediction over its true price; `predictions` has an array for each name."""
    figure, axes = plt.subplots(figsize=(5.4, 4.6))
    margin = 0.06 * np.ptp(prices)
    ends = np.min(prices) - margin, np.max(prices) + margin
    axes.plot(ends, ends, color=GREY, linewidth=1.2, label="right")
    looks = zip(predictions.items(), (BLUE, ORANGE), CLASS_MARKERS, strict=False)
    for (name, values), color, marker in looks:
        axes.plot(prices, values, marker, color=color, markersize=7, alpha=0.8, label=name)
    axes.set(xlabel=f"price ({unit})", ylabel=f"predicted ({unit})", aspect="equal")
    figure.legend(loc="outside upper center", ncols=3)
    together = [np.corrcoef(prices, values)[0, 1] for values in predictions.values()]
    facts = {"houses": len(prices), "follow the diagonal": bool(min(together) > 0.5)}
    return Drawing(figure, facts)
