"""Tables of numbers as grids of cells, and the shapes that meet in a product."""

from typing import NamedTuple

from matplotlib.patches import Rectangle

from book.figures.diagrams import Diagram
from book.figures.network import formula
from book.figures.style import BLUE, GREEN, GREY, INK, ORANGE, PINK

SIGN, NARROWEST = 0.42, 0.72


class Table(NamedTuple):
    """A grid: its name, its shape, and which row, column or cell of it is marked."""

    name: str
    shape: tuple
    row: int | None = None
    column: int | None = None
    color: str = BLUE


def table_product(left, right, names=("X", "W₁", "X W₁")):
    """Show a matrix product: one row times one column gives one cell."""
    _check(left, right)
    (rows, inner), columns = left, right[1]
    cell = min(0.42, (5.4 - 2 * SIGN - 0.3) / (inner + 2 * columns))
    row, column = min(1, rows - 1), min(2, columns - 1)
    diagram = Diagram(5.4, cell * max(rows, inner) + 1.1)
    product = (
        Table(names[0], left, row=row),
        Table(names[1], right, column=column, color=GREEN),
        Table(names[2], (rows, columns), row, column, ORANGE),
    )
    _draw_product(diagram, product, 0.6 + cell * max(rows, inner) / 2, cell, "=")
    return diagram.figure


def _check(left, right):
    if len(left) != 2 or len(right) != 2 or left[1] != right[0]:
        raise ValueError(
            f"{left} and {right} do not meet: the second number of the left shape must be the "
            "first of the right one, as in (4, 3), (3, 4)"
        )


def transposes():
    """Show the three products of a layer, and why two of them need a transpose."""
    steps = [
        ("forward: the sums", ("X", "W", "Z"), (4, 3, 2)),
        ("slopes over the weights: each collects from all rows", ("Xᵀ", "G", ""), (3, 4, 2)),
        ("slopes over the inputs: each collects from all outputs", ("G", "Wᵀ", ""), (4, 2, 3)),
    ]
    diagram = Diagram(5.4, 6.4)
    for place, (title, names, (rows, inner, columns)) in enumerate(steps):
        top = 6.4 - place * 2.13
        diagram.text(0.15, top - 0.2, title, bold=True, ha="left")
        product = (
            Table(names[0], (rows, inner), row=1),
            Table(names[1], (inner, columns), column=1, color=GREEN),
            Table(names[2], (rows, columns), 1, 1, ORANGE),
        )
        _draw_product(diagram, product, top - 1.15, 0.22, "→")
    return diagram.figure


def _draw_product(diagram, tables, y, cell, equals):
    """Draw two tables and their product side by side, in the middle of the sheet."""
    widths = [max(table.shape[1] * cell, NARROWEST) for table in tables]
    x = (5.4 - sum(widths) - 2 * SIGN) / 2
    for place, (table, width) in enumerate(zip(tables, widths, strict=True)):
        _draw_table(diagram, table, x + width / 2, y, cell)
        _write_shape(diagram, table, x + width / 2, y - table.shape[0] * cell / 2 - 0.2, place)
        if place < 2:
            diagram.text(x + width + SIGN / 2, y, ("·", equals)[place], size=16)
        x += width + SIGN


def _draw_table(diagram, table, x, y, cell):
    rows, columns = table.shape
    left, top = x - columns * cell / 2, y + rows * cell / 2
    for row in range(rows):
        for column in range(columns):
            marked = table.row in (None, row) and table.column in (None, column)
            diagram.axes.add_patch(
                Rectangle(
                    (left + column * cell, top - (row + 1) * cell),
                    cell,
                    cell,
                    facecolor=(table.color, 0.6 if marked else 0.08),
                    edgecolor=(GREY, 0.7),
                    linewidth=1,
                )
            )
    if table.name:
        diagram.text(x, top + 0.19, formula(table.name))


def _write_shape(diagram, table, x, y, place):
    """Write a shape; the inner numbers of a product, which must agree, have a colour."""
    inner = {0: 1, 1: 0}.get(place)
    for axis, offset in ((0, -0.16), (1, 0.16)):
        color = PINK if axis == inner else INK
        diagram.text(x + offset, y, str(table.shape[axis]), color=color, bold=axis == inner)
    for sign, offset in (("(", -0.29), (",", -0.03), (")", 0.29)):
        diagram.text(x + offset, y, sign)
