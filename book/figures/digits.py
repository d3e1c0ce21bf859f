"""Pictures of handwritten digits, with what they are and what they were taken for."""

from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap, to_rgba

from book.figures.drawing import Drawing
from book.figures.style import INK

SHADES = ListedColormap([to_rgba(INK, alpha) for alpha in np.linspace(0, 1, 17)], name="shades")


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
