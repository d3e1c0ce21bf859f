"""Pictures of training runs, answers and networks, drawn with Matplotlib.

Matplotlib is imported only where something is drawn: the rest of the package does without.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neuralnet.activations import sigmoid
from neuralnet.checks import (
    Array,
    as_float_array,
    check_array,
    check_consistent_length,
    instance,
    non_negative,
    positive_int,
)
from neuralnet.convolution import Conv2D
from neuralnet.history import History
from neuralnet.layers import Dense, Sigmoid
from neuralnet.network import Network
from neuralnet.neuron import Neuron

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Numbers = NDArray[np.number]
Model = Network | Neuron | Callable[[Array], ArrayLike]

INK = "#22303c"
GREY = "#6b7680"
PAPER = "#fbf9f5"
# Class k has COLORS[k] and MARKERS[k]: nothing is told by colour alone.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#6b7680")
MARKERS = ("o", "^", "s", "D", "v", "P")
ABOVE = {"loc": "lower center", "bbox_to_anchor": (0.5, 1), "ncols": 2}
STRENGTHS = (0.04, 0.13, 0.21, 0.29, 0.38)
TINTS = [(COLORS[0], s) for s in reversed(STRENGTHS)] + [(COLORS[1], s) for s in STRENGTHS]


def _axes(axes: "Axes | None") -> "Axes":
    """Return the axes, or those of a new figure."""
    if axes is not None:
        return axes
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise ImportError(
            "drawing needs Matplotlib 3.9 or newer: pip install matplotlib"
        ) from error
    return pyplot.subplots(layout="constrained")[1]


def plot_history(history: History, axes: "Axes | None" = None) -> "Axes":
    """Draw the losses of a training run, and mark the best epoch.

    Parameters
    ----------
    history : History
        What :func:`neuralnet.training.train` returned.
    axes : matplotlib.axes.Axes, optional
        Where to draw; without it, in a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        The axes with the picture.

    Raises
    ------
    ValueError
        If nothing was recorded.
    """
    unit, counts = ("epoch", history.epochs) if history.epochs else ("step", history.steps)
    if not counts:
        raise ValueError("nothing was recorded, so there is nothing to draw: train for longer")
    losses = history.validation_loss or history.loss
    least = min(losses)
    best, axes = counts[losses.index(least)], _axes(axes)
    axes.plot(counts, history.loss, color=COLORS[0], label="loss")
    if history.validation_loss:
        axes.plot(counts, losses, "--", color=COLORS[1], label="validation loss")
    mark = f"best {unit}: {best}"
    axes.plot(best, least, "D", color=INK, zorder=4, clip_on=False, label=mark)
    axes.set(xlabel=unit, ylabel="loss")
    axes.legend()
    return axes


def plot_points(
    X: ArrayLike, targets: ArrayLike, axes: "Axes | None" = None, margin: float = 0.15
) -> "Axes":
    """Draw rows of two numbers as points, with a colour and a shape for each class.

    Parameters
    ----------
    X : array_like
        The rows, of shape (rows, 2).
    targets : array_like
        The class of each row, of shape (rows,) or (rows, 1): its number from 0, or a label.
        Labels are texts, or whole numbers of which some are negative, such as -1 and 1; their
        classes are numbered in sorted order.
    axes : matplotlib.axes.Axes, optional
        Where to draw; without it, in a new figure.
    margin : float
        The space on each side, as a part of the distance between the outermost points.

    Returns
    -------
    matplotlib.axes.Axes
        The axes with the picture, as wide as the points need.

    Raises
    ------
    ValueError
        If `X` has not two columns, `targets` is not one class a row, or `margin` is negative.

    Notes
    -----
    Six classes are told apart; the seventh looks like the first.
    """
    X, numbers, names, _ = _points(X, targets)
    low, high = _limits(X, margin)
    axes = _axes(axes)
    _draw_points(axes, X, numbers, names, low, high)
    return axes


def _points(X: ArrayLike, targets: ArrayLike) -> tuple[Array, Numbers, dict[int, str], bool]:
    """Return rows of two numbers, and what :func:`_classes` tells of their targets."""
    X = check_array("X", X)
    if X.ndim != 2 or X.shape[1] != 2 or len(X) == 0:
        raise ValueError(
            f"X has shape {X.shape}, but a plane has two directions: pass two columns, X[:, [i, j]]"
        )
    numbers, names, are_sorted = _classes(targets)
    check_consistent_length(X, numbers)
    return X, numbers, names, are_sorted


def _classes(targets: ArrayLike) -> tuple[Numbers, dict[int, str], bool]:
    """Return each row's class number, names for the numbers, and whether labels were sorted."""
    # As an array of texts, a missing label would be the text "nan".
    labels = np.ravel(np.asarray(targets, dtype=object))
    others = [label for label in labels if not isinstance(label, str)]
    if not others:
        texts, numbers = np.unique(labels.astype(str), return_inverse=True)
        return numbers, dict(enumerate(texts)), True
    if len(others) < len(labels):
        raise ValueError(
            f"targets mixes texts with {type(others[0]).__name__}: drop rows without a label, and "
            "write all labels as texts or all as whole numbers"
        )
    return _numbered(np.ravel(check_array("targets", targets)))


