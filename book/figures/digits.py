"""Pictures of handwritten digits, with what they are and what they were taken for."""

from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap, to_rgba
from matplotlib.patches import Rectangle

from book.figures.drawing import Drawing
from book.figures.style import GREY, INK, ORANGE

SHADES = ListedColormap([to_rgba(INK, alpha) for alpha in np.linspace(0, 1, 17)], name="shades")


def ten_digits(pictures, digits, rows=4):
    """Show the first pictures of each digit, of 8 by 8 pixels, in a column for each."""
    figure, axes = plt.subplots(figsize=(5.4, 0.54 * rows + 0.4))
    sheet = np.zeros((10 * rows, 100))
    for digit in range(10):
        found = np.reshape(pictures[digits == digit][:rows], (rows, 8, 8))
        for row, picture in enumerate(found / np.max(pictures)):
            sheet[10 * row + 1 : 10 * row + 9, 10 * digit + 1 : 10 * digit + 9] = picture
    axes.imshow(sheet, cmap=SHADES, interpolation="nearest")
    axes.set_xticks(np.arange(10) * 10 + 4.5, list(map(str, range(10))))
    axes.xaxis.tick_top()
    axes.set(yticks=[])
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    return Drawing(figure, {"rows": rows, "columns": 10})


def confusion(digits, answers):
    """Show how often each digit was read as each other one; what was read right is left out."""
    counts = np.zeros((10, 10), dtype=int)
    np.add.at(counts, (digits, answers), 1)
    np.fill_diagonal(counts, 0)
    figure, axes = plt.subplots(figsize=(5.4, 4.4))
    for (digit, answer), times in np.ndenumerate(counts):
        place = answer - 0.5, digit - 0.5
        if digit == answer:
            axes.add_patch(Rectangle(place, 1, 1, facecolor=(GREY, 0.25), linewidth=0))
        elif times:
            look = (ORANGE, 0.1 + 0.65 * times / counts.max())
            axes.add_patch(Rectangle(place, 1, 1, facecolor=look, linewidth=0))
            axes.text(answer, digit, times, ha="center", va="center", size=12)
    axes.set(xlim=(-0.5, 9.5), ylim=(9.5, -0.5), xticks=range(10), yticks=range(10))
    axes.set(xlabel="read as", ylabel="digit", aspect="equal")
    axes.grid(visible=False)
    digit, answer = np.unravel_index(counts.argmax(), counts.shape)
    return Drawing(figure, {"digits": 10, "most often": f"{digit} read as {answer}"})


def misread_digits(pictures, digits, answers, columns=5):
    """Show pictures of 8 by 8 pixels, each with its digit and the answer above it."""
    rows = -(-len(pictures) // columns)
    figure, grid = plt.subplots(rows, columns, figsize=(5.4, 1.35 * rows), squeeze=False)
    for axes in grid.flat:
        axes.axis("off")
    for axes, picture, digit, answer in zip(grid.flat, pictures, digits, answers, strict=False):
        axes.imshow(np.reshape(picture, (8, 8)), cmap=SHADES)
        axes.set_title(f"{digit}, read {answer}", weight="normal")
    (mistake, times), *_ = Counter(zip(digits, answers, strict=True)).most_common()
    facts = {"pictures": len(pictures), "{} was read as {}".format(*mistake): times}
    return Drawing(figure, facts)
