"""Pictures and what windows see in them: a window on its way, answers, filters, one large table."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap, to_rgba
from matplotlib.patches import Rectangle

from book.figures.drawing import Drawing
from book.figures.style import BLUE, CLASS_COLORS, CLASS_MARKERS, INK, ORANGE

SHADES = ListedColormap([to_rgba(INK, alpha) for alpha in np.linspace(0, 1, 17)], name="shades")
SIGNED = ListedColormap(
    [to_rgba(BLUE, alpha) for alpha in np.linspace(1, 0, 10)]
    + [to_rgba(ORANGE, alpha) for alpha in np.linspace(0, 1, 10)],
    name="signed",
)


def draw_window(axes, picture, weights, place):
    """Draw a window on its way over a picture, for a slider.

    Left is the picture, in the middle the weights, right are the answers up to `place`, which
    counts the windows from 1 in reading order.  The facts are those of the last window.
    """
    picture, weights = np.asarray(picture), np.asarray(weights)
    side, height, width = len(weights), *picture.shape
    across, down = width - side + 1, height - side + 1
    corners = [(i, j) for i in range(down) for j in range(across)][:place]
    answers = [np.sum(picture[i : i + side, j : j + side] * weights) for i, j in corners]
    row, column = corners[-1]
    middle, right = width + 1.2, width + side + 2.4
    for i, j in np.ndindex(picture.shape):
        _cell(axes, j, i, picture[i, j], picture[i, j] > 0)
    for i, j in np.ndindex(weights.shape):
        _cell(axes, middle + j, row + i, weights[i, j])
    for i, j in np.ndindex(down, across):
        _cell(axes, right + j, 1 + i)
    for (i, j), answer in zip(corners, answers, strict=True):
        _number(axes, right + j, 1 + i, answer)
    for x, y, size in [(column, row, side), (middle, row, side), (right + column, 1 + row, 1)]:
        axes.add_patch(Rectangle((x, y), size, size, fill=False, edgecolor=ORANGE, linewidth=4))
    for x, text in [(middle - 0.6, "·"), (right - 0.6, "=")]:
        axes.text(x, row + side / 2, text, ha="center", va="center", size=18)
    axes.set(xlim=(-0.1, right + across + 0.1), ylim=(height + 0.1, -0.1), aspect="equal")
    axes.axis("off")
    return {"row": row + 1, "column": column + 1, "answer": float(answers[-1])}


def _cell(axes, x, y, value=None, is_bright=False):
    axes.add_patch(Rectangle((x, y), 1, 1, facecolor=to_rgba(BLUE, 0.3 * is_bright), edgecolor=INK))
    if value is not None:
        _number(axes, x, y, value)


def _number(axes, x, y, value):
    text = f"{value:g}".replace("-", "−")
    axes.text(x + 0.5, y + 0.5, text, ha="center", va="center_baseline", size=14)


def picture_grid(pictures, titles, columns=4):
    """Show square pictures with titles, line by line.

    One with numbers below zero has these in blue and those above zero in orange, as strong as
    they are large; one without is in shades, the largest number darkest.
    """
    rows = -(-len(pictures) // columns)
    size = 5.4 / columns
    figure, grid = plt.subplots(rows, columns, figsize=(5.4, rows * (size + 0.22)), squeeze=False)
    for axes in grid.flat:
        axes.axis("off")
    for axes, picture, title in zip(grid.flat, pictures, titles, strict=False):
        picture = np.asarray(picture)
        most = np.abs(picture).max()
        colors, least = (SIGNED, -most) if picture.min() < 0 else (SHADES, 0)
        axes.imshow(picture, cmap=colors, vmin=least, vmax=most)
        edge = (Rectangle((0, 0), 1, 1, transform=axes.transAxes, fill=False, edgecolor=INK),)
        axes.add_patch(*edge)
        axes.set_title(title, weight="normal")
    return Drawing(figure, {"pictures": len(pictures)})


def draw_sheet(axes, pictures, titles, columns=5):
    """Draw square pictures with titles on one sheet, line by line, for a slider."""
    pictures = np.asarray(pictures)
    side, rows = pictures.shape[1], -(-len(pictures) // columns)
    wide, high = 1.12 * side, 1.36 * side
    axes.set(xlim=(0, columns * wide), ylim=(rows * high, 0), aspect="equal")
    for number, (picture, title) in enumerate(zip(pictures, titles, strict=True)):
        left, top = number % columns * wide + 0.06 * side, number // columns * high + 0.3 * side
        extent = (left, left + side, top + side, top)
        axes.imshow(picture, cmap=SHADES, vmin=0, extent=extent, interpolation="none")
        axes.add_patch(Rectangle((left, top), side, side, fill=False, edgecolor=INK, linewidth=1))
        axes.text(left + side / 2, top - 0.06 * side, title, ha="center", va="bottom", size=13)
    axes.set(xlim=(0, columns * wide), ylim=(rows * high, 0), aspect="equal")
    axes.axis("off")
    return {"pictures": len(pictures)}


def shares_when_moved(shares):
    """Draw the share of right answers over the distance by which the pictures were moved.

    `shares` has a table for each network, with a row for each training and a column for each
    distance in pixels, from 0.  The thick line goes through the means, the dots are the trainings.
    """
    figure, axes = plt.subplots(figsize=(5.4, 3.3))
    places = {}
    for number, (name, table) in enumerate(shares.items()):
        table, color = np.asarray(table), CLASS_COLORS[number]
        across, means = np.arange(table.shape[1]), table.mean(axis=0)
        places[name] = means[-1]
        axes.plot(across, means, color=color, marker=CLASS_MARKERS[number], label=name)
        axes.scatter(np.tile(across, len(table)), table, 12, color, alpha=0.5)
    axes.set(xlabel="moved by so many pixels", ylabel="share of right answers", xticks=across)
    axes.legend(loc="lower left")
    facts = {"networks": len(shares), "distances": len(across)}
    return Drawing(figure, facts | {"highest at the right": max(places, key=places.get)})


def weight_table(table):
    """Show a table of weights: white where a weight is zero, blue below and orange above."""
    table = np.asarray(table)
    most = np.abs(table).max()
    figure, axes = plt.subplots(figsize=(5.4, 0.6 + 4.4 * min(1.1, len(table) / table.shape[1])))
    axes.imshow(table, cmap=SIGNED, vmin=-most, vmax=most)
    axes.grid(False)
    axes.set(xlabel="place of the window", ylabel="pixel")
    found = int(np.count_nonzero(table))
    facts = {"rows": len(table), "columns": table.shape[1], "weights that are not zero": found}
    return Drawing(figure, facts)