def _numbered(values: Array) -> tuple[Numbers, dict[int, str], bool]:
    """Do what :func:`_classes` does, for numbers; without a negative one they are not sorted."""
    if np.any(values % 1 != 0):
        raise ValueError(
            f"targets holds {values[values % 1 != 0][0]:g}, but a class is a whole number or a "
            "text: number the classes 0, 1, ..."
        )
    found, numbers = np.unique(values, return_inverse=True)
    names = {int(k): f"target {int(k)}" for k in found}
    if found[0] >= 0:
        return values, names, False
    return numbers, dict(enumerate(names.values())), True


def _limits(X: Array, margin: float) -> tuple[Array, Array]:
    """Return the lower left and the upper right corner of a picture of the points."""
    low, high = X.min(axis=0), X.max(axis=0)
    space = non_negative("margin", margin) * np.where(high > low, high - low, 1.0)
    return low - space, high + space


def _draw_points(
    axes: "Axes", X: Array, numbers: Numbers, names: dict[int, str], low: Array, high: Array
) -> None:
    """Draw the points of each class, between two corners, and a legend."""
    for k, name in names.items():
        x, y = X[numbers == k].T
        (points,) = axes.plot(x, y, MARKERS[k % 6], color=COLORS[k % 6], label=name)
        points.set(markeredgecolor=PAPER, markersize=10, zorder=4)
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    axes.legend(**ABOVE | {"ncols": 3})


def plot_decision(
    model: Model,
    X: ArrayLike,
    targets: ArrayLike,
    axes: "Axes | None" = None,
    resolution: int = 100,
    margin: float = 0.15,
) -> "Axes":
    """Draw points of two or more classes, and behind them what a model answers everywhere.

    Parameters
    ----------
    model : Network, Neuron or callable
        What answers rows of shape (n, 2): with one number a row, of shape (n,) or (n, 1), for
        two classes; or with one number for each class, (n, classes), the largest for the right one.
    X : array_like
        The rows, of shape (rows, 2).
    targets : array_like
        The class of each row, as for :func:`plot_points`.
    axes : matplotlib.axes.Axes, optional
        Where to draw; without it, in a new figure.
    resolution : int
        For how many places along each side to ask `model`; at least 2.
    margin : float
        As for :func:`plot_points`.

    Returns
    -------
    matplotlib.axes.Axes
        The axes with the picture.

    Raises
    ------
    ValueError
        If the points do not fit a plane, the answers do not fit the points, or `resolution` or
        `margin` will not do.
    TypeError
        If `model` is neither a network nor a neuron nor callable.

    Notes
    -----
    One number a row is taken as the probability of class 1, so that the border is at 0.5.  Only
    that of a `Network` whose last layer is no `Sigmoid` is a raw output, with the border at 0;
    where such a network has learned the numbers 0 and 1 themselves, pass ``net.predict``.
    """
    X, numbers, names, are_sorted = _points(X, targets)
    low, high = _limits(X, margin)
    places = positive_int("resolution", resolution)
    if places == 1:
        raise ValueError("resolution is 1, but a side has two ends: ask for 2 places or more")
    x, y = np.meshgrid(*np.linspace(low, high, places, axis=1))
    answers, is_raw = _answers(model, np.column_stack([x.ravel(), y.ravel()]))
    _check_classes(answers, names, are_sorted)
    axes = _axes(axes)
    _draw_points(axes, X, numbers, names, low, high)
    if answers.shape[1] == 1:
        _tint_sides(axes, x, y, answers.reshape(x.shape), is_raw)
    else:
        _tint_classes(axes, x, y, answers)
    return axes


