"""Prepare the kernel of a page: the book's style of figures, short error messages."""

from IPython import get_ipython


def prepare():
    """Set the style of figures; in a kernel also SVG and messages without a traceback."""
    shell = get_ipython()
    if shell is None:
        return
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    set_matplotlib_formats("svg", metadata={"Date": None})
    shell.run_line_magic("xmode", "Minimal")
