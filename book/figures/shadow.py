"""The dot product as a picture: the shadow of an arrow, and the line across it."""

import matplotlib.pyplot as plt
import numpy as np

from book.figures.drawing import Drawing
from book.figures.plane import ARROW, points_plane
from book.figures.style import BLUE, GREEN, GREY, INK, ORANGE


def shadow(x, w):
    """Show the shadow that the arrow w throws on the line of the arrow x."""
    figure, axes = plt.subplots(figsize=(5.4, 3.4))
    return Drawing(figure, draw_shadow(axes, x, w))


def draw_shadow(axes, x, w, reach=None):
    """Draw both arrows and the shadow, as far as `reach` from the origin in all directions.

    Return the facts, for a slider.
    """
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    unit = x / np.hypot(*x)
    foot = unit * np.dot(unit, w)
    cosine = np.dot(x, w) / np.hypot(*x) / np.hypot(*w)
    far = 1.3 * max(np.hypot(*x), np.hypot(*w))
    axes.plot(*np.outer((-far, far), unit).T, color=GREY, linewidth=1, zorder=1)
    axes.plot(*np.transpose([(0, 0), foot]), color=GREEN, linewidth=7, alpha=0.6, zorder=2)
    axes.plot(*np.transpose([w, foot]), ":", color=INK, linewidth=1.6, zorder=2)
    for name, tip, color in (("x", x, BLUE), ("w", w, ORANGE)):
        axes.annotate("", tip, (0, 0), arrowprops=ARROW | {"color": color}, zorder=3)
        out = 14 * tip / np.hypot(*tip)
        if name == "w" and cosine > 0.99:  # beside its arrow, or it would lie on the other name
            out = out[::-1] * (-1, 1)
        place = {"textcoords": "offset points", "ha": "center", "va": "center"}
        axes.annotate(name, tip, out, weight="bold", color=color, **place)
    low, high = np.minimum(np.minimum(x, w), 0) - 0.4, np.maximum(np.maximum(x, w), 0) + 0.4
    if reach:
        low, high = (-reach, -reach), (reach, reach)
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), aspect="equal")
    axes.set(xlabel="$x_1$", ylabel="$x_2$")
    return {"cosine": round(float(cosine), 2), "dot product": round(float(np.dot(x, w)), 2)}


def border_across(points, targets, weights, threshold):
    """Show the points whose dot product with the weights is the threshold: a line across them.

    The arrow of the weights starts from the line, where it comes nearest to the points' middle.
    """
    weights = np.asarray(weights, dtype=float)
    drawing = points_plane(points, targets, line=(weights, -threshold))
    (axes,) = drawing.figure.axes
    middle = points.mean(axis=0)
    start = middle + weights * (threshold - np.dot(middle, weights)) / np.dot(weights, weights)
    arrow = ARROW | {"color": GREEN}
    axes.annotate("", start + weights, start, arrowprops=arrow, zorder=3)
    place = {"textcoords": "offset points", "ha": "left", "va": "center"}
    axes.annotate("w", start + weights, (8, 0), weight="bold", color=GREEN, **place)
    facts = {"weighted sum": threshold, "right angle": True}
    return Drawing(drawing.figure, {**drawing.facts, **facts})
