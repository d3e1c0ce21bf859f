"""Boxes and arrows on Matplotlib axes.

One unit is one inch, so a text of 12 points has the same size in every diagram.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Polygon

from book.figures.style import BLUE, INK, ORANGE, SMALLEST_TEXT

TINT = 0.12


class Diagram:
    """An empty sheet, `width` by `height` inches, to put nodes and arrows on.

    With `axes`, it fills their figure, which must be as large: the sheet of a slider.
    """

    def __init__(self, width=5.4, height=3.3, axes=None):
        self.figure = axes.figure if axes else plt.figure(figsize=(width, height))
        # Not layout="none" above: Matplotlib forgets that when the figure is saved.
        self.figure.set_layout_engine("none")
        self.axes = axes or self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(position=(0, 0, 1, 1), xlim=(0, width), ylim=(0, height), aspect="equal")
        self.axes.axis("off")
        self.names = []

    def text(self, x, y, text, *, color=INK, bold=False, **options):
        """Write `text`, centred on (x, y)."""
        # The letters of a formula are small for their size, so it is set larger than words.
        size = SMALLEST_TEXT + (2.5 if text.startswith("$") else 0)
        weight = "bold" if bold else "normal"
        usual = {"ha": "center", "va": "center", "linespacing": 1, "zorder": 5, "size": size}
        return self.axes.text(x, y, text, color=color, weight=weight, **usual | options)

    def box(self, x, y, text="", *, width=None, height=None, color=BLUE, bold=False):
        """Draw a rectangle, as large as its text needs."""
        width, height = self._size(x, y, text, width, height, bold)
        corner = (x - width / 2, y - height / 2)
        shape = FancyBboxPatch(corner, width, height, boxstyle="round,pad=0,rounding_size=0.08")
        return self._add(shape, color)

    def hexagon(self, x, y, text="", *, width=None, height=None, color=ORANGE, bold=False):
        """Draw a hexagon with a point on either side, as large as its text needs."""
        width, height = self._size(x, y, text, width, height, bold)
        half, top, point = width / 2, height / 2, height / 3
        right = [(half, -top), (half + point, 0), (half, top)]
        left = [(-half, top), (-half - point, 0), (-half, -top)]
        return self._add(Polygon([(x + dx, y + dy) for dx, dy in right + left]), color)

    def circle(self, x, y, text="", *, radius=None, color=BLUE, bold=False):
        """Draw a circle, as large as its text needs."""
        width, height = self._size(x, y, text, None, None, bold)
        return self._add(Circle((x, y), radius or max(width, height) / 2), color)

    def link(
        self,
        start,
        end,
        label="",
        *,
        offset=(0, 0),
        shift=0,
        bend=0,
        color=INK,
        bold=False,
        **options,
    ):
        """Draw an arrow between two nodes or points, its label `offset` from the middle.

        `shift` moves the arrow to its right, so that one back can run beside it; `bend` curves
        it: the height of the arc as a part of its length.
        """
        first, last = np.array(_centre(start)), np.array(_centre(end))
        along = (last - first) / np.hypot(*(last - first))
        aside = shift * np.array([along[1], -along[0]])
        width = 3.2 if bold else 1.5
        arrow = FancyArrowPatch(
            first + aside,
            last + aside,
            patchA=_patch(start),
            patchB=_patch(end),
            shrinkA=3,
            shrinkB=3,
            connectionstyle=f"arc3,rad={bend}",
            arrowstyle="-|>",
            mutation_scale=14 + 2 * width,
            linewidth=width,
            color=color,
            joinstyle="miter",
            capstyle="butt",
            zorder=3 + bold,
        )
        self.axes.add_patch(arrow)
        if label:
            self.text(*(first + last) / 2 + aside + offset, label, **options)
        return arrow

    def _size(self, x, y, text, width, height, bold):
        """Write the text of a node, keep it among the names, and return the node's size."""
        if text:
            self.names.append(text.replace("\n", " "))
        extent = self.text(x, y, text, bold=bold).get_window_extent()
        dots = self.figure.dpi
        return width or extent.width / dots + 0.32, height or extent.height / dots + 0.26

    def _add(self, shape, color):
        shape.set(facecolor=(color, TINT), edgecolor=color, linewidth=1.6, zorder=2)
        return self.axes.add_patch(shape)


def _patch(node):
    return node if hasattr(node, "get_path") else None


def _centre(node):
    if _patch(node) is None:
        return node
    outline = node.get_patch_transform().transform_path(node.get_path()).get_extents()
    return (outline.x0 + outline.x1) / 2, (outline.y0 + outline.y1) / 2
