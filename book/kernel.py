"""Prepare the kernel of a page: the book's style of figures."""

import matplotlib as mpl
import matplotlib.pyplot as plt
from IPython import get_ipython

from book.figures.style import use_style


def prepare():
    """Set the style of figures; in a kernel also their format, SVG."""
    plt.close("all")
    use_style()
    if get_ipython() is None:
        mpl.use("agg")
        return
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    # Not cropped to what is drawn: every figure keeps its width, so letters have one size.
    # Without notes on its making: they would be a part of every page's weight.
    notes = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    set_matplotlib_formats("svg", metadata=notes, bbox_inches=None)
