"""Pictures in the plane: arrows, the error's parabola, points of two classes."""

from functools import partial
from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Polygon

from book.figures.drawing import Drawing
from book.figures.style import BLUE, CLASS_COLORS, GREEN, GREY, INK, ORANGE
from neuralnet.plots import plot_decision, plot_points

ARROW = {
    "arrowstyle": "-|>",
    "linewidth": 2.6,
    "mutation_scale": 18,
    "shrinkA": 0,
    "shrinkB": 0,
    "joinstyle": "miter",
    "capstyle": "butt",
}


def arrows(vectors):
    """Show vectors, a name for each (x, y), as arrows from the origin."""
    figure, axes = plt.subplots(figsize=(5.4, 3.4))
    tips = np.array(list(vectors.values()), dtype=float)
    low, high = np.minimum(tips.min(axis=0), 0), np.maximum(tips.max(axis=0), 0)
    size = (high - low).max()
    for (name, tip), color in zip(vectors.items(), cycle(CLASS_COLORS)):
        axes.annotate("", tip, (0, 0), arrowprops=ARROW | {"color": color})
        side = -1 if tip[0] < 0 else 1
        axes.annotate(
            name,
            tip,
            (9 * side, 0),
            textcoords="offset points",
            weight="bold",
            ha="left" if side > 0 else "right",
            va="center",
        )
    left = 0.1 if low[0] == 0 else 0.45
    axes.set(xlim=(low[0] - left * size, high[0] + 0.45 * size))
    axes.set(ylim=(low[1] - 0.12 * size, high[1] + 0.12 * size))
    axes.plot(0, 0, "o", color=INK, markersize=5, zorder=5)
    axes.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    shortest = min(vectors, key=lambda name: np.hypot(*vectors[name]))
    level = {name: "horizontal axis" for name, tip in vectors.items() if tip[1] == 0}
    return Drawing(figure, {"arrows": len(vectors), "shortest": shortest} | level)


def parabola(points, tangent=False):
    """Show E = m² with named points; optionally each one's slope and the way down."""
    figure, axes = plt.subplots()
    furthest = max(abs(e) for e in points.values())
    reach = (2.1 if tangent else 1.4) * furthest
    curve = np.linspace(-1.3 * furthest, 1.3 * furthest, 121)
    axes.plot(curve, curve**2, color=BLUE)
    for name, e in points.items():
        side = 1 if e > 0 else -1
        if tangent:
            _draw_tangent(axes, e, 0.3 * furthest)
            name = f"{name}: slope {2 * e:.2f}".replace("-", "−")
        axes.plot(e, e**2, "o", color=ORANGE, zorder=4)
        axes.annotate(
            name,
            (e, e**2),
            (12 * side, -8),
            textcoords="offset points",
            weight="bold",
            ha="left" if side > 0 else "right",
            va="center",
        )
    axes.set(xlabel=r"miss $m = \hat{y} - y$", ylabel="squared error $E = m^2$")
    axes.set(xlim=(-reach, reach), ylim=(-0.15 * furthest**2, 1.8 * furthest**2))
    facts = {f"point {name}": "rises" if e > 0 else "falls" for name, e in points.items()}
    return Drawing(figure, facts | {"tangents": tangent})


def _draw_tangent(axes, e, half):
    """Draw the tangent of E = m² and an arrow along it, downhill."""
    ends = np.array([e - half, e + half])
    axes.plot(ends, e**2 + 2 * e * (ends - e), color=GREY, linewidth=1.6)
    down = e - np.sign(e) * half
    axes.annotate(
        "", (down, e**2 + 2 * e * (down - e)), (e, e**2), arrowprops=ARROW | {"color": GREEN}
    )


