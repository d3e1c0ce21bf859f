"""Pictures of training runs, answers and networks, drawn on Matplotlib axes.

Whoever has axes has imported Matplotlib; this module does without.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from neuralnet.checks import check_array, check_consistent_length
from neuralnet.history import History
from neuralnet.layers import Dense
from neuralnet.network import Network

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK = "#22303c"
GREY = "#6b7680"
PAPER = "#fbf9f5"
# Class k has COLORS[k] and MARKERS[k]: nothing is told by colour alone.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#6b7680")
MARKERS = ("o", "^", "s", "D", "v", "P")
ABOVE = {"loc": "lower center", "bbox_to_anchor": (0.5, 1), "ncols": 2}
STRENGTHS = (0.04, 0.13, 0.21, 0.29, 0.38)
TINTS = [(COLORS[0], s) for s in reversed(STRENGTHS)] + [(COLORS[1], s) for s in STRENGTHS]


def plot_history(history: History, axes: "Axes") -> "Axes":
    """Draw the losses of a training run, and mark the best epoch.

    Parameters
    ----------
    history : History
        What :func:`neuralnet.training.train` returned.
    axes : matplotlib.axes.Axes
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes
        The same axes.

    Raises
    ------
    ValueError
        If nothing was recorded.
    """
    best, losses = history.best_epoch, history.validation_loss or history.loss
    axes.plot((history.epochs or history.steps), history.loss, color=COLORS[0], label="loss")
    if history.validation_loss:
        axes.plot((history.epochs or history.steps), losses, "--", color=COLORS[1], label="validation loss")
    least = losses[(history.epochs or history.steps).index(best)]
    axes.plot(best, least, "D", color=INK, zorder=4, clip_on=False, label=f"best epoch: {best}")
    axes.set(xlabel="epoch", ylabel="loss")
    axes.legend()
    return axes


def plot_points(X: ArrayLike, targets: ArrayLike, axes: "Axes", margin: float = 0.15) -> "Axes":
    """Draw rows of two numbers as points, with a colour and a shape for each class.

    Parameters
    ----------
    X : array_like
        The rows, of shape (rows, 2).
    targets : array_like
        The number of each row's class, from 0, of shape (rows,) or (rows, 1).
    axes : matplotlib.axes.Axes
        Where to draw.
    margin : float
        The space on each side, as a part of the distance between the outermost points.

    Returns
    -------
    matplotlib.axes.Axes
        The same axes, as wide as the points need.

    Raises
    ------
    ValueError
        If `X` has not two columns, or `targets` is not one class number a row.
    """
    X, targets = _points(X, targets)
    for k in np.unique(targets).astype(int):
        x, y = X[targets == k].T
        (points,) = axes.plot(x, y, MARKERS[k % 6], color=COLORS[k % 6], label=f"target {k}")
        points.set(markeredgecolor=PAPER, markersize=10, zorder=4)
    low, high = X.min(axis=0), X.max(axis=0)
    space = margin * np.where(high > low, high - low, 1.0)
    axes.set_xlim(low[0] - space[0], high[0] + space[0])
    axes.set_ylim(low[1] - space[1], high[1] + space[1])
    return axes


def _points(X: ArrayLike, targets: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return rows of two numbers and a class number for each."""
    X, targets = check_array("X", X), np.ravel(check_array("targets", targets))
    if X.ndim != 2 or X.shape[1] != 2 or len(X) == 0:
        raise ValueError(
            f"X has shape {X.shape}, but a plane has two directions: pass two columns, X[:, [i, j]]"
        )
    check_consistent_length(X, targets)
    if np.any((targets < 0) | (targets % 1 != 0)):
        raise ValueError("targets must be whole numbers from 0: number the classes 0, 1, ...")
    return X, targets


def plot_decision(
    predict: Callable[[np.ndarray], ArrayLike],
    X: ArrayLike,
    targets: ArrayLike,
    axes: "Axes",
    resolution: int = 100,
    margin: float = 0.15,
) -> "Axes":
    """Draw points of two classes, and behind them what a network answers everywhere.

    Parameters
    ----------
    predict : callable
        From rows of shape (n, 2) to the probability of class 1, of shape (n,) or (n, 1).
    X : array_like
        The rows, of shape (rows, 2).
    targets : array_like
        The number of each row's class, 0 or 1, of shape (rows,) or (rows, 1).
    axes : matplotlib.axes.Axes
        Where to draw.
    resolution : int
        For how many places along each side to ask `predict`.
    margin : float
        As for :func:`plot_points`.

    Returns
    -------
    matplotlib.axes.Axes
        The same axes; the line is where the answer is 0.5.

    Raises
    ------
    ValueError
        If the points do not fit a plane, or `predict` gives more than one number a row.
    """
    plot_points(X, targets, axes, margin)
    sides = [np.linspace(*ends, resolution) for ends in (axes.get_xlim(), axes.get_ylim())]
    x, y = np.meshgrid(*sides)
    answers = np.asarray(predict(np.column_stack([x.ravel(), y.ravel()])))
    if answers.shape not in ((x.size,), (x.size, 1)):
        raise ValueError(
            f"predict gives shape {answers.shape} for {x.size} rows, but one number a row is "
            "drawn: choose a column, as in lambda rows: net.predict(rows)[:, 1]"
        )
    answers = answers.reshape(x.shape).clip(0, 1)
    axes.contourf(x, y, answers, levels=np.linspace(0, 1, 11), colors=TINTS, zorder=0)
    if answers.min() < 0.5 < answers.max():
        axes.contour(x, y, answers, levels=[0.5], colors=INK, linewidths=1.8, zorder=3)
    axes.legend(**ABOVE)
    return axes


def plot_network(net: Network, axes: "Axes") -> "Axes":
    """Draw the weights of a network as lines: the larger, the wider; negative ones dashed.

    Parameters
    ----------
    net : Network
        The network; of its layers, those of kind :class:`neuralnet.layers.Dense` are drawn.
    axes : matplotlib.axes.Axes
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes
        The same axes, without a frame.

    Raises
    ------
    ValueError
        If the network has no `Dense` layer.
    """
    layers = [layer for layer in net.layers if isinstance(layer, Dense)]
    if not layers:
        raise ValueError("the network has no Dense layer to draw: give it one")
    widths = [layers[0].inputs, *(layer.outputs for layer in layers)]
    rows = [np.arange(width)[::-1] - (width - 1) / 2 for width in widths]
    largest = max(np.abs(layer.weights).max() for layer in layers) or 1.0
    for style, color, name in (("-", COLORS[1], "positive"), ("--", COLORS[0], "negative")):
        axes.plot([], [], style, color=color, label=name)
    for depth, layer in enumerate(layers):
        for (i, j), weight in np.ndenumerate(layer.weights):
            style, color = ("-", COLORS[1]) if weight > 0 else ("--", COLORS[0])
            ends, width = (rows[depth][i], rows[depth + 1][j]), 5 * abs(weight) / largest
            axes.plot((depth, depth + 1), ends, style, color=color, linewidth=width, zorder=1)
    for depth, heights in enumerate(rows):
        axes.plot(np.full(len(heights), depth), heights, "o", color=GREY, markersize=18, zorder=2)
    axes.margins(0.08)
    axes.axis("off")
    axes.legend(**ABOVE)
    return axes
