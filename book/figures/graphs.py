"""One neuron as a graph: forward to the prediction, backward from the error."""

from book.figures.diagrams import Diagram
from book.figures.drawing import Drawing
from book.figures.style import GREEN, GREY, ORANGE

VALUES = {
    "x": ("input", "x"),
    "w": ("weights", "w"),
    "b": ("bias", "b"),
    "z": ("weighted sum", "z"),
    "ŷ": ("prediction", r"\hat{y}"),
}


def forward_pass(values=None):
    """Show one neuron: dot product, bias, weighted sum, sigmoid, prediction.

    `values` maps some of the symbols x, w, b, z, ŷ to the text to write beside them.
    """
    values = values or {}
    unknown = sorted(set(values) - set(VALUES))
    if unknown:
        raise ValueError(f"unknown symbols {unknown}: use some of {list(VALUES)}")

    diagram = Diagram(5.4, 5.3)

    def value(symbol, x, y, **options):
        name, letter = VALUES[symbol]
        text = f"${letter} =$ {values[symbol]}" if symbol in values else f"{name} ${letter}$"
        return diagram.box(x, y, text, height=0.5, **options)

    inputs = value("x", 1.3, 4.95)
    weights = value("w", 3.5, 4.95, color=GREEN)
    product = diagram.hexagon(2.4, 4.0, "dot product", height=0.54, width=1.4)
    bias = value("b", 4.75, 3.1, color=GREEN)
    plus = diagram.hexagon(2.4, 3.1, "add the bias", height=0.54, width=1.4)
    weighted = value("z", 2.4, 2.15)
    sigmoid = diagram.hexagon(2.4, 1.25, "sigmoid", height=0.54, width=1.4)
    prediction = value("ŷ", 2.4, 0.35)
    for start, end in [
        (inputs, product),
        (weights, product),
        (product, plus),
        (bias, plus),
        (plus, weighted),
        (weighted, sigmoid),
        (sigmoid, prediction),
    ]:
        diagram.link(start, end)
    return Drawing(diagram.figure, {"nodes": tuple(diagram.names)})


def computation_graph(path="weights"):
    """Show how the error follows from weights and bias, and the slopes of the backward pass.

    The path from the error to the `"weights"` or to the `"bias"` is bold.
    """
    ends = {"weights": "w", "bias": "b"}
    if path not in ends:
        raise ValueError(f"unknown path {path!r}: use 'weights' or 'bias'")
    diagram = Diagram(5.4, 5.3)
    nodes = {
        "w": diagram.box(0.95, 4.95, "weights $w$", color=GREEN, height=0.5, width=1.3),
        "x": diagram.box(2.7, 4.95, "input $x$", height=0.5, width=1.3),
        "b": diagram.box(4.45, 4.95, "bias $b$", color=GREEN, height=0.5, width=1.3),
        "z": diagram.hexagon(2.7, 3.4, r"$z = x \cdot w + b$", height=0.54),
        "ŷ": diagram.hexagon(2.7, 1.9, r"$\hat{y} = \sigma(z)$", height=0.54),
        "y": diagram.box(0.75, 0.4, "target $y$", height=0.5, width=1.1),
        "E": diagram.hexagon(2.7, 0.4, r"$E = (\hat{y} - y)^2$", height=0.54),
    }
    for start, end in ["wz", "bz", "zŷ", "ŷE"]:
        diagram.link(nodes[start], nodes[end], shift=-0.1 if start == "w" else 0.1)
    for start, end in ["xz", "yE"]:
        diagram.link(nodes[start], nodes[end])
    slopes = [
        ("Eŷ", r"$\partial E/\partial\hat{y} = 2(\hat{y} - y)$", (0.18, 0), "left"),
        ("ŷz", r"$\partial\hat{y}/\partial z = \hat{y}(1 - \hat{y})$", (0.18, 0), "left"),
        ("zw", r"$\partial z/\partial w = x$", (-0.12, -0.2), "right"),
        ("zb", r"$\partial z/\partial b = 1$", (0.12, -0.2), "left"),
    ]
    for (start, end), slope, offset, side in slopes:
        asked = end not in "wb" or end == ends[path]
        diagram.link(
            nodes[start],
            nodes[end],
            slope,
            offset=offset,
            ha=side,
            shift=-0.1 if end == "w" else 0.1,
            bold=asked,
            color=ORANGE if asked else GREY,
        )
    facts = {"nodes": tuple(diagram.names), "arrows lead back": len(slopes)}
    facts |= {f"to the {name} is bold": name == path for name in ends}
    return Drawing(diagram.figure, facts)
