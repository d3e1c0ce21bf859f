"""Tables of numbers as grids of cells, and the shapes that meet in a product."""

from typing import NamedTuple

from matplotlib.patches import Rectangle

from book.figures.diagrams import Diagram
from book.figures.drawing import Drawing
from book.figures.network import formula
from book.figures.style import BLUE, GREEN, GREY, INK, ORANGE

SIGN = 0.42


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
    shapes = {table.name: table.shape for table in product}
    return Drawing(diagram.figure, {"grids": len(product)} | shapes)


def _check(left, right):
    if len(left) != 2 or len(right) != 2 or left[1] != right[0]:
        raise ValueError(
            f"{left} and {right} do not meet: the second number of the left shape must be the "
            "first of the right one, as in (4, 3), (3, 4)"
        )


def transposes():
    """Show the three products of a layer, and why two of them need a transpose."""
    steps = [
        (("forward",), ("X", "W", "Z"), (4, 3, 2)),
        (
            ("gradient over the weights", "every weight collects from all rows"),
            ("Xᵀ", "G", r"$\partial E/\partial\mathbf{W}$"),
            (3, 4, 2),
        ),
        (
            ("gradient over the inputs", "every input collects from all outputs"),
            ("G", "Wᵀ", r"$\partial E/\partial\mathbf{X}$"),
            (4, 2, 3),
        ),
    ]
    diagram = Diagram(5.4, 6.9)
    top = 6.85
    for lines, names, (rows, inner, columns) in steps:
        for line in lines:
            diagram.text(0.1, top, line, ha="left", va="top", bold=line == lines[0])
            top -= 0.24
        product = (
            Table(names[0], (rows, inner), row=1),
            Table(names[1], (inner, columns), column=1, color=GREEN),
            Table(names[2], (rows, columns), 1, 1, ORANGE),
        )
        _draw_product(diagram, product, top - 0.94, 0.24, "→", narrowest=1.1)
        top -= 1.93
    rows, inputs, outputs = steps[0][2]
    facts = {
        "products": len(steps),
        "rows": rows,
        "inputs": inputs,
        "outputs": outputs,
        "titles": tuple(lines[0] for lines, _, _ in steps),
    }
    return Drawing(diagram.figure, facts)


def stretched_shapes():
    """Show a column minus a row: a table of differences, of which only the diagonal is meant."""
    diagram, cell, y = Diagram(5.4, 2.3), 0.34, 1.15
    facts = {}
    for name, (rows, columns), shape, color, x in [
        ("predictions", (4, 1), "(4, 1)", BLUE, 0.65),
        ("targets", (1, 4), "(4,)", GREEN, 2.2),
        ("differences", (4, 4), "(4, 4)", ORANGE, 4.35),
    ]:
        left, top = x - columns * cell / 2, y + rows * cell / 2
        for row in range(rows):
            for column in range(columns):
                marked = row == column or 1 in (rows, columns)
                corner = (left + column * cell, top - (row + 1) * cell)
                _draw_cell(diagram, corner, cell, color, marked)
        facts[name] = (rows, columns) if rows > 1 < columns else max(rows, columns)
        diagram.text(x, top + 0.2, name)
        diagram.text(x, top - rows * cell - 0.22, shape)
    diagram.text(1.18, y, "−", size=14)
    diagram.text(3.3, y, "→", size=14)
    return Drawing(diagram.figure, facts | {"on the diagonal": min(rows, columns)})


def _draw_product(diagram, tables, y, cell, equals, narrowest=0.72):
    """Draw two tables and their product side by side, in the middle of the sheet."""
    widths = [max(table.shape[1] * cell, narrowest) for table in tables]
    x = (5.4 - sum(widths) - 2 * SIGN) / 2
    for place, (table, width) in enumerate(zip(tables, widths, strict=True)):
        _draw_table(diagram, table, x + width / 2, y, cell)
        inner = {0: 1, 1: 0}.get(place)
        _write_shape(diagram, table, x + width / 2, y - table.shape[0] * cell / 2 - 0.26, inner)
        if place < 2:
            diagram.text(x + width + SIGN / 2, y, ("@", equals)[place], size=14)
        x += width + SIGN


def _draw_table(diagram, table, x, y, cell):
    rows, columns = table.shape
    left, top = x - columns * cell / 2, y + rows * cell / 2
    for row in range(rows):
        for column in range(columns):
            marked = table.row in (None, row) and table.column in (None, column)
            corner = (left + column * cell, top - (row + 1) * cell)
            _draw_cell(diagram, corner, cell, table.color, marked)
    name = table.name if table.name.startswith("$") else formula(table.name)
    diagram.text(x, top + 0.19, name)


def _draw_cell(diagram, corner, cell, color, marked):
    face = (color, 0.6 if marked else 0.08)
    diagram.axes.add_patch(
        Rectangle(corner, cell, cell, facecolor=face, edgecolor=(GREY, 0.7), linewidth=1)
    )


def _write_shape(diagram, table, x, y, inner):
    """Write a shape; of a product's inner numbers, which must agree, the axis has a colour."""
    pieces = []
    for axis, (before, length) in enumerate(zip(("(", ","), table.shape, strict=True)):
        color = BLUE if axis == inner else INK
        pieces += [(before, INK, 0.03 + 0.04 * axis), (str(length), color, 0.03)]
    texts = [
        (diagram.text(x, y, text, color=color, bold=color == BLUE, ha="left", va="baseline"), gap)
        for text, color, gap in [*pieces, (")", INK, 0)]
    ]
    widths = [text.get_window_extent().width / diagram.figure.dpi + gap for text, gap in texts]
    left = x - sum(widths) / 2
    for (text, _), width in zip(texts, widths, strict=True):
        text.set_x(left)
        left += width