def _answers(model: Model, rows: Array) -> tuple[Array, bool]:
    """Return the answers for the rows, (rows, columns), and whether they are raw outputs."""
    predict = model.predict if isinstance(model, Network | Neuron) else model
    if not callable(predict):
        raise TypeError(
            f"model is of type {type(model).__name__}: pass a Network, a Neuron, or a function "
            "from rows to answers"
        )
    answers = _learned("answers", predict(rows))
    if answers.ndim not in (1, 2) or len(answers) != len(rows) or answers.size == 0:
        raise ValueError(
            f"the answers have shape {answers.shape} for {len(rows)} rows: give one number a row, "
            "or one for each class"
        )
    is_raw = isinstance(model, Network) and not isinstance(model.layers[-1], Sigmoid)
    return answers.reshape(len(rows), -1), is_raw


def _learned(name: str, values: ArrayLike) -> Array:
    """Return what has come of a training as floats; refuse NaN and infinity."""
    array = as_float_array(name, values)
    if not np.isfinite(array).all():
        raise ValueError(
            f"there is {array[~np.isfinite(array)][0]} among the {name}: train again, with a "
            "smaller learning rate"
        )
    return array


def _check_classes(answers: Array, names: dict[int, str], are_sorted: bool) -> None:
    """Refuse points of a class of which the answers say nothing, or may say another number."""
    classes = max(2, answers.shape[1])
    if max(names) >= classes:
        raise ValueError(
            f"the targets go up to class {max(names)}, but answers of shape {answers.shape} tell "
            f"the classes 0 to {classes - 1} apart: give one column for each class"
        )
    if are_sorted and len(names) < classes:
        raise ValueError(
            f"the targets are labels of {len(names)} of {classes} classes, which leaves open "
            "which these are: number the classes 0, 1, ..., or show points of every class"
        )


def _tint_sides(axes: "Axes", x: Array, y: Array, z: Array, is_raw: bool) -> None:
    """Tint where one number speaks for class 0 and where for class 1, the surer the stronger."""
    border, z = (0.0, z) if is_raw else (0.5, z.clip(0, 1))
    shares = sigmoid(z) if is_raw else z
    axes.contourf(x, y, shares, levels=np.linspace(0, 1, 11), colors=TINTS, zorder=0)
    if z.min() < border < z.max():
        axes.contour(x, y, z, levels=[border], colors=INK, linewidths=1.8, zorder=3)


def _tint_classes(axes: "Axes", x: Array, y: Array, answers: Array) -> None:
    """Tint where each class has the largest answer, and strew small marks of the class there."""
    some = np.unique((np.arange(0.5, 12) / 12 * len(x)).astype(int))
    here = np.ix_(some, some)
    for k in range(answers.shape[1]):
        color, others = COLORS[k % 6], np.delete(answers, k, axis=1)
        lead = (answers[:, k] - others.max(axis=1)).reshape(x.shape)
        if lead.max() <= 0:
            continue
        tint = [(color, STRENGTHS[3])]
        axes.contourf(x, y, lead, levels=[0, lead.max()], colors=tint, zorder=0)
        if lead.min() < 0:
            axes.contour(x, y, lead, levels=[0], colors=INK, linewidths=1.8, zorder=3)
        ahead = lead[here] > 0
        (marks,) = axes.plot(x[here][ahead], y[here][ahead], MARKERS[k % 6], color=color)
        marks.set(markersize=3, zorder=3.5)