def descent(trails):
    """Show the steps down E = m² of each trail, a name for a sequence of m, side by side.

    The dark point is the start; a trail that climbs leaves its frame.
    """
    rows = -(-len(trails) // 2)
    figure, panels = plt.subplots(
        rows, 2, figsize=(5.4, 0.5 + 2.1 * rows), sharex=True, sharey=True, squeeze=False
    )
    reach = 1.6 * max(abs(trail[0]) for trail in trails.values())
    for axes, (name, trail) in zip(panels.flat, trails.items(), strict=False):
        draw_descent(axes, trail, reach)
        axes.set(title=name)
    for axes in list(panels.flat)[len(trails) :]:
        axes.axis("off")
    figure.supxlabel("miss $m$")
    figure.supylabel("squared error $E = m^2$")
    facts = {"parabolas": len(trails), "steps": len(trail) - 1}
    return Drawing(figure, facts | {name: _outcome(trail) for name, trail in trails.items()})


def draw_descent(axes, trail, reach):
    """Draw the steps of one trail down E = m², as far as `reach` from the middle.

    Return its facts, for a slider.
    """
    curve, trail = np.linspace(-reach, reach, 121), np.asarray(trail, dtype=float)
    axes.plot(curve, curve**2, color=BLUE, linewidth=1.6)
    axes.plot(trail, trail**2, "o-", color=ORANGE, linewidth=1.4, markersize=6)
    axes.plot(*trail[:1], *trail[:1] ** 2, "o", color=INK, markersize=8, zorder=4)
    axes.set(xlim=(-reach, reach), ylim=(-0.08 * reach**2, reach**2))
    leaves = bool((abs(trail) > reach).any())
    return {"points": _outcome(trail), "leave the picture": leaves}


def _outcome(trail):
    """Return in a word where the steps of a trail lead."""
    first, second, last = trail[0], trail[1], abs(trail[-1])
    if abs(second) < 1e-9:
        return "one step"
    if last >= abs(first):
        return "climb" if last > abs(first) else "jump"
    return "creep down" if first * second > 0 else "swing down"


def points_plane(points, targets, line=None, region=None):
    """Show points of two classes.

    `line` is (weights, bias) of a boundary or a list of such, `region` a function from (n, 2)
    inputs to n probabilities, drawn as tints with the contour at 0.5.
    """
    figure, axes = plt.subplots(figsize=(5.4, 4.9))
    draw = partial(plot_decision, region) if region else plot_points
    draw(points, targets, axes)
    for weights, bias in _lines(line):
        draw_line(axes, weights, bias)
    axes.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    facts = {"points": len(points)}
    for label, shape in zip((0, 1), ("circles", "triangles"), strict=True):
        facts[f"{shape} with target {label}"] = int(np.sum(np.ravel(targets) == label))
    lines = len(_lines(line))
    return Drawing(figure, facts | ({"straight lines": lines} if lines else {}))


def draw_line(axes, weights, bias, **look):
    """Draw the line on which the weighted sum is 0, without moving the limits."""
    limits = axes.axis()
    a, b = weights
    if abs(b) > abs(a):
        x = np.array(limits[:2])
        y = -(a * x + bias) / b
    else:
        y = np.array(limits[2:])
        x = -(b * y + bias) / a
    axes.plot(x, y, **{"color": INK, "zorder": 3} | look)
    axes.axis(limits)


def _lines(line):
    if line is None:
        return []
    return line if isinstance(line, list) else [line]


def parallelogram(points, targets):
    """Show that two points of either class span diagonals that meet in one point."""
    figure, axes = plt.subplots(figsize=(5.4, 4.9))
    plot_points(points, targets, axes)
    corners = np.array([(2, 1), (4, 1.5), (5.5, 1), (3.5, 0.5)])
    axes.add_patch(Polygon(corners, facecolor=(GREEN, 0.15), edgecolor=GREEN))
    for color, ends in ((BLUE, corners[1::2]), (ORANGE, corners[::2])):
        axes.plot(*ends.T, color=color, zorder=2)
    middle = corners.mean(axis=0)
    axes.plot(*middle, "o", color=INK, markersize=7, zorder=5)
    axes.annotate(
        f"M ({middle[0]:g}, {middle[1]:g})",
        middle,
        (4.55, 0.25),
        va="center",
        arrowprops={"arrowstyle": "-", "color": INK, "shrinkB": 4},
    )
    axes.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    facts = {
        "points": len(points),
        "corners": len(corners),
        "circles": len(corners[1::2]),
        "triangles": len(corners[::2]),
        "cross at": tuple(middle),
    }
    return Drawing(figure, facts)
