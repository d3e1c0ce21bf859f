"""Boxes and arrows on Matplotlib axes.

One unit is one inch, so a text of 12 points has the same size in every diagram.
"""

import matplotlib.pyplot as plt
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Polygon

from book.figures.style import BLUE, INK, ORANGE, SMALLEST_TEXT

TINT = 0.12


class Diagram:
    """An empty sheet, `width` by `height` inches, to put nodes and arrows on."""

    def __init__(self, width=5.4, height=3.3):
        self.figure = plt.figure(figsize=(width, height), layout="none")
        self.axes = self.figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(0, height))
        self.axes.set_aspect("equal")
        self.axes.axis("off")

    def text(self, x, y, text, *, color=INK, bold=False, size=SMALLEST_TEXT, **options):
        """Write `text`, centred on (x, y)."""
        options = {"ha": "center", "va": "center", "linespacing": 1.15, "zorder": 5} | options
        weight = "bold" if bold else "normal"
        return self.axes.text(x, y, text, color=color, weight=weight, size=size, **options)

    def box(self, x, y, text="", *, width=None, height=None, color=BLUE, bold=False, **options):
        """Draw a rectangle, as large as its text needs."""
        width, height = self._size(x, y, text, width, height, bold, options)
        corner = (x - width / 2, y - height / 2)
        shape = FancyBboxPatch(corner, width, height, boxstyle="round,pad=0,rounding_size=0.08")
        return self._add(shape, color)

    def hexagon(self, x, y, text="", *, width=None, height=None, color=ORANGE, bold=False,
                **options):
        """Draw a hexagon with a point on either side, as large as its text needs."""
        width, height = self._size(x, y, text, width, height, bold, options)
        half, top, point = width / 2, height / 2, height / 3
        corners = [(half, top), (half + point, 0), (half, -top),
                   (-half, -top), (-half - point, 0), (-half, top)]
        return self._add(Polygon([(x + dx, y + dy) for dx, dy in corners]), color)

    def circle(self, x, y, text="", *, radius=None, color=BLUE, bold=False, **options):
        """Draw a circle, as large as its text needs."""
        width, height = self._size(x, y, text, None, None, bold, options)
        return self._add(Circle((x, y), radius or max(width, height) / 2), color)

    def link(self, start, end, label="", *, offset=(0, 0), bend=0.0, color=INK, bold=False,
             label_color=None, **options):
        """Draw an arrow between two nodes or points, its label `offset` from the middle.

        `bend` curves it: the height of the arc, as a part of its length.
        """
        width = 3.0 if bold else 1.4
        arrow = FancyArrowPatch(
            _centre(start), _centre(end),
            patchA=_patch(start), patchB=_patch(end), shrinkA=2.5, shrinkB=3.5,
            connectionstyle=f"arc3,rad={bend}", arrowstyle="-|>", mutation_scale=15 + 2 * width,
            linewidth=width, color=color, joinstyle="miter", capstyle="butt", zorder=3,
        )
        self.axes.add_patch(arrow)
        if label:
            (x1, y1), (x2, y2) = _centre(start), _centre(end)
            x, y = (x1 + x2) / 2 + offset[0], (y1 + y2) / 2 + offset[1]
            self.text(x, y, label, color=label_color or color, bold=bold, **options)
        return arrow

    def _size(self, x, y, text, width, height, bold, options):
        """Write the text of a node and return the node's size."""
        label = self.text(x, y, text, bold=bold, **options)
        extent = label.get_window_extent()
        dots = self.figure.dpi
        return (width or extent.width / dots + 0.3), (height or extent.height / dots + 0.26)

    def _add(self, shape, color):
        shape.set(facecolor=(color, TINT), edgecolor=color, linewidth=1.6, zorder=2)
        return self.axes.add_patch(shape)


def _patch(node):
    return node if hasattr(node, "get_path") else None


def _centre(node):
    if _patch(node) is None:
        return node
    box = node.get_path().get_extents(node.get_patch_transform())
    return ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)


