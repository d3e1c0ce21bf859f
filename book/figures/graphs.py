"""One neuron as a graph: forward to the prediction, backward from the error."""

from book.figures.diagrams import Diagram
from book.figures.style import GREEN, GREY, INK, ORANGE

SYMBOLS = {"x": "x", "w": "w", "b": "b", "z": "z", "ŷ": r"\hat{y}"}


def forward_pass(values=None):
    """Show one neuron: dot product, bias, weighted sum, sigmoid, prediction.

    `values` maps the symbols x, w, b, z, ŷ to the text to write beside them.
    """
    values = values or {}
    unknown = sorted(set(values) - set(SYMBOLS))
    if unknown:
        raise ValueError(f"unknown symbols {unknown}: use some of {list(SYMBOLS)}")

    def label(symbol):
        value = f" $=$ {values[symbol]}" if symbol in values else ""
        return f"${SYMBOLS[symbol]}${value}"

    diagram = Diagram(5.4, 4.9)
    inputs = diagram.box(1.35, 4.5, label("x"), height=0.5)
    weights = diagram.box(3.75, 4.5, label("w"), height=0.5, color=GREEN)
    product = diagram.hexagon(2.55, 3.6, r"dot product  $x \cdot w$")
    bias = diagram.box(4.75, 2.75, label("b"), height=0.5, color=GREEN)
    plus = diagram.hexagon(2.55, 2.75, "add the bias  $+$")
    weighted = diagram.box(2.55, 1.95, label("z"), height=0.5)
    sigmoid = diagram.hexagon(2.55, 1.15, r"sigmoid  $\sigma(z)$")
    prediction = diagram.box(2.55, 0.35, label("ŷ"), height=0.5)
    for start, end in [(inputs, product), (weights, product), (product, plus), (bias, plus),
                       (plus, weighted), (weighted, sigmoid), (sigmoid, prediction)]:
        diagram.link(start, end)
    return diagram.figure


def computation_graph(path="weights"):
    """Show how the error depends on the weights and the bias, and the slopes on the way back.

    The path to the `"weights"` or to the `"bias"` is bold.
    """
    ends = {"weights": "w", "bias": "b"}
    if path not in ends:
        raise ValueError(f"unknown path {path!r}: use 'weights' or 'bias'")
    diagram = Diagram(5.4, 5.2)
    nodes = {
        "w": diagram.box(1.1, 4.75, "weights $w$", color=GREEN, height=0.5),
        "x": diagram.box(2.7, 4.75, "input $x$", height=0.5),
        "b": diagram.box(4.2, 4.75, "bias $b$", color=GREEN, height=0.5),
        "z": diagram.hexagon(2.7, 3.25, r"$z = x \cdot w + b$"),
        "ŷ": diagram.hexagon(2.7, 1.85, r"$\hat{y} = \sigma(z)$"),
        "t": diagram.box(0.75, 0.45, "target $t$", height=0.5),
        "E": diagram.hexagon(2.7, 0.45, r"$E = (\hat{y} - t)^2$"),
    }
    for start, end in ["wz", "xz", "bz", "zŷ", "ŷE", "tE"]:
        diagram.link(nodes[start], nodes[end])
    slopes = {
        "Eŷ": (r"$\partial E/\partial\hat{y} = 2(\hat{y} - t)$", (1.35, 0)),
        "ŷz": (r"$\partial\hat{y}/\partial z = \hat{y}(1 - \hat{y})$", (1.35, 0)),
        "zw": (r"$\partial z/\partial w = x$", (-1.2, -0.2)),
        "zb": (r"$\partial z/\partial b = 1$", (1.2, -0.2)),
    }
    for (start, end), (slope, offset) in slopes.items():
        asked = end not in "wb" or end == ends[path]
        bend = -0.35 if end == "w" else 0.35
        diagram.link(nodes[start], nodes[end], slope, offset=offset, bend=bend,
                     color=ORANGE if asked else GREY, bold=asked,
                     label_color=INK if asked else GREY)
    return diagram.figure