def plot_network(net: Network, axes: "Axes | None" = None) -> "Axes":
    """Draw the weights of a network as lines: the larger, the wider; negative ones dashed.

    Parameters
    ----------
    net : Network
        The network; of its layers, those of kind :class:`neuralnet.layers.Dense` are drawn.
    axes : matplotlib.axes.Axes, optional
        Where to draw; without it, in a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        The axes with the picture, without a frame.

    Raises
    ------
    ValueError
        If the network has no `Dense` layer, another layer changes the number of columns between
        two of them, or a weight is not a finite number.
    """
    layers = [
        layer for layer in net.layers if isinstance(layer, Dense) and not isinstance(layer, Conv2D)
    ]
    if not layers:
        raise ValueError("the network has no Dense layer to draw: give it one")
    _check_columns(layers)
    weights = np.concatenate([_learned("weights", layer.weights).ravel() for layer in layers])
    heights = [_heights(n) for n in (layers[0].inputs, *(layer.outputs for layer in layers))]
    axes = _axes(axes)
    for style, color, name in (("-", COLORS[1], "positive"), ("--", COLORS[0], "negative")):
        axes.plot([], [], style, color=color, label=name)
    _draw_weights(axes, heights, weights)
    size = min(18.0, 200 / max(map(len, heights)))
    for depth, places in enumerate(heights):
        circles = np.full(len(places), depth), places
        axes.plot(*circles, "o", color=GREY, markersize=size, zorder=2)
    axes.margins(0.08)
    axes.axis("off")
    axes.legend(**ABOVE)
    return axes


def plot_filters(layer: Conv2D, axes: "Axes | None" = None) -> "Axes":
    """Draw the weights of a convolution as small pictures: one a filter, for each channel.

    Parameters
    ----------
    layer : Conv2D
        The layer, such as ``net.layers[0]``.
    axes : matplotlib.axes.Axes, optional
        Where to draw; without it, in a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        The axes with the pictures, without a frame: a column for each filter and a row for each
        channel, or rows of eight filters if there is one channel.

    Raises
    ------
    ValueError
        If a weight is not a finite number.
    TypeError
        If `layer` is no Conv2D.

    Notes
    -----
    In all pictures the same grey stands for 0; the lighter, the larger.  A thin line frames each.
    """
    layer = instance("layer", layer, Conv2D, "Conv2D((28, 28, 1), 8, 5)")
    side, channels = layer.side, layer.shape[2]
    weights = _learned("weights", layer.weights).reshape(side, side, channels, layer.filters)
    pictures = weights.transpose(2, 3, 0, 1).reshape(-1, side, side)
    columns = layer.filters if channels > 1 else min(8, layer.filters)
    rows, largest, axes = -(-len(pictures) // columns), np.abs(weights).max() or 1.0, _axes(axes)
    across, down = side * np.array([[0, 1, 1, 0, 0], [0, 0, 1, 1, 0]])
    for k, picture in enumerate(pictures):
        y, x = np.multiply(divmod(k, columns), side + 1)
        image = axes.imshow(picture, "gray", extent=(x, x + side, y + side, y))
        image.set(clim=(-largest, largest), interpolation="nearest")
        axes.plot(x + across, y + down, color=GREY, linewidth=0.8)
    axes.set(xlim=(-1, columns * (side + 1)), ylim=(rows * (side + 1), -1))
    axes.axis("off")
    return axes


def _check_columns(layers: list[Dense]) -> None:
    """Refuse layers of which one does not take what the one before gives."""
    for before, after in pairwise(layers):
        if before.outputs != after.inputs:
            raise ValueError(
                f"{before!r} gives {before.outputs} numbers, but the next Dense layer takes "
                f"{after.inputs}: draw a network of the layers up to there, net.layers[:k]"
            )


def _heights(n: int) -> Array:
    """Return where the circles of a column stand, from the first at the top to the last."""
    return (n - 1) / 2 - np.arange(n)


def _draw_weights(axes: "Axes", heights: list[Array], weights: Array) -> None:
    """Draw a line for each weight, from column to column, in the order of the weights."""
    from matplotlib.collections import LineCollection

    lines = [
        [(depth, a), (depth + 1, b)]
        for depth, (left, right) in enumerate(pairwise(heights))
        for a in left
        for b in right
    ]
    colors = np.where(weights > 0, COLORS[1], COLORS[0])
    styles = np.where(weights > 0, "-", "--")
    sizes = np.abs(weights)
    widths = 5 * sizes / (sizes.max() or 1.0)
    axes.add_collection(
        LineCollection(lines, linewidths=widths, colors=colors, linestyles=styles, zorder=1)
    )
