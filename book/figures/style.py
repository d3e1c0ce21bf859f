"""The look of every figure: one style sheet, one font, one palette."""

from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.colors import ListedColormap, to_rgba

HERE = Path(__file__).parent

INK = "#22303c"
GREY = "#6b7680"
BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#009E73"
PINK = "#CC79A7"
SKY = "#56B4E9"
PAPER = "#fbf9f5"
PALETTE = (INK, GREY, BLUE, ORANGE, GREEN, PINK, SKY, PAPER)

# Class k is drawn in CLASS_COLORS[k] and CLASS_MARKERS[k]: nothing is told by colour alone.
CLASS_COLORS = (BLUE, ORANGE, GREEN, PINK, SKY, GREY)
CLASS_MARKERS = ("o", "^", "s", "D", "v", "P")

# No text is set smaller than this: it is 11 pixels on a phone.
SMALLEST_TEXT = 12


def probability_colormap(bands=10, strongest=0.42):
    """Return a map from 0 (blue) over transparent to 1 (vermillion), made of palette colours."""
    half = bands // 2
    alphas = [strongest * (step + 0.5) / half for step in range(half)]
    blue = [to_rgba(BLUE, alpha) for alpha in reversed(alphas)]
    return ListedColormap(blue + [to_rgba(ORANGE, alpha) for alpha in alphas], name="probability")


PROBABILITY = probability_colormap()


def use_style():
    """Register the book's font and apply its style sheet, to Matplotlib's own defaults."""
    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for path in sorted((HERE / "fonts").glob("*.ttf")):
        if str(path) not in known:
            font_manager.fontManager.addfont(path)
    mpl.rcdefaults()
    mpl.style.use(HERE / "book.mplstyle")
    # A page may draw many figures; Matplotlib does not take this setting from a style sheet.
    mpl.rcParams["figure.max_open_warning"] = 0
